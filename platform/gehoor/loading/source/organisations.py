"""Which organisations a workspace holds."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from gehoor.core.text.problems import Place, Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.source.files import DEFINITIONS_FOLDER, DEPARTMENTS_FOLDER, is_id


def organisations(workspace: Path) -> list[str]:
    """Return the ids of the organisations in a workspace."""
    return find_organisations(workspace, [])


def find_organisations(workspace: Path, problems: list[Problem]) -> list[str]:
    """Return the ids of the organisations: the folders in ``definitions``. A name that is no id is a problem."""
    folder = workspace / DEFINITIONS_FOLDER
    names = sorted(entry.name for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else []
    names = [name for name in names if not name.startswith((".", "_"))]
    if not names:
        problems.append(Problem(Place(DEFINITIONS_FOLDER), "geen-organisatie"))
    for name in names:
        if not is_id(name):
            details = {"value": name, "wanted": "kleine letters, cijfers en streepjes"}
            problems.append(Problem(Place(f"{DEFINITIONS_FOLDER}/{name}"), "ongeldige-naam", details))
    return [name for name in names if is_id(name)]


def department_files(workspace: Path, organisation: str, most: int) -> int:
    """Return how many files there are for the departments of an organisation, counting no further than ``most``."""
    folder = workspace / DEFINITIONS_FOLDER / organisation / DEPARTMENTS_FOLDER
    try:
        with os.scandir(folder) as entries:
            return sum(1 for _ in islice(entries, most))
    except OSError:
        return 0


def missing_organisation(name: str, present: list[str]) -> Problem:
    """Return the problem of an organisation that was asked for and is not there."""
    details = {"what": "De organisatie", "value": name, "hint": hint(name, present)}
    return Problem(Place(DEFINITIONS_FOLDER), "verwijst-naar-niets", details)
