"""Accounts as someone types them, and the roles that stay without anyone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import click

from gehoor.cli.support.click_dutch import Failure, did_you_mean
from gehoor.core.access.roles import role_text
from gehoor.services.access.vacant_roles import EmptyRole
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime

OPERATOR: Final = "beheerder"
"""How whoever runs the server stands in what happened to a dossier."""


def account_named(runtime: Runtime, name: str) -> Account:
    """Return an account. Raises ``Failure`` for one that there is not."""
    with reading(runtime.store) as register:
        account = register.account(name.strip().lower())
        known = [other.name for other in register.accounts()]
    if account is None:
        raise Failure(f'"{name}" kennen wij niet{did_you_mean(name, known) or "; zie gehoor user list."}')
    return account


def echo_vacant(roles: Iterable[EmptyRole]) -> None:
    """Say for which roles there is nobody any more."""
    vacant = list(roles)
    if vacant:
        click.echo("Voor deze rollen is er nu niemand meer, en ook geen vervanger:")
        for one in vacant:
            click.echo(f"  {role_text(one.organisation, one.department, one.role)}  {one.name}")
