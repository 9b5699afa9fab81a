"""In what order documents are read, and how to go on from a place in it, as SQL."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gehoor.adapters.stores.document_columns import to_column
from gehoor.adapters.stores.sql.dialect import Dialect
from gehoor.adapters.stores.sql.layout import TableLayout, is_plain
from gehoor.services.ports.store import Cursor


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an order without a gap: what it holds, the values bound in that, and how it is sorted."""

    sql: str
    values: tuple[Any, ...]
    order: str


@lru_cache(maxsize=500)
def order(dialect: Dialect, layout: TableLayout, order_by: tuple[str, ...]) -> str:
    """Return the SQL that sorts by members (``-`` before a name: descending; null and missing last), then by key.
    Raises ``ValueError`` for a name that cannot stand in SQL."""
    way = " DESC" if order_by and order_by[0].startswith("-") else ""
    return ", ".join([*(_sorted(dialect, layout, given) for given in order_by), f'"{layout.key}"{way}'])


def stretches(dialect: Dialect, layout: TableLayout, given: str, cursor: Cursor) -> list[Stretch]:
    """Return what comes after a place in an order by one member (``-`` before its name: descending), or before it,
    nearest first. What is null or missing stands at the end of an order, so it is a stretch of its own."""
    backwards, value, at = cursor.backwards, cursor.value, cursor.key
    member = member_sql(dialect, layout, given.removeprefix("-"))
    descending = given.startswith("-") != backwards
    way, beyond = (" DESC", "<") if descending else ("", ">")
    key = f'"{layout.key}"'
    column = layout.column(given.removeprefix("-"))
    always = column is not None and column.required
    known = f"{member}{way}, {key}{way}"
    kept = to_column(column.kind, value) if column and value is not None else value
    bound = (dialect.bound(column, kept) if column and kept is not None else kept, at)
    if value is not None:
        beside = Stretch(f"({member}, {key}) {beyond} ({dialect.mark}, {dialect.mark})", bound, known)
        return [beside] if backwards or always else [beside, Stretch(f"{member} IS NULL", (), f"{key}{way}")]
    beside = Stretch(f"{member} IS NULL AND {key} {beyond} {dialect.mark}", (at,), f"{key}{way}")
    return [beside, Stretch(f"{member} IS NOT NULL", (), known)] if backwards else [beside]


def member_sql(dialect: Dialect, layout: TableLayout, name: str) -> str:
    """Return the SQL for a member of a document. Raises ``ValueError`` for a name unfit."""
    if layout.column(name):
        return f'"{name}"'
    if name and name == layout.key_member:
        return f'"{layout.key}"'
    if not is_plain(name):
        raise ValueError(f"A member to sort or search by is named with letters, digits and _, not {name!r}")
    return dialect.value(name)


def _sorted(dialect: Dialect, layout: TableLayout, given: str) -> str:
    name = given.removeprefix("-")
    column = layout.column(name)
    last = "" if (column and column.required) or name == layout.key_member else " NULLS LAST"
    return f"{member_sql(dialect, layout, name)}{' DESC' if given.startswith('-') else ''}{last}"


def can_begin(layout: TableLayout, member: str, cursor: Cursor | None) -> bool:
    """Say whether an order by a member can go on from a place: one that the column can hold."""
    column = layout.column(member)
    if cursor is None or cursor.value is None or column is None:
        return True
    return to_column(column.kind, cursor.value) is not None
