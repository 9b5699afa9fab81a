"""``gehoor user confirm``: what somebody was given by one person alone counts from now on, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import click

from gehoor import bootstrap
from gehoor.cli.support.actors import account_named
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import place_options
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.confirmation import Asked, confirm, refuse
from gehoor.services.ports.records import Account

_WHAT: Final = {
    Asked.ACCOUNT: "een nieuw account",
    Asked.ROLE: "rol ",
    Asked.PASSWORD: "een nieuw wachtwoord",
    Asked.SECOND_STEP: "aanmelden zonder tweede stap",
    Asked.NAME: "een andere naam: ",
    Asked.EMAIL: "een ander adres: ",
    Asked.SAME_PERSON: "dezelfde persoon als ",
    Asked.OTHER_PERSON: "niet meer dezelfde persoon als ",
    Asked.DEPUTY: "wie waarneemt: ",
    Asked.VACANCY: "wie volgens de afspraken vervangt, in rol ",
}
_OF_WHAT: Final = ("role", "full_name", "email", "person", "apart", "vacant", "deputy")


@click.command("confirm", cls=WorkCommand, short_help="Bevestig wat een ander alleen gaf.")
@click.argument("name", metavar="NAAM")
@click.option("--refuse", "refusing", is_flag=True, help="Het gaat niet door.")
@place_options
@click.pass_context
def confirmed(ctx: click.Context, name: str, refusing: bool) -> None:
    """Bevestig wat een ander alleen gaf op de bladzijde Beheer: een nieuw account, een andere naam, of wat meer kan
    openen dan wie het gaf zelf heeft.

    Op die bladzijde doet een tweede persoon dat die accounts beheert. Is er geen tweede, dan doet u het hier. Ga
    eerst na wie NAAM is, en of het zo afgesproken is. Wat er wacht, staat in gehoor user list.
    """
    with opened(ctx) as runtime:
        account = account_named(runtime, name)
        by, now = Operator(OPERATOR), bootstrap.now()
        done = (refuse if refusing else confirm)(runtime, account.name, by, now)
    if not done:
        click.echo(f"Bij {account.name} wacht er niets op bevestiging.")
        return
    click.echo(f"Bij {account.name} {'gaat niet door' if refusing else 'is bevestigd'}:")
    for one in done:
        click.echo(f"  {_told(one)}")


def waiting_said(account: Account) -> Iterator[str]:
    """Return what waits for an account, in words."""
    for one in account.waiting:
        yield f"wacht op bevestiging: {_told(one)} (gegeven door {one['by']})"


def waiting_data(account: Account) -> list[dict[str, str]]:
    """Return what waits for an account as data, without what is secret."""
    return [{name: of for name, of in one.items() if name != "password_hash"} for one in account.waiting]


def _told(one: Mapping[str, str]) -> str:
    if one.get("deputy") == "":
        return "wie volgens de afspraken vervangt, in alle rollen"
    return f"{_WHAT[Asked(one['what'])]}{next((one[name] for name in _OF_WHAT if name in one), '')}"
