"""The steps of the counting itself: what one leg of a term skipped, paused for and arrived at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from gehoor.core.calendar.durations import Unit
from gehoor.core.calendar.working_days import Calendar, OffKind
from gehoor.core.deadlines.derivation_steps import Step, StepKind
from gehoor.core.deadlines.hours import HourCount
from gehoor.core.deadlines.legs import Leg, counts_saturday, counts_working_days
from gehoor.core.deadlines.rule import TermRule
from gehoor.core.deadlines.suspensions import Span

_DAY = timedelta(days=1)
_KINDS = {
    OffKind.WEEKEND: StepKind.WEEKEND,
    OffKind.HOLIDAY: StepKind.HOLIDAY,
    OffKind.CLOSED: StepKind.CLOSED,
}


def skipped(calendar: Calendar, first: date, last: date, saturday: bool) -> Iterator[Step]:
    """Give a step for each stretch of days off from first to last, both included."""
    for off in calendar.days_off(first, last, saturday):
        yield Step(_KINDS[off.kind], off.first, off.last, {"name": off.name})


def leg_steps(rule: TermRule, leg: Leg, *, counted: bool) -> Iterator[Step]:
    """Retell one leg; ``counted`` tells whether its first day was day 1."""
    if counts_working_days(leg.unit):
        yield from _working_day_steps(rule, leg, counted)
    else:
        yield from _calendar_steps(rule, leg, counted)


def _calendar_steps(rule: TermRule, leg: Leg, counted: bool) -> Iterator[Step]:
    day_before = _DAY if counted and leg.amount else timedelta()
    if rule.backwards:
        day_before = -day_before
    asked, reached = leg.origin + day_before, leg.plain_end + day_before
    if leg.unit in (Unit.MONTHS, Unit.YEARS) and reached.day != asked.day:
        yield Step(StepKind.MONTH_END, reached, None, {"asked": asked.day})
    if leg.amount:
        yield _count(rule, leg, leg.plain_end, counted)
    for pause in leg.pauses:
        yield _paused(pause.span, pause.days, Unit.CALENDAR_DAYS, pause.end)


def _working_day_steps(rule: TermRule, leg: Leg, counted: bool) -> Iterator[Step]:
    saturday = counts_saturday(leg.unit)
    if rule.backwards:
        yield from reversed(list(skipped(rule.calendar, leg.plain_end, leg.origin - _DAY, saturday)))
        yield _count(rule, leg, leg.plain_end, counted)
        return
    # In order of time: what is skipped, where the term stood still, what is skipped after that.
    day = leg.origin + _DAY
    for pause in leg.pauses:
        yield from skipped(rule.calendar, day, pause.span.start - _DAY, saturday)
        yield _paused(pause.span, pause.days, leg.unit, pause.end)
        day = pause.span.end or day
    if leg.end is not None:
        yield from skipped(rule.calendar, day, leg.end, saturday)
        yield _count(rule, leg, leg.end, counted)


def _count(rule: TermRule, leg: Leg, day: date, counted: bool) -> Step:
    detail = {
        "amount": leg.amount,
        "unit": leg.unit,
        "after": leg.origin,
        "backwards": rule.backwards,
        "counts": counted and leg.amount > 0,
    }
    return Step(StepKind.COUNT, day, None, detail)


def _paused(span: Span, amount: float, unit: Unit, end: date | datetime | None) -> Step:
    if span.end is None:
        return Step(StepKind.OPEN_SUSPENSION, span.start, None, {"merged": span.made_of})
    detail = {"amount": amount, "unit": unit, "to": end, "merged": span.made_of}
    if span.seasons:
        detail["seasons"] = span.seasons
    return Step(StepKind.SUSPENSION, span.start, span.end - _DAY, detail)


def hour_steps(hours: HourCount) -> Iterator[Step]:
    """Retell a term in hours, with the clock changes in it."""
    # Counting back crosses the same change the other way round.
    earlier, later = (hours.plain_end, hours.start) if hours.amount < 0 else (hours.start, hours.plain_end)
    change = _offset_change(earlier, later)
    if change:
        first, last = earlier.date(), later.date()
        yield Step(StepKind.CLOCK_CHANGE, first, last, {"minutes": change})
    detail = {
        "amount": abs(hours.amount),
        "unit": Unit.HOURS,
        "after": hours.start,
        "backwards": hours.amount < 0,
        "counts": False,
    }
    yield Step(StepKind.COUNT, hours.plain_end, None, detail)
    for pause in hours.pauses:
        yield _paused(pause.span, pause.hours, Unit.HOURS, pause.end)


def _offset_change(earlier: datetime, later: datetime) -> int:
    before, after = earlier.utcoffset(), later.utcoffset()
    if before is None or after is None:
        return 0
    return round((after - before).total_seconds() / 60)
