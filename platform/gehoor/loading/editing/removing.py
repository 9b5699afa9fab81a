"""A key or an item less, with the remarks that are about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gehoor.loading.editing.lines import is_first_on_line, item_start, line_end, put, with_remarks
from gehoor.loading.editing.replacing import replaced
from gehoor.loading.editing.spans import (
    Group,
    Member,
    NoSpansError,
    Path,
    Scalar,
    Series,
    Spanned,
    node_at,
    spans_of,
)
from gehoor.loading.editing.values import Value


def places_of(text: str, parent: Spanned) -> list[tuple[int, int]]:
    """Return where each key with its value, or each item with its dash, begins and ends."""
    if isinstance(parent, Group):
        return [(one.key.start, one.value.end) for one in parent.members]
    assert isinstance(parent, Series)
    starts = [
        one.start if parent.flow else item_start(text, parent, at) for at, one in enumerate(parent.items)
    ]
    return [(start, max(start + 1, one.end)) for start, one in zip(starts, parent.items, strict=True)]


def index_of(parent: Spanned, step: Any) -> int:
    """Return the index of a key or item. Raises ``KeyError``."""
    found = parent.place_of(step) if isinstance(parent, Group) else step
    if isinstance(parent, Scalar) or found is None or not 0 <= found < len(_items(parent)):
        raise KeyError(step)
    return int(found)


def _items(parent: Group | Series) -> Sequence[Spanned | Member]:
    return parent.members if isinstance(parent, Group) else parent.items


def text_without(text: str, path: Path) -> str:
    """Return the text without a key or an item."""
    root = spans_of(text)
    parent = node_at(root, path[:-1])
    at = index_of(parent, path[-1])
    places = places_of(text, parent)
    start, end = places[at]
    assert not isinstance(parent, Scalar)
    if len(places) == 1:
        return _emptied(text, root, path[:-1], parent)
    if parent.flow:
        if at + 1 < len(places):
            return put(text, start, places[at + 1][0], "")
        return put(text, places[at - 1][1], end, "")
    if not is_first_on_line(text, start):
        return put(text, start, places[at + 1][0], "")
    start, end = with_remarks(text, start, first=at == 0), line_end(text, end)
    return put(text, start if text[end:] else _before_gap(text, start), end, "")


def _before_gap(text: str, start: int) -> int:
    """Return where the empty lines before the last thing of a text begin: they kept it apart from what goes before."""
    lines = text[:start].splitlines(keepends=True)
    while len(lines) > 1 and not lines[-1].strip():
        start -= len(lines.pop())
    return start


def _emptied(text: str, root: Group, path: Path, parent: Group | Series) -> str:
    empty: Value = {} if isinstance(parent, Group) else []
    if parent.flow:
        return put(text, parent.start + 1, parent.end - 1, "")
    if not path:
        raise NoSpansError("empty")
    return replaced(text, node_at(root, path[:-1]), path[-1], empty)
