"""Durations: read strictly, refused helpfully, shown in Dutch."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.core.calendar.durations import (
    DUTCH_UNIT_WORDS,
    MOST,
    MOST_YEARS,
    Duration,
    DurationError,
    DurationProblem,
    Unit,
    parse_duration,
    show_duration,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 kalenderdagen", Duration(10, Unit.CALENDAR_DAYS)),
        ("1 werkdag", Duration(1, Unit.WORKING_DAYS)),
        ("3 werkdagen_ma_za", Duration(3, Unit.WORKING_DAYS_MON_SAT)),
        ("3 werkdagen ma-za", Duration(3, Unit.WORKING_DAYS_MON_SAT)),
        ("6 weken", Duration(6, Unit.WEEKS)),
        ("1 maand", Duration(1, Unit.MONTHS)),
        ("5 jaren", Duration(5, Unit.YEARS)),
        ("24 uren", Duration(24, Unit.HOURS)),
        ("  0   Kalenderdagen ", Duration(0, Unit.CALENDAR_DAYS)),
        (f"{MOST} werkdagen", Duration(MOST, Unit.WORKING_DAYS)),
    ],
)
def test_a_duration_is_read(text: str, expected: Duration) -> None:
    assert parse_duration(text, DUTCH_UNIT_WORDS) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", DurationProblem.SHAPE),
        ("werkdagen", DurationProblem.SHAPE),
        ("10", DurationProblem.SHAPE),
        ("10werkdagen", DurationProblem.SHAPE),
        ("-1 werkdagen", DurationProblem.SHAPE),
        ("+1 werkdagen", DurationProblem.SHAPE),
        ("1,5 werkdagen", DurationProblem.SHAPE),
        ("١٠ werkdagen", DurationProblem.SHAPE),
        ("010 werkdagen", DurationProblem.LEADING_ZERO),
        ("00 werkdagen", DurationProblem.LEADING_ZERO),
        (f"{MOST + 1} werkdagen", DurationProblem.TOO_LARGE),
        (f"{MOST_YEARS + 1} jaar", DurationProblem.TOO_LARGE),
        ("9" * 5000 + " jaar", DurationProblem.TOO_LARGE),
        ("10 werkdaagn", DurationProblem.UNKNOWN_UNIT),
        ("10 dagen", DurationProblem.AMBIGUOUS_UNIT),
        ("1 dag", DurationProblem.AMBIGUOUS_UNIT),
    ],
)
def test_what_is_no_duration_is_refused(text: str, problem: DurationProblem) -> None:
    with pytest.raises(DurationError) as refused:
        parse_duration(text)
    assert refused.value.problem is problem
    assert refused.value.text == text


def test_plain_days_ask_which_days() -> None:
    with pytest.raises(DurationError, match="bedoelt u kalenderdagen of werkdagen") as refused:
        parse_duration("10 dagen")
    assert refused.value.suggestions == ("kalenderdagen", "werkdagen")


def test_a_typing_error_gets_a_suggestion() -> None:
    with pytest.raises(DurationError, match="bedoelde u werkdagen") as refused:
        parse_duration("10 werkdaagn")
    assert refused.value.word == "werkdaagn"
    assert "werkdagen" in refused.value.suggestions


def test_an_unlike_word_gets_the_list() -> None:
    with pytest.raises(DurationError, match="kies uit kalenderdag, "):
        parse_duration("10 fortnights")


def test_another_language_brings_its_own_words() -> None:
    assert parse_duration("2 dagen", {"dagen": Unit.CALENDAR_DAYS}) == Duration(2, Unit.CALENDAR_DAYS)


def test_a_negative_duration_does_not_exist() -> None:
    with pytest.raises(ValueError, match="negative"):
        Duration(-1, Unit.WEEKS)


@pytest.mark.parametrize(
    ("duration", "shown"),
    [
        (Duration(1, Unit.WORKING_DAYS), "1 werkdag"),
        (Duration(5, Unit.WORKING_DAYS), "5 werkdagen"),
        (Duration(0, Unit.CALENDAR_DAYS), "0 kalenderdagen"),
        (Duration(24, Unit.HOURS), "24 uur"),
        (Duration(5, Unit.YEARS), "5 jaar"),
    ],
)
def test_a_duration_is_shown(duration: Duration, shown: str) -> None:
    assert show_duration(duration) == shown


@settings(deadline=None)
@given(st.integers(0, MOST_YEARS), st.sampled_from(Unit))
def test_what_is_shown_reads_the_same_again(amount: int, unit: Unit) -> None:
    assert parse_duration(show_duration(Duration(amount, unit))) == Duration(amount, unit)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_duration_or_a_duration_error(text: str) -> None:
    with suppress(DurationError):
        assert show_duration(parse_duration(text))
