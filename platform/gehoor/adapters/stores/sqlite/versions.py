"""By which version of the format a register was written, and bringing an earlier one up to this one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from gehoor.adapters.stores.sqlite.connections.errors import FAILURES, translated
from gehoor.adapters.stores.sqlite.register_file import RegisterFile
from gehoor.adapters.stores.sqlite.tables.conversion import FORMAT, to_convert
from gehoor.adapters.stores.sqlite.tables.table_making import existing
from gehoor.services.ports.store import StoreUnavailableError, TableSchema


@dataclass(frozen=True)
class Version:
    """The format that a register was written in. ``earlier``: its tables lie otherwise than they do now."""

    number: int
    earlier: bool = False
    current: int = FORMAT
    """What this Gehoor writes in such a register."""

    @property
    def later(self) -> bool:
        """Whether a later Gehoor wrote it."""
        return self.number > self.current


def version_of(path: Path, schemas: Sequence[TableSchema]) -> Version:
    """Return the version of a register, without changing anything in it. Raises ``StoreUnavailableError``."""
    try:
        with closing(_opened(path)) as connection:
            (number,) = connection.execute("PRAGMA user_version").fetchone()
            if number > FORMAT:
                return Version(number)
            present = existing(connection)
            return Version(number, any(to_convert(connection, schema, present) for schema in schemas))
    except FAILURES as error:
        raise translated(error) from error


def copy_as_it_is(path: Path, target: Path) -> None:
    """Copy a register as the Gehoor that wrote it reads it, whole or not at all, also while others have it open.

    Raises ``FileExistsError`` when something has that name, ``OSError``, and ``StoreUnavailableError``.
    """
    draft = target.with_name(f"{target.name}.bezig")
    os.close(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    try:
        with closing(_opened(path)) as source, closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise StoreUnavailableError("the file is damaged")
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        os.link(draft, target)
    except FAILURES as error:
        raise translated(error) from error
    finally:
        with suppress(OSError):
            draft.unlink()


def migrate(path: Path, schemas: Sequence[TableSchema]) -> None:
    """Bring a register up to this version: all of it, or nothing. Raises ``StoreUnavailableError``."""
    RegisterFile(path, schemas).close()


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=30, isolation_level=None)
