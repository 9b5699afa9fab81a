"""What only one of several processes must do at a time: whoever has the turn, until it ends."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gehoor.bootstrap.register_files.ownership import owner_name, take_over

if sys.platform != "win32":
    import fcntl

_log = logging.getLogger(__name__)
_PAUSE: Final = 0.05
"""How many seconds pass before a turn is asked for again."""


class Turn:
    """A lock on a file beside the register, one for each task. The system lets go of it when its process ends,
    however it ends."""

    def __init__(self, store: Path, task: str = "sweep") -> None:
        self._store = store
        self._file = store.with_name(f"{store.name}.{task}")
        self._handle: int | None = None
        self._told = False

    def mine(self) -> bool:
        """Say whether this process has the turn, and take it when nobody has. Where the file cannot be used, everybody
        has it: work done twice at once does no harm, and work that is left undone does."""
        # On Windows one process serves, and needs no turn.
        if sys.platform == "win32":
            return True
        if self._handle is not None:
            return True
        try:
            handle = self._opened()
        except OSError as error:
            self._tell(error)
            return True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def _opened(self) -> int:
        try:
            return os.open(self._file, os.O_RDWR)
        except FileNotFoundError:
            handle = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        take_over(handle, self._store)
        return handle

    def _tell(self, error: OSError) -> None:
        if not self._told:
            self._told = True
            _log.warning(
                "%s cannot be used (%s): the work goes on without it. Do: chown %s %s",
                self._file, error.strerror, owner_name(self._store), self._file,
            )  # fmt: skip

    def over(self) -> None:
        """Let another process have the turn."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@contextmanager
def alone(store: Path, task: str, patience: float, refused: Callable[[], Exception]) -> Iterator[None]:
    """Wait until no other process has a turn, and have it meanwhile. ``patience``: so many seconds; after that, raises
    what ``refused`` makes."""
    turn, waited = Turn(store, task), 0.0
    while not turn.mine():
        if waited >= patience:
            raise refused()
        time.sleep(_PAUSE)
        waited += _PAUSE
    try:
        yield
    finally:
        turn.over()
