"""``gehoor receive``: e-mails of a mailbox become dossiers."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any, Final

import click

from gehoor.bootstrap.mailbox import mailbox, own_addresses
from gehoor.cli.support.click_dutch import Failure, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.moments import future_option, refuse_future
from gehoor.cli.support.opened import agreement_in_force, opened, refuse_unknown_form
from gehoor.cli.support.options import Moment, echo_json, format_option, instant, now_option, place_options
from gehoor.cli.support.refusals import plain_refusals
from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.services.intake.mail_fetching import Came, MailDesk, Outcome, fetch_mail
from gehoor.services.ports.mailbox import MailboxError

_WHY: Final = {
    "mail-too-large": "hij is te groot",
    "mail-tangled": "hij is te ingewikkeld",
    "mail-no-mail": "hij is beschadigd",
    "mail-dossier-damaged": "zijn dossier of wat erbij hoort, is beschadigd",
}
_PILES: Final = {
    Came.AUTOMATIC: ("automatisch antwoord", "automatische antwoorden"),
    Came.BOUNCE: ("bericht van een mailserver", "berichten van een mailserver"),
    Came.OWN: ("bericht van Gehoor zelf", "berichten van Gehoor zelf"),
}
_LEFT: Final = (Came.UNREADABLE, Came.REFUSED, Came.WAITING)


@click.command("receive", cls=WorkCommand, short_help="Haal e-mails op uit een postbus.")
@click.argument("organisation", metavar="ORGANISATIE")
@click.argument("department", metavar="AFDELING")
@click.argument("form", metavar="[FORMULIER]", default=DOSSIER_FORM)
@click.option("--again", is_flag=True, help="Probeer ook opnieuw wat eerder geweigerd werd.")
@future_option
@now_option
@place_options
@format_option
@click.pass_context
def receive(
    ctx: click.Context,
    organisation: str,
    department: str,
    form: str,
    again: bool,
    future: bool,
    moment: Moment | None,
    output: str,
) -> None:
    """Haal e-mails op uit de postbus van GEHOOR_IMAP. Wat een mens schreef, wordt een dossier van de afdeling.

    Elke e-mail komt een keer binnen, ook als dit halverwege stopt. Automatische antwoorden, berichten van een
    mailserver en die van Gehoor zelf worden nooit een dossier: ze gaan naar de map "Gehoor automatisch". Wat niet kan,
    blijft in de postbus, en staat hieronder. Dat wordt niet elke keer opnieuw gelezen: wel met --again, en als er
    andere afspraken gelden. Gewist wordt er niets.
    """
    with opened(ctx) as runtime:
        refuse_future(runtime, moment, asked=future)
        agreement = agreement_in_force(runtime, organisation, department, moment)
        refuse_unknown_form(agreement, form)
        zone = agreement.time_zone
        desk = MailDesk(runtime, agreement, form, own_addresses(), lambda: instant(moment, zone), again)
        found: list[Outcome] = []
        try:
            with mailbox().connection() as open_mailbox:
                for outcome in fetch_mail(desk, open_mailbox):
                    found.append(outcome)
                    _tell(agreement, form, outcome, output)
        except MailboxError as error:
            raise Failure(f"{error}. Wat al binnen is, blijft; de rest komt de volgende keer.") from error
    _sum_up(found, output)
    if any(one.came in _LEFT for one in found):
        sys.exit(1)


def _tell(agreement: Agreement, form: str, one: Outcome, output: str) -> None:
    """Say what came of an e-mail, as soon as it is kept."""
    refusals = plain_refusals(agreement, form, one.objections)
    if output == "json":
        echo_json(_plain(one, refusals))
        return
    if one.came is Came.REGISTERED:
        click.echo(f"{one.number}  {one.subject}")
    if one.left_files:
        click.echo(
            f'{one.number}  niet bewaard, zie de map "Gehoor nakijken": {", ".join(one.left_files)}', err=True
        )
    if one.came is Came.UNREADABLE:
        click.echo(f"Een e-mail blijft in de postbus: {_WHY[one.reason]}.", err=True)
    if one.came is Came.REFUSED:
        why = f" ({_WHY[one.reason]})" if one.reason else ""
        click.echo(f"Blijft in de postbus: {one.subject}{why}", err=True)
        for refusal in refusals:
            click.echo(f"  {refusal['label'] or refusal['field']}: {refusal['message']}", err=True)


def _sum_up(found: list[Outcome], output: str) -> None:
    if output == "json":
        return
    count = Counter(one.came for one in found)
    aside = [counted(count[came], *words) for came, words in _PILES.items() if count[came]]
    left = sum(count[came] for came in _LEFT)
    said = [counted(count[Came.REGISTERED], "dossier", "dossiers") + " geopend"]
    said += [f"{count[Came.KNOWN]} al bekend"] if count[Came.KNOWN] else []
    said += [f"opzij gelegd: {', '.join(aside)}"] if aside else []
    before = f", waarvan {count[Came.WAITING]} al eerder (opnieuw: --again)" if count[Came.WAITING] else ""
    said += [f"in de postbus gebleven: {left}{before}"] if left else []
    click.echo(f"{'; '.join(said)}.")


def _plain(one: Outcome, refusals: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "came": one.came,
        "number": one.number,
        "subject": one.subject,
        "left_files": list(one.left_files),
        "reason": one.reason,
        "refused": refusals,
    }
