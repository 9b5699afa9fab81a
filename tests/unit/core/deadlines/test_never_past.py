"""A term that is held to a last day: the earlier of two ends, whatever stands still, extends or shifts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.calendar.working_days import Calendar
from gehoor.core.deadlines.due import DeadlineError, Shift, StepKind, Suspension, TermRule, due, due_day

CALENDAR = Calendar("BE-WET")
START = date(2026, 7, 1)


def rule(working_days: int, last: Duration | None, shift: Shift = Shift.NONE) -> TermRule:
    return TermRule(Duration(working_days, Unit.WORKING_DAYS), CALENDAR, shift, never_past=last)


DAYS_45 = Duration(45, Unit.CALENDAR_DAYS)


def test_what_ends_before_it_ends_as_ever() -> None:
    assert due_day(rule(20, DAYS_45), START) == due_day(rule(20, None), START) == date(2026, 7, 30)


def test_what_would_end_later_ends_then_and_says_so() -> None:
    found = due(rule(40, DAYS_45), START)
    assert found.due == date(2026, 8, 15)
    step = next(step for step in found.steps if step.kind is StepKind.LAST)
    assert (step.day, step.detail) == (date(2026, 8, 15), {"amount": 45, "unit": Unit.CALENDAR_DAYS})


@pytest.mark.parametrize("until", [date(2026, 8, 20), None])
def test_standing_still_goes_no_further(until: date | None) -> None:
    assert due_day(rule(20, DAYS_45), START, suspensions=[Suspension(date(2026, 7, 10), until)]) == date(
        2026, 8, 15
    )


def test_an_extension_goes_no_further() -> None:
    more = [Duration(30, Unit.WORKING_DAYS)]
    assert due_day(rule(20, DAYS_45), START, extensions=more) == date(2026, 8, 15)


def test_a_last_day_in_the_weekend_does_not_shift() -> None:
    assert due_day(rule(40, DAYS_45, Shift.NEXT), START) == date(2026, 8, 15)


@given(
    days=st.integers(1, 90), last=st.integers(1, 120), offset=st.integers(0, 700), still=st.integers(0, 40)
)
def test_it_is_the_earlier_of_two_ends(days: int, last: int, offset: int, still: int) -> None:
    start = START + timedelta(days=offset)
    pause = [Suspension(start + timedelta(days=3), start + timedelta(days=3 + still))]
    free = due_day(rule(days, None), start, suspensions=pause)
    held = due_day(rule(days, Duration(last, Unit.CALENDAR_DAYS)), start, suspensions=pause)
    assert isinstance(free, date)
    assert held == min(free, start + timedelta(days=last))


@pytest.mark.parametrize(
    "made",
    [
        lambda: TermRule(Duration(4, Unit.HOURS), CALENDAR, never_past=DAYS_45),
        lambda: TermRule(Duration(4, Unit.WORKING_DAYS), CALENDAR, never_past=Duration(4, Unit.HOURS)),
        lambda: TermRule(Duration(4, Unit.WORKING_DAYS), CALENDAR, never_past=DAYS_45, backwards=True),
    ],
)
def test_it_goes_with_neither_hours_nor_counting_back(made: object) -> None:
    assert callable(made)
    with pytest.raises(DeadlineError):
        made()


def test_why_it_would_be_later_is_told_before_the_last_day() -> None:
    """A minimum of working days that the last day leaves no room for is not passed over in the derivation."""
    held = TermRule(
        Duration(5, Unit.CALENDAR_DAYS),
        CALENDAR,
        Shift.NEXT,
        min_working_days=10,
        never_past=Duration(6, Unit.CALENDAR_DAYS),
    )
    found = due(held, date(2026, 6, 30))
    told = {step.kind: step for step in found.steps}
    assert found.due == date(2026, 7, 6)
    assert told[StepKind.SHIFT].detail["to"] == date(2026, 7, 6)
    assert told[StepKind.MINIMUM].detail["to"] == date(2026, 7, 14)
    assert told[StepKind.LAST].day == date(2026, 7, 6)
