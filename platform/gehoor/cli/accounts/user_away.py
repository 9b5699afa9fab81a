"""``gehoor user away`` and ``gehoor user back``: somebody is not there for a while, and who acts meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import click

from gehoor import bootstrap
from gehoor.cli.accounts.account_lookup import echo_vacant
from gehoor.cli.accounts.user_off import tell_open_work
from gehoor.cli.support.actors import account_named
from gehoor.cli.support.click_dutch import Failure, OptionProblem
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import ZONE, day_option, place_options
from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.access.vacant_roles import empty_roles
from gehoor.services.accounts.absence import AbsenceRefusedError, Away, DeputyRefusal, be_away, be_back
from gehoor.services.accounts.open_work import open_work
from gehoor.services.ports.records import Account

_REFUSED: Final[Mapping[DeputyRefusal, tuple[str, str]]] = {
    DeputyRefusal.THEMSELVES: ("--deputy", "noem iemand anders"),
    DeputyRefusal.LEFT: ("--deputy", "die persoon is zelf afgesloten"),
    DeputyRefusal.ELSEWHERE: (
        "--deputy",
        "die persoon werkt niet in elke afdeling van wie weg is, en zou zien wat niet voor hem of haar is",
    ),
    DeputyRefusal.YOURSELF: ("--deputy", "noem iemand anders"),
    DeputyRefusal.NOT_IN_USE: (
        "NAAM",
        "met dit account meldt niemand zich aan: het is afgesloten, of wacht op bevestiging",
    ),
    DeputyRefusal.ENDED: ("--until", "die dag is al voorbij of komt voor de eerste"),
}


@click.command("away", cls=WorkCommand, short_help="Iemand is een tijd weg; zeg wie vervangt.")
@click.argument("name", metavar="NAAM")
@day_option("from", "De eerste dag; zonder keuze vandaag.", to="first")
@day_option("until", "De laatste dag; zonder keuze tot gehoor user back.", to="last")
@click.option("--deputy", metavar="NAAM", help="Wie intussen alle rollen waarneemt.")
@place_options
@click.pass_context
def away(ctx: click.Context, name: str, deputy: str | None, first: date | None, last: date | None) -> None:
    """Houd bij dat iemand een tijd weg is. Niemand rekent intussen op die persoon: berichten en goedkeuringen gaan naar
    de vervanger, of anders naar wie volgens de afspraken vervangt.

    Dossiers blijven van wie weg is; wat daarover binnenkomt, krijgt de vervanger ook. Op de dag na de laatste is alles
    vanzelf weer zoals het was.
    """
    with opened(ctx) as runtime:
        account = account_named(runtime, name)
        heir = account_named(runtime, deputy).name if deputy else ""
        now = bootstrap.now()
        before = empty_roles(runtime, now)
        wanted = Away(account.name, first or now.astimezone(ZoneInfo(ZONE)).date(), last, heir)
        try:
            kept = be_away(runtime, wanted, Operator(OPERATOR), now)
        except AbsenceRefusedError as refused:
            raise OptionProblem(*_REFUSED[refused.refusal]) from None
        for line in _absences(replace(account, absences=_lasting(account, now))):
            click.echo(f"Dit komt in de plaats van: {line}.")
        for line in _absences(kept):
            click.echo(f"{account.name} is {line}.")
        tell_open_work(account, open_work(runtime, account, now))
        echo_vacant([one for one in empty_roles(runtime, now) if one not in before])


@click.command("back", cls=WorkCommand, short_help="Iemand is terug.")
@click.argument("name", metavar="NAAM")
@place_options
@click.pass_context
def back(ctx: click.Context, name: str) -> None:
    """Houd bij dat iemand terug is. Die persoon heeft meteen weer alle rollen, en de vervanger alleen nog de eigen."""
    with opened(ctx) as runtime:
        account = account_named(runtime, name)
        now = bootstrap.now()
        known = _lasting(account, now)
        if not known:
            raise Failure(f"{account.name} is niet weg. Er is niets gewijzigd.")
        be_back(runtime, account.name, Operator(OPERATOR), now)
        begun = any(one["from_at"] <= instant_text(now) for one in known)
        click.echo(f"{account.name} is er weer." if begun else f"{account.name} gaat niet weg.")
        tell_open_work(account, open_work(runtime, account, now))


def _lasting(account: Account, now: datetime) -> tuple[Mapping[str, str], ...]:
    """Return the absences of somebody that have not ended."""
    at = instant_text(now)
    return tuple(one for one in account.absences if not one["until_at"] or one["until_at"] > at)


def account_lines(account: Account) -> Iterator[str]:
    """Return the roles of an account, also those for a while, and when its owner is away."""
    yield from account.roles
    for one in account.periods:
        yield f"{one['role']}{between(one)}"
    yield from _absences(account)


def _absences(account: Account) -> Iterator[str]:
    for one in account.absences:
        deputy = f"; {one['deputy']} neemt waar" if one["deputy"] else ""
        yield f"weg{between(one)}{deputy}"


def between(period: Mapping[str, str]) -> str:
    """Say from when until when, in days where Gehoor speaks of no other place."""
    text = ""
    if period["from_at"]:
        text += f" vanaf {DUTCH.formats.day(_local(period['from_at']).date())}"
    if period["until_at"]:
        # It is the first instant that no longer belongs to it.
        last = _local(period["until_at"]) - timedelta(minutes=1)
        text += f" tot en met {DUTCH.formats.day(last.date())}"
    return text


def _local(instant: str) -> datetime:
    return parse_instant(instant).astimezone(ZoneInfo(ZONE))
