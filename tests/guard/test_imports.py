"""What the import contracts in pyproject.toml cannot say."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from tests.guard.checkout import modules_of, name_of, tree_of

CORE_MAY_IMPORT = {"gehoor", "holidays", "jsonschema", "re2"}


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the full names that a module imports, at any place in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_core_needs_two_libraries_only() -> None:
    allowed = CORE_MAY_IMPORT | sys.stdlib_module_names
    found = {
        name_of(module): {name.partition(".")[0] for name in imported(tree_of(module))} - allowed
        for module in modules_of("core")
    }
    assert {name: names for name, names in found.items() if names} == {}
