"""Due dates: what holds for every rule, and the corners a table of cases misses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.calendar.working_days import CALENDAR_NAMES, Calendar, ClosedPeriod, UnknownYearError
from gehoor.core.deadlines.due import (
    DeadlineError,
    DeadlineProblem,
    Due,
    Shift,
    StepKind,
    Suspension,
    TermRule,
    due,
    due_day,
    due_days,
    too_late_at,
)
from gehoor.core.deadlines.status import TermStatus, reminder_day, term_status

DAY = timedelta(days=1)
BRUSSELS = ZoneInfo("Europe/Brussels")
BE = Calendar("BE-WET")
DAY_UNITS = [unit for unit in Unit if unit is not Unit.HOURS]

starts = st.dates(date(2025, 1, 1), date(2028, 12, 31))
# Few enough years for a term and two extensions to stay where holidays are known.
day_durations = st.sampled_from(DAY_UNITS).flatmap(
    lambda unit: st.builds(Duration, st.integers(0, 20 if unit is Unit.YEARS else 40), st.just(unit))
)
closed_periods = st.builds(lambda first, n: ClosedPeriod(first, first + DAY * n), starts, st.integers(0, 20))
calendars = st.builds(
    Calendar, st.sampled_from(CALENDAR_NAMES), st.lists(closed_periods, max_size=2).map(tuple)
)
rules = st.builds(
    TermRule,
    within=day_durations,
    calendar=calendars,
    shift=st.sampled_from(Shift),
    count_day_zero=st.booleans(),
    cutoff=st.none() | st.just(time(17)),
    min_working_days=st.integers(0, 3),
    suspension_allowed=st.booleans(),
)


@st.composite
def suspensions_near(draw: st.DrawFn, start: date, open_too: bool = True) -> list[Suspension]:
    """Draw suspensions around the weeks after a start."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        first = start + DAY * draw(st.integers(-10, 60))
        open_end = open_too and draw(st.integers(0, 9)) == 0
        found.append(Suspension(first, None if open_end else first + DAY * draw(st.integers(0, 20))))
    return found


def term(amount: int, unit: Unit, calendar: Calendar = BE, **more: Any) -> TermRule:
    """Build a rule the short way."""
    return TermRule(Duration(amount, unit), calendar, **more)


@settings(deadline=None)
@given(st.data(), rules, starts, st.lists(day_durations, max_size=2))
def test_the_quick_answer_is_the_derived_answer(
    data: st.DataObject, rule: TermRule, start: date, extensions: list[Duration]
) -> None:
    suspensions = data.draw(suspensions_near(start))
    result = due(rule, start, suspensions=suspensions, extensions=extensions)
    assert due_day(rule, start, suspensions=suspensions, extensions=extensions) == result.due
    assert result.steps[0].kind is StepKind.START
    assert result.steps[-1].kind is StepKind.RESULT
    assert result.steps[-1].day == result.due
    assert (result.too_late_at is None) == (result.due is None)


@settings(deadline=None)
@given(st.data(), rules, starts)
def test_a_later_start_is_never_due_earlier(data: st.DataObject, rule: TermRule, start: date) -> None:
    # A first day that counts cannot be suspended: starting later in a suspension can then be quicker.
    suspensions = [] if rule.count_day_zero else data.draw(suspensions_near(start))
    first = due_day(rule, start, suspensions=suspensions)
    second = due_day(rule, start + DAY, suspensions=suspensions)
    assert (first or date.max) <= (second or date.max)


@settings(deadline=None)
@given(st.data(), rules, starts)
def test_a_larger_amount_is_never_due_earlier(data: st.DataObject, rule: TermRule, start: date) -> None:
    suspensions = data.draw(suspensions_near(start))
    more = replace(rule, within=Duration(rule.within.amount + 1, rule.within.unit))
    first = due_day(rule, start, suspensions=suspensions)
    second = due_day(more, start, suspensions=suspensions)
    assert (first or date.max) <= (second or date.max)


@settings(deadline=None)
@given(st.data(), starts, calendars, st.integers(1, 40), st.booleans())
def test_a_term_in_working_days_holds_exactly_so_many(
    data: st.DataObject, start: date, calendar: Calendar, amount: int, saturday: bool
) -> None:
    unit = Unit.WORKING_DAYS_MON_SAT if saturday else Unit.WORKING_DAYS
    suspensions = data.draw(suspensions_near(start, open_too=False))
    end = due_day(term(amount, unit, calendar), start, suspensions=suspensions)
    assert end is not None
    still = {s.start + DAY * n for s in suspensions if s.end for n in range((s.end - s.start).days)}
    days = (start + DAY * n for n in range(1, (end - start).days + 1))
    assert sum(calendar.is_working_day(day, saturday) and day not in still for day in days) == amount


