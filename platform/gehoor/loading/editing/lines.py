"""Which lines of a text belong to a key or an item: its own, and the remarks right above it."""

from __future__ import annotations

import re
from typing import Final

from gehoor.loading.editing.spans import NoSpansError, Series

_REMARK: Final = re.compile(r"[ \t]*#")


def line_start(text: str, position: int) -> int:
    """Return where the line of a position begins."""
    return text.rfind("\n", 0, position) + 1


def line_end(text: str, position: int) -> int:
    """Return where the line after the line of a position begins, or the end of the text."""
    found = text.find("\n", position)
    return len(text) if found < 0 else found + 1


def column(text: str, position: int) -> int:
    """Return how many signs stand before a position on its line."""
    return position - line_start(text, position)


def is_first_on_line(text: str, position: int) -> bool:
    """Say whether only spaces stand before a position on its line."""
    return not text[line_start(text, position) : position].strip(" ")


def item_start(text: str, series: Series, index: int) -> int:
    """Return where the dash of an item stands. Raises ``NoSpansError``."""
    if index == 0:
        return series.start
    wanted = column(text, series.start)
    position = series.items[index].start
    while position > series.items[index - 1].start:
        start = line_start(text, position)
        if text.startswith("-", start + wanted) and not text[start : start + wanted].strip():
            return start + wanted
        position = start - 1
    raise NoSpansError("dash")


def with_remarks(text: str, start: int, *, first: bool) -> int:
    """Return where the lines begin that belong to what begins at ``start``: the remarks right above it, at the same
    column, are about it. Those above the first of a group may be about all of it, and stay."""
    at = line_start(text, start)
    if first:
        return at
    blank = text[at:start]
    while at > 0:
        above = line_start(text, at - 1)
        line = text[above : at - 1]
        if not _REMARK.match(line) or line[: len(line) - len(line.lstrip())] != blank:
            break
        at = above
    return at


def put(text: str, start: int, end: int, new: str) -> str:
    """Return a text with another in the place of a part."""
    return text[:start] + new + text[end:]
