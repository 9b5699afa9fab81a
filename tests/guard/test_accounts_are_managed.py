"""Accounts are changed by use cases that ask who does it: no page and no command goes round them."""

from __future__ import annotations

import ast

import pytest

from tests.guard.checkout import imported, modules_of, name_of, tree_of

ACCOUNTS = "platform/gehoor/services/accounts/"
FOUNDING = "platform/gehoor/services/proposals/first_people.py"
"""Whoever founded an organisation gives its first roles (decision 76)."""
KEEPS = {
    "save_account": {
        f"{ACCOUNTS}absence.py",
        f"{ACCOUNTS}account_changes.py",
        f"{ACCOUNTS}accounts.py",
        f"{ACCOUNTS}confirmation.py",
        f"{ACCOUNTS}new_accounts.py",
        f"{ACCOUNTS}own_account.py",
        f"{ACCOUNTS}same_person.py",
        f"{ACCOUNTS}second_factor.py",
        FOUNDING,
        "platform/gehoor/bootstrap/drafting/working_files.py",
    },
    "drop_second_step": {f"{ACCOUNTS}confirmation.py", f"{ACCOUNTS}second_factor.py"},
    "add_deed": {
        f"{ACCOUNTS}absence.py",
        f"{ACCOUNTS}account_changes.py",
        f"{ACCOUNTS}confirmation.py",
        f"{ACCOUNTS}new_accounts.py",
        f"{ACCOUNTS}open_work.py",
        f"{ACCOUNTS}own_account.py",
        f"{ACCOUNTS}second_factor.py",
        FOUNDING,
    },
}
"""Method of the register -> the modules that call it. The draft has an account of its own, in a register in memory."""
UNASKED = "gehoor.services.accounts.accounts.add_account"
"""Adds an account for nobody: where a register is made."""


@pytest.mark.parametrize("method", KEEPS)
def test_only_use_cases_keep_accounts(method: str) -> None:
    calling = {
        name_of(module)
        for module in modules_of()
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method
    }
    assert calling == KEEPS[method]


def test_an_account_is_added_without_asking_only_where_a_register_is_made() -> None:
    using = {name_of(module) for module in modules_of() if UNASKED in set(imported(tree_of(module)))}
    assert using == {
        "platform/gehoor/bootstrap/drafting/working_files.py",
        "platform/gehoor/bootstrap/drafting/previews.py",
        "platform/gehoor/cli/site/demo_building.py",
    }
