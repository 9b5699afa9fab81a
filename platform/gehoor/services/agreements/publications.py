"""What was published for departments, and what is in force, each with how it stands at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from gehoor.core.agreement.model import Agreement
from gehoor.services.ports.records import Publication
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.library import Library
from gehoor.services.register.register import Register
from gehoor.services.register.validity import (
    Standing,
    in_force,
    local_day,
    review_before,
    review_overdue,
    standings,
)


@dataclass(frozen=True, slots=True)
class InForce:
    """What is in force for a department: the agreement, how it was published, and its review (a local day).

    Of a department that was ended it is the last agreement: what still runs goes on, and nothing new comes in."""

    agreement: Agreement
    publication: Publication
    review_before: date | None
    today: date
    """The local day there."""

    @property
    def overdue_since(self) -> date | None:
        """The day before which the review should have been done; None when there is time."""
        overdue = not self.ended and review_overdue(self.review_before, self.today)
        return self.review_before if overdue else None

    @property
    def ended(self) -> bool:
        """Whether the department takes in nothing new any more."""
        return self.publication.ended


def history(
    register: Register, library: Library, department: tuple[str, str], now: datetime
) -> list[Standing]:
    """Return everything that was published for a department, the first first."""
    found = register.publications(*department)
    agreed = {
        one.agreement: library.agreement(register, one.agreement).complaint.review_before for one in found
    }
    return standings(found, agreed, now)


def all_in_force(
    register: Register, library: Library, departments: Iterable[tuple[str, str]], now: datetime
) -> list[InForce]:
    """Return what is in force for departments, without those for which nothing is yet, or of which it is damaged."""
    found = []
    for department in departments:
        with suppress(DamagedError):
            current = in_force(library.publications(register, *department), now)
            if current is None:
                continue
            agreement = library.agreement(register, current.agreement)
            review = review_before(current, agreement.complaint.review_before)
            today = local_day(now, current.time_zone)
            found.append(InForce(agreement, current, review, today))
    return found
