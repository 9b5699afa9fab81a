"""Where in a text what was searched for stands, with some words around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gehoor.core.text.normalise import plain, plain_words

_AROUND: Final = 70
"""So many signs are shown before and after."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text: what stands before what was found, what was found, and what stands after it."""

    before: str = ""
    found: str = ""
    after: str = ""


def excerpt(parts: Iterable[tuple[str, str]], words: Iterable[str]) -> tuple[str, Excerpt]:
    """Return the label and a piece of the part in which most of the words stand; the first when several do."""
    patterns = [_pattern(found) for word in words if (found := plain_words(word))]
    best: tuple[int, str, Excerpt] = (0, "", Excerpt())
    for label, text in parts:
        folded = _folded(text)
        places = [match for pattern in patterns if (match := pattern.search(folded))]
        if len(places) > best[0]:
            best = (len(places), label, _cut(text, *min(place.span() for place in places)))
    return best[1], best[2]


def _pattern(parts: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(re.escape(part) for part in parts) + r"[^\W_]*")


def _folded(text: str) -> str:
    """Fold a text sign by sign, so that places in it are places in the text; what folds to more keeps one sign."""
    return "".join((plain(sign) or sign)[:1] for sign in text)


def _cut(text: str, start: int, end: int) -> Excerpt:
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = " ".join(text[first:start].split("\n")), " ".join(text[end:last].split("\n"))
    if first > 0:
        before = "\u2026" + before.partition(" ")[2]
    if last < len(text):
        after = after.rpartition(" ")[0] + "\u2026"
    return Excerpt(before, text[start:end], after)
