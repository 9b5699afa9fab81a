"""Days to begin on: a term that begins on certain days only, such as those on which a letterbox is emptied."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.calendar.working_days import Calendar, ClosedPeriod
from gehoor.core.deadlines.due import DeadlineError, TermRule, due, due_day
from gehoor.core.deadlines.rule import StartDays
from gehoor.core.wording.registry import DUTCH, sentences_in

BRUSSELS = ZoneInfo("Europe/Brussels")
BELGIAN = Calendar("BE-WET")
CLOSED = ClosedPeriod(date(2026, 3, 12), date(2026, 3, 12), "Verhuis")
LETTERBOX = StartDays("brievenbus", Calendar("BE-WET", (CLOSED,), frozenset({1, 3})))
"""Tuesdays and Thursdays."""


def rule(amount: int = 5, unit: Unit = Unit.CALENDAR_DAYS, **more: object) -> TermRule:
    return TermRule(Duration(amount, unit), BELGIAN, **{"start_days": LETTERBOX, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "begins"),
    [
        (date(2026, 3, 3), date(2026, 3, 3)),
        (date(2026, 3, 4), date(2026, 3, 5)),
        (date(2026, 3, 6), date(2026, 3, 10)),
        (date(2026, 3, 7), date(2026, 3, 10)),
        (date(2026, 3, 11), date(2026, 3, 17)),
        (date(2026, 5, 13), date(2026, 5, 19)),
    ],
)
def test_it_begins_on_the_first_such_day(start: date, begins: date) -> None:
    assert due_day(rule(), start) == begins + timedelta(days=5)


@pytest.mark.parametrize(
    ("start", "begins"),
    [
        (datetime(2026, 3, 3, 9, tzinfo=BRUSSELS), date(2026, 3, 3)),
        (datetime(2026, 3, 3, 10, tzinfo=BRUSSELS), date(2026, 3, 3)),
        (datetime(2026, 3, 3, 10, 1, tzinfo=BRUSSELS), date(2026, 3, 5)),
        (datetime(2026, 3, 4, 10, 1, tzinfo=BRUSSELS), date(2026, 3, 5)),
        (datetime(2026, 3, 5, 23, tzinfo=BRUSSELS), date(2026, 3, 10)),
    ],
)
def test_what_comes_past_the_hour_waits_for_the_next_such_day(start: datetime, begins: date) -> None:
    assert due_day(rule(cutoff=time(10)), start) == begins + timedelta(days=5)


def test_the_last_day_there_can_be_is_counted_from_there_too() -> None:
    held = rule(30, never_past=Duration(10, Unit.CALENDAR_DAYS))
    assert due_day(held, date(2026, 3, 6)) == date(2026, 3, 20)


@pytest.mark.parametrize(
    "change", [{"unit": Unit.HOURS}, {"backwards": True}], ids=["hours elapse", "counting back"]
)
def test_what_has_no_day_zero_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(DeadlineError):
        rule(**change)  # type: ignore[arg-type]


def test_the_derivation_says_why_in_each_language() -> None:
    waited = due(rule(), date(2026, 3, 11)).steps
    assert DUTCH.derivation.sentences(waited)[:3] == [
        "Ontvangen op woensdag 11 maart 2026.",
        "Donderdag 12 maart 2026 telt niet mee (Verhuis).",
        "Dat is geen dag van de kalender “brievenbus”: dinsdag 17 maart 2026 is de eerste erna; die dag telt niet mee.",
    ]
    late = due(rule(cutoff=time(10)), datetime(2026, 3, 3, 11, tzinfo=BRUSSELS)).steps
    assert DUTCH.derivation.sentences(late)[1] == (
        "Na 10.00 uur: donderdag 5 maart 2026 is de volgende dag van de kalender “brievenbus”; die dag telt niet mee."
    )
    french = [text.replace("\u00a0", " ") for text in sentences_in("fr").derivation.sentences(waited)]
    assert french[2] == (
        "Ce n'est pas un jour du calendrier « brievenbus » : le mardi 17 mars 2026 est le premier qui suit ; "
        "ce jour ne compte pas."
    )
    french = [text.replace("\u00a0", " ") for text in sentences_in("fr").derivation.sentences(late)]
    assert french[1] == (
        "Après 10h00 : le jeudi 5 mars 2026 est le jour suivant du calendrier « brievenbus » ; "
        "ce jour ne compte pas."
    )


def test_on_such_a_day_nothing_is_said_of_it() -> None:
    assert "brievenbus" not in " ".join(DUTCH.derivation.sentences(due(rule(), date(2026, 3, 3)).steps))


def first_day(day: date) -> date:
    """Look day by day."""
    while day.weekday() not in (1, 3) or not BELGIAN.is_working_day(day) or day == CLOSED.first:
        day += timedelta(days=1)
    return day


@given(
    start=st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    amount=st.integers(1, 90),
    unit=st.sampled_from([Unit.CALENDAR_DAYS, Unit.WORKING_DAYS, Unit.WORKING_DAYS_MON_SAT, Unit.WEEKS]),
)
def test_it_comes_to_counting_from_the_first_such_day(start: date, amount: int, unit: Unit) -> None:
    plain = rule(amount, unit, start_days=None)
    assert due_day(rule(amount, unit), start) == due_day(plain, first_day(start))
