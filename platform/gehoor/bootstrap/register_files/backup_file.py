"""A backup as a file: written beside where it is to stand, read back, and only then put in its place."""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gehoor.bootstrap import SetupError
from gehoor.bootstrap.register_files.leftovers import UNFINISHED
from gehoor.services.backups.dump_format import BadDumpError, Contents, DumpReader

if sys.platform != "win32":
    import fcntl

_LEVEL = 5
"""How hard it is pressed together: more takes long, and saves little."""


def write_backup(file: Path, lines: Iterable[bytes], *, overwrite: bool = False) -> Contents:
    """Write a dump to a file that only its owner can read, whole or not at all, and return what is in it as it was read
    back.

    Raises ``SetupError`` when the file is there already (unless ``overwrite``), when it cannot be written, and when
    what came there is not what was written.
    """
    if file.exists() and not overwrite:
        raise SetupError(
            f"{file} is er al, en blijft zoals het is. Kies een andere naam, of voeg --overwrite toe."
        )
    draft = file.with_name(f"{file.name}{UNFINISHED}")
    try:
        with _alone(draft) as handle:
            try:
                with open(handle, "wb", closefd=False) as raw:
                    with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=_LEVEL, mtime=0) as packed:
                        packed.writelines(lines)
                    raw.flush()
                    os.fsync(handle)
                contents = check_backup(draft)
                _put(draft, file, overwrite=overwrite)
            except BaseException:
                with suppress(OSError):
                    draft.unlink()
                raise
    except BadDumpError as error:
        raise SetupError(f"Wat in {file} kwam, is niet wat geschreven werd. Kijk de schijf na.") from error
    except OSError as error:
        raise SetupError(f"{file} kan niet geschreven worden: {error.strerror or error}.") from error
    return contents


def check_backup(file: Path) -> Contents:
    """Read a backup whole, and return what is in it. Raises ``BadDumpError`` and ``OSError``."""
    with dump_in(file) as lines:
        return DumpReader(lines).contents()


@contextmanager
def dump_in(file: Path) -> Iterator[Iterator[bytes]]:
    """Give the lines of a backup. They raise ``BadDumpError`` where it is damaged, and ``OSError``."""
    with gzip.open(file, "rb") as packed:
        yield _lines(packed)


def _lines(packed: gzip.GzipFile) -> Iterator[bytes]:
    first = True
    try:
        for line in packed:
            yield line
            first = False
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BadDumpError("other" if first else "damaged") from error


@contextmanager
def _alone(draft: Path) -> Iterator[int]:
    """Open a file that nobody else writes to now, empty."""
    handle = os.open(draft, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform != "win32":
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                there = os.path.samestat(os.fstat(handle), draft.stat())
            except OSError:
                there = False
            if not there:
                raise SetupError(f"Er wordt al een kopie gemaakt: {draft}. Probeer het straks opnieuw.")
        os.ftruncate(handle, 0)
        yield handle
    finally:
        os.close(handle)


def _put(draft: Path, file: Path, *, overwrite: bool) -> None:
    if overwrite:
        draft.replace(file)
    else:
        try:
            # Unlike a new name, this fails when somebody was first.
            os.link(draft, file)
        except FileExistsError as error:
            raise SetupError(f"{file} is er al, en blijft zoals het is.") from error
        except OSError:
            # There are file systems without links.
            draft.replace(file)
        else:
            draft.unlink()
    if sys.platform != "win32":
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
