"""A register on a disk that is full, while nobody has it open: SQLite reads it only with a file beside it, for which
there is no room. A copy of its files can be read elsewhere."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gehoor.bootstrap import SetupError
from gehoor.bootstrap.register_files.leftovers import READ_ELSEWHERE, held

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_SHARED: Final = 32_768
"""How large the file is, at least, that whoever has a register open shares with others."""


def is_stuck(store: Path) -> bool:
    """Say whether a register cannot be opened as its disk is full, and nobody has it open: then no byte of it changes
    as long as that is so."""
    shared = store.with_name(f"{store.name}-shm")
    if shared.exists() and shared.stat().st_size >= _SHARED:
        return False
    try:
        with tempfile.TemporaryFile(dir=store.parent) as tried:
            tried.write(bytes(_SHARED))
            tried.flush()
    except OSError as error:
        return error.errno in _FULL
    return False


@contextmanager
def elsewhere(store: Path, target: Path) -> Iterator[Path]:
    """Give a copy of such a register in the folder of ``target``, for as long as it is read. Raises ``SetupError``
    where there is no room for it."""
    try:
        folder = tempfile.TemporaryDirectory(prefix=READ_ELSEWHERE, dir=target.parent)
    except OSError as error:
        raise SetupError(f"{target.parent} kan niet gebruikt worden ({error.strerror})") from error
    with folder as made, held(Path(made)):
        copy = Path(made) / store.name
        try:
            # What was written last stands in the file beside it.
            for suffix in ("", "-wal"):
                source = store.with_name(f"{store.name}{suffix}")
                if source.exists():
                    shutil.copyfile(source, copy.with_name(f"{copy.name}{suffix}"))
        except OSError as error:
            if error.errno not in _FULL:
                raise SetupError(f"{store} kan niet gelezen worden ({error.strerror})") from error
            raise SetupError(
                f"De schijf van {store} is vol, en in {target.parent} is er ook geen plaats genoeg. Maak plaats, of "
                "geef een bestand op een andere schijf"
            ) from error
        yield copy
