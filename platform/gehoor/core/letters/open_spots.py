"""Open spots: what a letter still lacks, as a reminder between double brackets, and sent by nobody.

A template may have them, for what only people can write; composing leaves one where the dossier has no answer yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_OPEN: Final = "[["
_CLOSE: Final = "]]"
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
    found = [" ".join(said.split()) for is_open, said in _parts(text) if is_open]
    rest = without_open_spots(text)
    found += [half for half in (_OPEN, _CLOSE) if half in rest]
    return tuple(dict.fromkeys(found))


def without_open_spots(text: str) -> str:
    """Return a text without what is open in it."""
    return "".join(said for is_open, said in _parts(text) if not is_open)


def spot_parts(text: str) -> list[tuple[bool, str]]:
    """Return a text in parts: whether each is an open spot, and what it says."""
    return [one for one in _parts(text) if one[1]]


def plain_line(text: str) -> str:
    """Return a line of a letter as one says it: without the signs of a heading or a list, and of what is open."""
    return "".join(said for _open, said in spot_parts(text)).strip(" #*-")


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    # Each sign is looked at once: somebody may paste fifty thousand brackets.
    place = 0
    while (start := text.find(_OPEN, place)) >= 0 and (end := text.find(_CLOSE, start + len(_OPEN))) >= 0:
        yield False, text[place:start]
        yield True, text[start + len(_OPEN) : end]
        place = end + len(_CLOSE)
    yield False, text[place:]
