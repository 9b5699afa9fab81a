"""Seals in a file, for whoever keeps it where the register cannot be written from."""

from __future__ import annotations

import os
from pathlib import Path

from gehoor.bootstrap import SetupError
from gehoor.bootstrap.register_files.backup_file import check_backup
from gehoor.services.backups.dump_format import BadDumpError
from gehoor.services.maintenance.seals import BadSealError, Seal, read_seals


def add_seal(file: Path, line: str) -> None:
    """Add a seal to a file that only its owner can read, after those that are there. Raises ``SetupError``."""
    try:
        with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as handle:
            # After half a line, which a power cut may leave, this one begins anew.
            if handle.seek(0, os.SEEK_END) and (handle.seek(-1, os.SEEK_END), handle.read(1))[1] != b"\n":
                handle.write(b"\n")
            handle.write(line.encode())
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as error:
        raise SetupError(f"{file} kan niet geschreven worden: {error.strerror or error}.") from error


def seals_in(file: Path) -> list[Seal]:
    """Return the seals in a file, or the one of a backup. Raises ``SetupError``."""
    if file.exists() and not file.is_file():
        raise SetupError(f"{file} is geen bestand. Geef een bestand van --seal of gehoor backup.")
    try:
        return read_seals(file.read_text("utf-8"))
    except OSError as error:
        raise SetupError(f"{file} kan niet gelezen worden: {error.strerror or error}.") from error
    except (UnicodeDecodeError, BadSealError):
        pass
    try:
        seal = check_backup(file).seal
    except (OSError, BadDumpError):
        seal = None
    if seal is None:
        raise SetupError(
            f"{file} is geen zegel, en geen kopie met een grootboek. Geef een bestand van --seal of gehoor backup."
        )
    return [seal]
