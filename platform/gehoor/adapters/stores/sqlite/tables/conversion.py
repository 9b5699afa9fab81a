"""Making a register that an earlier Gehoor wrote into one as it lies now, with everything that is in it."""
# ruff: noqa: S608

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.adapters.stores.sql.packing import Row, pack, unpack
from gehoor.adapters.stores.sqlite.tables.table_making import (
    existing,
    layout_of,
    lies_as,
    schema_in_file,
    statements,
    table_statement,
)
from gehoor.services.ports.store import StoreUnavailableError, TableSchema

FORMAT: Final = 2
"""How a register is written, as the file says it of itself (``user_version``). It goes up with every change of a table:
0 was before columns, 1 before waiting files had shares."""
LATER: Final = "it was written by a later Gehoor than this one"
CONVERTING: Final = 600.0
"""Seconds that a process waits for another that converts the register."""
_MADE: Final = "table:made"
"""No table has a name with a colon, so this is never one of them."""


def prepare(connection: sqlite3.Connection, schemas: Sequence[TableSchema]) -> None:
    """Make what is missing, and turn tables that lie otherwise into what is asked for: all in one transaction, or none.

    Raises ``sqlite3.Error``, and ``StoreUnavailableError`` for what a later Gehoor wrote.
    """
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    # Several processes start at once, and one converts: the others wait for that, however large the register.
    connection.execute(f"PRAGMA busy_timeout = {int(CONVERTING * 1000)}")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA busy_timeout = {patience}")
    for schema in schemas:
        source = to_convert(connection, schema, existing(connection))
        if source:
            _convert(connection, source, schema)
    present = existing(connection)
    for schema in schemas:
        for sql in statements(schema, present):
            connection.execute(sql)
        for name in schema.replaces:
            connection.execute(f'DROP TABLE IF EXISTS "{name}"')
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("COMMIT")


def is_ready(connection: sqlite3.Connection, schemas: Sequence[TableSchema]) -> bool:
    """Say whether nothing is to be made. Raises as ``prepare`` does."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > FORMAT:
        raise StoreUnavailableError(LATER)
    present = existing(connection)
    return not any(
        statements(schema, present) or to_convert(connection, schema, present) for schema in schemas
    )


def to_convert(connection: sqlite3.Connection, schema: TableSchema, present: Mapping[str, str]) -> str | None:
    """Return the name of the table that has to become this one, if there is one."""
    if schema.name in present:
        return None if lies_as(schema_in_file(connection, schema.name), schema) else schema.name
    return schema.formerly if schema.formerly in present else None


def _convert(connection: sqlite3.Connection, source: str, schema: TableSchema) -> None:
    before, after = layout_of(schema_in_file(connection, source)), layout_of(schema)
    connection.execute(table_statement(schema, _MADE))
    # Whatever finds documents by their number, such as the index of words, goes on finding them.
    number = "" if after.narrow else "doc_id, "
    marks = ",".join("?" * (after.width + (not after.narrow)))
    connection.executemany(
        f'INSERT INTO "{_MADE}" ({number}{after.row}) VALUES ({marks})',
        _rows(connection, source, before, after),
    )
    connection.execute(f'DROP TABLE "{source}"')
    connection.execute(f'ALTER TABLE "{_MADE}" RENAME TO "{schema.name}"')


def _rows(
    connection: sqlite3.Connection, source: str, before: TableLayout, after: TableLayout
) -> Iterator[Sequence[Any]]:
    number = "NULL" if before.narrow else "doc_id"
    for doc_id, *row in connection.execute(f'SELECT {number}, {before.row} FROM "{source}"'):
        made = _row(before, after, row)
        if made is not None:
            yield made if after.narrow else (doc_id, *made)


def _row(before: TableLayout, after: TableLayout, row: Row) -> Row | None:
    """Return a row as it lies now. What is damaged stays so, and is told of when somebody reads it; a narrow table,
    which can be made again, goes without it. Raises ``StoreUnavailableError`` where the columns may be the damage."""
    try:
        key, document = unpack(before, row)
        if after.key_member and key is not None:
            # What a file says of a table does not name the member that says the key again.
            document.setdefault(after.key_member, key)
        return pack(after, key, document, lenient=True)
    except (ValueError, TypeError):
        if before.columns:
            raise StoreUnavailableError("the file is damaged") from None
        if after.narrow:
            return None
        return row[0], *after.nothing(), row[-2], row[-1]