@settings(deadline=None)
@given(starts, st.integers(1, 60), st.integers(1, 60), st.integers(0, 30))
def test_a_suspension_inside_moves_the_end_by_its_length(
    start: date, amount: int, begins: int, length: int
) -> None:
    assume(begins <= amount)
    rule = term(amount, Unit.CALENDAR_DAYS)
    suspension = Suspension(start + DAY * begins, start + DAY * (begins + length))
    assert due_day(rule, start, suspensions=[suspension]) == start + DAY * (amount + length)


@settings(deadline=None)
@given(st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)), day_durations)  # noqa: DTZ001
def test_only_the_local_day_of_the_start_matters(naive: datetime, within: Duration) -> None:
    moment = naive.replace(tzinfo=BRUSSELS)
    rule = TermRule(within, BE, Shift.NEXT)
    local_day = moment.astimezone(UTC).astimezone(BRUSSELS).date()
    assert due_day(rule, moment.astimezone(UTC)) == due_day(rule, moment) == due_day(rule, local_day)


@settings(deadline=None)
@given(starts, day_durations, calendars)
def test_counting_back_is_never_later_than_the_start(
    start: date, within: Duration, calendar: Calendar
) -> None:
    rule = TermRule(within, calendar, Shift.NEXT, backwards=True)
    result = due(rule, start)
    assert isinstance(result.due, date)
    assert result.due <= start
    assert due_day(rule, start) == result.due


@settings(deadline=None)
@given(rules, starts)
def test_a_shifted_end_is_a_working_day(rule: TermRule, start: date) -> None:
    assume(rule.shift is not Shift.NONE)
    end = due_day(rule, start)
    assert end is not None
    assert rule.calendar.is_working_day(end)


@settings(deadline=None)
@given(rules, starts)
def test_the_minimum_of_working_days_is_held(rule: TermRule, start: date) -> None:
    assume(rule.cutoff is None)
    end = due_day(rule, start)
    assert end is not None
    after = start - DAY if rule.count_day_zero else start
    assert rule.calendar.count(after, end) >= rule.min_working_days


def test_suspended_days_do_not_fill_the_minimum() -> None:
    rule = term(5, Unit.CALENDAR_DAYS, min_working_days=4)
    suspended = due(rule, date(2026, 9, 1), suspensions=[Suspension(date(2026, 9, 2), date(2026, 9, 4))])
    # 4, 7, 8 September are left up to the eighth; the ninth makes four.
    assert suspended.due == date(2026, 9, 9)
    (minimum,) = [step for step in suspended.steps if step.kind is StepKind.MINIMUM]
    assert (minimum.day, minimum.detail["held"], minimum.detail["required"]) == (date(2026, 9, 8), 3, 4)


def test_an_extension_in_the_same_unit_counts_from_the_start() -> None:
    rule = term(1, Unit.MONTHS)
    assert due_day(rule, date(2026, 1, 31), extensions=[Duration(1, Unit.MONTHS)]) == date(2026, 3, 31)


def test_an_extension_in_another_unit_counts_on_from_the_unshifted_end() -> None:
    rule = term(10, Unit.CALENDAR_DAYS, shift=Shift.NEXT)
    # The base ends on Easter Monday 6 April; it is not shifted first.
    assert due_day(rule, date(2026, 3, 27), extensions=[Duration(1, Unit.WEEKS)]) == date(2026, 4, 13)


def test_a_suspension_in_the_extension_weighs_there() -> None:
    rule = term(10, Unit.CALENDAR_DAYS)
    start, more = date(2026, 9, 1), [Duration(5, Unit.WORKING_DAYS)]
    pause = [Suspension(date(2026, 9, 14), date(2026, 9, 16))]
    assert due_day(rule, start, extensions=more) == date(2026, 9, 18)
    assert due_day(rule, start, extensions=more, suspensions=pause) == date(2026, 9, 22)


def test_an_open_suspension_in_the_first_part_stops_the_extension_too() -> None:
    result = due(
        term(10, Unit.CALENDAR_DAYS),
        date(2026, 9, 1),
        suspensions=[Suspension(date(2026, 9, 11), None)],
        extensions=[Duration(5, Unit.WORKING_DAYS)],
    )
    assert (result.due, result.too_late_at) == (None, None)


def test_an_open_suspension_after_the_due_day_changes_nothing() -> None:
    pause = [Suspension(date(2026, 9, 12), None)]
    assert due_day(term(10, Unit.CALENDAR_DAYS), date(2026, 9, 1), suspensions=pause) == date(2026, 9, 11)


def test_the_first_day_counted_with_nothing_to_count_stays_the_start() -> None:
    for unit in DAY_UNITS:
        assert due_day(term(0, unit, count_day_zero=True), date(2026, 9, 1)) == date(2026, 9, 1)


