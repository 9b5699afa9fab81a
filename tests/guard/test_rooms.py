"""What the rooms of tests may lean on: units on no files of an organisation, all but ``shipped`` on no example."""

from __future__ import annotations

import ast
import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.guard.checkout import imported, name_of, tree_of
from tests.support.example_files import reading_as
from tests.support.places import CHECKOUT

TESTS = CHECKOUT / "tests"
LOADERS = ("gehoor.bootstrap.files", "gehoor.cli.commands", "gehoor.loading.load")
"""What loads a workspace, or runs a command that does."""


def loaders_behind(tree: ast.Module) -> set[str]:
    """Return the loaders that a module imports, by itself or through what it imports of the tests."""
    found: set[str] = set()
    seen: set[Path] = set()
    waiting = [tree]
    while waiting:
        names = [*imported(waiting.pop())]
        found |= {loader for loader in LOADERS for name in names if f"{name}.".startswith(f"{loader}.")}
        helpers = {module for name in names if (module := _module_of_the_tests(name))} - seen
        seen |= helpers
        waiting += [tree_of(module) for module in helpers]
    return found


def _module_of_the_tests(name: str) -> Path | None:
    """Return the module that is imported, or from which something is."""
    if not name.startswith("tests."):
        return None
    path = CHECKOUT.joinpath(*name.split("."))
    modules = (path.with_suffix(".py"), path.parent.with_suffix(".py"))
    return next((module for module in modules if module.is_file()), None)


def test_no_unit_test_loads_a_workspace() -> None:
    found = {name_of(module): loaders_behind(tree_of(module)) for module in (TESTS / "unit").rglob("*.py")}
    assert {name: loaders for name, loaders in found.items() if loaders} == {}


@pytest.mark.parametrize(
    ("source", "loaders"),
    [
        ("from gehoor.loading.load import load_workspace", {"gehoor.loading.load"}),
        ("from gehoor.loading import load", {"gehoor.loading.load"}),
        ("def test():\n    import gehoor.cli.commands", {"gehoor.cli.commands"}),
        ("from tests.support.de_linde import agreement", {"gehoor.loading.load"}),
        ("from tests.support.site import new_site", {"gehoor.loading.load"}),
        ("from tests.support.clock import at", set()),
        ("from gehoor.loading.loading_of_something import x", set()),
    ],
)
def test_a_loader_is_found_behind_its_helpers(source: str, loaders: set[str]) -> None:
    assert loaders_behind(ast.parse(source)) == loaders


def test_only_tests_of_the_examples_lean_on_what_those_share() -> None:
    leaning = {
        name_of(module)
        for module in TESTS.rglob("*.py")
        if any(name.startswith("tests.shipped.") for name in imported(tree_of(module)))
    }
    assert {name for name in leaning if not name.startswith("tests/shipped/")} == set()


@pytest.mark.parametrize("folder", ["definitions", "forms", "rules"])
def test_a_test_about_something_else_cannot_read_an_example(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is there by this name: who may look finds that out, and who may not is stopped before.
    missing = CHECKOUT / folder / "missing" / "file.yaml"
    monkeypatch.chdir(CHECKOUT)
    looking = (
        missing.read_bytes, missing.relative_to(CHECKOUT).read_text,
        partial(os.listdir, missing.parent), partial(os.scandir, missing.parent),
    )  # fmt: skip
    for room, answer in (("unit", AssertionError), ("shipped", FileNotFoundError)):
        with reading_as(TESTS / room / "test_something.py"):
            for look in looking:
                with pytest.raises(answer):
                    look()


def test_a_folder_elsewhere_that_is_called_alike_is_no_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "workspace" / "rules").mkdir(parents=True)
    monkeypatch.chdir(CHECKOUT)
    with reading_as(TESTS / "unit" / "test_something.py"):
        shutil.rmtree(tmp_path / "workspace")
    assert [*tmp_path.iterdir()] == []
