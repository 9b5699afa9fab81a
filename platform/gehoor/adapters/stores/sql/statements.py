"""The statements that write and read the rows of a table, each made once for a table."""
# ruff: noqa: S608

from __future__ import annotations

from functools import lru_cache

from gehoor.adapters.stores.sql.conditions import Condition
from gehoor.adapters.stores.sql.dialect import Dialect
from gehoor.adapters.stores.sql.layout import TableLayout


@lru_cache(maxsize=500)
def insert_statement(dialect: Dialect, layout: TableLayout) -> str:
    """Return the SQL that adds a row."""
    names = layout.written
    marks = ",".join([dialect.mark] * len(names))
    return f'INSERT INTO "{layout.name}" ({", ".join(names)}) VALUES ({marks})'


@lru_cache(maxsize=500)
def put_statement(dialect: Dialect, layout: TableLayout) -> str:
    """Return the SQL that adds a row, or replaces the one with its key (its number stays)."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in layout.written if name not in layout.unique)
    same = ", ".join(layout.unique)
    return f"{insert_statement(dialect, layout)} ON CONFLICT ({same}) DO UPDATE SET {changes}"


@lru_cache(maxsize=500)
def change_statement(dialect: Dialect, layout: TableLayout, places: tuple[int, ...]) -> str:
    """Return the SQL that changes some columns (by their places in a row) of the row with a key and a checksum."""
    mark = dialect.mark
    changes = ", ".join(f"{layout.written[place]} = {mark}" for place in places)
    return f'UPDATE "{layout.name}" SET {changes} WHERE "{layout.key}" = {mark} AND "crc" = {mark}'


@lru_cache(maxsize=500)
def get_statement(dialect: Dialect, layout: TableLayout) -> str:
    """Return the SQL that reads the row with a key, after what it is called when it is damaged."""
    return f'SELECT {number(layout)}, {layout.row} FROM "{layout.name}" WHERE "{layout.key}" = {dialect.mark}'


@lru_cache(maxsize=500)
def all_statement(layout: TableLayout) -> str:
    """Return the SQL that reads all rows, each after what it is called when it is damaged."""
    return f'SELECT {number(layout)}, {layout.row} FROM "{layout.name}" ORDER BY {number(layout)}'


@lru_cache(maxsize=500)
def delete_statement(dialect: Dialect, layout: TableLayout) -> str:
    """Return the SQL that removes the row with a key."""
    return f'DELETE FROM "{layout.name}" WHERE "{layout.key}" = {dialect.mark}'


@lru_cache(maxsize=2000)
def select_statement(
    dialect: Dialect, layout: TableLayout, condition: str, order: str, *, limited: bool
) -> str:
    """Return the SQL that reads rows; ``limited``: with two more values, how many at most and after how many."""
    limit = f" LIMIT {dialect.mark} OFFSET {dialect.mark}" if limited else ""
    return f'SELECT {number(layout)}, {layout.row} FROM "{layout.name}" WHERE {condition} ORDER BY {order}{limit}'


def number(layout: TableLayout) -> str:
    """Return the SQL for what a row is called when it is damaged: its number, or its key where it has none."""
    return f'"{layout.key}"' if layout.narrow else "doc_id"


def count_statement(layout: TableLayout, said: Condition, most: int | None) -> str:
    """Return what counts the rows that meet a condition; with ``most``, only until there are so many without those that
    it leaves out."""
    if most is None:
        return f'SELECT count(*) FROM "{layout.name}" WHERE {said.sql}'
    enough = most + len(said.without)
    return f'SELECT count(*) FROM (SELECT 1 FROM "{layout.name}" WHERE {said.sql} LIMIT {enough}) few'
