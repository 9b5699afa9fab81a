"""What stands in a register file that we did not put there, and whether its index on words is that of its documents."""
# ruff: noqa: S608

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import zip_longest
from typing import Final

from gehoor.adapters.stores.sqlite.connections.session import Session
from gehoor.adapters.stores.sqlite.tables.table_making import existing, statements
from gehoor.adapters.stores.sqlite.tables.words import (
    index_statement,
    texts_statement,
    triggers_of,
    words_table,
)
from gehoor.services.ports.store import StoreUnavailableError, TableSchema

_EACH_WORD: Final = "SELECT term, doc, offset FROM each_word"
"""In the order of words, each with the documents that it is in and where."""
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
    """Yield the tables of which the index on words is not that of their documents, or is not kept any more."""
    present = {str(name) for (name,) in session.rows("SELECT name FROM sqlite_schema")}
    for table, schema in schemas.items():
        if not schema.words or table not in present:
            continue
        is_kept = words_table(table) in present and present.issuperset(triggers_of(table))
        if not is_kept or not _is_as_made_anew(session, table, f"$.{schema.words}"):
            yield table


def _is_as_made_anew(session: Session, table: str, member_path: str) -> bool:
    """Say whether an index has each word of each document, and no other: held against one that is made in memory, as
    what people wrote is written down nowhere else."""
    index = words_table(table)
    with closing(sqlite3.connect(":memory:")) as anew:
        anew.execute(index_statement(table))
        try:
            texts = session.rows(f"{texts_statement(table, member_path)} WHERE json_valid(body)")
            anew.executemany(f'INSERT INTO "{index}" (rowid, text) VALUES (?, ?)', texts)
            _show_words(anew, index)
            with _shown(session, index):
                pairs = zip_longest(session.rows(_EACH_WORD), anew.execute(_EACH_WORD))
                # Read to the end: what is still read cannot be taken away.
                return not sum(one != other for one, other in pairs)
        except (sqlite3.Error, StoreUnavailableError):
            return False


@contextmanager
def _shown(session: Session, index: str) -> Iterator[None]:
    _show_words(session.connection, index)
    try:
        yield
    finally:
        session.connection.execute("DROP TABLE temp.each_word")


def _show_words(connection: sqlite3.Connection, index: str) -> None:
    connection.execute(f"CREATE VIRTUAL TABLE temp.each_word USING fts5vocab(main, '{index}', instance)")


def _plain(sql: str) -> str:
    return " ".join(sql.split())
