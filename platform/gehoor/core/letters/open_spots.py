"""Open spots: what a letter still lacks, as a reminder between double brackets, and sent by nobody.

A template may have them, for what only people can write; composing leaves one where the dossier has no answer yet.
"""

from __future__ import annotations

import re
from typing import Final

_SPOT: Final = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_HALF: Final = ("[[", "]]")
_BRACKETS: Final = re.compile(r"\[{2,}|\]{2,}")


def open_spot(what: str) -> str:
    """Return the reminder of something that a letter lacks."""
    return f"[[{no_spots(what)}]]"


def no_spots(text: str) -> str:
    """Return a text in which nothing is open any more, nor begins or ends to be: of brackets side by side one is
    left."""
    return _BRACKETS.sub(lambda match: match[0][0], text)


def open_spots(text: str) -> tuple[str, ...]:
    """Return what a text still lacks, each once. Half a spot is one too: it was left behind while writing."""
    found = [" ".join(match.split()) for match in _SPOT.findall(text)]
    rest = _SPOT.sub("", text)
    found += [half for half in _HALF if half in rest]
    return tuple(dict.fromkeys(found))


def without_open_spots(text: str) -> str:
    """Return a text without what is open in it."""
    return _SPOT.sub("", text)


def spot_parts(text: str) -> list[tuple[bool, str]]:
    """Return a text in parts: whether each is an open spot, and what it says."""
    # What is caught by the pattern stands at every second place.
    parts = enumerate(_SPOT.split(text))
    return [(place % 2 == 1, part) for place, part in parts if part]
