"""The WAL-reset bug of SQLite: which versions have it, and what keeps it from doing harm.

In those versions a checkpoint that runs while another connection commits can lose what was committed. Where the bug is,
whoever writes holds a lock of ours, and a checkpoint is made by a writer that still holds it: the two never meet.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeAlias

from gehoor.services.ports.store import StoreUnavailableError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

Version: TypeAlias = tuple[int, int, int]

_FIRST: Final = (3, 7, 0)
_FIXED: Final = (3, 51, 3)
_BACKPORTS: Final[tuple[Version, ...]] = ((3, 44, 6), (3, 50, 7))
"""Versions of an earlier series in which, and after which, it is repaired too."""
_NAP: Final = 0.0003
"""Seconds between two attempts to take the lock: about as long as a submission keeps others waiting."""
_HEADER: Final = 32
"""Bytes of the log before its first page; at ``_SALT`` what each of its pages repeats, at ``_PAGE_SIZE`` their size."""
_SALT: Final = slice(16, 24)
_PAGE_SIZE: Final = slice(8, 12)
_READ: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_FRAME: Final = 24
"""Bytes before each page in the log; the salt is after the first eight of them."""


def has_reset_bug(version: Version) -> bool:
    """Say whether a version of SQLite has the bug."""
    if not _FIRST <= version < _FIXED:
        return False
    return not any(version[:2] == fixed[:2] and version >= fixed for fixed in _BACKPORTS)


GUARDED: Final = has_reset_bug(sqlite3.sqlite_version_info)
"""Whether the SQLite that this process runs on has the bug."""


class WriteLock:
    """A lock on a file beside the register, for one thread of one process at a time. The system lets go of it when its
    process ends, however it ends."""

    def __init__(self, register: Path) -> None:
        self._register = register
        self.file = register.with_name(f"{register.name}-lock")
        self._held = threading.local()

    @contextmanager
    def held(self, patience: float) -> Iterator[None]:
        """Hold the lock in this block; a block inside it holds it already. ``patience``: seconds to wait at most.

        Raises ``StoreUnavailableError`` when others kept it longer, or when there can be no lock.
        """
        if getattr(self._held, "now", False):
            yield
            return
        handle = self._taken(time.monotonic() + patience)
        self._held.now = True
        try:
            yield
        finally:
            self._held.now = False
            os.close(handle)

    def remove(self) -> None:
        """Take the file away, unless somebody writes now: whoever comes next makes another."""
        with suppress(OSError, StoreUnavailableError), self.held(0):
            self.file.unlink()

    def _taken(self, until: float) -> int:
        while True:
            try:
                handle = self._opened()
            except OSError as error:
                raise StoreUnavailableError("the file cannot be opened") from error
            if _lock(handle) and self._is_there(handle):
                return handle
            os.close(handle)
            if time.monotonic() > until:
                raise StoreUnavailableError("another writer kept it locked too long")
            time.sleep(_NAP)

    def _opened(self) -> int:
        try:
            return os.open(self.file, os.O_RDWR)
        except FileNotFoundError:
            handle = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
        if sys.platform != "win32" and os.geteuid() == 0:
            # What an administrator starts must not keep the others out; SQLite does so with its own files.
            owner = self._register.stat()
            os.fchown(handle, owner.st_uid, owner.st_gid)
        return handle

    def _is_there(self, handle: int) -> bool:
        """Say whether what was locked is still what others would lock."""
        try:
            return os.path.samestat(os.fstat(handle), os.stat(self.file))
        except OSError:
            return False


class Checkpoints:
    """Copies the log to the register itself, once in so many pages, by a writer that holds the lock."""

    def __init__(self, register: Path, pages: int) -> None:
        self._log = str(register.with_name(f"{register.name}-wal"))
        self._pages = pages
        self._began = b""
        self._next = pages

    def after_commit(self, connection: sqlite3.Connection) -> None:
        """Make a checkpoint when it is time; only between a commit and letting go of the lock."""
        if self._is_time():
            with suppress(sqlite3.Error):
                # Readers are not waited for: what they still need of the log stays, and is copied a next time.
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            self._next += self._pages

    def _is_time(self) -> bool:
        """Say whether the log has so many pages. It is not emptied but written over from its beginning, with another
        salt, so it is as long as its pages have that of its header."""
        try:
            log = os.open(self._log, _READ)
        except OSError:
            return False
        try:
            header = os.read(log, _HEADER)
            salt, page = header[_SALT], int.from_bytes(header[_PAGE_SIZE])
            if salt != self._began:
                self._began, self._next = salt, self._pages
            os.lseek(log, _HEADER + self._next * (_FRAME + page) + 8, os.SEEK_SET)
            return os.read(log, 8) == salt
        except OSError:
            return False
        finally:
            os.close(log)


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
