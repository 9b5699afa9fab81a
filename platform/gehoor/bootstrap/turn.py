"""What only one of several processes must do at a time: whoever has the turn, until it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class Turn:
    """A lock on a file beside the register, one for each task. The system lets go of it when its process ends,
    however it ends."""

    def __init__(self, store: Path, task: str = "sweep") -> None:
        self._file = store.with_name(f"{store.name}.{task}")
        self._handle: int | None = None

    def mine(self) -> bool:
        """Say whether this process has the turn, and take it when nobody has."""
        # On Windows one process serves, and needs no turn.
        if sys.platform == "win32":
            return True
        if self._handle is not None:
            return True
        handle = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def over(self) -> None:
        """Let another process have the turn."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
