"""Days that are reckoned from the date in another field: "1 years before ontvangstdatum"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from gehoor.core.calendar.durations import Duration, Unit, parse_duration
from gehoor.core.conditions.facts import Facts, FactType, type_of
from gehoor.core.deadlines.legs import add_calendar_time

TODAY: Final = "today"
"""The day on which something is filled in, where that is known: conditions do not know it."""
CALENDAR_UNITS: Final = frozenset({Unit.CALENDAR_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS})
"""What can be counted from a date without the calendar of an organisation."""

_UNITS: Final = {unit.value: unit for unit in Unit}
_FIELD: Final = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class RelativeDate:
    """The date in a field, or the day so long before or after it."""

    fact: str
    by: Duration | None = None
    backwards: bool = False

    @property
    def is_by_calendar(self) -> bool:
        """Whether it is counted in a unit that needs no calendar of an organisation."""
        return self.by is None or self.by.unit in CALENDAR_UNITS

    def on(self, facts: Facts) -> date | None:
        """Return the day, or None when the field has no answer.

        A day the month does not have becomes its last day; what lies outside the years 1 to 9999 becomes the
        first or last day there is. Raises ``TypeError`` when the field holds no date or the unit needs a calendar.
        """
        value = facts.get(self.fact)
        if value is None:
            return None
        if not isinstance(value, date) or type_of(value) is not FactType.DATE:
            raise TypeError(f"the fact {self.fact!r} is no date")
        if self.by is None:
            return value
        if not self.is_by_calendar:
            raise TypeError(f"{self.by.unit} cannot be counted without a calendar")
        try:
            return add_calendar_time(
                value, -self.by.amount if self.backwards else self.by.amount, self.by.unit
            )
        except OverflowError:
            return date.min if self.backwards else date.max


Day: TypeAlias = date | RelativeDate
"""A date, or a day that is reckoned from the date in a field or from today."""


def read_day(text: str) -> Day:
    """Read a date or a canonical relative date. Raises ``ValueError``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return read_relative_date(text)


def read_relative_date(
    text: str, units: Mapping[str, Unit] = _UNITS, before: str = "before", after: str = "after"
) -> RelativeDate:
    """Read "<field>", "<duration> before <field>" or "<duration> after <field>", in these words.

    Raises ``ValueError`` for any other text.
    """
    words = text.split()
    if not words or not _FIELD.fullmatch(words[-1]):
        raise ValueError(text)
    if len(words) == 1:
        return RelativeDate(words[0])
    if words[-2] not in (before, after):
        raise ValueError(text)
    return RelativeDate(words[-1], parse_duration(" ".join(words[:-2]), units), words[-2] == before)


def show_relative_date(day: RelativeDate, duration: str, before: str = "before", after: str = "after") -> str:
    """Write a relative date as ``read_relative_date`` reads it; ``duration`` is its duration in words."""
    return f"{duration} {before if day.backwards else after} {day.fact}" if day.by else day.fact
