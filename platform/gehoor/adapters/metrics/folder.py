"""The folder in which the processes of one computer keep their figures, each in files of its own.

What a process counted stays when it ends: else a total would fall, and whoever reads it takes that for a new beginning.
So the figures of processes that are gone are added up, in files of nobody.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from prometheus_client.mmap_dict import MmapedDict

from gehoor.adapters.metrics.room import RoomyDict, entry_size, reserve

if sys.platform != "win32":
    import fcntl

NOBODY: Final = 0
"""The process whose files hold what was counted by those that are gone."""
_KB: Final = 1024
ROOM: Final = {
    "counter": 512 * _KB,
    "histogram": 1024 * _KB,
    "summary": 64 * _KB,
    "gauge_livesum": 64 * _KB,
    "gauge_mostrecent": 64 * _KB,
}
"""How much room each kind of file gets at once. It is written as memory: where a disk would be full by then, the system
ends the process, so it is asked for before."""
_LATEST: Final = "gauge_mostrecent"
_PASSING: Final = "gauge_livesum"
"""What goes on now: of a process that is gone, nothing does."""
_LOCK: Final = "slot"


class Folder:
    """The files of all processes. Raises ``OSError`` where it cannot be used."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def begin(self) -> None:
        """Make room for the figures of this process."""
        self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._alone():
            self._tidy()
            for kind, room in ROOM.items():
                reserve(self.place / _name(kind, os.getpid()), room)

    @contextmanager
    def files(self) -> Iterator[list[str]]:
        """Give the files with figures that can be read, while nobody changes which there are."""
        with self._alone():
            self._tidy()
            there = (file for file in sorted(self.place.glob("*.db")) if os.access(file, os.R_OK))
            yield [str(file) for file in there if _counted(file)]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        handle = os.open(self.place / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform != "win32":
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _tidy(self) -> None:
        for kind in ROOM:
            gone = [file for file in self.place.glob(f"{kind}_*.db") if not _lives(_process(file))]
            # Without room to add up, what each counted stays where it is.
            if gone and (kind == _PASSING or self._add_up(kind, gone)):
                for file in gone:
                    with suppress(FileNotFoundError):
                        file.unlink()

    def _add_up(self, kind: str, gone: Iterable[Path]) -> bool:
        """Add up what processes that are gone counted; says whether there was room for all of it."""
        sums = self.place / _name(kind, NOBODY)
        found: dict[str, tuple[float, float]] = {}
        for file in (*([sums] if sums.exists() else []), *gone):
            for key, value, moment in _counted(file):
                before, at = found.get(key, (0.0, 0.0))
                if kind != _LATEST:
                    found[key] = before + value, 0.0
                elif moment >= at:
                    found[key] = value, moment
        # Not a name that is read: it is there whole or not at all.
        made = sums.with_suffix(".new")
        try:
            made.unlink(missing_ok=True)
            reserve(made, max(ROOM[kind], 8 + sum(map(entry_size, found))))
            written = RoomyDict(str(made))
        except OSError:
            return False
        try:
            for key, (value, moment) in found.items():
                written.write_value(key, value, moment)
        finally:
            written.close()  # type: ignore[no-untyped-call]
        if written.left_out:
            made.unlink(missing_ok=True)
            return False
        made.replace(sums)
        return True


def _counted(file: Path) -> list[tuple[str, float, float]]:
    """Return what a process counted; nothing of a file that was cut off or is damaged: figures end no process."""
    try:
        read = MmapedDict.read_all_values_from_file(str(file))
        return [(key, value, moment) for key, value, moment, _ in read]
    except (RuntimeError, ValueError, OSError, struct.error, IndexError):
        return []


def _name(kind: str, process: int) -> str:
    return f"{kind}_{process}.db"


def _process(file: Path) -> int:
    text = file.stem.rpartition("_")[2]
    return int(text) if text.isdigit() else NOBODY


def _lives(process: int) -> bool:
    if process == NOBODY:
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
