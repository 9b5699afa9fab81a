"""``gehoor user off``: somebody leaves, and what they have still to do is named or handed over."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Final

import click

from gehoor import bootstrap
from gehoor.cli.accounts.account_lookup import echo_vacant
from gehoor.cli.support.actors import account_named
from gehoor.cli.support.click_dutch import OptionProblem, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import place_options
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.access.vacant_roles import empty_roles
from gehoor.services.accounts.new_accounts import close_account
from gehoor.services.accounts.open_work import OpenWork, hand_over, open_work
from gehoor.services.ports.records import Account
from gehoor.services.register.runtime import Runtime

_NAMED: Final = 10


@click.command("off", cls=WorkCommand, short_help="Sluit iemand af, en draag over wat openstaat.")
@click.argument("name", metavar="NAAM")
@click.option("--hand-over-to", "to", metavar="NAAM", help="Wie dossiers en velden overneemt.")
@click.option("--list", "listing", is_flag=True, help="Toon alleen wat openstaat; wijzig niets.")
@place_options
@click.pass_context
def off(ctx: click.Context, name: str, to: str | None, listing: bool) -> None:
    """Sluit iemand af: aanmelden kan niet meer, en wie aangemeld is, wordt afgemeld.

    Daarna staat er wat die persoon nog open heeft: dossiers, velden waar die in staat, goedkeuringen die niemand anders
    kan geven en rollen zonder iemand. Met --hand-over-to gaan dossiers en velden naar een ander; dat kan ook later nog.
    Een dossier dat die ander met zijn rollen niet kan zien, gaat terug naar de afdeling, die het toewijst.
    """
    if listing and to is not None:
        raise OptionProblem("--list", "dit gaat niet samen met --hand-over-to")
    with opened(ctx) as runtime:
        account = account_named(runtime, name)
        heir = _heir(runtime, account, to)
        now = bootstrap.now()
        work = open_work(runtime, account, now)
        if listing:
            tell_open_work(account, work)
            return
        before = empty_roles(runtime, now)
        close_account(runtime, account.name, Operator(OPERATOR), now)
        click.echo(f"{account.name} kan zich niet meer aanmelden.")
        left = True
        if heir is not None:
            left = _hand_over(runtime, work, account, heir)
            work = replace(work, handled=(), named=())
        if work or work.unread:
            tell_open_work(account, work)
        echo_vacant([one for one in empty_roles(runtime, now) if one not in before])
        if heir is None and (work.handled or work.named):
            click.echo(f"Draag over met: gehoor user off {account.name} --hand-over-to NAAM")
    if not left:
        sys.exit(1)


def _heir(runtime: Runtime, account: Account, name: str | None) -> Account | None:
    if name is None:
        return None
    heir = account_named(runtime, name)
    if heir.name == account.name:
        raise OptionProblem("--hand-over-to", "noem iemand anders")
    if not heir.active:
        raise OptionProblem("--hand-over-to", f"{heir.name} is zelf afgesloten")
    return heir


def _hand_over(runtime: Runtime, work: OpenWork, account: Account, heir: Account) -> bool:
    """Hand over, and say what went and what did not; returns whether all of it went."""
    given = (account.name, heir.name)
    dossiers, fields, refused = hand_over(runtime, work, given, Operator(OPERATOR), bootstrap.now())
    click.echo(
        f"{counted(dossiers, 'dossier', 'dossiers')} en {counted(fields, 'veld', 'velden')} overgedragen aan "
        f"{heir.name}."
    )
    for one in refused:
        click.echo(f"Niet overgedragen, {one.number}: {DUTCH.objections.text(one.objection, '')}", err=True)
    return not refused


def tell_open_work(account: Account, work: OpenWork) -> None:
    """Say what somebody has still to do."""
    if work.unread:
        click.echo(
            f"Van {counted(len(work.unread), 'dossier', 'dossiers')} is niet te lezen of {account.name} er nog iets "
            f"in te doen heeft. Doe: gehoor verify ({', '.join(work.unread[:_NAMED])})",
            err=True,
        )
        if not work:
            return
    if not work:
        click.echo(f"{account.name} heeft niets open.")
        return
    click.echo(f"{account.name} heeft nog open:")
    for _, number in work.handled:
        click.echo(f"  {number}: behandelt dit dossier")
    for field in work.named:
        click.echo(f"  {field.number}: staat bij {field.label}")
    for approval in work.approvals:
        click.echo(f"  {approval.number}: kan als enige goedkeuren ({approval.role})")