def test_saturday_is_no_last_day_when_it_shifts_even_if_it_was_counted() -> None:
    rule = term(1, Unit.WORKING_DAYS_MON_SAT, shift=Shift.NEXT)
    assert due_day(rule, date(2026, 9, 4)) == date(2026, 9, 7)


def test_a_cutoff_counts_saturday_the_way_the_unit_does() -> None:
    rule = term(1, Unit.WORKING_DAYS_MON_SAT, cutoff=time(17))
    assert due_day(rule, datetime(2026, 9, 4, 18, tzinfo=BRUSSELS)) == date(2026, 9, 7)


def test_a_term_that_starts_in_the_hour_that_comes_twice_keeps_its_moment() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    result = due(term(1, Unit.HOURS, Calendar("GEEN")), second)
    assert isinstance(result.due, datetime)
    assert result.due.isoformat() == "2026-10-25T03:30:00+01:00"
    assert result.too_late_at == second + timedelta(hours=1)


def test_hours_can_be_extended_suspended_and_counted_back() -> None:
    start = datetime(2026, 9, 1, 12, tzinfo=BRUSSELS)
    rule = term(24, Unit.HOURS)
    pause = [Suspension(date(2026, 9, 2), date(2026, 9, 3))]
    assert due_day(rule, start, extensions=[Duration(12, Unit.HOURS)]) == start + timedelta(hours=36)
    assert due_day(rule, start, suspensions=pause) == datetime(2026, 9, 3, 12, tzinfo=BRUSSELS)
    assert due_day(rule, start, suspensions=[Suspension(date(2026, 9, 2), None)]) is None
    assert due_day(rule, start, suspensions=[Suspension(date(2026, 9, 3), None)]) == start + DAY
    back = term(24, Unit.HOURS, backwards=True)
    assert due_day(back, datetime(2026, 3, 29, 19, tzinfo=BRUSSELS)) == datetime(
        2026, 3, 28, 18, tzinfo=BRUSSELS
    )


def test_too_late_begins_at_local_midnight_on_both_sides_of_the_clock_change() -> None:
    assert too_late_at(date(2026, 3, 28), "Europe/Brussels") == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert too_late_at(date(2026, 3, 29), "Europe/Brussels") == datetime(2026, 3, 29, 22, tzinfo=UTC)
    # In Cairo the clock goes forward at midnight: the day begins at one.
    assert too_late_at(date(2026, 4, 23), "Africa/Cairo") == datetime(2026, 4, 23, 22, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["", "Europe", "Europe/Brussel", "../etc/passwd", "/etc/passwd", "a\0b"])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(DeadlineError) as refused:
        term(1, Unit.WEEKS, time_zone=zone)
    assert refused.value.problem is DeadlineProblem.UNKNOWN_TIME_ZONE


@pytest.mark.parametrize(
    ("unit", "more", "problem"),
    [
        (Unit.HOURS, {"shift": Shift.NEXT}, DeadlineProblem.HOURS_ONLY_ELAPSE),
        (Unit.HOURS, {"cutoff": time(17)}, DeadlineProblem.HOURS_ONLY_ELAPSE),
        (Unit.HOURS, {"count_day_zero": True}, DeadlineProblem.HOURS_ONLY_ELAPSE),
        (Unit.WEEKS, {"min_working_days": -1}, DeadlineProblem.NEGATIVE_MINIMUM),
        (Unit.WEEKS, {"backwards": True, "cutoff": time(17)}, DeadlineProblem.BACKWARDS_ONLY_COUNTS),
        (Unit.WEEKS, {"backwards": True, "min_working_days": 1}, DeadlineProblem.BACKWARDS_ONLY_COUNTS),
    ],
)
def test_a_rule_without_a_meaning_is_refused(
    unit: Unit, more: dict[str, Any], problem: DeadlineProblem
) -> None:
    with pytest.raises(DeadlineError) as refused:
        term(1, unit, **more)
    assert refused.value.problem is problem


