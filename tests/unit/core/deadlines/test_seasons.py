"""Seasons: fixed days on which a term stands still for every dossier, each year or in one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.calendar.working_days import Calendar, ClosedPeriod
from gehoor.core.deadlines.due import DeadlineError, Shift, Suspension, TermRule, due, due_day
from gehoor.core.wording.registry import DUTCH, sentences_in

SUMMER = ClosedPeriod(date(2026, 7, 1), date(2026, 8, 31), "Zomervakantie", yearly=True)
CHRISTMAS = ClosedPeriod(date(2026, 12, 21), date(2027, 1, 3), "Kerstvakantie")
BELGIAN = Calendar("BE-WET")


def rule(amount: int, unit: Unit = Unit.CALENDAR_DAYS, *seasons: ClosedPeriod, **more: object) -> TermRule:
    return TermRule(Duration(amount, unit), BELGIAN, seasons=seasons or (SUMMER, CHRISTMAS), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        (date(2026, 6, 20), 30, date(2026, 9, 20)),
        (date(2026, 7, 15), 10, date(2026, 9, 10)),
        (date(2026, 8, 31), 10, date(2026, 9, 10)),
        (date(2026, 6, 21), 10, date(2026, 9, 1)),
        (date(2026, 6, 20), 10, date(2026, 6, 30)),
        (date(2027, 6, 20), 30, date(2027, 9, 20)),
        (date(2026, 12, 18), 5, date(2027, 1, 6)),
        (date(2027, 12, 18), 5, date(2027, 12, 23)),
        (date(2026, 1, 1), 400, date(2027, 4, 22)),
    ],
)
def test_days_of_a_season_do_not_count(start: date, amount: int, expected: date) -> None:
    assert due_day(rule(amount), start) == expected


def test_it_stands_still_whether_or_not_it_may_be_suspended() -> None:
    assert due_day(rule(30, suspension_allowed=False), date(2026, 6, 20)) == date(2026, 9, 20)


def test_a_suspension_in_a_season_gives_no_more_time() -> None:
    within = Suspension(date(2026, 7, 10), date(2026, 7, 20))
    over = Suspension(date(2026, 8, 25), date(2026, 9, 5))
    assert due_day(rule(30), date(2026, 6, 20), suspensions=[within]) == date(2026, 9, 20)
    assert due_day(rule(30), date(2026, 6, 20), suspensions=[over]) == date(2026, 9, 24)


def test_the_last_day_there_can_be_knows_no_season() -> None:
    held = rule(30, never_past=Duration(60, Unit.CALENDAR_DAYS))
    assert due_day(held, date(2026, 6, 20)) == date(2026, 8, 19)


def test_working_days_and_hours_stand_still_too() -> None:
    assert due_day(rule(10, Unit.WORKING_DAYS), date(2026, 6, 29)) == date(2026, 9, 11)
    start = datetime(2026, 6, 30, 18, tzinfo=ZoneInfo("Europe/Brussels"))
    assert due_day(rule(24, Unit.HOURS), start) == datetime(
        2026, 9, 1, 18, tzinfo=ZoneInfo("Europe/Brussels")
    )


def test_a_term_that_would_never_end_is_refused() -> None:
    always = ClosedPeriod(date(2026, 1, 1), date(2026, 12, 31), "Altijd", yearly=True)
    with pytest.raises(DeadlineError):
        due_day(rule(1, Unit.CALENDAR_DAYS, always), date(2026, 6, 1))


def test_the_derivation_says_which_season() -> None:
    reckoned = due(rule(30, shift=Shift.NEXT), date(2026, 6, 20))
    said = DUTCH.derivation.sentences(reckoned.steps)
    assert said[2] == (
        "De termijn staat stil van woensdag 1 juli 2026 tot en met maandag 31 augustus 2026 (Zomervakantie): "
        "62 dagen vallen weg. "
        "De termijn loopt nu tot en met zondag 20 september 2026."
    )
    both = due(rule(30), date(2026, 6, 20), suspensions=[Suspension(date(2026, 8, 25), date(2026, 9, 5))])
    assert "(Zomervakantie en opschorting)" in DUTCH.derivation.sentences(both.steps)[2]
    assert "(Zomervakantie et suspension)" in sentences_in("fr").derivation.sentences(both.steps)[2]


def counted(start: date, amount: int, *, working: bool) -> date:
    """Count day by day."""
    day = start
    while amount:
        day += timedelta(days=1)
        still = (7, 1) <= (day.month, day.day) <= (8, 31) or date(2026, 12, 21) <= day <= date(2027, 1, 3)
        if not still and (not working or BELGIAN.is_working_day(day)):
            amount -= 1
    return day


@given(
    start=st.dates(date(2026, 1, 1), date(2029, 12, 31)), amount=st.integers(1, 500), working=st.booleans()
)
def test_it_comes_to_counting_the_days_that_are_left(start: date, amount: int, working: bool) -> None:
    unit = Unit.WORKING_DAYS if working else Unit.CALENDAR_DAYS
    assert due_day(rule(amount, unit), start) == counted(start, amount, working=working)
