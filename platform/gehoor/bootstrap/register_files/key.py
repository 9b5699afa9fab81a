"""The key that stands beside a register, in a file of its own."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from gehoor.adapters.security.secret_box import KeyFileError, SecretBox, key_in
from gehoor.bootstrap import SetupError
from gehoor.services.ports.outside import NoKeyError


class BadKeyError(SetupError, NoKeyError):
    """The file with the key cannot be used."""


def key_file(store: Path) -> Path:
    """Return where the key of a register stands: beside it, so that a copy of the register has no key."""
    return store.with_name(f"{store.name}.key")


def vault_of(file: Path) -> SecretBox:
    """Return what seals with the key in a file; one that is not there yet is made. Raises ``BadKeyError``."""
    there = file.exists()
    try:
        key = key_in(file)
    except KeyFileError as error:
        raise BadKeyError(
            f"De sleutel in {error} kan niet gelezen worden. Zet ze terug uit uw reservekopie, of haal het bestand "
            "weg: er komt dan een nieuwe, en wie een tweede stap heeft, stelt die opnieuw in."
        ) from error
    if not there:
        _give_to_folder(file)
    return SecretBox(key)


def _give_to_folder(file: Path) -> None:
    """Give a key that root just made to who the register is of."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return
    with suppress(OSError):
        register = file.with_suffix("")
        owner = (register if register.exists() else file.parent).stat()
        os.chown(file, owner.st_uid, owner.st_gid, follow_symlinks=False)
