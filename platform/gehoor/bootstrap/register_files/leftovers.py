"""What a backup that was killed leaves beside the copies: all that is in the register stands in it, and nobody would
miss it, nor clear it once it should be gone."""

from __future__ import annotations

import gzip
import os
import shutil
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from gehoor.services.backups.dump_format import is_dump

if sys.platform != "win32":
    import fcntl

READ_ELSEWHERE: Final = ".gehoor-"
"""So begins the name of a folder in which a register is read whose disk is full."""
UNFINISHED: Final = ".bezig"
"""So ends the name of a copy that is still written."""


def clear_leftovers(folder: Path) -> None:
    """Remove what backups left in a folder that ended before they were done; not what somebody works with now."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        for one in [*folder.glob(f"{READ_ELSEWHERE}*"), *folder.glob(f"*{UNFINISHED}")]:
            with suppress(OSError), _nobodys(one) as is_nobodys:
                if is_nobodys and stat.S_ISDIR(one.lstat().st_mode):
                    shutil.rmtree(one)
                elif is_nobodys and one.name.endswith(UNFINISHED) and _is_copy(one):
                    one.unlink()


@contextmanager
def held(made: Path) -> Iterator[None]:
    """Have what is made here be in use until this ends, however it ends."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(made, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _nobodys(one: Path) -> Iterator[bool]:
    handle = os.open(one, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
    finally:
        os.close(handle)


def _is_copy(file: Path) -> bool:
    """Say whether a file begins as a copy does; one that is empty, is nothing of anybody."""
    try:
        with gzip.open(file, "rb") as packed:
            return is_dump(packed.readline(4096))
    except (EOFError, zlib.error, gzip.BadGzipFile):
        # It ended before its first line did.
        return file.read_bytes()[:2] in (b"", b"\x1f\x8b") and file.stat().st_size < 4096
