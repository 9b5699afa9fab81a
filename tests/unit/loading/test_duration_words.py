"""One of a unit is read wherever more of it are, in each language of the files; what is nearly one, is asked about."""

from __future__ import annotations

import pytest

from gehoor.core.calendar.durations import Unit
from gehoor.loading.keywords.durations import canonical_duration, canonical_reminder, duration_hint
from gehoor.loading.keywords.relative_dates import canonical_day
from gehoor.loading.keywords.vocabulary import load_vocabulary

DUTCH = load_vocabulary("nl")
ONE = {
    "nl": (
        "kalenderdag", "werkdag", "werkdag ma-za", "werkdag_ma_za", "week", "maand", "jaar", "uur",
    ),
    "en": ("calendar day", "working day", "working day mon-sat", "week", "month", "year", "hour"),
}  # fmt: skip
WORDS = [(language, word) for language, words in ONE.items() for word in words]


@pytest.mark.parametrize(("language", "word"), WORDS)
def test_one_of_a_unit_is_read_in_a_term_a_reminder_and_a_day(language: str, word: str) -> None:
    vocabulary = load_vocabulary(language)
    unit = vocabulary.duration_units[word]
    before = vocabulary.reminder_suffixes[0]
    assert canonical_duration(f"1 {word}", vocabulary) == f"1 {unit}"
    assert canonical_reminder(f"1 {word} {before}", vocabulary) == f"1 {unit}"
    if " " not in word:
        day = f"1 {word} {vocabulary.word('after')} ontvangstdatum"
        assert canonical_day(day, vocabulary) == f"1 {unit} after ontvangstdatum"


def test_each_unit_has_a_word_for_one_in_each_language() -> None:
    for language, words in ONE.items():
        assert {load_vocabulary(language).duration_units[word] for word in words} == {
            unit.value for unit in Unit
        }


@pytest.mark.parametrize("typed", ["1dag", "een dag", "1 day", "1d"])
def test_one_day_is_asked_of_which_kind_as_more_days_are(typed: str) -> None:
    assert duration_hint(typed, DUTCH) == " Bedoelde u '1 werkdag' of '1 kalenderdag'?"


def test_of_a_plain_day_the_kind_is_asked() -> None:
    assert duration_hint("1 dag", DUTCH) == " Bedoelde u 'kalenderdag' of 'werkdag'?"
    assert duration_hint("7 dagen", DUTCH) == " Bedoelde u 'kalenderdagen' of 'werkdagen'?"
