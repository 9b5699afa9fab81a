"""What a confined child may read: the libraries that it is made of, and one folder that it was given."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import Any, Final
from zoneinfo import TZPATH

_READING: Final = frozenset({"open", "os.listdir", "os.scandir"})
_OWN_STATE: Final = frozenset({"/proc/self/status", os.devnull})

_folder = ""


def reads_only(folder: str | None) -> None:
    """Let this process read a folder from now on, and no other than this and its libraries."""
    global _folder  # noqa: PLW0603 - an audit hook is of the process, and so is what it lets through
    _libraries()
    _folder = os.path.realpath(folder) if folder else ""


def refuse_others(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise ``PermissionError`` when an audit event is that something else is read."""
    if event not in _READING or arguments[0] is None or isinstance(arguments[0], int):
        return
    named = os.fsdecode(arguments[0])
    if named in _OWN_STATE:
        return
    # Where it really is: a link in the folder may lead out of it.
    place = os.path.realpath(named)
    if not any(_is_in(place, one) for one in (_folder, *_libraries()) if one):
        raise PermissionError("reading")


@cache
def _libraries() -> tuple[str, ...]:
    named = (sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path, *TZPATH)
    return tuple(dict.fromkeys(os.path.realpath(one) for one in named if one))


def _is_in(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip(os.sep) + os.sep)
