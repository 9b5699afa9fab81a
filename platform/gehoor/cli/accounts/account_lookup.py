"""What commands about accounts say: who did it, and the roles that stay without anyone."""

from __future__ import annotations

from collections.abc import Iterable

import click

from gehoor.core.access.roles import role_text
from gehoor.services.access.vacant_roles import EmptyRole


def echo_vacant(roles: Iterable[EmptyRole]) -> None:
    """Say for which roles there is nobody any more."""
    vacant = list(roles)
    if vacant:
        click.echo("Voor deze rollen is er nu niemand meer, en ook geen vervanger:")
        for one in vacant:
            click.echo(f"  {role_text(one.organisation, one.department, one.role)}  {one.name}")
