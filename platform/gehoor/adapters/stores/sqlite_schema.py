"""The SQLite tables and indexes that hold a register, and the names they go by."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence

from gehoor.adapters.stores.sqlite_words import word_statements, words_table
from gehoor.services.ports.store import TableSchema

#: Under this name a document shows its key through TinyDB; in the file it is a column of its own.
KEY = "_key"

_TABLE = re.compile(r"(?!sqlite_)[a-z_]+", re.ASCII)
_MEMBER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


def table_name(name: str) -> str:
    """Return the name of a table, fit to stand between double quotes. Raises ``ValueError``."""
    if not _TABLE.fullmatch(name):
        raise ValueError(f"A table is named with the letters a to z and _, not {name!r}")
    return name


def json_path(members: Sequence[object]) -> str | None:
    """Return the JSON path to a member, or None when one of its names is not plain letters and digits."""
    names = [name for name in members if isinstance(name, str) and _MEMBER.fullmatch(name)]
    return "$." + ".".join(names) if names and len(names) == len(members) else None


def member(name: str) -> str:
    """Return the SQL for a member of a document or for its key. Raises ``ValueError`` for a name unfit."""
    if name == KEY:
        return "key"
    path = json_path([name])
    if path is None:
        raise ValueError(f"A member to sort or search by is named with letters, digits and _, not {name!r}")
    return f"json_extract(body,'{path}')"


def existing(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the names of tables and indexes in the file, each with its kind."""
    rows = connection.execute(
        "SELECT name, type FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return dict(rows.fetchall())


def statements(schema: TableSchema, present: Iterable[str]) -> list[str]:
    """Return the SQL that turns what is present into what this schema asks for; nothing when all is there."""
    table = table_name(schema.name)
    there = set(present)
    wanted = {f"{table}.{'.'.join(names)}": names for names in schema.indexes}
    sql = []
    if table not in there:
        sql.append(
            f'CREATE TABLE "{table}" (doc_id INTEGER PRIMARY KEY, key TEXT UNIQUE, '
            "body TEXT NOT NULL, crc INTEGER NOT NULL)"
        )
    # The key closes every index: a list sorted by a member has its ties in the order of their keys.
    sql.extend(
        f'CREATE INDEX "{name}" ON "{table}" ({", ".join(map(member, names))}, key)'
        for name, names in wanted.items()
        if name not in there
    )
    if schema.words and words_table(table) not in there:
        path = json_path([schema.words])
        if path is None:
            raise ValueError(f"A member with words is named with letters, digits and _, not {schema.words!r}")
        sql.extend(word_statements(table, path))
    sql.extend(
        f'DROP INDEX "{name}"' for name in there if name.startswith(f"{table}.") and name not in wanted
    )
    return sql
