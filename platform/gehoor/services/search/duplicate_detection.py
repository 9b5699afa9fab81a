"""Earlier dossiers of who tells something now: a hint before a dossier is opened, as far as somebody may know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.access.roles import works_in
from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.complainant import says
from gehoor.core.dossier.match_keys import keys_by_meaning
from gehoor.core.forms.fields import StoredValue
from gehoor.core.text.similarity import nearly_same
from gehoor.services.access.confidentiality import is_cleared
from gehoor.services.access.rights import opening_rights
from gehoor.services.access.summary_rights import sees_there, summary_for
from gehoor.services.ports.records import Account, Summary
from gehoor.services.projection.projection import UNDECIDABLE, reading_projection
from gehoor.services.recording.answers import read_answers
from gehoor.services.register.library import Library
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff
from gehoor.services.search.dossier_access import dossier_for

_MOST: Final = 100
_NAMED: Final = 5
"""So many are named, the latest."""
_COMPARED: Final = 20
"""The stories of so many are read, the latest."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The latest earlier dossiers that somebody may open, how many there are of those, and how many elsewhere."""

    named: tuple[Summary, ...] = ()
    seen: int = 0
    others: int = 0

    @property
    def total(self) -> int:
        """Return how many there are that may be counted."""
        return self.seen + self.others

    def without(self, dossier: str) -> Earlier:
        """Return what is left without one dossier, that somebody may open: the one that was just opened."""
        named = tuple(one for one in self.named if one.id != dossier)
        return Earlier(named, self.seen - (len(named) < len(self.named)), self.others)


def earlier(
    runtime: Runtime, agreement: Agreement, account: Account, answers: Mapping[str, Any], now: datetime
) -> Earlier:
    """Return the earlier dossiers of who gives these answers (as typed), by e-mail, phone or name.

    What does not exist for this account is not counted either; of what is elsewhere only the number is told.
    """
    with reading_projection(runtime) as register:
        staff = runtime.staff.of(register, now)
        holders = staff.holders(agreement.organisation)
        unseen = opening_rights(agreement, account.name, holders).unseen
        # Who may not see an answer does not find out either which dossiers have it.
        told = {name: given for name, given in answers.items() if name not in unseen}
        seen, others = _found((runtime.library, register, staff), agreement, account, _read(agreement, told))
        named = tuple(
            summary_for(account, one, register=register, library=runtime.library, staff=staff)
            for one in seen[:_NAMED]
        )
    return Earlier(named, len(seen), others)


def told_before(
    runtime: Runtime, agreement: Agreement, account: Account, answers: Mapping[str, Any], now: datetime
) -> tuple[Summary, ...]:
    """Return the dossiers in which the same person told nearly the same, of those that this account may open."""
    values = _read(agreement, answers)
    story = str(values.get(agreement.field_for("story"), ""))
    if not story:
        return ()
    with reading_projection(runtime) as register:
        known = (runtime.library, register, runtime.staff.of(register, now))
        seen, _others = _found(known, agreement, account, values)
    return tuple(one for one in seen[:_COMPARED] if nearly_same(story, _story(runtime, account, one, now)))


def _story(runtime: Runtime, account: Account, summary: Summary, now: datetime) -> str:
    try:
        opened = dossier_for(runtime, account, summary.id, now)
    except UNDECIDABLE:
        # What is wrong with an earlier one keeps nobody from telling something.
        return ""
    return str(opened.dossier.values.get(opened.agreement.field_for("story"), ""))


def _read(agreement: Agreement, answers: Mapping[str, Any]) -> dict[str, StoredValue]:
    form = agreement.dossier_form
    known = {name: given for name, given in answers.items() if name in form.fields}
    values = read_answers(form, known, ZoneInfo(agreement.time_zone)).values
    # Who stays anonymous is not looked for.
    return {} if says(agreement, "anonymous", values) else dict(values)


def _found(
    known: tuple[Library, Register, Staff],
    agreement: Agreement,
    account: Account,
    values: Mapping[str, StoredValue],
) -> tuple[list[Summary], int]:
    """Return the dossiers that this account may open, the latest first, and how many others there are."""
    library, register, staff = known
    days: dict[str, int] = {}
    by: dict[str, list[tuple[str, ...]]] = {}
    for key, meanings in keys_by_meaning(agreement, values).items():
        for match in register.match_keys(key, 0, _MOST):
            days[match.dossier] = match.ago
            by.setdefault(match.dossier, []).append(meanings)
    summaries = [
        one
        for found in sorted(days, key=lambda one: (days[one], one))
        if (one := register.sound_summary(found))
        and any(
            sees_there(account, one, meanings, register=register, library=library, staff=staff)
            for meanings in by[found]
        )
    ]
    # What does not exist for this account, because of a conflict of interest or its level, is not even counted.
    there = [
        one
        for one in summaries
        if account.name not in one.excluded
        and is_cleared(register, library, staff, account.name, one.clearance)
    ]
    seen = [one for one in there if works_in(account.roles, one.organisation, one.department)]
    return seen, len(there) - len(seen)
