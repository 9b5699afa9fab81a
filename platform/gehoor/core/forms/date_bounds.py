"""Bounds of dates: not before or after a day, which may be that of another field or today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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
    bounded = [
        (name, of) for name, of in fields.items() if name in values and (of.not_before or of.not_after)
    ]
    facts: Facts = {**facts_of(fields, values), TODAY: today} if bounded else {}
    for name, of in bounded:
        given = facts[name]
        if not isinstance(given, date):
            continue
        first, last = _on(of.not_before, facts), _on(of.not_after, facts)
        if first is not None and given < first:
            yield OutOfBounds(name, True, first, _other(of.not_before))
        elif last is not None and given > last:
            yield OutOfBounds(name, False, last, _other(of.not_after))


def outside_agreed_days(of: Field, value: StoredValue) -> bool:
    """Say whether an answer lies outside the bounds that are dates: whoever reads the files knows no other day.

    Bounds that cross are wrong themselves, and then no answer is."""
    first, last = (day if isinstance(day, date) else None for day in (of.not_before, of.not_after))
    if (first is None and last is None) or (first and last and first > last):
        return False
    agreed = replace(of, not_before=first, not_after=last)
    return any(out_of_bounds({of.id: agreed}, {of.id: value}, date.min))


def never_fits(of: Field) -> bool:
    """Say whether no date fits: its bounds cross whatever they are reckoned from, or it would come after itself.

    Raises ``TypeError`` when a bound is reckoned in a unit that needs a calendar."""
    itself = RelativeDate(of.id)
    ends = ((of.not_before, of.not_after), (of.not_before, itself), (itself, of.not_after))
    return any(_always_cross(first, last) for first, last in ends)


def _always_cross(first: Day | None, last: Day | None) -> bool:
    """Say whether two days reckoned from the same one are in the wrong order, whichever day that is."""
    based = [day.fact if isinstance(day, RelativeDate) else "" for day in (first, last)]
    if first is None or last is None or based[0] != based[1]:
        return False
    # Months differ in length: what crosses on each of these days always does.
    days = [date(2023, month, day) for month in range(1, 13) for day in (1, 15, 28)]
    return all(_crossed(first, last, {based[0]: day}) for day in days)


def _crossed(first: Day, last: Day, facts: Facts) -> bool:
    earliest, latest = _on(first, facts), _on(last, facts)
    return earliest is not None and latest is not None and earliest > latest


def _on(day: Day | None, facts: Facts) -> date | None:
    return day.on(facts) if isinstance(day, RelativeDate) else day


def _other(day: Day | None) -> str:
    return day.fact if isinstance(day, RelativeDate) and day.fact != TODAY else ""
