"""A dossier is changed in one way: only a few modules append events or keep what lists read of a dossier."""

from __future__ import annotations

import ast

import pytest

from tests.guard.checkout import modules_of, name_of, tree_of

SERVICES = "platform/gehoor/services/"
ALLOWED = {
    "save_summary": {
        "projection/projection.py",
        "projection/remaking.py",
        "retention/carrying_out.py",
    },
    "replace_events": {"register/register.py", "retention/carrying_out.py"},
    "put_back": {"backups/restore_dossier.py"},
    "change_summaries": {"jobs/sweep.py"},
    "save_pending": {"recording/recording.py"},
}


def callers(method: str) -> set[str]:
    """Return the modules that call a method of the register."""
    return {
        name_of(module).removeprefix(SERVICES)
        for module in modules_of()
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method
    }


def appenders() -> set[str]:
    """Return the modules that append events: ``register.append(...)``."""
    return {
        name_of(module).removeprefix(SERVICES)
        for module in modules_of()
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "append"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "register"
    }


def test_only_recording_appends_events() -> None:
    assert appenders() == {"recording/recording.py"}


@pytest.mark.parametrize("method", sorted(ALLOWED))
def test_what_lists_read_is_kept_in_few_places(method: str) -> None:
    assert callers(method) == ALLOWED[method]


def test_a_change_is_written_by_changing_opening_and_the_sweep_only() -> None:
    users = {
        name_of(module).removeprefix(SERVICES)
        for module in modules_of("services")
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.ImportFrom)
        and node.module == "gehoor.services.recording.recording"
        and {alias.name for alias in node.names} & {"write", "keep"}
    }
    assert users == {"recording/changing.py", "dossiers/opening.py", "jobs/sweep.py"}
