"""Open spots: what a letter still lacks, as a reminder between double brackets, and sent by nobody.

A template may have them, for what only people can write; composing leaves one where the dossier has no answer yet.
"""

from __future__ import annotations

import re
from typing import Final

_SPOT: Final = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_HALF: Final = ("[[", "]]")


def open_spot(what: str) -> str:
    """Return the reminder of something that a letter lacks."""
    return f"[[{what.replace('[[', '[').replace(']]', ']')}]]"


def open_spots(text: str) -> tuple[str, ...]:
    """Return what a text still lacks, each once. Half a spot is one too: it was left behind while writing."""
    found = [" ".join(match.split()) for match in _SPOT.findall(text)]
    rest = _SPOT.sub("", text)
    found += [half for half in _HALF if half in rest]
    return tuple(dict.fromkeys(found))


def without_open_spots(text: str) -> str:
    """Return a text without what is open in it."""
    return _SPOT.sub("", text)
