"""The derivation of a due date: every step someone needs to redo the sum by hand, as data.

Nothing is reckoned again here; the steps retell a reckoning. ``derivation_text`` says them in Dutch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from gehoor.core.calendar.durations import Duration
from gehoor.core.calendar.year import CLOSED
from gehoor.core.deadlines.calculation import Reckoning, days_to_begin, held_working_days
from gehoor.core.deadlines.derivation_steps import Step, StepKind
from gehoor.core.deadlines.leg_derivation import hour_steps, leg_steps, skipped
from gehoor.core.deadlines.rule import Shift, Suspension, TermRule
from gehoor.core.deadlines.suspensions import Span

_DAY = timedelta(days=1)


def derive(
    rule: TermRule, reckoning: Reckoning, suspensions: Sequence[Suspension], extensions: Sequence[Duration]
) -> tuple[Step, ...]:
    """Retell a reckoning of this rule, suspensions and extensions step by step, the result last."""
    steps: list[Step] = [_start(rule, reckoning)]
    if reckoning.day_zero != reckoning.start_day:
        steps += _moved_day_zero(rule, reckoning)
    if extensions:
        steps += _added(rule, extensions)
    if reckoning.hours is not None:
        steps += hour_steps(reckoning.hours)
    for number, leg in enumerate(reckoning.legs):
        if number:
            steps.append(_counts_on(leg.origin, Duration(leg.amount, leg.unit)))
        steps += leg_steps(rule, leg, counted=rule.count_day_zero and not number)
    if suspensions:
        steps += _without_effect(rule, reckoning, suspensions)
    steps += _moved_end(rule, reckoning)
    steps.append(Step(StepKind.RESULT, reckoning.due, None, {"backwards": rule.backwards}))
    return tuple(steps)


def _start(rule: TermRule, reckoning: Reckoning) -> Step:
    # Hours count from a moment: no day of theirs does or does not count.
    silent = (
        reckoning.day_zero != reckoning.start_day or reckoning.hours is not None or not rule.within.amount
    )
    detail: dict[str, object] = {
        "counts": None if silent else rule.count_day_zero,
        "backwards": rule.backwards,
    }
    if reckoning.local is not None:
        detail["instant"] = reckoning.given
        detail["local"] = reckoning.local
        detail["time_zone"] = rule.time_zone
    return Step(StepKind.START, reckoning.start_day, None, detail)


def _moved_day_zero(rule: TermRule, reckoning: Reckoning) -> Iterator[Step]:
    calendar, saturday = days_to_begin(rule)
    start_day, day_zero = reckoning.start_day, reckoning.day_zero
    passed = skipped(calendar, start_day, day_zero - _DAY, saturday)
    # Of days to begin on, those that are never one need no reason; one that is missing does.
    yield from (step for step in passed if rule.start_days is None or _missing(step))
    why = calendar.why_not_working(start_day, saturday)
    detail = {"cutoff": rule.cutoff, "late": why is None, "why": why, "counts": rule.count_day_zero}
    if rule.start_days is not None:
        detail["days_of"] = rule.start_days.name
    yield Step(StepKind.DAY_ZERO, day_zero, None, detail)


def _missing(step: Step) -> bool:
    return step.kind is not StepKind.WEEKEND and step.detail["name"] != CLOSED


def _added(rule: TermRule, extensions: Sequence[Duration]) -> Iterator[Step]:
    total = rule.within.amount
    for extension in extensions:
        if extension.unit is rule.within.unit:
            total += extension.amount
            detail = {"amount": extension.amount, "unit": extension.unit, "total": total}
            yield Step(StepKind.EXTENSION, None, None, detail)


def _counts_on(from_day: date, extension: Duration) -> Step:
    detail = {"amount": extension.amount, "unit": extension.unit, "total": extension.amount}
    return Step(StepKind.EXTENSION, from_day, None, detail)


def _without_effect(
    rule: TermRule, reckoning: Reckoning, suspensions: Sequence[Suspension]
) -> Iterator[Step]:
    spans = [pause.span for leg in reckoning.legs for pause in leg.pauses]
    if reckoning.hours is not None:
        spans += [pause.span for pause in reckoning.hours.pauses]
    first = reckoning.day_zero + _DAY
    for suspension in suspensions:
        last = None if suspension.end is None else suspension.end - _DAY
        if not rule.suspension_allowed:
            yield Step(StepKind.SUSPENSION_REFUSED, suspension.start, last)
        elif suspension.end == suspension.start:
            yield Step(StepKind.SUSPENSION_IDLE, suspension.start, None, {"why": "empty"})
        elif last is not None and last < first:
            yield Step(StepKind.SUSPENSION_IDLE, suspension.start, last, {"why": "before-start"})
        elif not any(_within(suspension, span, first) for span in spans):
            yield Step(StepKind.SUSPENSION_IDLE, suspension.start, last, {"why": "after-due"})


def _within(suspension: Suspension, span: Span, first: date) -> bool:
    start = max(suspension.start, first)
    return span.start <= start and (span.end is None or start < span.end)


def _moved_end(rule: TermRule, reckoning: Reckoning) -> Iterator[Step]:
    unshifted, shifted, least = reckoning.unshifted, reckoning.shifted, reckoning.least
    if unshifted is not None and shifted is not None and least is not None:
        yield from _shifted(rule, unshifted, shifted)
        if shifted != least:
            yield from skipped(rule.calendar, shifted + _DAY, least, saturday=False)
            held = held_working_days(rule, reckoning, shifted)
            yield Step(
                StepKind.MINIMUM,
                shifted,
                None,
                {"to": least, "required": rule.min_working_days, "held": held},
            )
    if reckoning.last is not None and rule.never_past is not None:
        detail = {"amount": rule.never_past.amount, "unit": rule.never_past.unit}
        yield Step(StepKind.LAST, reckoning.last, None, detail)


def _shifted(rule: TermRule, unshifted: date, shifted: date) -> Iterator[Step]:
    if unshifted != shifted:
        yield Step(
            StepKind.SHIFT, unshifted, None, {"to": shifted, "reasons": _reasons(rule, unshifted, shifted)}
        )
    elif rule.backwards and rule.shift is Shift.NEXT:
        yield Step(StepKind.NO_SHIFT, unshifted)


def _reasons(rule: TermRule, unshifted: date, shifted: date) -> tuple[dict[str, object], ...]:
    step = 1 if shifted > unshifted else -1
    days = (unshifted + timedelta(days=offset) for offset in range(0, (shifted - unshifted).days, step))
    return tuple({"day": day, "reason": rule.calendar.why_not_working(day)} for day in days)
