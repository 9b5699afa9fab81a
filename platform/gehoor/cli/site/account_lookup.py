"""What commands about accounts say: who did it, and the roles that stay without anyone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import click

from gehoor.core.access.roles import role_text
from gehoor.services.access.vacant_roles import EmptyRole

OPERATOR: Final = "beheerder"
"""How whoever runs the server stands in what happened to a dossier."""


def echo_vacant(roles: Iterable[EmptyRole]) -> None:
    """Say for which roles there is nobody any more."""
    vacant = list(roles)
    if vacant:
        click.echo("Voor deze rollen is er nu niemand meer, en ook geen vervanger:")
        for one in vacant:
            click.echo(f"  {role_text(one.organisation, one.department, one.role)}  {one.name}")
