"""What the import contracts in pyproject.toml cannot say by themselves."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.guard.checkout import PACKAGE, ROOT, modules_of, name_of, tree_of

CORE_MAY_IMPORT = {"gehoor", "holidays", "jsonschema"}


def _top_names(module: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else str(node.module).partition(".")[0]


def test_the_core_needs_two_libraries_only() -> None:
    allowed = CORE_MAY_IMPORT | sys.stdlib_module_names
    found = {name_of(module): set(_top_names(module)) - allowed for module in modules_of("core")}
    assert {name: names for name, names in found.items() if names} == {}


def test_every_adapter_is_in_the_contract_that_keeps_adapters_apart() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    listed = next(contract["modules"] for contract in contracts if contract["id"] == "adapters")
    inside = {path.stem for path in (PACKAGE / "adapters").iterdir() if not path.name.startswith("__")}
    first_words = {name.partition("_")[0] for name in inside}
    assert sorted(name.rpartition(".")[2].partition("_")[0] for name in listed) == sorted(first_words)
