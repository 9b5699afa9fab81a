"""Whether a document is what was asked for, and where it stands in an order: what SQL says, on documents themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from gehoor.core.text.normalise import plain_words
from gehoor.services.ports.store import Column, ColumnKind, Cursor, Document, Equals, Part, Scalar, Where

Keyed: TypeAlias = tuple[str, Document]
"""A document with its key before it."""


def matches(key: str, document: Document, where: Where, at_most: tuple[str, Scalar] | None = None) -> bool:
    """Say whether a document meets a condition."""
    return (
        key not in where.without
        and _equals(document, where.equals)
        and (at_most is None or _no_more(document, *at_most))
        and all(_lies(document.get(name), *bounds) for name, bounds in where.between.items())
        and all(_holds(document.get(name), wanted) for name, wanted in where.holding)
    )


def in_order(found: list[Keyed], order_by: Sequence[str]) -> list[Keyed]:
    """Return documents sorted by members, null and missing last; ties by key, the way of the first member."""
    # Stable, so the last member that counts is sorted by first; null and missing stay last either way.
    found = sorted(found, key=lambda row: row[0], reverse=bool(order_by) and order_by[0].startswith("-"))
    for given in reversed(order_by):
        name = given.removeprefix("-")
        found.sort(key=lambda row: _rank(row[1].get(name)), reverse=given.startswith("-"))
        found.sort(key=lambda row: row[1].get(name) is None)
    return found


def beside(found: list[Keyed], order_by: str, cursor: Cursor, limit: int | None) -> list[Keyed]:
    """Return those of sorted documents that follow on a place, or the last ``limit`` of those before it."""
    descending, member = order_by.startswith("-"), order_by.removeprefix("-")
    place = (_rank(cursor.value), cursor.key)

    def follows(row: Keyed) -> bool:
        value = row[1].get(member)
        if (value is None) != (cursor.value is None):
            return value is None
        mine = (_rank(value), row[0])
        return mine < place if descending else mine > place

    if not cursor.backwards:
        return [row for row in found if follows(row)][:limit]
    before = [row for row in found if not follows(row) and (_rank(row[1].get(member)), row[0]) != place]
    return before if limit is None else before[max(0, len(before) - limit) :]


def words_in(given: Any) -> list[str]:
    """Return the words of a text, or of the texts in a list: letters and digits, as they are compared."""
    texts = given if isinstance(given, list) else [given]
    return plain_words("\n".join(one for one in texts if isinstance(one, str)))


def has_words(given: Any, wanted: Sequence[Sequence[str]]) -> bool:
    """Say whether each of what is wanted is in a text, or in the texts of a list: words of which the last may go on."""
    words = words_in(given)
    return all(any(_begins(words[start:], parts) for start in range(len(words))) for parts in wanted)


def tallied(by: Column, documents: Iterable[Document]) -> dict[Scalar | None, int]:
    """Return how many documents there are for each value of a column, or text in it."""
    values = (document.get(by.name) for document in documents)
    lists = by.kind is ColumnKind.TEXTS
    return spread((value, 1) for value in values if value is not None or not lists)


def spread(counts: Iterable[tuple[Any, int]]) -> dict[Scalar | None, int]:
    """Return counts by value; those of a list count for each text in it, those of nothing else for None."""
    found: Counter[Scalar | None] = Counter()
    for value, count in counts:
        for one in dict.fromkeys(value) if isinstance(value, list) else (value,):
            found[one] += count
    return dict(found)


def one_member(order_by: Sequence[str], offset: int) -> str:
    """Return the member that documents are sorted by, where one goes on from a place. Raises ``ValueError``."""
    if len(order_by) != 1 or offset:
        raise ValueError("One goes on from a place in an order by one member, and without an offset")
    return order_by[0]


def _begins(words: Sequence[str], parts: Sequence[str]) -> bool:
    *whole, last = parts
    return (
        list(words[: len(whole)]) == whole and len(words) >= len(parts) and words[len(whole)].startswith(last)
    )


def _equals(document: Document, where: Equals) -> bool:
    for name, wanted in where.items():
        options = (wanted,) if isinstance(wanted, str | int) else wanted
        if name not in document or document[name] not in options:
            return False
    return True


def _no_more(document: Document, name: str, bound: Scalar) -> bool:
    value = document.get(name)
    if isinstance(bound, str):
        return isinstance(value, str) and value <= bound
    return isinstance(value, int | float) and value <= bound


def _lies(value: Any, least: str | None, most: str | None) -> bool:
    if not isinstance(value, str):
        return least is None and most is None
    return (least is None or value >= least) and (most is None or value <= most)


def _holds(value: Any, wanted: Scalar) -> bool:
    return isinstance(value, list) and any(type(one) is type(wanted) and one == wanted for one in value)


def _rank(value: Any) -> tuple[int, Any]:
    """Numbers before text, null and missing last; text by code point, as every store sorts it."""
    if value is None:
        return (3, 0)
    if isinstance(value, int | float):
        return (0, value)
    return (1, value) if isinstance(value, str) else (2, str(value))


def parts_of(documents: Iterable[Document], wanted: Sequence[Part]) -> list[tuple[Any, ...]]:
    """Return some parts of documents that were read as a whole."""
    return [tuple(_part(document, part) for part in wanted) for document in documents]


def _part(document: Document, part: Part) -> Any:
    found: Any = document
    for name in part:
        found = found.get(name) if isinstance(found, dict) else None
    return found
