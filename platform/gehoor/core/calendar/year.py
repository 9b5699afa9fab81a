"""One year of a calendar worked out beforehand, so that counting working days is looking up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from gehoor.core.calendar.holidays import holiday_names

_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)
_WEEKEND = (5, 6)
CLOSED = "sluitingsdag"
"""What a day is called on which an organisation is closed, when it gave no reason."""


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """Days on which the organisation itself is closed, first and last included.

    ``yearly``: also on the same days of each later year; 29 February only where there is one. Raises ValueError when
    the last day lies before the first, or so long after it that the next year begins before this one ends.
    """

    first: date
    last: date
    name: str = CLOSED
    yearly: bool = False

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a closed period cannot end ({self.last}) before it begins ({self.first})")
        if self.yearly and self.last - self.first >= _YEAR:
            raise ValueError(f"from {self.first} to {self.last} is more than a year")

    def days_in(self, first: date, last: date) -> Iterator[date]:
        """Give its days from first to last, both included."""
        for begins, ends in self.stretches(first, last):
            for ordinal in range(max(begins, first).toordinal(), min(ends, last).toordinal() + 1):
                yield date.fromordinal(ordinal)

    def stretches(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """Give the first and last day of each time that it comes, of those that may have a day from first to last."""
        years = (
            range(max(self.first.year, first.year - 1), last.year + 1) if self.yearly else (self.first.year,)
        )
        for year in years:
            begins = _in_year(self.first, year)
            yield begins, _in_year(self.last, year + self.last.year - self.first.year, backwards=True)


class OffKind(StrEnum):
    """Why a day is not a working day."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days in a row, first and last included, that are no working days for one and the same reason."""

    first: date
    last: date
    kind: OffKind
    name: str


@dataclass(frozen=True, slots=True)
class Year:
    """One year worked out, so that counting is looking up."""

    first_ordinal: int
    before: tuple[int, ...]
    """For each day of the year, and for the day after it: how many working days came before it."""
    days: tuple[date, ...]
    off: tuple[DaysOff, ...]


@lru_cache(maxsize=1024)
def work_out_year(
    calendar: str, closed_periods: tuple[ClosedPeriod, ...], week: frozenset[int], number: int
) -> Year:
    """Work out one year of a calendar with its closing days; ``week``: which days of the week (Monday is 0) can be
    working days.

    Raises UnknownCalendarError and UnknownYearError as ``holiday_names`` does.
    """
    holidays = holiday_names(calendar, number)
    first, last = date(number, 1, 1), date(number, 12, 31)
    closed = _closed_days(closed_periods, first, last)
    before: list[int] = []
    days: list[date] = []
    off: list[DaysOff] = []
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        before.append(len(days))
        if day.weekday() not in week:
            weekend = day.weekday() in _WEEKEND
            _add_off(off, day, *((OffKind.WEEKEND, "weekend") if weekend else (OffKind.CLOSED, CLOSED)))
        elif day in holidays:
            _add_off(off, day, OffKind.HOLIDAY, holidays[day])
        elif day in closed:
            _add_off(off, day, OffKind.CLOSED, closed[day])
        else:
            days.append(day)
    before.append(len(days))
    return Year(first.toordinal(), tuple(before), tuple(days), tuple(off))


def _in_year(day: date, year: int, *, backwards: bool = False) -> date:
    """Return the same day of another year; of 29 February, where there is none, the day after it, or before it."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28) if backwards else date(year, 3, 1)


def _closed_days(periods: tuple[ClosedPeriod, ...], first: date, last: date) -> dict[date, str]:
    names: dict[date, str] = {}
    for period in periods:
        for day in period.days_in(first, last):
            names.setdefault(day, period.name)
    return names


def _add_off(off: list[DaysOff], day: date, kind: OffKind, name: str) -> None:
    if off and off[-1].kind is kind and off[-1].name == name and off[-1].last + _DAY == day:
        off[-1] = DaysOff(off[-1].first, day, kind, name)
    else:
        off.append(DaysOff(day, day, kind, name))
