"""Whether a register file was written to, asked without opening a transaction."""

from __future__ import annotations

import os
import threading
from collections.abc import Hashable

from gehoor.adapters.stores.sqlite_connection import Connection, close_quietly
from gehoor.adapters.stores.sqlite_errors import FAILURES, translated
from gehoor.adapters.stores.sqlite_pool import ConnectionPool


class Stamps:
    """Asks a connection that never writes itself: SQLite tells it what all others committed, of any process."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._process = os.getpid()
        self._inherited: list[Connection] = []

    def current(self) -> Hashable:
        """Return what is the same for as long as nothing is committed. Raises ``StoreUnavailableError``."""
        with self._lock:
            try:
                connection = self._connected()
                (number,) = connection.execute("PRAGMA data_version").fetchone()
            except FAILURES as error:
                self._forget()
                raise translated(error) from error
            # The numbers of two connections have nothing to do with each other.
            return connection, number

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
