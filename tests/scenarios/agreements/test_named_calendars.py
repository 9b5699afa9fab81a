"""Calendars as organisations have them: days closed each year, a week of one's own, one calendar per term."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gehoor.core.agreement.model import Agreement
from gehoor.core.calendar.working_days import Calendar, ClosedPeriod
from gehoor.core.deadlines.due import due_day
from gehoor.core.wording.registry import DUTCH
from tests.support.de_linde import changed

FRIDAY = date(2026, 5, 15)


def due(agreement: Agreement, term: str, start: date) -> date:
    return due_day(agreement.terms[term].rule, start)


def with_shelter(document: dict[str, Any]) -> None:
    document["calendars"] = {
        "opvang": {"holidays": "GEEN", "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}
    }
    document["terms"]["ontvangstmelding"] |= {"within": "3 working-days", "calendar": "opvang"}
    document["terms"]["antwoord"] |= {"within": "3 working-days"}


def test_a_term_counts_by_the_calendar_that_it_names() -> None:
    agreement = changed(with_shelter)
    assert due(agreement, "ontvangstmelding", FRIDAY) == date(2026, 5, 18)
    assert due(agreement, "antwoord", FRIDAY) == date(2026, 5, 20)


def test_a_week_of_its_own_holds_for_a_whole_department() -> None:
    def change(document: dict[str, Any]) -> None:
        document["calendar"]["days"] = ["tue", "wed", "thu", "fri", "sat"]
        document["terms"]["antwoord"] |= {"within": "1 working-days"}

    agreement = changed(change)
    assert due(agreement, "antwoord", FRIDAY) == date(2026, 5, 16)
    assert due(agreement, "antwoord", date(2026, 5, 16)) == date(2026, 5, 19)
    assert agreement.calendar.why_not_working(date(2026, 5, 18)) == "sluitingsdag"
    assert agreement.calendar.why_not_working(date(2026, 5, 17)) == "zondag"


EACH_YEAR = ClosedPeriod(date(2026, 7, 21), date(2026, 7, 24), "Kermis", yearly=True)
NEW_YEAR = ClosedPeriod(date(2026, 12, 28), date(2027, 1, 4), "Kerstvakantie", yearly=True)
LEAP_DAY = ClosedPeriod(date(2028, 2, 29), date(2028, 2, 29), "Schrikkeldag", yearly=True)


@pytest.mark.parametrize(
    ("period", "day", "closed"),
    [
        (EACH_YEAR, date(2025, 7, 22), False),
        (EACH_YEAR, date(2026, 7, 22), True),
        (EACH_YEAR, date(2029, 7, 23), True),
        (EACH_YEAR, date(2029, 7, 25), False),
        (NEW_YEAR, date(2026, 1, 2), False),
        (NEW_YEAR, date(2027, 1, 4), True),
        (NEW_YEAR, date(2028, 12, 29), True),
        (NEW_YEAR, date(2029, 1, 3), True),
        (LEAP_DAY, date(2029, 2, 28), False),
        (LEAP_DAY, date(2029, 3, 1), False),
        (LEAP_DAY, date(2032, 2, 29), True),
    ],
)
def test_closed_each_year_from_the_first_on(period: ClosedPeriod, day: date, closed: bool) -> None:
    calendar = Calendar("GEEN", (period,), frozenset(range(7)))
    assert calendar.is_working_day(day) is not closed


def test_a_period_of_more_than_a_year_cannot_come_each_year() -> None:
    with pytest.raises(ValueError, match="more than a year"):
        ClosedPeriod(date(2026, 1, 1), date(2027, 1, 1), yearly=True)


def test_it_is_said_in_the_agreement() -> None:
    def change(document: dict[str, Any]) -> None:
        with_shelter(document)
        document["calendars"]["opvang"]["closed"] = [
            {"day": "2026-12-24", "each-year": True, "why": "Kerstavond"}
        ]

    told = {
        sentence.key: sentence.text
        for chapter in DUTCH.agreements.whole(changed(change))
        for item in chapter.items
        for sentence in item.sentences
    }
    assert told["terms/ontvangstmelding/calendar"] == "Deze termijn telt met de kalender “opvang”."
    assert told["calendars/opvang/days"].startswith("Werkdagen zijn hier: maandag, dinsdag")
    assert "elk jaar daarna op dezelfde dag (Kerstavond)" in told["calendars/opvang/closed/2026-12-24"]
