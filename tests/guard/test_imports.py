"""What the import contracts in pyproject.toml cannot say."""

from __future__ import annotations

import sys

from tests.guard.checkout import imported, modules_of, name_of, tree_of

CORE_MAY_IMPORT = {"gehoor", "holidays", "jsonschema", "re2"}


def test_the_core_needs_two_libraries_only() -> None:
    allowed = CORE_MAY_IMPORT | sys.stdlib_module_names
    found = {
        name_of(module): {name.partition(".")[0] for name in imported(tree_of(module))} - allowed
        for module in modules_of("core")
    }
    assert {name: names for name, names in found.items() if names} == {}
