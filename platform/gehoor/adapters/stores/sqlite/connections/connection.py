"""Opening a register file with the settings that keep a promise."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.adapters.stores.sqlite.connections.errors import FAILURES, translated
from gehoor.adapters.stores.sqlite.connections.reset_bug import WriteLock
from gehoor.adapters.stores.sqlite.tables.conversion import CONVERTING, is_ready, prepare
from gehoor.services.ports.store import StoreUnavailableError, TableSchema

#: Seconds a writer waits for the others before it gives up.
PATIENCE = 30.0
#: Pages of 4 KiB in the write-ahead log before they are copied to the file itself: 16 MiB. Copying costs
#: three fsyncs beside the one of each transaction. A submission writes some fourteen pages, so with this size they come
#: once in some three hundred submissions, and reading back the log after a crash takes a fraction of a second.
CHECKPOINT_PAGES = 4000


class Connection(sqlite3.Connection):
    """A connection that knows the schemas, how the tables it has seen lie, and the file it opened (device, inode)."""

    schemas: Mapping[str, TableSchema]
    seen: dict[str, TableLayout]
    file: tuple[int, int]
    writable: bool
    commits: int
    """How many writing transactions it committed."""


def open_register(
    path: Path, schemas: Mapping[str, TableSchema], lock: WriteLock | None = None
) -> Connection:
    """Return a new connection; missing tables and indexes are made. ``lock``: what whoever writes holds, where it takes
    one. Raises ``StoreUnavailableError``."""
    connection: Connection | None = None
    file = identity(path)
    writable = os.access(path, os.W_OK)
    if writable:
        _unlock_companions(path)
    try:
        # mode=rw: a register that has gone is reported, not replaced by an empty one.
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=rw",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
            factory=Connection,
        )
        connection.file = file
        connection.writable = writable
        connection.schemas = schemas
        connection.seen = {}
        connection.commits = 0
        _settle(connection, by_itself=lock is None)
        _prepare(connection, tuple(schemas.values()), lock)
    except FAILURES as error:
        if connection is not None:
            close_quietly(connection)
        raise translated(error) from error
    except StoreUnavailableError:
        if connection is not None:
            close_quietly(connection)
        raise
    return connection


def close_quietly(connection: Connection) -> None:
    """Close a connection that may be beyond closing."""
    with suppress(sqlite3.Error):
        connection.close()


def create_register(path: Path) -> None:
    """Make the file (mode 0600) and its folder (0700) where missing. Raises ``StoreUnavailableError``."""
    try:
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Never open a register that exists by other means than SQLite: closing it would drop SQLite's locks.
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            _keep_name(path.parent)
    except OSError as error:
        raise StoreUnavailableError(f"the file cannot be made: {error.strerror}") from error


def _keep_name(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unlock_companions(path: Path) -> None:
    # SQLite gives the files beside it the mode of the register; made while that was read-only, they stay so.
    for companion in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        if companion.exists() and not os.access(companion, os.W_OK):
            with suppress(OSError):
                companion.chmod(0o600)


def identity(path: Path) -> tuple[int, int]:
    """Return which file this is: device and inode. Raises ``StoreUnavailableError`` when there is none."""
    try:
        found = os.stat(path)
    except OSError as error:
        raise StoreUnavailableError(f"the file cannot be found: {error.strerror}") from error
    return found.st_dev, found.st_ino


def _prepare(connection: Connection, schemas: Sequence[TableSchema], lock: WriteLock | None) -> None:
    # Look before writing: a register that is complete can also be opened when it is read-only.
    if is_ready(connection, schemas):
        return
    with nullcontext() if lock is None else lock.held(CONVERTING):
        prepare(connection, schemas)


def _settle(connection: Connection, *, by_itself: bool) -> None:
    """``by_itself``: SQLite makes checkpoints when it sees fit."""
    pages = CHECKPOINT_PAGES if by_itself else 0
    for setting in ("synchronous = FULL", f"wal_autocheckpoint = {pages}", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {setting}")
    # Only the first to open a new file changes this; SQLite does not wait for the others here, so we do.
    deadline = time.monotonic() + PATIENCE
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
