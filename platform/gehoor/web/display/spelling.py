"""Spelling a code for someone on the phone: sign by sign, with a word that begins with each letter."""

from __future__ import annotations

from gehoor.web.request.languages import said


def spelled(code: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return a code as groups of signs, each with the word to say it by."""
    return tuple(tuple((sign, _word(sign)) for sign in group) for group in code.split("-"))


def _word(sign: str) -> str:
    if sign.isdigit():
        return said().spelling.digits[int(sign)]
    return next((word for word in said().spelling.letters if word[0] == sign.upper()), sign)