def test_a_start_that_does_not_fit_the_rule_is_refused() -> None:
    naive = datetime(2026, 1, 1, 12)  # noqa: DTZ001
    weeks, hours = Duration(1, Unit.WEEKS), Duration(1, Unit.HOURS)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    back = term(1, Unit.WEEKS, backwards=True)
    cases: list[tuple[DeadlineProblem, Callable[[], object]]] = [
        (DeadlineProblem.NAIVE_INSTANT, lambda: due(TermRule(weeks, BE), naive)),
        (DeadlineProblem.HOURS_NEED_INSTANT, lambda: due(TermRule(hours, BE), date(2026, 1, 1))),
        (DeadlineProblem.HOURS_MIXED, lambda: due(TermRule(hours, BE), moment, extensions=[weeks])),
        (DeadlineProblem.HOURS_MIXED, lambda: due(TermRule(weeks, BE), moment, extensions=[hours])),
        (DeadlineProblem.BACKWARDS_ONLY_COUNTS, lambda: due(back, moment, extensions=[weeks])),
        (DeadlineProblem.OUT_OF_RANGE, lambda: due(TermRule(weeks, BE), date(9999, 12, 30))),
        (DeadlineProblem.OUT_OF_RANGE, lambda: due(term(1, Unit.YEARS), date(9999, 1, 1))),
        (DeadlineProblem.OUT_OF_RANGE, lambda: due(term(0, Unit.WEEKS), date(9999, 12, 31))),
        (DeadlineProblem.OUT_OF_RANGE, lambda: due(back, date(1, 1, 1))),
        (DeadlineProblem.NAIVE_INSTANT, lambda: too_late_at(naive, "UTC")),
    ]
    for problem, reckon in cases:
        with pytest.raises(DeadlineError) as refused:
            reckon()
        assert refused.value.problem is problem


def test_years_without_known_holidays_matter_only_when_working_days_do() -> None:
    assert due_day(term(100, Unit.YEARS), date(2026, 1, 1)) == date(2126, 1, 1)
    with pytest.raises(UnknownYearError):
        due_day(term(100, Unit.YEARS, shift=Shift.NEXT), date(2026, 1, 1))


def test_a_suspension_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Suspension(date(2026, 1, 2), date(2026, 1, 1))


def test_the_status_of_a_term() -> None:
    end = due(term(10, Unit.CALENDAR_DAYS), date(2026, 9, 1))
    morning = datetime(2026, 9, 8, 8, tzinfo=UTC)
    remind_from = reminder_day(date(2026, 9, 11), 3, BE)
    assert remind_from == date(2026, 9, 8)
    assert term_status(end, now=morning, remind_from=remind_from) is TermStatus.REMINDER
    assert term_status(end, now=morning - DAY, remind_from=remind_from) is TermStatus.RUNNING
    assert term_status(end, now=morning) is TermStatus.RUNNING
    assert term_status(end, now=morning + DAY * 9, needed=False) is TermStatus.NOT_NEEDED
    assert term_status(end, now=morning + DAY * 9, suspended=True) is TermStatus.SUSPENDED
    assert term_status(end, now=morning + DAY * 9, completed_at=morning) is TermStatus.ON_TIME


def test_without_a_due_date_nothing_is_late() -> None:
    now = datetime(2026, 9, 8, tzinfo=UTC)
    nothing = Due(None, None, date(2026, 9, 1), ())
    assert term_status(nothing, now=now) is TermStatus.SUSPENDED
    assert term_status(None, now=now, completed_at=now) is TermStatus.ON_TIME


def test_the_status_of_a_term_in_hours_turns_on_the_instant() -> None:
    end = datetime(2026, 3, 29, 19, tzinfo=BRUSSELS)
    before = datetime(2026, 3, 29, 16, 59, 59, tzinfo=UTC)
    at = datetime(2026, 3, 29, 17, tzinfo=UTC)
    assert term_status(end, now=before) is TermStatus.TODAY
    assert term_status(end, now=at) is TermStatus.LATE
    assert term_status(end, now=at, completed_at=before) is TermStatus.ON_TIME
    assert term_status(end, now=at, completed_at=at) is TermStatus.LATE_DONE


def test_the_status_needs_moments_with_a_zone() -> None:
    naive = datetime(2026, 9, 8)  # noqa: DTZ001
    aware = datetime(2026, 9, 8, tzinfo=UTC)
    with pytest.raises(DeadlineError):
        term_status(date(2026, 9, 1), now=naive)
    with pytest.raises(DeadlineError):
        term_status(date(2026, 9, 1), now=aware, completed_at=naive)
    with pytest.raises(DeadlineError):
        term_status(date(2026, 9, 1), now=aware, time_zone="Mars")


@given(
    st.lists(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=30),
    st.sampled_from([Unit.WORKING_DAYS, Unit.MONTHS]),
)
def test_many_terms_are_due_when_each_is(starts: list[date], unit: Unit) -> None:
    rule = TermRule(Duration(3, unit), Calendar("BE-WET"), Shift.NEXT)
    longer = (Duration(2, unit),)
    assert due_days(rule, starts, extensions=longer) == [
        due_day(rule, one, extensions=longer) for one in starts
    ]


def test_of_many_instants_none_is_taken_for_another() -> None:
    rule = TermRule(Duration(2, Unit.HOURS), Calendar("BE-WET"))
    twice = [datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Brussels"), fold=fold) for fold in (0, 1)]
    assert due_days(rule, twice) == [due_day(rule, one) for one in twice]
