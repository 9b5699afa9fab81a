"""Sources: the files that agreements are made from, known by what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final, TypeAlias

Sources: TypeAlias = Mapping[str, bytes]
"""Name of a file, relative to its workspace -> what is in it."""
Tree: TypeAlias = Mapping[str, str]
"""Name of a file -> the digest of what is in it."""

MOST_FILES: Final = 500
LARGEST_FILE: Final = 512 * 1024
LARGEST: Final = 8 * 1024 * 1024
"""In bytes, all files together."""
MOST_LINES: Final = 200_000
"""Of all files together: what takes time for each line stays quick."""

DEFINITIONS: Final = "definitions"
SHARING: Final = ("forms", "rules")
"""The folders in which organisations can share files."""
_NAME: Final = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]{0,99}")
_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
_LONGEST_ID: Final = 100
_DEEPEST: Final = 5
_ENDINGS: Final = frozenset({"yaml", "yml", "json"})


class SourcesError(ValueError):
    """Files that are not kept: ``file`` has a name that no file of a workspace has, or it is too much. ``reason``:
    ``name``, ``place``, ``many`` or ``large``."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason


def is_organisation(name: str) -> bool:
    """Say whether an organisation can be called so."""
    return len(name) <= _LONGEST_ID and _ID.fullmatch(name) is not None


def digest_of(content: bytes) -> str:
    """Return what a file is known by."""
    return sha256(content).hexdigest()


def tree_of(sources: Sources) -> dict[str, str]:
    """Return the tree of files."""
    return {file: digest_of(sources[file]) for file in sorted(sources)}


def tree_digest(tree: Tree) -> str:
    """Return what a tree is known by."""
    lines = "".join(f"{digest} {file}\n" for file, digest in sorted(tree.items()))
    return sha256(lines.encode()).hexdigest()


def organisation_of(file: str, organisations: Iterable[str]) -> str | None:
    """Return the organisation that a file is of; None: organisations share it."""
    parts = file.split("/")
    named = parts[1] if len(parts) > 2 else ""
    return named if parts[0] == DEFINITIONS or named in organisations else None


def is_shared_as(file: str, name: str) -> bool:
    """Say whether a file stands in a folder of this name that organisations can share."""
    parts = file.split("/")
    return len(parts) > 2 and parts[0] in SHARING and parts[1] == name


def department_of(file: str) -> str | None:
    """Return the department that a file says something of alone; None: of the organisation."""
    parts = file.split("/")
    if len(parts) == 4 and parts[0] == DEFINITIONS and parts[2] == "afdelingen":
        name, _, ending = parts[3].partition(".")
        return name if ending in _ENDINGS else None
    return None


def is_fit(file: str) -> bool:
    """Say whether a file can be called so: its name leads nowhere else, and no other file can be taken for it."""
    parts = file.split("/")
    return 3 <= len(parts) <= _DEEPEST and all(map(_NAME.fullmatch, parts))


def refuse_unfit(sources: Sources, organisation: str) -> None:
    """Raise ``SourcesError`` for files that an organisation cannot have: no name may lead anywhere else."""
    if not is_organisation(organisation):
        raise SourcesError(organisation, "name")
    if len(sources) > MOST_FILES:
        raise SourcesError("", "many")
    for file, content in sources.items():
        if not is_fit(file):
            raise SourcesError(file, "name")
        parts = file.split("/")
        if parts[0] not in (DEFINITIONS, *SHARING) or (parts[0] == DEFINITIONS and parts[1] != organisation):
            raise SourcesError(file, "place")
        if len(content) > LARGEST_FILE:
            raise SourcesError(file, "large")
    folders = {
        "/".join(parts[:deep])
        for parts in (one.split("/") for one in sources)
        for deep in range(1, len(parts))
    }
    if both := folders & set(sources):
        raise SourcesError(min(both), "name")
    if sum(map(len, sources.values())) > LARGEST or sum(map(_lines, sources.values())) > MOST_LINES:
        raise SourcesError("", "large")


def refuse_long(file: str, typed: str) -> None:
    """Raise ``SourcesError`` for what was typed in a file, where that is more than a file can hold."""
    if len(typed) > LARGEST_FILE or typed.count("\n") > MOST_LINES:
        raise SourcesError(file, "large")


def _lines(content: bytes) -> int:
    return content.count(b"\n") + content.count(b"\r")
