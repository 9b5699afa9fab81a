"""Whether a register file was written to, asked without opening a transaction."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Hashable
from typing import Final

from gehoor.adapters.stores.sqlite.connections.connection import Connection, close_quietly
from gehoor.adapters.stores.sqlite.connections.errors import FAILURES, translated
from gehoor.adapters.stores.sqlite.connections.pool import ConnectionPool

FRESH: Final = 0.02
"""Seconds for which an answer is given again: under load, many pages ask it of one moment."""
_NOT_FRESH: Final[tuple[float, Hashable]] = (0.0, None)


class Stamps:
    """Asks a connection that never writes itself: SQLite tells it what all others committed, of any process."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._process = os.getpid()
        self._inherited: list[Connection] = []
        self._fresh = _NOT_FRESH

    def current(self) -> Hashable:
        """Return what is the same for as long as nothing is committed. Raises ``StoreUnavailableError``."""
        until, stamp = self._fresh
        return stamp if time.monotonic() < until else self._asked()

    def expire(self) -> None:
        """Ask anew the next time: something was committed here."""
        with self._lock:
            # Whoever is asking now may have been too early.
            self._fresh = _NOT_FRESH

    def _asked(self) -> Hashable:
        with self._lock:
            asked_at = time.monotonic()
            try:
                connection = self._connected()
                (number,) = connection.execute("PRAGMA data_version").fetchone()
            except FAILURES as error:
                self._forget()
                raise translated(error) from error
            # The numbers of two connections have nothing to do with each other.
            stamp: Hashable = (connection, number)
            if not connection.writable:
                # As long as one that was opened while the file was read-only stays, SQLite opens no other here that
                # writes. Without it there is nothing to compare: each answer is another.
                self._forget()
                stamp = object()
            self._fresh = asked_at + FRESH, stamp
            return stamp

    def close(self) -> None:
        """Let go of the connection; a later question opens another, if the pool still gives one."""
        with self._lock:
            self._forget()

    def _connected(self) -> Connection:
        if self._process != os.getpid():
            # A connection must not be used, nor even closed, on the other side of a fork.
            self._process = os.getpid()
            self._inherited += [self._connection] if self._connection else []
            self._connection = None
        if self._connection is not None and self._connection.file != self._pool.file():
            self._forget()
        if self._connection is None:
            self._connection = self._pool.take()
        return self._connection

    def _forget(self) -> None:
        if self._connection is not None:
            close_quietly(self._connection)
        self._connection = None
        self._fresh = _NOT_FRESH
