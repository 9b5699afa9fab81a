"""Texts as words that can be compared: capitals, accents and signs make no difference."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def plain_words(text: str) -> list[str]:
    """Return the words of a text, in order."""
    return _WORD.findall(plain(text))


def plain(text: str) -> str:
    """Return a text without capitals and accents; it keeps its length as far as Unicode lets it."""
    return "".join(map(_plain_sign, text))


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    parts = "".join(part for part in unicodedata.normalize("NFD", sign) if not unicodedata.combining(part))
    return parts.lower()
