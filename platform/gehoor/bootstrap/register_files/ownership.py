"""Whose the files beside a register are: what an administrator makes as root must not keep the service out."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def take_over(handle: int, store: Path) -> None:
    """Give an open file owner and mode of the register it stands beside, where this process may and there is one."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        like = store.stat()
        made = os.fstat(handle)
        if (made.st_uid, made.st_gid) != (like.st_uid, like.st_gid):
            os.fchown(handle, like.st_uid, like.st_gid)
        os.fchmod(handle, stat.S_IMODE(like.st_mode) & 0o666)


def give_to_folder(store: Path) -> None:
    """Give a register that root just made, and what came with it, to the owner of its folder."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return
    with suppress(OSError):
        owner = store.parent.stat()
        for file in beside(store):
            with suppress(OSError):
                os.chown(file, owner.st_uid, owner.st_gid, follow_symlinks=False)


def beside(store: Path) -> Iterator[Path]:
    """Give the register and each file beside it that is named after it."""
    yield store
    for file in sorted(store.parent.iterdir()):
        if file.name.startswith((f"{store.name}.", f"{store.name}-")) and file.is_file():
            yield file


def strangers(store: Path) -> list[Path]:
    """Return the files beside a register that are not of whoever the register is; nothing where nobody can tell."""
    if sys.platform == "win32":
        return []
    try:
        owner = store.stat().st_uid
        return [file for file in beside(store) if file.stat().st_uid != owner]
    except OSError:
        return []


def owner_name(file: Path) -> str:
    """Return the name of who a file is of, its number when that has no name, and a word for it when nobody knows."""
    try:
        return file.owner()
    except KeyError:
        return str(file.stat().st_uid)
    except (OSError, NotImplementedError):
        return "gehoor"
