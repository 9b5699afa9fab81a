"""Connections to a register file: lent to one block at a time, and kept for the next."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from pathlib import Path

from gehoor.adapters.stores.sqlite.connections.connection import (
    Connection,
    close_quietly,
    create_register,
    identity,
    open_register,
)
from gehoor.adapters.stores.sqlite.connections.reset_bug import WriteLock
from gehoor.services.ports.store import StoreUnavailableError, TableSchema

_MOST_IDLE = 16


class ConnectionPool:
    """Connections to one file, for any number of threads."""

    def __init__(self, path: Path, schemas: Mapping[str, TableSchema], lock: WriteLock | None = None) -> None:
        self._path = path
        self._lock_of_writers = lock
        self._schemas = schemas
        self._idle: list[Connection] = []
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._inherited: list[Connection] = []
        self._closed = False
        create_register(self._path)
        self.give(self.take())

    def take(self) -> Connection:
        """Return a connection to the file that is there now. Raises ``StoreUnavailableError``."""
        present = self.file()
        while connection := self._next_idle():
            if connection.file == present:
                return connection
            # Somebody put another file in its place: what we write to the old one would be lost.
            close_quietly(connection)
        return open_register(self._path, self._schemas, self._lock_of_writers)

    def file(self) -> tuple[int, int]:
        """Return which file is there now. Raises ``StoreUnavailableError``."""
        return identity(self._path)

    def give(self, connection: Connection) -> None:
        """Take back a connection that is in no transaction."""
        with self._lock:
            # One opened while the file was read-only stays read-only, also when the file is so no longer.
            if connection.writable and not self._closed and len(self._idle) < _MOST_IDLE:
                self._idle.append(connection)
                return
        close_quietly(connection)

    def close(self) -> None:
        """Close what is idle now, and the rest when it is given back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            close_quietly(connection)

    def _next_idle(self) -> Connection | None:
        with self._lock:
            if self._closed:
                raise StoreUnavailableError("the store is closed")
            if self._process != os.getpid():
                # A connection must not be used, nor even closed, on the other side of a fork.
                self._process = os.getpid()
                self._inherited, self._idle = [*self._inherited, *self._idle], []
            return self._idle.pop() if self._idle else None
