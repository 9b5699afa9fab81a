"""Connections to a database: opened with the settings that keep a promise, lent to one block at a time."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from typing import Any, Final, LiteralString, TypeAlias

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus

from gehoor.adapters.stores.postgres.errors import FAILURES, translated
from gehoor.services.ports.store import StoreUnavailableError

Connection: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"

_MOST_IDLE: Final = 16
_SETTINGS: Final = {
    "application_name": "gehoor",
    "connect_timeout": "5",
    # A database that does not answer is given up within half a minute.
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
    "client_encoding": "UTF8",
}
_SESSION: Final[tuple[LiteralString, ...]] = (
    "SET lock_timeout = '30s'",
    "SET client_min_messages = warning",
    # What is acknowledged is on disk, whatever the database does with what others write.
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') "
    "IN ('off', 'local')",
)


def conninfo(address: str) -> str:
    """Return all that is said to a database at an address (``postgresql://...``): what stands there goes before what is
    usual here. Raises ``StoreUnavailableError`` for an address that cannot be read."""
    try:
        return make_conninfo("", **{**_SETTINGS, **conninfo_to_dict(address)})
    except psycopg.ProgrammingError as error:
        raise StoreUnavailableError("the address of the database cannot be read") from error


class ConnectionPool:
    """Connections to one database, for any number of threads. One that cannot be had is told at once: who asks for a
    page does not wait for a database that is down."""

    def __init__(self, address: str) -> None:
        self._conninfo = conninfo(address)
        self._lock = threading.Lock()
        self._idle: list[Connection] = []
        self._inherited: list[Connection] = []
        self._process = os.getpid()
        self._closed = False

    def take(self, *, fresh: bool = False) -> Connection:
        """Return a connection that is in no transaction. ``fresh``: one that was cut off has shown that those that are
        idle may be so too, so they are let go of. Raises ``StoreUnavailableError``."""
        if fresh:
            self.forget()
        return self._next_idle() or self._opened()

    def give(self, connection: Connection) -> None:
        """Take back a connection; one that is not as it was is closed."""
        if connection.info.transaction_status == TransactionStatus.IDLE:
            with self._lock:
                if not self._closed and len(self._idle) < _MOST_IDLE:
                    self._idle.append(connection)
                    return
        close_quietly(connection)

    def forget(self) -> None:
        """Close what is idle: the database was started anew, or another stands in its place."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            close_quietly(connection)

    def close(self) -> None:
        """Close what is idle now, and the rest when it is given back."""
        self._closed = True
        self.forget()

    def _opened(self) -> Connection:
        try:
            connection = psycopg.connect(self._conninfo, autocommit=True)
        except FAILURES as error:
            raise translated(error) from error
        try:
            for sql in _SESSION:
                connection.execute(sql)
        except BaseException as error:
            close_quietly(connection)
            if isinstance(error, FAILURES):
                raise translated(error) from error
            raise
        return connection

    def _next_idle(self) -> Connection | None:
        with self._lock:
            if self._closed:
                raise StoreUnavailableError("the store is closed")
            if self._process != os.getpid():
                # A connection must not be used, nor even closed, on the other side of a fork.
                self._process = os.getpid()
                self._inherited, self._idle = [*self._inherited, *self._idle], []
            return self._idle.pop() if self._idle else None


def close_quietly(connection: Connection) -> None:
    """Close a connection that may be beyond closing."""
    with suppress(psycopg.Error):
        connection.close()
