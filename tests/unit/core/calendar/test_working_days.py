"""Calendars: which days are working days, why not, and counting them."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.core.calendar.holidays import FIRST_YEAR, LAST_YEAR, holiday_names
from gehoor.core.calendar.working_days import (
    CALENDAR_NAMES,
    Calendar,
    ClosedPeriod,
    DaysOff,
    OffKind,
    UnknownCalendarError,
    UnknownYearError,
)
from tests.support.places import SOURCE

DAY = timedelta(days=1)
CHRISTMAS_CLOSURE = ClosedPeriod(date(2026, 12, 24), date(2026, 12, 31), "kerstsluiting")
BE = Calendar("BE-WET", (CHRISTMAS_CLOSURE,))
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
calendars = st.sampled_from([*(Calendar(name) for name in CALENDAR_NAMES), BE])


def _weekdays_off(name: str, year: int) -> set[str]:
    return {f"{day:%m-%d}" for day in holiday_names(name, year) if day.weekday() < 6}


def test_belgium_has_its_ten_holidays() -> None:
    expected = {"01-01", "04-17", "05-01", "05-25", "06-05", "07-21", "08-15", "11-01", "11-11", "12-25"}
    assert _weekdays_off("BE-WET", 2028) == expected


def test_flanders_adds_only_eleven_july() -> None:
    assert _weekdays_off("BE-VL", 2028) - _weekdays_off("BE-WET", 2028) == {"07-11"}


def test_the_federal_service_adds_three_days() -> None:
    assert _weekdays_off("BE-FED", 2028) - _weekdays_off("BE-WET", 2028) == {"11-02", "11-15", "12-26"}


def test_the_netherlands_has_good_friday_and_five_may_every_year() -> None:
    expected = {"01-01", "04-03", "04-06", "04-27", "05-05", "05-14", "05-25", "12-25", "12-26"}
    assert _weekdays_off("NL-ATW", 2026) == expected


def test_kings_day_moves_to_saturday_when_it_is_a_sunday() -> None:
    assert holiday_names("NL-ATW", 2031)[date(2031, 4, 26)] == "Koningsdag"
    assert date(2031, 4, 27) not in holiday_names("NL-ATW", 2031)


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1, 11))
def test_five_may_is_known_in_every_year(year: int) -> None:
    assert "Bevrijdingsdag" in holiday_names("NL-ATW", year)[date(year, 5, 5)]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 4, 6), "Paasmaandag"),
        (date(2026, 5, 14), "Hemelvaart"),
        (date(2026, 8, 15), "Onze-Lieve-Vrouw-Hemelvaart"),
        (date(2026, 8, 16), "zondag"),
        (date(2026, 8, 22), "zaterdag"),
        (date(2026, 12, 28), "kerstsluiting"),
        (date(2026, 12, 23), None),
        (date(2008, 5, 1), "Dag van de Arbeid en Hemelvaart"),
    ],
)
def test_a_day_off_says_why(day: date, reason: str | None) -> None:
    assert BE.why_not_working(day) == reason
    assert BE.is_working_day(day) == (reason is None)


def test_saturday_works_only_when_asked() -> None:
    saturday = date(2026, 8, 22)
    assert not BE.is_working_day(saturday)
    assert BE.is_working_day(saturday, saturday=True)
    assert BE.why_not_working(saturday, saturday=True) is None
    assert not BE.is_working_day(date(2026, 8, 15), saturday=True)
    assert BE.why_not_working(date(2026, 8, 23), saturday=True) == "zondag"


def test_without_holidays_only_weekends_are_off() -> None:
    none = Calendar("GEEN")
    assert none.is_working_day(date(2026, 12, 25))
    assert none.why_not_working(date(2026, 12, 26)) == "zaterdag"


def test_days_off_come_in_stretches_cut_to_what_was_asked() -> None:
    assert BE.days_off(date(2026, 12, 20), date(2027, 1, 2)) == [
        DaysOff(date(2026, 12, 20), date(2026, 12, 20), OffKind.WEEKEND, "weekend"),
        DaysOff(date(2026, 12, 24), date(2026, 12, 24), OffKind.CLOSED, "kerstsluiting"),
        DaysOff(date(2026, 12, 25), date(2026, 12, 25), OffKind.HOLIDAY, "Kerstmis"),
        DaysOff(date(2026, 12, 26), date(2026, 12, 27), OffKind.WEEKEND, "weekend"),
        DaysOff(date(2026, 12, 28), date(2026, 12, 31), OffKind.CLOSED, "kerstsluiting"),
        DaysOff(date(2027, 1, 1), date(2027, 1, 1), OffKind.HOLIDAY, "Nieuwjaar"),
        DaysOff(date(2027, 1, 2), date(2027, 1, 2), OffKind.WEEKEND, "weekend"),
    ]


def test_an_unknown_calendar_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownCalendarError, match="BE-WET, BE-VL, BE-FED, NL-ATW, GEEN") as refused:
        Calendar("be-wet")
    assert refused.value.name == "be-wet"
    assert refused.value.known == CALENDAR_NAMES
    with pytest.raises(UnknownCalendarError):
        holiday_names("FR", 2026)


@pytest.mark.parametrize("year", [1, FIRST_YEAR - 1, LAST_YEAR + 1, 9999])
def test_an_unknown_year_is_refused_rather_than_taken_for_one_without_holidays(year: int) -> None:
    with pytest.raises(UnknownYearError, match=str(year)):
        Calendar("BE-WET").is_working_day(date(year, 6, 1))


def test_an_organisation_that_is_always_closed_has_no_next_working_day() -> None:
    closed = Calendar("GEEN", (ClosedPeriod(date(2020, 1, 1), date(9999, 12, 31)),))
    with pytest.raises(UnknownYearError):
        closed.working_day_after(date(2090, 1, 1), 1)


def test_a_closed_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        ClosedPeriod(date(2026, 1, 2), date(2026, 1, 1))


def test_equal_calendars_are_one_key() -> None:
    used = Calendar("BE-WET")
    used.is_working_day(date(2026, 1, 1))
    assert {used: 1}[Calendar("BE-WET")] == 1
    assert used != BE


@settings(deadline=None)
@given(calendars, days, st.integers(1, 400), st.booleans())
def test_the_day_so_many_working_days_later_has_exactly_so_many_before_it(
    calendar: Calendar, day: date, number: int, saturday: bool
) -> None:
    end = calendar.working_day_after(day, number, saturday)
    assert calendar.is_working_day(end, saturday)
    assert calendar.count(day, end, saturday) == number
    stretch = (day + DAY * n for n in range(1, (end - day).days + 1))
    assert sum(calendar.is_working_day(one, saturday) for one in stretch) == number


@settings(deadline=None)
@given(calendars, days, st.integers(1, 400), st.booleans())
def test_counting_back_undoes_counting_forward(
    calendar: Calendar, day: date, number: int, saturday: bool
) -> None:
    working = calendar.working_day_after(day, 1, saturday)
    later = calendar.working_day_after(working, number, saturday)
    assert calendar.working_day_before(later, number, saturday) == working


@settings(deadline=None)
@given(calendars, days, st.integers(0, 60), st.booleans())
def test_days_off_are_all_days_that_do_not_work(
    calendar: Calendar, first: date, length: int, saturday: bool
) -> None:
    last = first + DAY * length
    listed = {
        off.first + DAY * n
        for off in calendar.days_off(first, last, saturday)
        for n in range((off.last - off.first).days + 1)
    }
    stretch = (first + DAY * n for n in range(length + 1))
    assert listed == {day for day in stretch if not calendar.is_working_day(day, saturday)}


def test_nothing_is_counted_backwards_in_time() -> None:
    assert BE.count(date(2026, 3, 1), date(2026, 2, 1)) == 0
    assert BE.days_off(date(2101, 1, 2), date(2101, 1, 1)) == []
    assert BE.working_day_after(date(2026, 2, 1), 0) == date(2026, 2, 1)
    assert BE.working_day_before(date(2026, 2, 1), 0) == date(2026, 2, 1)


def test_the_holidays_library_is_only_loaded_when_a_holiday_is_asked_for() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(SOURCE)!r}); import gehoor.cli.dossiers.due; "
        "print('holidays' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"
