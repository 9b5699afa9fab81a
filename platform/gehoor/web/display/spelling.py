"""Spelling a code for someone on the phone: sign by sign, with a word that begins with each letter."""

from __future__ import annotations

from typing import Final

_WORDS: Final = (
    "Anna", "Bernard", "Cornelis", "Dirk", "Eduard", "Ferdinand", "Gerard", "Hendrik", "Izaak", "Jan", "Karel",
    "Lodewijk", "Marie", "Nico", "Otto", "Pieter", "Quotiënt", "Rudolf", "Simon", "Theodoor", "Utrecht", "Victor",
    "Willem", "Xantippe", "Yvonne", "Zacharias",
)  # fmt: skip
_DIGITS: Final = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")


def spelled(code: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return a code as groups of signs, each with the word to say it by."""
    return tuple(tuple((sign, _word(sign)) for sign in group) for group in code.split("-"))


def _word(sign: str) -> str:
    if sign.isdigit():
        return _DIGITS[int(sign)]
    return next((word for word in _WORDS if word[0] == sign.upper()), sign)
