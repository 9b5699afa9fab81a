"""``gehoor user log``: who changed an account, when, and what."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final
from zoneinfo import ZoneInfo

import click

from gehoor import bootstrap
from gehoor.cli.accounts.user_away import between
from gehoor.cli.support.actors import account_named, actor_said
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import ZONE, echo_json, format_option, place_options
from gehoor.core.access.account_log import AccountEntry, Deed
from gehoor.core.dossier.events import parse_instant
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_history import account_history

_DEEDS: Final = {
    Deed.ADDED: "toegevoegd",
    Deed.CHANGED: "gewijzigd",
    Deed.SAME_PERSON: "van dezelfde persoon",
    Deed.OTHER_PERSON: "niet meer van dezelfde persoon",
    Deed.AWAY: "afwezig",
    Deed.BACK: "terug",
    Deed.PASSWORD: "nieuw wachtwoord",
    Deed.SECOND_STEP_OFF: "tweede stap weg",
    Deed.LEFT: "afgesloten",
    Deed.HANDED_OVER: "overgedragen",
    Deed.ASKED: "gegeven, wacht op bevestiging",
    Deed.CONFIRMED: "bevestigd",
    Deed.REFUSED: "gaat niet door",
}
_NAMES: Final = {
    "account": "nieuw account",
    "full_name": "naam",
    "email": "adres",
    "password": "wachtwoord",
    "deputy": "wie waarneemt",
    "second-step": "tweede stap weg",
    "same-person": "van dezelfde persoon",
    "other-person": "niet meer van dezelfde persoon",
}


@click.command("log", cls=WorkCommand, short_help="Toon wie een account wijzigde.")
@click.argument("name", metavar="NAAM")
@place_options
@format_option
@click.pass_context
def log(ctx: click.Context, name: str, output: str) -> None:
    """Toon wie iets met een account deed, wanneer en wat; het laatste eerst. Een wachtwoord of adres staat er niet
    bij."""
    with opened(ctx) as runtime:
        account = account_named(runtime, name)
        entries = account_history(runtime, account.name, Operator(OPERATOR), bootstrap.now())
    if output == "json":
        echo_json([asdict(one) for one in entries])
        return
    for one in entries:
        click.echo(_line(one))
    if not entries:
        click.echo(f"Van {account.name} is nog niets bijgehouden.")


def _line(one: AccountEntry) -> str:
    when = parse_instant(one.at).astimezone(ZoneInfo(ZONE))
    parts = [_NAMES.get(name, name) for name in one.changed]
    parts += [f"+{role}" for role in one.came] + [f"-{role}" for role in one.went]
    parts += [one.other] if one.other else []
    what = f"{_DEEDS[Deed(one.deed)]}{': ' if parts else ''}{', '.join(parts)}"
    what += between({"from_at": one.from_at, "until_at": one.until_at})
    return f"{DUTCH.formats.instant(when)}  {actor_said(one.by)}  {what}"
