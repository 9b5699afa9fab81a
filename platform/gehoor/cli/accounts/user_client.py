"""``gehoor user client`` and ``gehoor user token``: programs, that ask and change with a token."""

from __future__ import annotations

from datetime import date

import click

from gehoor import bootstrap
from gehoor.cli.accounts.roles import checked_roles
from gehoor.cli.support.actors import account_named
from gehoor.cli.support.click_dutch import Failure, OptionProblem
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import day_option, place_options
from gehoor.core.text.normalise import undrawn
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.new_accounts import RESERVED, SIGN_IN_NAME, NameTakenError
from gehoor.services.exchange.clients import give_token, new_client
from gehoor.services.ports.records import Account

_until_option = day_option("until", "De laatste dag waarop het token geldt.", to="last")


@click.command("client", cls=WorkCommand, short_help="Voeg een koppeling toe.")
@click.argument("name", metavar="NAAM")
@click.option(
    "--name", "full_name", default="", metavar="NAAM", help="Waarvoor ze is: zo staat ze in een dossier."
)
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ORGANISATIE/AFDELING:ROL",
    help="* is elke afdeling; mag vaker.",
)
@_until_option
@place_options
@click.pass_context
def client(ctx: click.Context, name: str, full_name: str, roles: tuple[str, ...], last: date | None) -> None:
    """Voeg een koppeling toe: een programma dat leest en wijzigt wat iemand met deze rollen mag, en niets anders.

    Het token staat hierna één keer in beeld. Een koppeling sluit u af met: gehoor user off NAAM
    """
    name = name.strip().lower()
    if SIGN_IN_NAME.fullmatch(name) is None or name in RESERVED:
        raise OptionProblem("NAAM", f'"{name}" kan niet; gebruik kleine letters, cijfers, punt en streepje')
    if not full_name.strip() or undrawn(full_name):
        raise OptionProblem("--name", "zeg in gewone tekens waarvoor deze koppeling is")
    if not roles:
        raise OptionProblem("--role", "deze optie is nodig; schrijf bijvoorbeeld organisatie/afdeling:rol")
    with opened(ctx) as runtime:
        held = checked_roles(runtime, roles)
        account = Account(name, " ".join(full_name.split()), "", "", held)
        now = bootstrap.now()
        try:
            token = new_client(runtime, account, _last(last), Operator(OPERATOR), now)
        except NameTakenError:
            raise Failure(
                f"{name} bestaat al. Een nieuw token geeft u met: gehoor user token {name}"
            ) from None
    click.echo(f"{name} kan lezen en wijzigen tot en met {_last(last).isoformat()}.")
    click.echo(f"Token, dat u nu één keer ziet: {token}")


@click.command("token", cls=WorkCommand, short_help="Geef een koppeling een nieuw token.")
@click.argument("name", metavar="NAAM")
@_until_option
@click.option(
    "--reopen", is_flag=True, help="Ook als de koppeling afgesloten is: ze mag dan weer lezen en wijzigen."
)
@place_options
@click.pass_context
def token(ctx: click.Context, name: str, last: date | None, reopen: bool) -> None:
    """Geef een koppeling een nieuw token. Het vorige geldt dan niet meer."""
    with opened(ctx) as runtime:
        account = account_named(runtime, name)
        if not account.client:
            raise Failure(f"{account.name} is geen koppeling, en krijgt geen token.")
        if not (account.active or account.is_new or reopen):
            raise Failure(
                f"{account.name} is afgesloten, en blijft dat. Mag ze weer lezen en wijzigen, doe dan: "
                f"gehoor user token {account.name} --reopen"
            )
        made = give_token(runtime, account.name, _last(last), Operator(OPERATOR), bootstrap.now())
    click.echo(f"{account.name} kan lezen en wijzigen tot en met {_last(last).isoformat()}.")
    click.echo(f"Token, dat u nu één keer ziet: {made}")


def _last(given: date | None) -> date:
    if given is None:
        raise OptionProblem(
            "--until", "zeg tot en met welke dag het token geldt; schrijf bijvoorbeeld 2026-12-31"
        )
    if given < bootstrap.now().date():
        raise OptionProblem("--until", f"{given.isoformat()} is al voorbij")
    return given
