"""Bounds of dates: not before or after a day, which may be that of another field or today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gehoor.core.conditions.facts import Facts
from gehoor.core.conditions.relative_dates import TODAY, Day, RelativeDate
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.forms.form import facts_of


@dataclass(frozen=True, slots=True)
class OutOfBounds:
    """A date that lies too early or too late: its field, and the day that it may be at its earliest or latest.

    ``other``: the field that the day is reckoned from, if any."""

    field: str
    early: bool
    day: date
    other: str = ""


def out_of_bounds(
    fields: Mapping[str, Field], values: Mapping[str, StoredValue], today: date
) -> Iterator[OutOfBounds]:
    """Give the dates that lie outside their bounds. A day reckoned from what has no answer bounds nothing."""
    facts: Facts = {**facts_of(fields, values), TODAY: today}
    for name, of in fields.items():
        given = facts.get(name) if of.not_before or of.not_after else None
        if not isinstance(given, date):
            continue
        first, last = _on(of.not_before, facts), _on(of.not_after, facts)
        if first is not None and given < first:
            yield OutOfBounds(name, True, first, _other(of.not_before))
        elif last is not None and given > last:
            yield OutOfBounds(name, False, last, _other(of.not_after))


def _on(day: Day | None, facts: Facts) -> date | None:
    return day.on(facts) if isinstance(day, RelativeDate) else day


def _other(day: Day | None) -> str:
    return day.fact if isinstance(day, RelativeDate) and day.fact != TODAY else ""
