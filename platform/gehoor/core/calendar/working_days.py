"""Working days: which days count, per calendar and with an organisation's own closing days.

Saturday and Sunday are no working days, unless a calendar says that people work then; a count that says
``saturday=True`` takes Saturday for one in any calendar. All days are local dates.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date

from gehoor.core.calendar.holidays import (
    CALENDAR_NAMES,
    CalendarError,
    UnknownCalendarError,
    UnknownYearError,
    holiday_names,
)
from gehoor.core.calendar.year import CLOSED, ClosedPeriod, DaysOff, OffKind, Year, work_out_year

__all__ = [
    "CALENDAR_NAMES",
    "Calendar",
    "CalendarError",
    "ClosedPeriod",
    "DaysOff",
    "OffKind",
    "UnknownCalendarError",
    "UnknownYearError",
]


WORK_WEEK = frozenset(range(5))
"""The days of the week that are working days where nothing else was agreed: Monday (0) to Friday."""
_SATURDAY = 5
_WEEKEND = {5: "zaterdag", 6: "zondag"}


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar of holidays with an organisation's own closing days, and the days of the week on which it works.

    Raises UnknownCalendarError for a name outside CALENDAR_NAMES. Every method raises UnknownYearError when
    it would have to look outside the years whose holidays are known.
    """

    name: str
    closed: tuple[ClosedPeriod, ...] = ()
    week: frozenset[int] = WORK_WEEK
    # What was worked out before, so that no closing days need hashing to find it again. Not part of the
    # value: equal calendars always work out the same.
    _years: dict[tuple[int, bool], Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.name not in CALENDAR_NAMES:
            raise UnknownCalendarError(self.name)

    def is_working_day(self, day: date, saturday: bool = False) -> bool:
        """Tell whether the day is a working day."""
        year = self._year(day.year, saturday)
        index = day.toordinal() - year.first_ordinal
        return year.before[index + 1] > year.before[index]

    def why_not_working(self, day: date, saturday: bool = False) -> str | None:
        """Name the holiday, the weekday or the closing day that keeps this from being a working day."""
        holiday = holiday_names(self.name, day.year).get(day)
        if holiday is not None:
            return holiday
        if self.is_working_day(day, saturday):
            return None
        if day.weekday() not in self._week(saturday):
            return _WEEKEND.get(day.weekday(), CLOSED)
        return next(period.name for period in self.closed if day in period.days_in(day, day))

    def _week(self, saturday: bool) -> frozenset[int]:
        return self.week | {_SATURDAY} if saturday else self.week

    def working_day_after(self, day: date, number: int, saturday: bool = False) -> date:
        """Give the working day that is so many working days after the day; the day itself for 0."""
        if number <= 0:
            return day
        year = self._year(day.year, saturday)
        index = year.before[day.toordinal() - year.first_ordinal + 1] + number - 1
        number_of_year = day.year
        while index >= len(year.days):
            index -= len(year.days)
            number_of_year += 1
            year = self._year(number_of_year, saturday)
        return year.days[index]

    def working_day_before(self, day: date, number: int, saturday: bool = False) -> date:
        """Give the working day that is so many working days before the day; the day itself for 0."""
        if number <= 0:
            return day
        year = self._year(day.year, saturday)
        index = year.before[day.toordinal() - year.first_ordinal] - number
        number_of_year = day.year
        while index < 0:
            number_of_year -= 1
            year = self._year(number_of_year, saturday)
            index += len(year.days)
        return year.days[index]

    def count(self, after: date, until: date, saturday: bool = False) -> int:
        """Count the working days later than ``after``, up to and including ``until``."""
        if until <= after:
            return 0
        total = 0
        for number in range(after.year, until.year):
            total += len(self._year(number, saturday).days)
        return total + self._rank(until, saturday) - self._rank(after, saturday)

    def days_off(self, first: date, last: date, saturday: bool = False) -> list[DaysOff]:
        """Give the stretches of days off from first to last, both included, cut to those ends."""
        found: list[DaysOff] = []
        if last < first:
            return found
        for number in range(first.year, last.year + 1):
            off = self._year(number, saturday).off
            index = bisect_left(off, first, key=_last_day)
            while index < len(off) and off[index].first <= last:
                found.append(_cut(off[index], first, last))
                index += 1
        return found

    def _rank(self, day: date, saturday: bool) -> int:
        year = self._year(day.year, saturday)
        return year.before[day.toordinal() - year.first_ordinal + 1]

    def _year(self, number: int, saturday: bool) -> Year:
        year = self._years.get((number, saturday))
        if year is None:
            year = self._years[number, saturday] = work_out_year(
                self.name, self.closed, self._week(saturday), number
            )
        return year


def _last_day(off: DaysOff) -> date:
    return off.last


def _cut(off: DaysOff, first: date, last: date) -> DaysOff:
    if first <= off.first and off.last <= last:
        return off
    return DaysOff(max(off.first, first), min(off.last, last), off.kind, off.name)
