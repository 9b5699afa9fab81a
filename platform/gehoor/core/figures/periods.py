"""Periods that people ask figures of: a quarter, or from one local day until and including another; and the days that
these are held beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from gehoor.core.figures.counted import Period

LONGEST: Final = timedelta(days=366)
"""No period is asked for that is longer than a year: that of the year before would not be beside it but in it."""
_QUARTER: Final = 3


class Beside(StrEnum):
    """Which days the figures of a period are held beside."""

    YEAR_BEFORE = "year before"
    """The same days, a year earlier."""
    DAYS_BEFORE = "days before"
    """The days that went just before it: as many, or as many months of a period of whole months."""


def quarter_of(day: date) -> Period:
    """Return the quarter that a day is in."""
    return _months_from(date(day.year, day.month - (day.month - 1) % _QUARTER, 1), _QUARTER)


def quarters_before(day: date) -> Iterator[Period]:
    """Yield the quarters that were over by a day, the last first, without end."""
    quarter = quarter_of(day)
    while True:
        quarter = quarter_of(quarter.first - timedelta(days=1))
        yield quarter


def quarter_number(period: Period) -> int | None:
    """Return which quarter of its year a period is, from 1; None where it is none."""
    return (period.first.month - 1) // _QUARTER + 1 if period == quarter_of(period.first) else None


def earlier(period: Period, beside: Beside) -> Period:
    """Return the days that a period is held beside."""
    if beside is Beside.YEAR_BEFORE:
        return Period(_year_before(period.first), _year_before(period.last))
    months = _whole_months(period)
    if months:
        return _months_from(_months_on(period.first, -months), months)
    days = period.last - period.first + timedelta(days=1)
    return Period(period.first - days, period.last - days)


def _whole_months(period: Period) -> int:
    """Return of how many whole months a period is; 0: it is not."""
    next_day = period.last + timedelta(days=1)
    if period.first.day != 1 or next_day.day != 1:
        return 0
    return (next_day.year - period.first.year) * 12 + next_day.month - period.first.month


def _months_from(first: date, months: int) -> Period:
    return Period(first, _months_on(first, months) - timedelta(days=1))


def _months_on(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return first.replace(year=first.year + years, month=month + 1)


def _year_before(day: date) -> date:
    # The last day of a February stays that: 28 February 2025 lies beside 29 February 2024.
    if (day + timedelta(days=1)).day == 1:
        return (day + timedelta(days=1)).replace(year=(day + timedelta(days=1)).year - 1) - timedelta(days=1)
    return day.replace(year=day.year - 1)
