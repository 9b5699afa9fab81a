"""Texts as they are compared: capitals, accents and the shape of an apostrophe make no difference.

``normalised`` is the one that says whether two texts are the same. ``plain`` is what the full-text indexes of the
stores understand, sign by sign: they know no sign that stands for two, as in "Straße".
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032\uff07", "'"))


def normalised(text: str) -> str:
    """Return a text to compare with others that were normalised: "STRASSE" for "Straße", "D'Hondt" for "D’Hondt"."""
    letters = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).casefold())
    # Taking a sign apart can give capitals, as of a letter in a circle.
    return "".join(sign for sign in letters if not unicodedata.combining(sign)).casefold()


def normalised_words(text: str) -> list[str]:
    """Return the words of a text, in order, to compare with others that were normalised."""
    return _WORD.findall(normalised(text))


def plain_words(text: str) -> list[str]:
    """Return the words of a text, in order, as a full-text index has them."""
    return _WORD.findall(plain(text))


def plain(text: str) -> str:
    """Return a text without capitals and accents; it keeps its length as far as Unicode lets it."""
    return "".join(map(_plain_sign, text))


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    parts = "".join(part for part in unicodedata.normalize("NFD", sign) if not unicodedata.combining(part))
    return parts.lower()
