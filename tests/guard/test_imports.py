"""What the import contracts in pyproject.toml cannot say."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guard.checkout import PACKAGE, modules_of, name_of, tree_of

CORE_MAY_IMPORT = {"gehoor", "holidays", "jsonschema", "re2"}
ADAPTERS = "gehoor.adapters."


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the full names that a module imports, at any place in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def adapters_in(tree: ast.Module) -> set[str]:
    """Return the adapters a module imports from, each by its first word."""
    return {_first_word(name.removeprefix(ADAPTERS)) for name in imported(tree) if name.startswith(ADAPTERS)}


def _first_word(name: str) -> str:
    return name.partition(".")[0].partition("_")[0]


def test_the_core_needs_two_libraries_only() -> None:
    allowed = CORE_MAY_IMPORT | sys.stdlib_module_names
    found = {
        name_of(module): {name.partition(".")[0] for name in imported(tree_of(module))} - allowed
        for module in modules_of("core")
    }
    assert {name: names for name, names in found.items() if names} == {}


def test_adapters_do_not_know_each_other() -> None:
    """An adapter is a package, or the modules that share their first word (durable_engine, durable_host)."""
    folder = PACKAGE / "adapters"
    found = {
        name_of(module): adapters_in(tree_of(module)) - {_own_word(module.relative_to(folder))}
        for module in modules_of("adapters")
    }
    assert {name: others for name, others in found.items() if others} == {}


def _own_word(module: Path) -> str:
    return _first_word(module.with_suffix("").parts[0])


@pytest.mark.parametrize(
    "source",
    [
        "import gehoor.adapters.stores.memory",
        "from gehoor.adapters import stores_of",
        "def f():\n from gehoor.adapters.stores import x",
    ],
)
def test_an_import_from_an_adapter_is_found(source: str) -> None:
    assert adapters_in(ast.parse(source)) == {"stores"}
