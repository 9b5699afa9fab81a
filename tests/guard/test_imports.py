"""What the import contracts in pyproject.toml cannot say."""

from __future__ import annotations

import sys

from tests.guard.checkout import imported, modules_of, name_of, tree_of

CORE_MAY_IMPORT = {"gehoor", "email_validator", "holidays", "jsonschema", "olefile", "phonenumbers", "re2"}
"""Libraries that only reckon: no files, no network, no clock."""

RUNS_ALONE = "bootstrap/exchange/exit_kit/verifying"
"""The program that goes along in an exit kit: it knows neither Gehoor nor a library."""


def test_the_core_needs_few_libraries() -> None:
    allowed = CORE_MAY_IMPORT | sys.stdlib_module_names
    found = {
        name_of(module): {name.partition(".")[0] for name in imported(tree_of(module))} - allowed
        for module in modules_of("core")
    }
    assert {name: names for name, names in found.items() if names} == {}


def test_imports_are_written_in_full_but_in_a_program_that_runs_alone() -> None:
    from_beside = {
        module for module in modules_of() if any(name.startswith(".") for name in imported(tree_of(module)))
    }
    assert from_beside <= {*modules_of(RUNS_ALONE)}


def test_the_program_of_the_exit_kit_needs_nothing_but_python() -> None:
    found = {
        name.partition(".")[0] for module in modules_of(RUNS_ALONE) for name in imported(tree_of(module))
    }
    assert found - {""} <= sys.stdlib_module_names
    assert found
