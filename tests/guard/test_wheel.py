"""A wheel carries everything that an installed Gehoor needs, the starter workspace and the handbook included."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.guard.checkout import PACKAGE, files_of_the_house
from tests.support.handbook import HANDBOOK
from tests.support.places import CHECKOUT

WORKSPACE = ("definitions", "forms", "rules")
FOLDERS = (
    *(f"gehoor/starter/{folder}/" for folder in WORKSPACE),
    "gehoor/handbook/hoe/",
    "gehoor/schemas/",
    "gehoor/web/templates/",
    "gehoor/web/static/",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Build a wheel as an installer would, and return the names of the files in it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=CHECKOUT, check=False, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    with ZipFile(path) as archive:
        return frozenset(archive.namelist())


def _name_in_wheel(path: Path) -> str | None:
    if path.is_relative_to(PACKAGE):
        return path.relative_to(PACKAGE.parent).as_posix()
    if path.is_relative_to(HANDBOOK):
        return f"gehoor/handbook/{path.relative_to(HANDBOOK).as_posix()}"
    inside = path.relative_to(CHECKOUT)
    return f"gehoor/starter/{inside.as_posix()}" if inside.parts[0] in WORKSPACE else None


def test_every_file_of_the_package_the_workspace_and_the_handbook_is_in_it(wheel: frozenset[str]) -> None:
    expected = {name for path in files_of_the_house() if (name := _name_in_wheel(path))}
    assert expected - wheel == set()


@pytest.mark.parametrize("folder", FOLDERS)
def test_it_has_the_folder(wheel: frozenset[str], folder: str) -> None:
    assert any(name.startswith(folder) for name in wheel)


def test_nothing_lands_beside_the_package(wheel: frozenset[str]) -> None:
    assert {name.split("/")[0].partition("-")[0] for name in wheel} == {"gehoor"}


def test_it_carries_the_licence(wheel: frozenset[str]) -> None:
    assert any(name.endswith("/licenses/LICENSE") for name in wheel)
