"""The register that a database holds: who reads or writes in it now, and at which moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Final

from gehoor.adapters.stores.postgres.connections import Connection, ConnectionPool, close_quietly
from gehoor.adapters.stores.postgres.errors import FAILURES, is_lost, translated
from gehoor.adapters.stores.postgres.preparing import LATER, LOCK, prepare
from gehoor.adapters.stores.postgres.row_security import setting_statement
from gehoor.adapters.stores.postgres.session import Session
from gehoor.adapters.stores.postgres.table_making import ABOUT
from gehoor.services.ports.belonging import Within
from gehoor.services.ports.store import StoreUnavailableError, TableSchema

FRESH: Final = 0.02
"""Seconds for which a stamp is given again: under load, many pages ask it of one moment."""
_AGAIN: Final = 5.0
"""Seconds for which one asks what became of a transaction whose end was not heard."""
_NAP: Final = 0.1
_ABOUT: Final = f"SELECT moment, pg_postmaster_start_time()::text FROM {ABOUT}"  # noqa: S608
_READ: Final = ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",)
_WRITE: Final = (
    # Whatever is usual in this database: who waited for the lock has to see what was written meanwhile.
    "BEGIN ISOLATION LEVEL READ COMMITTED",
    # A process that stands still must not keep the others from writing.
    "SET LOCAL idle_in_transaction_session_timeout = '120s'",
    f"SELECT pg_advisory_xact_lock({LOCK})",
)
_SPREAD: Final = "SELECT 1 FROM pg_extension WHERE extname = 'citus'"
_BY_INDEX: Final = (
    "SELECT proleakproof FROM pg_proc WHERE oid = 'ts_match_vq(tsvector, tsquery)'::regprocedure"
)
_COUNT: Final = f"UPDATE {ABOUT} SET moment = moment + 1 RETURNING pg_current_xact_id()::text"  # noqa: S608

__all__ = ["FRESH", "LATER", "RegisterDatabase"]


class RegisterDatabase:
    """A register in a database, for the threads of this process.

    Whoever writes holds a lock until the end of the transaction: writers take turns, of all processes on all machines,
    so numbers and events are given in the order in which they are committed, without gaps. Readers wait for nobody.
    """

    def __init__(self, address: str, schemas: Sequence[TableSchema]) -> None:
        self.schemas = {schema.name: schema for schema in schemas}
        self._thread = threading.local()
        self._lock = threading.Lock()
        self._stamp: tuple[float, Hashable] = (0.0, None)
        self.pool = ConnectionPool(address)
        prepare(self.pool, schemas)
        self.pool.give(self.pool.take())
        self._apart = False
        # A database over several servers sends each of them the whole text in which a setting stands.
        self._apart = bool(self._ask(_SPREAD))

    @property
    def current(self) -> Session | None:
        """The transaction or snapshot that is open in this thread."""
        session: Session | None = getattr(self._thread, "session", None)
        return session

    @cached_property
    def finds_words_by_index(self) -> bool:
        """Whether an index serves for words where a transaction is held to its organisations: only where whoever runs
        the database said that a search for words tells nobody what is in rows that they may not see."""
        return bool(self._ask(_BY_INDEX)[0][0])

    @contextmanager
    def transaction(self, within: Within) -> Iterator[Session]:
        """Write all of the block or nothing.

        Raises ``StoreUnavailableError``, and ``RuntimeError`` inside another block of the same thread.
        """
        with self._session(within, writable=True) as session:
            yield session

    @contextmanager
    def snapshot(self, within: Within) -> Iterator[Session]:
        """Read one moment. Raises as ``transaction`` does."""
        with self._session(within, writable=False) as session:
            yield session

    def stamp(self) -> Hashable:
        """Return what stays the same for as long as nothing is committed. Raises ``StoreUnavailableError``."""
        until, stamp = self._stamp
        if time.monotonic() < until:
            return stamp
        asked_at = time.monotonic()
        rows = self._ask(_ABOUT)
        stamp = (self._lock, *rows[0])
        self._stamp = asked_at + FRESH, stamp
        return stamp

    def close(self) -> None:
        """Close all connections; one that is in use now, at the end of its block."""
        self._stamp = (0.0, None)
        self.pool.close()

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Give a connection in no transaction, while nobody writes. Raises ``StoreUnavailableError``."""
        self._refuse_nesting()
        connection = self.pool.take()
        try:
            connection.execute(f"SELECT pg_advisory_lock({LOCK})".encode())
            try:
                yield connection
            finally:
                connection.execute(f"SELECT pg_advisory_unlock({LOCK})".encode())
        except FAILURES as error:
            close_quietly(connection)
            raise translated(error) from error
        finally:
            self.pool.give(connection)

    def _refuse_nesting(self) -> None:
        if self.current is not None:
            raise RuntimeError("A transaction or snapshot is open in this thread already")

    @contextmanager
    def _session(self, within: Within, *, writable: bool) -> Iterator[Session]:
        self._refuse_nesting()
        session = self._begun(within, writable=writable)
        self._thread.session = session
        try:
            yield session
            if session.wrote:
                self._commit(session)
            else:
                # What was read was read: that the connection is lost by now is found by whoever comes next.
                session.undo()
        except BaseException:
            session.undo()
            raise
        finally:
            self._thread.session = None
            if session.wrote:
                self._stamp = (0.0, None)
            self.pool.give(session.connection)

    def _begun(self, within: Within, *, writable: bool) -> Session:
        """Begin on a connection that works: one that was idle may have been cut off, and nothing is lost by that."""
        begin = _WRITE if writable else _READ
        statements = (*begin, setting_statement(within), _ABOUT)
        # In one go, where that may be: it is what every page waits for first.
        rows, connection = self._first(statements if self._apart else ("; ".join(statements),))
        if not rows:
            close_quietly(connection)
            raise StoreUnavailableError("the register in the database is gone")
        number, started = rows[0]
        return Session(connection, writable, (self._lock, started), number, within)

    def _first(
        self, statements: Sequence[str], values: Sequence[Any] = ()
    ) -> tuple[list[tuple[Any, ...]], Connection]:
        """Run the first statements on a connection, and return the rows of the last of them."""
        for fresh in (False, True):
            connection = self.pool.take(fresh=fresh)
            try:
                for one in statements:
                    cursor = connection.execute(one.encode(), values or None)
                while cursor.nextset():
                    pass
                return cursor.fetchall(), connection
            except FAILURES as error:
                close_quietly(connection)
                if fresh or not is_lost(error):
                    raise translated(error) from error
        raise AssertionError("unreachable")

    def _commit(self, session: Session) -> None:
        """Commit, and find out what became of it where the answer did not come. Raises ``StoreUnavailableError``."""
        session.refuse_if_broken()
        try:
            (number,) = session.connection.execute(_COUNT).fetchone() or ("",)
        except FAILURES as error:
            raise translated(error) from error
        try:
            session.connection.execute("COMMIT")
        except FAILURES as error:
            if not is_lost(error) or not self._was_committed(str(number)):
                raise translated(error) from error
            close_quietly(session.connection)

    def _was_committed(self, number: str) -> bool:
        """Ask the database whether a transaction was committed. Raises ``StoreUnavailableError`` when nobody knows."""
        until = time.monotonic() + _AGAIN
        while True:
            try:
                self.pool.forget()
                rows = self._ask("SELECT pg_xact_status(%s::text::xid8)", (number,))
            except StoreUnavailableError:
                if time.monotonic() > until:
                    raise
            else:
                if rows[0][0] != "in progress":
                    return bool(rows[0][0] == "committed")
                if time.monotonic() > until:
                    raise StoreUnavailableError("the database does not say whether it was kept")
            time.sleep(_NAP)

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Ask a question outside any transaction."""
        rows, connection = self._first((sql,), values)
        self.pool.give(connection)
        return rows
