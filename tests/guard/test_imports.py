"""What the import contracts in pyproject.toml cannot say."""

from __future__ import annotations

import sys

from tests.guard.checkout import imported, modules_of, name_of, tree_of

CORE_MAY_IMPORT = {"gehoor", "email_validator", "holidays", "jsonschema", "olefile", "phonenumbers", "re2"}
"""Libraries that only reckon: no files, no network, no clock."""


def test_the_core_needs_few_libraries() -> None:
    allowed = CORE_MAY_IMPORT | sys.stdlib_module_names
    found = {
        name_of(module): {name.partition(".")[0] for name in imported(tree_of(module))} - allowed
        for module in modules_of("core")
    }
    assert {name: names for name, names in found.items() if names} == {}
