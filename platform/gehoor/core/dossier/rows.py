"""Which row is which: rows have no name of their own, and move, change, come and go while people work on a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from gehoor.core.text.normalise import normalised_words

Row: TypeAlias = Mapping[str, Any]

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SAME: Final = 0.6
"""From this share of its pieces on, a row whose text was changed is still the same row."""
_PIECE: Final = 3
"""So many signs in a row are a piece: a slip of the pen spoils a few, not the words around it."""
_READ: Final = 400
"""Of each answer of a row so many signs are compared."""


def keys_after(
    known: Mapping[str, tuple[str, ...]], values: Mapping[str, Any], said: Mapping[str, Any], event: int
) -> Mapping[str, tuple[str, ...]]:
    """Return the keys of the rows of each list after an event, by field. ``known`` and ``values``: the keys and answers
    before it; ``said``: the data of event number ``event``, with the ``values`` it gave and what it ``cleared``."""
    lists = {name: value for name, value in said["values"].items() if _is_rows(value)}
    gone = known.keys() & said.get("cleared", ()) if known else ()
    if not lists and not gone:
        return known
    kept = {name: keys for name, keys in known.items() if name not in gone}
    if said.get("task"):
        # Who does a task fills in one row, and adds none and moves none.
        return {name: known.get(name, ()) for name in lists} | kept
    return kept | {
        name: keys_of(rows, event, values.get(name, ()) if name in known else (), known.get(name, ()))
        for name, rows in lists.items()
    }


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def keys_of(rows: Sequence[Row], event: int, before: Sequence[Row], known: Sequence[str]) -> tuple[str, ...]:
    """Return a key for each row of an answer that event number ``event`` gave, the same for as long as it is the same
    row. ``before`` and ``known``: the rows that were there, and their keys.

    What did not change is the same row, wherever it now stands. Of the others the text tells: a slip that was put
    right, a day that was moved or an answer that was added make no other row, and another text does.
    """
    found: dict[int, str] = {}
    left = dict(enumerate(before))
    for number, row in enumerate(rows):
        same = next((place for place, old in left.items() if old == row), None)
        if same is not None:
            found[number] = known[same]
            del left[same]
    open_rows = [number for number in range(len(rows)) if number not in found]
    if left and open_rows:
        pairs = sorted(_alike(rows, open_rows, left), key=lambda pair: pair[0], reverse=True)
        for _, number, place in pairs:
            if number not in found and place in left:
                found[number] = known[place]
                del left[place]
    return tuple(found.get(number) or f"{event}.{number + 1}" for number in range(len(rows)))


def _alike(
    rows: Sequence[Row], numbers: Sequence[int], before: Mapping[int, Row]
) -> Iterator[tuple[tuple[float, int, int], int, int]]:
    """Give the pairs of a row and one of before that can be the same, with how much so: by their text, then by what
    else is equal, then by how near they stand."""
    # Worked out once for each row: every row of a long list is held against every other.
    pieces = {place: _pieces(old) for place, old in before.items()}
    for number in numbers:
        own = _pieces(rows[number])
        for place, old in before.items():
            equal = sum(old.get(member) == answer for member, answer in rows[number].items())
            share = _share(own, pieces[place]) if own and pieces[place] else 1.0 if equal else 0.0
            if share >= _SAME:
                yield (share, equal, -abs(number - place)), number, place


def _share(pieces: frozenset[str], others: frozenset[str]) -> float:
    return 2 * len(pieces & others) / (len(pieces) + len(others))


def _pieces(row: Row) -> frozenset[str]:
    text = _text(row)
    # What is shorter than a piece is one.
    return frozenset(text[place : place + _PIECE] for place in range(max(1, len(text) - _PIECE + 1)) if text)


def _text(row: Row) -> str:
    said = (answer for answer in row.values() if isinstance(answer, str) and not _DAY.match(answer))
    return " ".join(word for one in said for word in normalised_words(one[:_READ]))
