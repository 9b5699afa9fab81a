"""The SQLite tables and indexes that hold a register, and the names they go by."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import lru_cache

from gehoor.adapters.stores.sql.layout import OWN, TableLayout, is_plain, table_name
from gehoor.adapters.stores.sql.paging import member_sql
from gehoor.adapters.stores.sqlite.tables.dialect import SQLITE
from gehoor.adapters.stores.sqlite.tables.words import WORD_COLUMNS, word_statements
from gehoor.services.ports.store import Column, ColumnKind, Index, StoreUnavailableError, TableSchema

_TYPES = {
    ColumnKind.TEXT: "TEXT",
    ColumnKind.INTEGER: "INTEGER",
    ColumnKind.BOOLEAN: "BOOLEAN",
    ColumnKind.TEXTS: "TEXTS",
    ColumnKind.INSTANT: "INTEGER_INSTANT",
    # SQLite takes this word for: leave what is put in as it is.
    ColumnKind.HASH: "HASH_BLOB",
}
_KINDS = {word: kind for kind, word in _TYPES.items()}


@lru_cache(maxsize=500)
def layout_of(schema: TableSchema) -> TableLayout:
    """Return the layout of a table: one and the same for equal schemas."""
    return TableLayout(schema)


def existing(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the names of tables, indexes and triggers in the file, each with its kind."""
    rows = connection.execute(
        "SELECT name, type FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return dict(rows.fetchall())


def schema_in_file(connection: sqlite3.Connection, table: str) -> TableSchema:
    """Return how a table lies in the file: its columns, and whether it is narrow. Indexes are not told. Raises
    ``StoreUnavailableError`` for columns that nobody made."""
    rows = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    names = [name for _, name, *_ in rows]
    narrow = bool(names) and "doc_id" not in names
    own = ("crc", names[0]) if narrow else OWN
    told = [(name, kind, bool(required)) for _, name, kind, required, *_ in rows if name not in own]
    if not all(is_plain(name) and kind in _KINDS for name, kind, _ in told):
        raise StoreUnavailableError("the file is damaged")
    columns = tuple(Column(name, _KINDS[kind], required) for name, kind, required in told)
    key = names[0] if narrow and names[0] != "key" else ""
    return TableSchema(table, columns=columns, narrow=narrow, key=key)


def lies_as(there: TableSchema, wanted: TableSchema) -> bool:
    """Say whether a table in the file has the columns that are asked for."""
    key = wanted.key if wanted.narrow else ""
    return (there.columns, there.narrow, there.key) == (wanted.columns, wanted.narrow, key)


def table_statement(schema: TableSchema, name: str) -> str:
    """Return the SQL that makes a table, under a name that is fit for SQL."""
    layout = layout_of(schema)
    columns = [
        f'"{column.name}" {_TYPES[column.kind]}{" NOT NULL" if column.required else ""}'
        for column in schema.columns
    ]
    if not schema.narrow:
        own = [
            "doc_id INTEGER PRIMARY KEY",
            "key TEXT UNIQUE",
            *columns,
            "body TEXT NOT NULL",
            "crc INTEGER NOT NULL",
        ]
        return f'CREATE TABLE "{name}" ({", ".join(own)})'
    key = f'"{layout.key}"'
    first = [f'"{member}"' for member in schema.clustered]
    unique = [f"UNIQUE ({key})"] if first else []
    parts = [
        f"{key} TEXT NOT NULL",
        *columns,
        "crc INTEGER NOT NULL",
        f"PRIMARY KEY ({', '.join([*first, key])})",
    ]
    return f'CREATE TABLE "{name}" ({", ".join([*parts, *unique])}) WITHOUT ROWID'


def statements(schema: TableSchema, present: Mapping[str, str]) -> list[str]:
    """Return the SQL that turns what is present into what this schema asks for; nothing when all is there."""
    table = table_name(schema.name)
    wanted = {_index_name(table, index): index for index in schema.index_list()}
    sql = [] if table in present else [table_statement(schema, table)]
    sql += [_index_statement(schema, name, wanted[name]) for name in wanted if name not in present]
    if schema.words:
        if not is_plain(schema.words) or layout_of(schema).column(schema.words):
            raise ValueError(f"A member with words is a plain name and no column, not {schema.words!r}")
        if any(layout_of(schema).column(name) for name in WORD_COLUMNS):
            raise ValueError(f"{table}: {' and '.join(WORD_COLUMNS)} are columns of the index on its words")
        sql += word_statements(table, f"$.{schema.words}", present)
    sql += [
        f'DROP INDEX "{name}"'
        for name, kind in present.items()
        if kind == "index" and name.startswith(f"{table}.") and name not in wanted
    ]
    return sql


def _index_name(table: str, index: Index) -> str:
    also = "".join(f"+{name}" for name in index.also)
    return f"{table}.{'.'.join(index.members)}{'' if index.ties else '!'}{also}{f'?{index.only}' if index.only else ''}"


def _index_statement(schema: TableSchema, name: str, index: Index) -> str:
    layout = layout_of(schema)

    def member(of: str) -> str:
        return member_sql(SQLITE, layout, of)

    key = [f'"{layout.key}"'] if index.ties else []
    parts = [*map(member, index.members), *key, *map(member, index.also)]
    only = layout.column(index.only)
    if only is None:
        where = f" WHERE {member(index.only)} IS NOT NULL" if index.only else ""
    else:
        there = "<> ''" if only.kind is ColumnKind.TEXTS else "IS NOT NULL"
        where = f' WHERE "{only.name}" {there}'
    return f'CREATE INDEX "{name}" ON "{schema.name}" ({", ".join(parts)}){where}'
