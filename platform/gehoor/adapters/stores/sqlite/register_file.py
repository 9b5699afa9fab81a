"""The file of a register, and its transactions."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Final

from gehoor.adapters.stores.sql.damage import is_sound
from gehoor.adapters.stores.sqlite.connections import reset_bug
from gehoor.adapters.stores.sqlite.connections.connection import CHECKPOINT_PAGES, PATIENCE, close_quietly
from gehoor.adapters.stores.sqlite.connections.errors import FAILURES, translated
from gehoor.adapters.stores.sqlite.connections.pool import ConnectionPool
from gehoor.adapters.stores.sqlite.connections.reset_bug import Checkpoints, WriteLock
from gehoor.adapters.stores.sqlite.connections.session import Session
from gehoor.adapters.stores.sqlite.connections.stamp import Stamps
from gehoor.adapters.stores.sqlite.damage import numbered_rows
from gehoor.adapters.stores.sqlite.inspection import lost_words, strange
from gehoor.adapters.stores.sqlite.scrubbing import make_words_anew, write_anew
from gehoor.adapters.stores.sqlite.tables.table_making import existing, layout_of
from gehoor.adapters.stores.sqlite.tables.words import is_own
from gehoor.services.ports.store import StoreUnavailableError, TableSchema

_READING: Final = "BEGIN"
_NAP: Final = 0.0003
"""Seconds between two attempts to write: about as long as a submission keeps others waiting."""


class RegisterFile:
    """The file of a register. Any number of threads and processes may have it open."""

    def __init__(self, path: str | os.PathLike[str], schemas: Sequence[TableSchema] = ()) -> None:
        self.schemas = {layout_of(schema).name: schema for schema in schemas}
        place = Path(path).absolute()
        self._lock = WriteLock(place) if reset_bug.GUARDED else None
        self._checkpoints = Checkpoints(place, CHECKPOINT_PAGES)
        self._pool = ConnectionPool(place, self.schemas, self._lock)
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
        with self._turn(), self._session("BEGIN IMMEDIATE", writable=True) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Read one moment. Raises as ``transaction`` does."""
        self._refuse_nesting()
        with self._session(_READING, writable=False) as session:
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

    def problems(self) -> list[str]:
        """Read everything and return what is damaged, a line each: pages, indexes, documents."""
        try:
            with self.reading() as session:
                found = _structure(session)
                for table in sorted(self.tables()):
                    found.extend(_damaged(session, table))
        except StoreUnavailableError as error:
            return [str(error)]
        return found

    def structure(self) -> list[str]:
        """Read pages and indexes and return what is wrong with them, a line each."""
        try:
            with self.reading() as session:
                return [*_structure(session), *strange(session, self.schemas)]
        except StoreUnavailableError as error:
            return [str(error)]

    def lost_words(self) -> list[str]:
        """Return the tables of which the index on words is not that of their documents. Takes as long as making it."""
        found: list[str] = []
        # Where the file itself cannot be read, that is told by what reads it.
        with suppress(StoreUnavailableError), self.reading() as session:
            found.extend(lost_words(session, self.schemas))
        return found

    def scrub(self) -> bool:
        """Leave nowhere in the file or its log what was deleted or replaced; False: somebody still reads it. Raises as
        ``transaction`` does."""
        with self._turn():
            with self._session("BEGIN IMMEDIATE", writable=True) as session:
                make_words_anew(session)
            connection = self._pool.take()
            try:
                return write_anew(connection)
            except FAILURES as error:
                raise translated(error) from error
            finally:
                self._pool.give(connection)

    def close(self) -> None:
        """Close all connections; one that is in use now, at the end of its block."""
        self._pool.close()
        self._stamps.close()
        if self._lock is not None:
            self._lock.remove()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Be the only one that writes."""
        self._refuse_nesting()
        # SQLite has writers sleep and try again; in one process they can simply take turns.
        if not self._writer.acquire(timeout=PATIENCE):
            raise StoreUnavailableError("another writer kept it locked too long")
        try:
            with self._alone():
                yield
        finally:
            self._stamps.expire()
            self._writer.release()

    def _alone(self) -> AbstractContextManager[None]:
        """Keep other processes from writing where SQLite cannot be trusted to; where it can, it does so itself."""
        return nullcontext() if self._lock is None else self._lock.held(PATIENCE)

    def _refuse_nesting(self) -> None:
        if self.current is not None:
            raise RuntimeError("A transaction or snapshot is open in this thread already")

    @contextmanager
    def _session(self, begin: str, *, writable: bool) -> Iterator[Session]:
        session = Session(self._pool.take(), writable)
        try:
            _begin(session, begin)
            self._thread.session = session
            yield session
            session.run("COMMIT")
            session.connection.commits += writable
            if writable and self._lock is not None:
                self._checkpoints.after_commit(session.connection)
        except BaseException:
            session.undo()
            raise
        finally:
            self._thread.session = None
            if session.broken:
                close_quietly(session.connection)
            else:
                self._pool.give(session.connection)


def _begin(session: Session, begin: str) -> None:
    """Begin a transaction. A writer of another process is waited for in short sleeps: SQLite's own grow to a tenth of a
    second, in which nobody writes."""
    if begin == _READING:
        session.run(begin)
        return
    connection, until = session.connection, time.monotonic() + PATIENCE
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute(begin)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(_NAP)
            else:
                return
    except FAILURES as error:
        session.broken = True
        raise translated(error) from error
    finally:
        with suppress(sqlite3.Error):
            connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")


def _structure(session: Session) -> list[str]:
    return [str(line) for (line,) in session.rows("PRAGMA integrity_check") if line != "ok"]


def _damaged(session: Session, table: str) -> Iterator[str]:
    layout = session.layout(table)
    assert layout is not None
    with session.any_text():
        for number, *row in numbered_rows(session, layout):
            if not is_sound(layout, row):
                yield f"{table}: document {number} is damaged"
