"""What stands in a register file that we did not put there, and what is gone from its index on words."""
# ruff: noqa: S608

from __future__ import annotations

import sqlite3
import string
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Final

from gehoor.adapters.stores.sqlite.connections.session import Session
from gehoor.adapters.stores.sqlite.tables.table_making import existing, statements
from gehoor.adapters.stores.sqlite.tables.words import triggers_of, words_table
from gehoor.services.ports.store import TableSchema

_EVERYTHING: Final = " OR ".join(f'"{sign}" *' for sign in string.ascii_lowercase + string.digits)
"""The search for texts with a word that begins with a letter or digit."""

_BY_ITSELF: Final = "sqlite_autoindex_"
_STATISTICS: Final = frozenset({"sqlite_stat1", "sqlite_stat4"})
"""Tables that SQLite makes when somebody has it look at what is in a file."""


def strange(session: Session, schemas: Mapping[str, TableSchema]) -> Iterator[str]:
    """Yield the tables, indexes, triggers and views that are not ours, or not as we made them: a trigger, a generated
    column or what a constraint does with a conflict can change or keep back what is written."""
    ours = _made(tuple(schemas.values()))
    asked = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"
    for kind, name, table, sql in session.rows(asked):
        if kind == "index" and sql is None:
            # SQLite makes these itself, for what is unique in a table.
            is_ours = name.startswith(_BY_ITSELF) and table in ours
        else:
            is_ours = _plain(str(sql)) == ours.get(name) or (kind == "table" and name in _STATISTICS)
        if not is_ours:
            yield f"{kind} {name}: not made by Gehoor"


def _made(schemas: Sequence[TableSchema]) -> dict[str, str]:
    """Return all that we make in a file, by name: made once, in memory, and read as the file is."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for schema in schemas:
            for sql in statements(schema, existing(connection)):
                connection.execute(sql)
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return {str(name): _plain(str(sql)) for name, sql in rows}


def lost_words(session: Session, schemas: Mapping[str, TableSchema]) -> Iterator[str]:
    """Yield the tables of which not every document is in the index on words, or nothing can be found by it."""
    present = {str(name) for (name,) in session.rows("SELECT name FROM sqlite_schema")}
    for table, schema in schemas.items():
        index = words_table(table)
        if not schema.words or table not in present:
            continue
        if index not in present or not present.issuperset(triggers_of(table)):
            yield f"{index}: missing"
            continue
        documents, entered = (
            _count(session, f'SELECT count(*) FROM "{name}"') for name in (table, f"{index}_docsize")
        )
        text = f"json_extract(body, '$.{schema.words}') GLOB '*[a-z]*'"
        worded = _count(session, f'SELECT count(*) FROM (SELECT 1 FROM "{table}" WHERE {text} LIMIT 1)')
        found = _count(session, f'SELECT count(*) FROM "{index}" WHERE "{index}" MATCH \'{_EVERYTHING}\'')
        if documents != entered or (worded and not found):
            yield f"{index}: {entered} of {documents} documents"


def _count(session: Session, sql: str) -> int:
    return next(int(number) for (number,) in session.rows(sql))


def _plain(sql: str) -> str:
    return " ".join(sql.split())
