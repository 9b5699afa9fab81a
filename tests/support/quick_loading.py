"""Workspaces loaded once a process: dozens of commands ask for the same files, in one folder or another."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from gehoor.bootstrap import FOLDERS, files, new_organisation
from gehoor.loading.load import LoadedWorkspace, Remembered, load_workspace


class _Asked:
    """What is asked to be loaded; equal to another with the same files and the same content, wherever those are."""

    def __init__(self, workspace: Path, only: tuple[str, ...]) -> None:
        self.workspace = workspace
        self._same = (only, tuple(_content(workspace)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self._same == other._same

    def __hash__(self) -> int:
        return hash(self._same)

    @property
    def only(self) -> tuple[str, ...]:
        return self._same[0]


def _content(workspace: Path) -> Iterator[tuple[str, bytes]]:
    for folder in FOLDERS:
        for path in sorted((workspace / folder).rglob("*")):
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                raise _UnusualError
            yield str(path.relative_to(workspace)), b"" if path.is_dir() else path.read_bytes()


class _UnusualError(Exception):
    """There is something in a workspace that is told apart by more than its content."""


@lru_cache(maxsize=64)
def _loaded(asked: _Asked) -> tuple[LoadedWorkspace, bytes]:
    loaded = load_workspace(asked.workspace, asked.only)
    return loaded, pickle.dumps([department.said for department in loaded.departments])


def _load_once(
    workspace: Path, only: tuple[str, ...] = (), remembered: Remembered | None = None
) -> LoadedWorkspace:
    if remembered is not None:
        return load_workspace(workspace, only, remembered)
    try:
        loaded, documents = _loaded(_Asked(workspace, only))
    except (_UnusualError, OSError):
        return load_workspace(workspace, only)
    departments = [
        replace(department, said=said)
        for department, said in zip(loaded.departments, pickle.loads(documents), strict=True)
    ]
    return replace(loaded, departments=departments, problems=[*loaded.problems])


def install() -> None:
    """Load what has the same content once, from now on, for the commands of this process."""
    for module in (files, new_organisation):
        module.load_workspace = _load_once
