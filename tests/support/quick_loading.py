"""The organisations of the tests loaded once a process: dozens of commands ask for them, and nothing changes them."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import cache
from pathlib import Path

from gehoor.bootstrap import files
from gehoor.loading.load import LoadedDepartment, LoadedWorkspace, load_workspace
from tests.support.places import ORGANISATIONS


@cache
def _loaded(only: tuple[str, ...]) -> tuple[LoadedWorkspace, bytes]:
    loaded = load_workspace(ORGANISATIONS, only)
    return loaded, pickle.dumps([department.document for department in loaded.departments])


def _load_once(workspace: Path, only: tuple[str, ...] = ()) -> LoadedWorkspace:
    if workspace.resolve() != ORGANISATIONS.resolve():
        return load_workspace(workspace, only)
    loaded, documents = _loaded(only)
    departments: list[LoadedDepartment] = [
        replace(department, document=document)
        for department, document in zip(loaded.departments, pickle.loads(documents), strict=True)
    ]
    return replace(loaded, departments=departments, problems=[*loaded.problems])


def install() -> None:
    """Load them once, from now on, for the commands of this process."""
    files.load_workspace = _load_once
