"""The registers with which proposals are tried: what people type there stays on disk for a bounded time, and no longer
than the processes that show it."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from weakref import finalize

if sys.platform != "win32":
    import fcntl

_NAME: Final = re.compile(r"(\d{1,12})-[0-9a-f]{24}\.db.*")
_IN_USE: Final = "in-gebruik"


def previews_of(store: Path) -> Path:
    """Return where those of a register are: beside it, and no part of it."""
    return store.with_name(f"{store.name}.proberen")


def forget_ended(folder: Path, now: float) -> None:
    """Throw away those that nobody can open any more. ``now``: in seconds since 1970."""
    for file, until in _kept(folder):
        if until <= now:
            with suppress(OSError):
                file.unlink()


def _kept(folder: Path) -> Iterator[tuple[Path, int]]:
    with suppress(OSError):
        for file in list(folder.iterdir()):
            if found := _NAME.fullmatch(file.name):
                yield file, int(found[1])


@dataclass
class PreviewFiles:
    """The files of one process. Processes share them: the last one that lets go throws all away, and so does the next
    one that begins, should that be killed."""

    folder: Path
    _shared: _Shared = field(init=False)

    def __post_init__(self) -> None:
        self._shared = _Shared(self.folder)
        self._shared.sweep()
        finalize(self, self._shared.let_go)

    def place(self, key: str, until: int) -> Path:
        """Return the register of an address that can be opened until then, in a folder that nobody else reads. Raises
        ``OSError``."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self._shared.take()
        return self.folder / f"{until}-{hashlib.sha256(key.encode()).hexdigest()[:24]}.db"

    def close(self) -> None:
        """Let go of them."""
        self._shared.let_go()


class _Shared:
    """A lock that each process has that shows something of a folder. The system lets go of it when a process ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle: int | None = None

    def take(self) -> None:
        if self._handle is None:
            self.sweep()
            self._handle = self._opened()
            if sys.platform != "win32":
                fcntl.flock(self._handle, fcntl.LOCK_SH)

    def let_go(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
            self.sweep()

    def sweep(self) -> None:
        """Throw away all there is, unless a process shows something of it."""
        if not self._folder.is_dir():
            return
        with suppress(OSError):
            handle = self._opened()
            try:
                if sys.platform != "win32":
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for file, _ in _kept(self._folder):
                    with suppress(OSError):
                        file.unlink()
            finally:
                os.close(handle)

    def _opened(self) -> int:
        return os.open(self._folder / _IN_USE, os.O_RDWR | os.O_CREAT, 0o600)
