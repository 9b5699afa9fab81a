"""The examples that are shipped: ``definitions/``, ``forms/`` and ``rules/`` of the checkout, as they are now."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from gehoor.bootstrap import FOLDERS
from gehoor.loading.load import LoadedWorkspace, load_workspace
from gehoor.loading.problems.texts import line
from tests.support.places import CHECKOUT

SHIPPED = CHECKOUT


@cache
def examples() -> LoadedWorkspace:
    """Return the examples as loaded; a test that asks for broken ones fails, and says what is broken."""
    loaded = load_workspace(SHIPPED)
    if loaded.problems:
        told = "\n".join(line(problem) for problem in loaded.problems)
        pytest.fail(f"definitions/, forms/ and rules/ have problems (gehoor check):\n{told}", pytrace=False)
    return loaded


def copy_examples(folder: Path, *only: str) -> Path:
    """Copy the examples to a folder, or only some with what they share; return the folder."""
    others = [one.name for one in (SHIPPED / "definitions").iterdir() if only and one.name not in only]
    for name in FOLDERS:
        shutil.copytree(SHIPPED / name, folder / name)
        for other in others:
            shutil.rmtree(folder / name / other, ignore_errors=True)
    return folder
