"""Counting one leg of a term: one amount of one unit, from one day, with the suspensions that fall in it.

A term is one leg, unless it is extended in another unit than its own: then the next leg counts on from the
end of the one before.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from gehoor.core.calendar.durations import Unit
from gehoor.core.calendar.working_days import Calendar
from gehoor.core.deadlines.suspensions import Span

_DAY = timedelta(days=1)
_WORKING = (Unit.WORKING_DAYS, Unit.WORKING_DAYS_MON_SAT)


class Pause(NamedTuple):
    """A suspension that weighed: the days of the unit that fell away and the end as it then was."""

    span: Span
    days: int
    end: date | None


class Leg(NamedTuple):
    """One leg as counted. ``end`` is None when an open suspension leaves it without one."""

    unit: Unit
    amount: int
    origin: date
    """The day after which counting begins."""
    plain_end: date
    """The end without suspensions."""
    end: date | None
    pauses: tuple[Pause, ...]


def counts_working_days(unit: Unit) -> bool:
    """Tell whether a unit counts working days."""
    return unit in _WORKING


def counts_saturday(unit: Unit) -> bool:
    """Tell whether Saturday can be a working day in this unit."""
    return unit is Unit.WORKING_DAYS_MON_SAT


def run_leg(
    calendar: Calendar, unit: Unit, amount: int, day_zero: date, counted: bool, spans: Iterable[Span]
) -> Leg:
    """Count forward from day zero, which is day 1 when ``counted``, around the spans that weigh.

    A span weighs when it begins on or before the end as it then is. Raises OverflowError past the year 9999
    and UnknownYearError past the years of the calendar.
    """
    # Nothing to count leaves the term on day zero, counted or not.
    origin = day_zero - _DAY if counted and amount else day_zero
    if unit in _WORKING:
        return _run_working_days(calendar, unit, amount, origin, spans)
    plain_end = end = add_calendar_time(day_zero, amount, unit) - (day_zero - origin)
    pauses: list[Pause] = []
    for span in spans:
        if span.start > end:
            break
        if span.end is None:
            return Leg(unit, amount, origin, plain_end, None, (*pauses, Pause(span, 0, None)))
        end += span.end - span.start
        pauses.append(Pause(span, (span.end - span.start).days, end))
    return Leg(unit, amount, origin, plain_end, end, tuple(pauses))


def _run_working_days(
    calendar: Calendar, unit: Unit, amount: int, origin: date, spans: Iterable[Span]
) -> Leg:
    saturday = counts_saturday(unit)
    plain_end = end = calendar.working_day_after(origin, amount, saturday)
    mark, left = origin, amount
    pauses: list[Pause] = []
    for span in spans:
        if span.start > end:
            break
        if span.end is None:
            return Leg(unit, amount, origin, plain_end, None, (*pauses, Pause(span, 0, None)))
        left -= calendar.count(mark, span.start - _DAY, saturday)
        mark = span.end - _DAY
        end = calendar.working_day_after(mark, left, saturday)
        pauses.append(Pause(span, calendar.count(span.start - _DAY, mark, saturday), end))
    return Leg(unit, amount, origin, plain_end, end, tuple(pauses))


def run_back(calendar: Calendar, unit: Unit, amount: int, day_zero: date, counted: bool) -> Leg:
    """Count back from day zero, which is day 1 when ``counted``. Raises as ``run_leg`` does."""
    origin = day_zero + _DAY if counted and amount else day_zero
    if unit in _WORKING:
        end = calendar.working_day_before(origin, amount, counts_saturday(unit))
    else:
        end = add_calendar_time(day_zero, -amount, unit) + (origin - day_zero)
    return Leg(unit, amount, origin, end, end, ())


def add_calendar_time(day: date, amount: int, unit: Unit) -> date:
    """Add days, weeks, months or years; a day the month does not have becomes its last day.

    Raises OverflowError outside the years 1 to 9999, and ValueError for a unit that is no stretch of the calendar.
    """
    match unit:
        case Unit.CALENDAR_DAYS:
            return day + timedelta(days=amount)
        case Unit.WEEKS:
            return day + timedelta(weeks=amount)
        case Unit.MONTHS:
            months = amount
        case Unit.YEARS:
            months = amount * 12
        case _:
            raise ValueError(f"{unit} is not counted on the calendar")
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"the year {year} is out of range")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
