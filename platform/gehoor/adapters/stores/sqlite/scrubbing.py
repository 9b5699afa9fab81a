"""Scrubbing: leaving nowhere in a register file what was deleted or replaced.

SQLite leaves it in free room of pages, in pages that nobody uses, in its log; a full-text index keeps words until it
happens to be merged. So the indexes of words are made anew, the file is written anew, and the log is emptied.
"""

from __future__ import annotations

from typing import Final

from gehoor.adapters.stores.sqlite.connections.connection import Connection
from gehoor.adapters.stores.sqlite.connections.session import Session
from gehoor.adapters.stores.sqlite.tables.table_making import existing, statements
from gehoor.adapters.stores.sqlite.tables.words import words_table

_SHORTLY: Final = 1000
"""Milliseconds."""


def make_words_anew(session: Session) -> None:
    """Make the indexes of words anew, from the documents that there are."""
    connection = session.connection
    for schema in connection.schemas.values():
        if schema.words and words_table(schema.name) in existing(connection):
            session.run(f'DROP TABLE "{words_table(schema.name)}"')
            for sql in statements(schema, existing(connection)):
                session.run(sql)


def write_anew(connection: Connection) -> bool:
    """Write the file anew and empty its log, outside any transaction and while nobody else writes. False: somebody
    still reads what is in the log. Raises what SQLite raises."""
    connection.execute("VACUUM")
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    # Whoever reads is not waited for long: nobody can write meanwhile.
    connection.execute(f"PRAGMA busy_timeout = {_SHORTLY}")
    try:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")
    return not busy
