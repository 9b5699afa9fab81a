"""The PostgreSQL tables and indexes that hold a register, and the names they go by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from gehoor.adapters.stores.postgres.layout import WORDS, PostgresLayout
from gehoor.adapters.stores.postgres.row_security import PLACE, POLICY, policy_name, policy_statements
from gehoor.adapters.stores.sql.layout import is_plain, table_name
from gehoor.services.ports.store import Column, ColumnKind, Index, TableSchema

ABOUT: Final = "about_this_register"
"""The table that says by which format the others lie, and counts what was committed."""
FORMAT: Final = 2
"""Of the tables in PostgreSQL. Raised when tables lie otherwise than ``statements`` can make them by itself."""

_TEXT: Final = 'text COLLATE "C"'
"""Sorted by code point, as every store sorts."""
_TYPES: Final = {
    ColumnKind.TEXT: _TEXT,
    ColumnKind.INTEGER: "bigint",
    ColumnKind.BOOLEAN: "boolean",
    ColumnKind.TEXTS: _TEXT,
    ColumnKind.INSTANT: "bigint",
    ColumnKind.HASH: "bytea",
}
_MADE: Final = "_by_"
"""Within the name of an index that we made."""


@dataclass(frozen=True)
class Present:
    """What there is: the names of tables, each with the types of its columns, and of indexes; of each table on which
    every transaction is held to its organisations, the names of its policies."""

    tables: Mapping[str, Mapping[str, str]]
    indexes: frozenset[str]
    policies: Mapping[str, frozenset[str]]


@lru_cache(maxsize=500)
def layout_of(schema: TableSchema) -> PostgresLayout:
    """Return the layout of a table: one and the same for equal schemas."""
    return PostgresLayout(schema)


def about_statements() -> list[str]:
    """Return the SQL that makes the table about the register, with its one row: by which format it lies, how much was
    committed, and how each table lies (see ``said_of``)."""
    return [
        f"CREATE TABLE {ABOUT} (one boolean PRIMARY KEY DEFAULT true CHECK (one), format integer NOT NULL, "
        "moment bigint NOT NULL, tables text NOT NULL)",
        f"INSERT INTO {ABOUT} (format, moment, tables) VALUES ({FORMAT}, 0, '{{}}')",  # noqa: S608 - of ours
    ]


def said_of(schema: TableSchema) -> dict[str, Any]:
    """Return how a table lies, as the register says it of itself: types alone do not tell a number from an instant."""
    return {
        "columns": [[column.name, column.kind.value, column.required] for column in schema.columns],
        "key": schema.key,
        "narrow": schema.narrow,
        "words": schema.words,
        **({"owned": True} if schema.owner else {}),
    }


def schema_said(name: str, said: Mapping[str, Any]) -> TableSchema:
    """Return the schema of a table that lies as a register says. Indexes are not told."""
    columns = tuple(Column(column, ColumnKind(kind), required) for column, kind, required in said["columns"])
    return TableSchema(name, columns=columns, key=said["key"], narrow=said["narrow"], words=said["words"])


def statements(schema: TableSchema, present: Present) -> list[str]:
    """Return the SQL that turns what is present into what a schema asks for; nothing when all is there."""
    table = table_name(schema.name)
    wanted = _indexes(schema)
    sql = [] if table in present.tables else [table_statement(schema)]
    sql += [text for name, text in wanted.items() if name not in present.indexes]
    there = present.policies.get(table, frozenset())
    if policy_name(schema) not in {"", *there}:
        sql += policy_statements(schema)
    ours = (one for one in sorted(there) if one.startswith(POLICY) and one != policy_name(schema))
    sql += [f'DROP POLICY "{one}" ON "{table}"' for one in ours]
    sql += [
        f'DROP INDEX "{name}"'
        for name in sorted(present.indexes)
        if name.startswith(f"{table}{_MADE}") and name not in wanted
    ]
    return sql


def index_names(schema: TableSchema) -> set[str]:
    """Return the names of the indexes of a table, but for those that PostgreSQL makes for what is unique."""
    return set(_indexes(schema))


def table_statement(schema: TableSchema, name: str = "") -> str:
    """Return the SQL that makes a table, under another name where one is given."""
    layout = layout_of(schema)
    columns = [
        f'"{column.name}" {_TYPES[column.kind]}{" NOT NULL" if column.required else ""}'
        for column in schema.columns
    ]
    place = [f'"{PLACE}" {_TEXT} NOT NULL'] if layout.placed else []
    if schema.narrow:
        key = f'"{layout.key}"'
        first = [f'"{member}"' for member in schema.clustered]
        unique = [f"UNIQUE ({', '.join(layout.unique)})"] if first else []
        parts = [
            f"{key} {_TEXT} NOT NULL",
            *columns,
            "crc bigint NOT NULL",
            *place,
            f"PRIMARY KEY ({', '.join([*layout.unique[:-1], *first, key])})",
            *unique,
        ]
        return f'CREATE TABLE "{name or schema.name}" ({", ".join(parts)})'
    if schema.words and (not is_plain(schema.words) or layout.column(schema.words) or layout.column(WORDS)):
        raise ValueError(f"A member with words is a plain name and no column, not {schema.words!r}")
    number, key = ("", "") if schema.owner else (" PRIMARY KEY", " UNIQUE")
    parts = [
        f"doc_id bigint GENERATED BY DEFAULT AS IDENTITY{number}",
        f"key {_TEXT} NOT NULL{key}",
        *columns,
        "body text NOT NULL",
        "crc bigint NOT NULL",
        *([f'"{WORDS}" tsvector'] if schema.words else []),
        *place,
        *([f"PRIMARY KEY ({', '.join(layout.unique)})"] if schema.owner else []),
    ]
    return f'CREATE TABLE "{name or schema.name}" ({", ".join(parts)})'


@lru_cache(maxsize=500)
def _indexes(schema: TableSchema) -> Mapping[str, str]:
    texts = [_index_text(schema, index) for index in schema.index_list()]
    if schema.words:
        texts += [f'USING gin ("{WORDS}")', f'(doc_id) WHERE "{WORDS}" IS NULL']
    if schema.owner:
        texts += _by_themselves(schema)
    found = {}
    for text in texts:
        if text:
            # A name has 63 signs at most: it says what it is made of in short.
            name = f"{schema.name}{_MADE}{hashlib.sha256(text.encode()).hexdigest()[:12]}"
            found[name] = f'CREATE INDEX "{name}" ON "{schema.name}" {text}'
    return found


def _by_themselves(schema: TableSchema) -> list[str]:
    """Return what a table is looked up by without its organisation, by who only knows a key or goes through all."""
    key = f'"{layout_of(schema).key}"'
    if schema.narrow:
        first = (
            [", ".join([*(f'"{member}"' for member in schema.clustered), key])] if schema.clustered else []
        )
        return [f"({one})" for one in [key, *first]]
    within = [f'("{PLACE}", doc_id)'] if schema.words else []
    return ["(key)", "(doc_id)", *within]


def _index_text(schema: TableSchema, index: Index) -> str:
    """Return what an index is on; nothing for one on members that are in no column, which nobody asks for here."""
    layout = layout_of(schema)
    if not all(_is_kept(layout, member) for member in index.members) or (
        index.only and not layout.column(index.only)
    ):
        return ""
    key = [layout.key] if index.ties else []
    # A list has no end, and an index has: those are looked at in the row.
    also = [
        name for name in index.also if (kept := layout.column(name)) and kept.kind is not ColumnKind.TEXTS
    ]
    parts = ", ".join(f'"{_name(layout, member)}"' for member in [*index.members, *key, *also])
    only = layout.column(index.only)
    there = "" if only is None else "<> ''" if only.kind is ColumnKind.TEXTS else "IS NOT NULL"
    return f"({parts})" + (f' WHERE "{index.only}" {there}' if there else "")


def _is_kept(layout: PostgresLayout, member: str) -> bool:
    return layout.column(member) is not None or member in (layout.key_member, layout.key)


def _name(layout: PostgresLayout, member: str) -> str:
    return member if layout.column(member) else layout.key


def missing(schemas: Sequence[TableSchema], present: Present) -> list[str]:
    """Return all the SQL that is needed for a register."""
    return [sql for schema in schemas for sql in statements(schema, present)]


def differing(schema: TableSchema, present: Present) -> list[str]:
    """Return the columns of a table that are not there, or there for nothing: what ``statements`` does not mend."""
    there = present.tables.get(schema.name)
    if there is None:
        return []
    layout = layout_of(schema)
    own = {layout.key, "crc"} if schema.narrow else {"doc_id", "key", "body", "crc"}
    own |= {PLACE} if layout.placed else set()
    wanted = own | {column.name for column in schema.columns} | ({WORDS} if schema.words else set())
    return sorted(wanted ^ set(there))
