"""Reckoning a due date: the sum itself, with what is needed to explain it afterwards.

Both the quick answer and the answer with its derivation come from ``reckon``, so they cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.calendar.working_days import Calendar
from gehoor.core.deadlines.errors import DeadlineError, DeadlineProblem
from gehoor.core.deadlines.hours import HourCount, run_hours
from gehoor.core.deadlines.legs import Leg, counts_saturday, run_back, run_leg
from gehoor.core.deadlines.local_time import local_moment
from gehoor.core.deadlines.rule import Shift, Suspension, TermRule
from gehoor.core.deadlines.suspensions import Span, in_seasons, merged_spans

_MOST_YEARS: Final = 120
"""A term that lasts longer because of its seasons never ends."""


class Reckoning(NamedTuple):
    """A due date with the days it went through; None from the point where a suspension is still open."""

    given: date | datetime
    local: datetime | None
    """The start on the local clock, when an instant was given."""
    start_day: date
    day_zero: date
    legs: tuple[Leg, ...]
    hours: HourCount | None
    unshifted: date | None
    shifted: date | None
    due: date | datetime | None
    last: date | None = None
    """The last day there can be, when that is what the due date was held to."""
    least: date | None = None
    """The due date with the least number of working days in it, before it is held to the last day."""


def reckon(
    rule: TermRule, start: date | datetime, suspensions: Sequence[Suspension], extensions: Sequence[Duration]
) -> Reckoning:
    """Work out when a term that starts on a local day or at an instant is due.

    Raises DeadlineError when the start or the extensions do not go with the rule or the result lies outside
    the calendar, UnknownYearError when the holidays of a year are not known.
    """
    if rule.backwards and (suspensions or extensions):
        raise DeadlineError(DeadlineProblem.BACKWARDS_ONLY_COUNTS)
    if not rule.seasons:
        return _reckon(rule, start, suspensions if rule.suspension_allowed else (), extensions)
    return _reckon_in_seasons(rule, start, suspensions if rule.suspension_allowed else (), extensions)


def _reckon_in_seasons(
    rule: TermRule, start: date | datetime, suspensions: Sequence[Suspension], extensions: Sequence[Duration]
) -> Reckoning:
    """Reckon with the seasons of so many years as the term lasts: each that it meets makes it last longer."""
    year = start.year + 1
    while year < start.year + _MOST_YEARS:
        standing_still = (
            *suspensions,
            *in_seasons(rule.seasons, date(start.year - 1, 1, 1), date(year, 12, 31)),
        )
        reckoning = _reckon(rule, start, standing_still, extensions)
        if reckoning.due is None or reckoning.due.year < year:
            return reckoning
        year = reckoning.due.year + 1
    raise DeadlineError(DeadlineProblem.OUT_OF_RANGE)


def _reckon(
    rule: TermRule, start: date | datetime, weighing: Sequence[Suspension], extensions: Sequence[Duration]
) -> Reckoning:
    try:
        local = local_moment(start, rule.time_zone) if isinstance(start, datetime) else None
        start_day = start if local is None else local.date()
        if rule.within.unit.elapses:
            return _reckon_hours(rule, start, local, weighing, extensions)
        day_zero = _day_zero(rule, start_day, local)
        legs = _legs(rule, day_zero, weighing, extensions)
        unshifted = legs[-1].end
        last = _last(rule, day_zero)
        if unshifted is None:
            return Reckoning(start, local, start_day, day_zero, legs, None, None, None, last, last)
        shifted = _shift(rule, unshifted)
        held = _hold_minimum(rule, day_zero, legs, shifted) if rule.min_working_days else shifted
    except OverflowError as error:
        raise DeadlineError(DeadlineProblem.OUT_OF_RANGE) from error
    if last is not None and last < held:
        return Reckoning(start, local, start_day, day_zero, legs, None, unshifted, shifted, last, last, held)
    return Reckoning(start, local, start_day, day_zero, legs, None, unshifted, shifted, held, least=held)


def amounts_by_unit(rule: TermRule, extensions: Sequence[Duration]) -> dict[Unit, int]:
    """Add the extensions to the term, unit by unit, the unit of the term first.

    Raises DeadlineError when hours meet another unit.
    """
    amounts = {rule.within.unit: rule.within.amount}
    for extension in extensions:
        amounts[extension.unit] = amounts.get(extension.unit, 0) + extension.amount
    if Unit.HOURS in amounts and len(amounts) > 1:
        raise DeadlineError(DeadlineProblem.HOURS_MIXED)
    return amounts


def _reckon_hours(
    rule: TermRule,
    start: date | datetime,
    local: datetime | None,
    suspensions: Sequence[Suspension],
    extensions: Sequence[Duration],
) -> Reckoning:
    if local is None:
        raise DeadlineError(DeadlineProblem.HOURS_NEED_INSTANT)
    amount = amounts_by_unit(rule, extensions)[Unit.HOURS]
    day = local.date()
    hours = run_hours(-amount if rule.backwards else amount, local, merged_spans(suspensions, day))
    return Reckoning(start, local, day, day, (), hours, None, None, hours.end)


def _day_zero(rule: TermRule, start_day: date, local: datetime | None) -> date:
    if rule.cutoff is None and rule.start_days is None:
        return start_day
    calendar, saturday = days_to_begin(rule)
    if is_past(rule, local) or not calendar.is_working_day(start_day, saturday):
        return calendar.working_day_after(start_day, 1, saturday)
    return start_day


def days_to_begin(rule: TermRule) -> tuple[Calendar, bool]:
    """Return the calendar whose working days can be day zero, and whether Saturday is one of them in any case."""
    if rule.start_days is not None:
        return rule.start_days.calendar, False
    return rule.calendar, counts_saturday(rule.within.unit)


def is_past(rule: TermRule, local: datetime | None) -> bool:
    """Say whether what came in at a local time came past the hour until which its own day counts."""
    return rule.cutoff is not None and local is not None and local.time() > rule.cutoff


def _legs(
    rule: TermRule, day_zero: date, suspensions: Sequence[Suspension], extensions: Sequence[Duration]
) -> tuple[Leg, ...]:
    within, calendar, counted = rule.within, rule.calendar, rule.count_day_zero
    if rule.backwards:
        return (run_back(calendar, within.unit, within.amount, day_zero, counted),)
    if not extensions:
        spans = merged_spans(suspensions, day_zero) if suspensions else ()
        return (run_leg(calendar, within.unit, within.amount, day_zero, counted, spans),)
    legs: list[Leg] = []
    from_day: date | None = day_zero
    for unit, amount in amounts_by_unit(rule, extensions).items():
        if from_day is None:
            break
        leg = run_leg(
            calendar, unit, amount, from_day, counted and not legs, merged_spans(suspensions, from_day)
        )
        legs.append(leg)
        from_day = leg.end
    return tuple(legs)


def _last(rule: TermRule, day_zero: date) -> date | None:
    if rule.never_past is None:
        return None
    amount, unit = rule.never_past.amount, rule.never_past.unit
    return run_leg(rule.calendar, unit, amount, day_zero, rule.count_day_zero, ()).end


def _shift(rule: TermRule, day: date) -> date:
    # Counting back never moves forward (Algemene termijnenwet art. 1, second paragraph).
    if rule.shift is Shift.NONE or (rule.backwards and rule.shift is Shift.NEXT):
        return day
    if rule.calendar.is_working_day(day):
        return day
    if rule.shift is Shift.NEXT:
        return rule.calendar.working_day_after(day, 1)
    return rule.calendar.working_day_before(day, 1)


def _hold_minimum(rule: TermRule, day_zero: date, legs: Sequence[Leg], shifted: date) -> date:
    spans: list[Span] = [pause.span for leg in legs for pause in leg.pauses]
    minimum = run_leg(
        rule.calendar, Unit.WORKING_DAYS, rule.min_working_days, day_zero, rule.count_day_zero, spans
    ).end
    return shifted if minimum is None else max(shifted, minimum)


def held_working_days(rule: TermRule, reckoning: Reckoning, until: date) -> int:
    """Count the working days of the term up to and including a day, without the suspended ones."""
    day = timedelta(days=1)
    after = reckoning.day_zero - day if rule.count_day_zero else reckoning.day_zero
    total = rule.calendar.count(after, until)
    for leg in reckoning.legs:
        for pause in leg.pauses:
            if pause.span.end is not None:
                total -= rule.calendar.count(pause.span.start - day, min(pause.span.end - day, until))
    return total
