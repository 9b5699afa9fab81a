"""A storage for TinyDB that keeps one row per document in SQLite, under transactions."""

from __future__ import annotations

import os
import threading
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from gehoor.adapters.stores import sqlite_rows as rows
from gehoor.adapters.stores.sqlite_connection import PATIENCE, close_quietly
from gehoor.adapters.stores.sqlite_pool import ConnectionPool
from gehoor.adapters.stores.sqlite_schema import existing, table_name
from gehoor.adapters.stores.sqlite_session import Session
from gehoor.adapters.stores.sqlite_stamp import Stamps
from gehoor.adapters.stores.sqlite_words import is_own, words_table
from gehoor.services.ports.store import StoreUnavailableError, TableSchema


class SQLiteStorage(Storage):
    """The file of a register. Any number of threads and processes may have it open.

    Outside ``transaction()`` and ``snapshot()`` every operation of TinyDB is a transaction of its own.
    """

    def __init__(self, path: str | os.PathLike[str], schemas: Sequence[TableSchema] = ()) -> None:
        self.schemas = {table_name(schema.name): schema for schema in schemas}
        self._pool = ConnectionPool(Path(path), self.schemas)
        self._stamps = Stamps(self._pool)
        self._writer = threading.Lock()
        self._thread = threading.local()

    @property
    def current(self) -> Session | None:
        """The transaction or snapshot that is open in this thread."""
        session: Session | None = getattr(self._thread, "session", None)
        return session

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Write all of the block or nothing.

        Raises ``StoreUnavailableError``, and ``RuntimeError`` inside another block of the same thread.
        """
        self._refuse_nesting()
        # SQLite has writers sleep and try again; in one process they can simply take turns.
        if not self._writer.acquire(timeout=PATIENCE):
            raise StoreUnavailableError("another writer kept it locked too long")
        try:
            with self._session("BEGIN IMMEDIATE", writable=True) as session:
                yield session
        finally:
            self._stamps.expire()
            self._writer.release()

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Read one moment. Raises as ``transaction`` does."""
        self._refuse_nesting()
        with self._session("BEGIN", writable=False) as session:
            # SQLite fixes the moment at the first read, not at BEGIN.
            list(session.rows("SELECT 1 FROM sqlite_schema LIMIT 1"))
            yield session

    def stamp(self) -> Hashable:
        """Return what stays the same for as long as nothing is committed. Raises ``StoreUnavailableError``."""
        return self._stamps.current()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Join what is open in this thread, or read one moment."""
        if (session := self.current) is not None:
            yield session
        else:
            with self.snapshot() as session:
                yield session

    @contextmanager
    def writing(self, *, in_steps: bool = False) -> Iterator[Session]:
        """Join the open transaction, or write in one of its own. Raises ``TypeError`` in a snapshot.

        What is done ``in_steps`` is done whole or not at all, even when the transaction goes on afterwards.
        """
        session = self.current
        if session is None:
            with self.transaction() as session:
                yield session
        elif session.writable and in_steps:
            with session.savepoint():
                yield session
        elif session.writable:
            yield session
        else:
            raise TypeError("A snapshot is for reading")

    def tables(self) -> set[str]:
        """Return the names of the tables in the file."""
        with self.reading() as session:
            there = existing(session.connection)
            return {name for name, kind in there.items() if kind == "table" and not is_own(name)}

    def drop(self, table: str) -> None:
        """Remove a table and all that is in it."""
        with self.writing() as session:
            session.connection.seen.discard(table)
            session.run(f'DROP TABLE IF EXISTS "{table_name(table)}"')
            session.run(f'DROP TABLE IF EXISTS "{words_table(table)}"')

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return everything, as TinyDB asks of a storage: tables by name, documents by number."""
        with self.reading() as session:
            everything = {
                table: {str(document.doc_id): dict(document) for document in rows.find(session, table, None)}
                for table in sorted(self.tables())
            }
        return everything or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace everything, as TinyDB asks of a storage."""
        with self.writing() as session:
            for table in self.tables():
                self.drop(table)
            for table, documents in data.items():
                session.has(table_name(table))
                for doc_id, document in documents.items():
                    rows.add(session, table, document, int(doc_id))

    def problems(self) -> list[str]:
        """Read everything and return what is damaged, a line each: pages, indexes, documents."""
        try:
            with self.reading() as session:
                found = [str(line) for (line,) in session.rows("PRAGMA integrity_check") if line != "ok"]
                for table in sorted(self.tables()):
                    found.extend(rows.damaged(session, table))
        except StoreUnavailableError as error:
            return [str(error)]
        return found

    def close(self) -> None:
        """Close all connections; one that is in use now, at the end of its block."""
        self._pool.close()
        self._stamps.close()

    def _refuse_nesting(self) -> None:
        if self.current is not None:
            raise RuntimeError("A transaction or snapshot is open in this thread already")

    @contextmanager
    def _session(self, begin: str, *, writable: bool) -> Iterator[Session]:
        session = Session(self._pool.take(), writable)
        try:
            session.run(begin)
            self._thread.session = session
            yield session
            session.run("COMMIT")
        except BaseException:
            session.undo()
            raise
        finally:
            self._thread.session = None
            if session.broken:
                close_quietly(session.connection)
            else:
                self._pool.give(session.connection)
