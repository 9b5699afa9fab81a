"""One year of a calendar worked out beforehand, so that counting working days is looking up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from gehoor.core.calendar.holidays import holiday_names

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """Days on which the organisation itself is closed, first and last included.

    Raises ValueError when the last day lies before the first.
    """

    first: date
    last: date
    name: str = "sluitingsdag"

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a closed period cannot end ({self.last}) before it begins ({self.first})")


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
    calendar: str, closed_periods: tuple[ClosedPeriod, ...], number: int, saturday: bool
) -> Year:
    """Work out one year of a calendar with its closing days; with ``saturday`` Saturday can be a working day.

    Raises UnknownCalendarError and UnknownYearError as ``holiday_names`` does.
    """
    holidays = holiday_names(calendar, number)
    first, last = date(number, 1, 1), date(number, 12, 31)
    closed = _closed_days(closed_periods, first, last)
    before: list[int] = []
    days: list[date] = []
    off: list[DaysOff] = []
    weekend = 6 if saturday else 5
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        before.append(len(days))
        if day.weekday() >= weekend:
            _add_off(off, day, OffKind.WEEKEND, "weekend")
        elif day in holidays:
            _add_off(off, day, OffKind.HOLIDAY, holidays[day])
        elif day in closed:
            _add_off(off, day, OffKind.CLOSED, closed[day])
        else:
            days.append(day)
    before.append(len(days))
    return Year(first.toordinal(), tuple(before), tuple(days), tuple(off))


def _closed_days(periods: tuple[ClosedPeriod, ...], first: date, last: date) -> dict[date, str]:
    names: dict[date, str] = {}
    for period in periods:
        for ordinal in range(max(period.first, first).toordinal(), min(period.last, last).toordinal() + 1):
            names.setdefault(date.fromordinal(ordinal), period.name)
    return names


def _add_off(off: list[DaysOff], day: date, kind: OffKind, name: str) -> None:
    if off and off[-1].kind is kind and off[-1].name == name and off[-1].last + _DAY == day:
        off[-1] = DaysOff(off[-1].first, day, kind, name)
    else:
        off.append(DaysOff(day, day, kind, name))
