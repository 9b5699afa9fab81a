"""Texts that people take for each other: letters of any script that are drawn alike."""

from __future__ import annotations

import pytest

from gehoor.core.text.lookalikes import DRAWN_AS, lookalikes


def alike(one: str, other: str) -> bool:
    return not set(lookalikes(one)).isdisjoint(lookalikes(other))


@pytest.mark.parametrize(
    ("fake", "name"),
    [
        ("J\u0251n Peeters", "Jan Peeters"),  # Latin alpha
        ("D\u0131rk", "Dirk"),  # dotless i
        ("El\ua731", "Els"),  # small capital S
        ("\u0581erda", "gerda"),  # Armenian
        ("\u13aa\u13d2\u13aa", "ARA"),  # Cherokee capitals
        ("\ua4d0\ua4e3\ua4ee\ua4d3", "BRAD"),  # Lisu
        ("\u039dadia", "Nadia"),  # Greek, as a capital only
        ("\u039d\u0399\u039d\u0391", "NINA"),  # Greek all of it
        ("\U0001d6b4adia", "Nadia"),  # the same, as in mathematics
        ("\u0410nn\u0430", "Anna"),  # Cyrillic
        ("Mar1a", "Maria"),
        ("Bj\u00f6rn  \u00d8", "bjorn o"),
        ("\u03b1\u03bd\u03bd\u03b1", "\u0391\u039d\u039d\u0391"),  # Greek, in small letters and in capitals
    ],
)
def test_a_letter_that_is_drawn_alike_makes_no_difference(fake: str, name: str) -> None:
    assert alike(fake, name)


@pytest.mark.parametrize(
    ("one", "other"), [("Nan", "Van"), ("Jan", "Jen"), ("Els", "Ilse"), ("\u0418\u0432\u0430\u043d", "Ivan")]
)
def test_other_letters_are_not_alike(one: str, other: str) -> None:
    assert not alike(one, other)


def test_each_sign_stands_for_one_letter_and_none_is_lost_before_it_is_looked_up() -> None:
    signs = [sign for drawn in DRAWN_AS.values() for sign in drawn]
    assert len(signs) == len(set(signs))
    assert [sign for latin, drawn in DRAWN_AS.items() for sign in drawn if not alike(sign, latin)] == []
