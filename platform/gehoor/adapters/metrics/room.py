"""Files of figures that are written as memory, on room that was asked for before.

Where a disk is full, the system ends a process that writes such memory on room that is not there. So a file grows only
by what the disk gives at once; what has no place then is not kept, and counting it costs nobody anything."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from prometheus_client.mmap_dict import MmapedDict

LEAST: Final = 1 << 16
_AT_ONCE: Final = 1 << 16


class RoomyDict(MmapedDict):
    """What the library keeps figures in. Without room it holds what it has, and takes no more."""

    def __init__(self, filename: str, read_mode: bool = False) -> None:
        """Raises ``OSError`` where there is not even room to begin."""
        if not read_mode:
            reserve(Path(filename), LEAST)
        super().__init__(filename, read_mode)  # type: ignore[no-untyped-call]
        self.left_out = False
        """Whether something found no room."""

    def read_value(self, key: str) -> Any:
        """Return a value, and when it was set; zero for what has no room."""
        self._ask_room(key)
        if key not in self._positions:
            return 0.0, 0.0
        return super().read_value(key)  # type: ignore[no-untyped-call]

    def write_value(self, key: str, value: float, timestamp: float) -> None:
        """Keep a value, where there is room for it."""
        self._ask_room(key)
        if key in self._positions:
            super().write_value(key, value, timestamp)  # type: ignore[no-untyped-call]

    def _ask_room(self, key: str) -> None:
        """Make room for a value that is new."""
        if key in self._positions:
            return
        needed = self._used + entry_size(key)
        if needed > self._capacity:
            wanted = self._capacity
            while wanted < needed:
                wanted *= 2
            try:
                take_room(self._f.fileno(), wanted)
            except OSError:
                self.left_out = True
                return
        # Truncating a file to what it is already takes nothing.
        self._init_value(key)  # type: ignore[no-untyped-call]


def entry_size(key: str) -> int:
    """Return how many bytes a value takes."""
    encoded = len(key.encode("utf-8"))
    return 4 + encoded + (8 - (encoded + 4) % 8) + 16


def reserve(file: Path, room: int) -> None:
    """Give a file its room on the disk, unless it has it. Raises ``OSError`` when there is none; then there is no file
    that was not there."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not os.fstat(handle).st_size:
            take_room(handle, room)
    except OSError:
        file.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)


def take_room(handle: int, room: int) -> None:
    """Have a file reach so far, on room that it has. Raises ``OSError``."""
    there = os.fstat(handle).st_size
    if room <= there:
        return
    if hasattr(os, "posix_fallocate"):
        try:
            os.posix_fallocate(handle, there, room - there)
        except OSError:
            os.ftruncate(handle, there)
            raise
        return
    for place in range(there, room, _AT_ONCE):
        os.pwrite(handle, bytes(min(_AT_ONCE, room - place)), place)
