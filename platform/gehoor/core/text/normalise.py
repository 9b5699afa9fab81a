"""Texts as they are compared: capitals, accents and the shape of an apostrophe make no difference.

``normalised`` is the one that says whether two texts are the same. ``plain`` is what the full-text indexes of the
stores understand, sign by sign: they know no sign that stands for two, as in "Straße". Whether people take two texts
for the same is for ``lookalikes`` to say.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import re2

_MARKS: Final = re2.compile(r"(\p{M}{30})\p{M}+")
_WORD = re.compile(r"[^\W_]+")
_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"))
_SHAPELESS = frozenset(("Cf", "Mn"))
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and patterns that are drawn as nothing."""
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032\uff07", "'"))

_UNDRAWN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
_SELECTORS = re.compile("[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Marks that nobody sees: they join, or ask for another shape of the sign before them."""


def bounded(text: str) -> str:
    """Return a text with at most thirty marks on one sign, as Unicode's stream-safe form has it.

    To bring a longer run in order takes time that grows with its square, and nobody writes one."""
    return text if text.isascii() else str(_MARKS.sub(r"\1", text))


def composed(text: str) -> str:
    """Return a text in the one form that letters with marks are kept in (NFC), however a keyboard sent them."""
    return unicodedata.normalize("NFC", bounded(text))


def visible(text: str) -> bool:
    """Say whether there is anything to see in a text: not only spaces, marks and signs without a shape."""
    return any(
        not sign.isspace() and sign not in _BLANK and unicodedata.category(sign) not in _UNSEEN
        for sign in text
    )


def undrawn(text: str) -> bool:
    """Say whether there are signs in a text that nobody sees: invisible ones, and those that turn the direction."""
    return _SELECTORS.search(text) is not None or any(
        sign in _BLANK or unicodedata.category(sign) in _UNDRAWN for sign in text
    )


def normalised(text: str) -> str:
    """Return a text to compare with others that were normalised: "STRASSE" for "Straße", "D'Hondt" for "D’Hondt"."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", bounded(text).translate(_APOSTROPHES).casefold())
    # Taking a sign apart can give capitals, as of a letter in a circle.
    return "".join(sign for sign in letters if unicodedata.category(sign) not in _SHAPELESS).casefold()


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
