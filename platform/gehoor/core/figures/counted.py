"""What is counted: dossiers by their facts, as they stand at an instant, and the days over which they are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.facts import LATE_TERMS, FactType, FactValue, fits
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.dossier.events import instant_text
from gehoor.core.figures.facts import DossierFacts, TermFacts
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.forms.form import facts_of

ON_TIME: Final = "on time"
LATE: Final = "late"
"""Done, after its end."""
OVERDUE: Final = "overdue"
"""Not done, and its end is over."""
RUNNING: Final = "running"


@dataclass(frozen=True, slots=True)
class Period:
    """From a local day until and including another."""

    first: date
    last: date

    @classmethod
    def of_year(cls, year: int) -> Period:
        """Return a calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    def back(self, years: int) -> Period:
        """Return the same period so many years longer, at its beginning."""
        return Period(_years_before(self.first, years), self.last)

    def holds(self, day: str) -> bool:
        """Say whether an ISO day is in it; no day is not."""
        return bool(day) and self.first.isoformat() <= day <= self.last.isoformat()

    def after(self, day: str) -> bool:
        """Say whether an ISO day comes after it."""
        return day > self.last.isoformat()

    def before(self, day: str) -> bool:
        """Say whether an ISO day comes before it."""
        return bool(day) and day < self.first.isoformat()


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True)
class Counted:
    """A dossier as it is counted: its facts, under the agreement that says what they are, at an instant."""

    facts: DossierFacts
    agreement: Agreement
    now: datetime

    @property
    def fields(self) -> Mapping[str, Field]:
        """Return the fields that its answers are of."""
        return self.agreement.dossier_form.fields

    @cached_property
    def typed(self) -> Mapping[str, FactValue]:
        """Return its answers as conditions ask for them; what is not of the type that is agreed now is not there."""
        types = self.agreement.fact_types
        found: dict[str, FactValue] = {}
        for name, value in self.facts.values.items():
            if name in self.fields and (fact := _fact(self.fields, name, value, types[name])) is not None:
                found[name] = fact
        late = tuple(sorted({one.term for one in self.facts.terms if self.standing(one) in (LATE, OVERDUE)}))
        if late:
            found[LATE_TERMS] = late
        return found

    def standing(self, of: TermFacts) -> str:
        """Return how a term stands now."""
        if of.status == TermStatus.ON_TIME:
            return ON_TIME
        if of.status == TermStatus.LATE_DONE:
            return LATE
        return OVERDUE if of.late_at and of.late_at <= instant_text(self.now) else RUNNING


def typed_answer(agreement: Agreement, name: str, value: StoredValue) -> FactValue | None:
    """Return an answer as conditions ask for it; None where it is not of the type that is agreed."""
    return _fact(agreement.dossier_form.fields, name, value, agreement.fact_types[name])


def _fact(
    fields: Mapping[str, Field], name: str, value: StoredValue, fact_type: FactType
) -> FactValue | None:
    try:
        found = facts_of(fields, {name: value}).get(name)
    except (ValueError, TypeError, ArithmeticError, KeyError, AttributeError):
        return None
    return found if found is not None and (fact_type is FactType.GROUPS or fits(found, fact_type)) else None
