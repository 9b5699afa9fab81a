"""When two ways to write a word are the same word."""

from __future__ import annotations

import unicodedata

import pytest

from gehoor.core.text.normalise import bounded, composed, normalised, normalised_words, visible
from gehoor.core.text.similarity import nearly_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("D\u2019Hondt", "D'Hondt"),
        ("D\u02bcHondt", "d'hondt"),
        ("Müller", "MULLER"),
        ("François", unicodedata.normalize("NFD", "FRANÇOIS")),
        ("İzmir", "IZMIR"),
        ("①", "1"),
        ("ﬁets", "Fiets"),
    ],
)
def test_it_is_the_same_word(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)
    assert nearly_same(one, other)


@pytest.mark.parametrize(("one", "other"), [("D'Hondt", "Dhondt"), ("Maes", "Maas"), ("An 1", "An 2")])
def test_it_is_another_word(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@pytest.mark.parametrize("text", ["Straße", "Ⓗ ℌ ﬁ İ ẞ", "D\u2019Hondt", "Éloïse van den Broeck-D'Hondt", ""])
def test_a_normalised_text_is_normalised(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


def test_words_are_letters_and_digits() -> None:
    assert normalised_words("L\u2019été, 2 kamers (Straße_7)!") == ["l", "ete", "2", "kamers", "strasse", "7"]


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u200b\u200b", "\u2060", "\ufeff \u00ad", "\u2800\u3164", "\u0301", "\u200e\u202e"]
)
def test_signs_that_nobody_sees_are_nothing(text: str) -> None:
    assert not visible(text)


@pytest.mark.parametrize("text", ["a", " . ", "\u200bja", "\U0001f642", "\u06a9", "1"])
def test_anything_that_shows_is_something(text: str) -> None:
    assert visible(text)


def test_a_sign_without_a_shape_makes_no_other_word() -> None:
    assert normalised("D\u200bHon\u00addt") == normalised("DHondt")


@pytest.mark.parametrize("run", [30, 31, 2_000])
def test_of_very_many_marks_on_one_sign_thirty_are_kept(run: int) -> None:
    """Bringing a longer run in order takes time that grows with its square."""
    text = "a" + "\u0301\u0323" * (run // 2) + "b"
    kept = bounded(text)
    assert sum(map(unicodedata.combining, kept)) <= 30 * 230
    assert sum(1 for sign in kept if unicodedata.combining(sign)) == min(30, run // 2 * 2)
    assert kept[0] + kept[-1] == "ab"
    assert composed(text) == unicodedata.normalize("NFC", kept)


def test_what_people_write_is_kept_whole() -> None:
    for text in ("Els", "cafe\u0301", "Vie\u0323\u0302t", "\u0e01\u0e39\u0e49", "\u05e9\u05c1\u05b8"):
        assert bounded(text) == text
