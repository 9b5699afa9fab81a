"""``gehoor repin``: a dossier that runs moves to other agreements, deliberately."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

from gehoor.cli.agreements.differences import plain_differences, print_differences
from gehoor.cli.agreements.publication_preview import SHORT
from gehoor.cli.support.click_dutch import NeededOption
from gehoor.cli.support.dossier_lookup import find_dossier
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.moments import LOOK, future_option, refuse_future
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import Moment, echo_json, format_option, instant, now_option, place_options
from gehoor.cli.support.refusals import echo_refusals, plain_refusals
from gehoor.cli.support.targets import unclear_hash
from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import Operator
from gehoor.services.agreements.comparison import UnclearHashError
from gehoor.services.dossiers.repinning import DueChange, Repinned, Repinning, rehearse_repin
from gehoor.services.dossiers.repinning import repin as move
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime


@click.command("repin", cls=WorkCommand, short_help="Breng een lopend dossier onder andere afspraken.")
@click.argument("which", metavar="NUMMER")
@click.option(
    "--to", "code", cls=NeededOption, metavar="CODE", help="De afspraken: minstens zes tekens van hun code."
)
@click.option(
    "--reason", cls=NeededOption, metavar="REDEN", help="Waarom dit moet; het staat bij wat er gebeurde."
)
@click.option(
    "--by", cls=NeededOption, metavar="NAAM", help="Wie dit beslist. U doet het: zo staat het er ook."
)
@click.option(
    "--opens",
    multiple=True,
    metavar="NAAM",
    help="Voor wie het dossier er daarna mag zijn, en nu niet; of het niveau. Mag meer dan een keer.",
)
@click.option("--what-if", is_flag=True, help="Toon alleen wat er zou veranderen.")
@future_option
@now_option
@place_options
@format_option
@click.pass_context
def repin(
    ctx: click.Context,
    which: str,
    code: str,
    reason: str,
    by: str,
    opens: tuple[str, ...],
    what_if: bool,
    future: bool,
    moment: Moment | None,
    output: str,
) -> None:
    """Breng een dossier dat loopt onder andere gepubliceerde afspraken van dezelfde afdeling.

    U ziet wat er anders wordt en welke vervaldagen veranderen. Wat al gemeld is, wordt niet opnieuw gemeld. Hebben
    de andere afspraken geen plaats voor een antwoord, of zou het dossier er zijn voor wie het er nu niet is, dan
    verandert er niets. De codes staan in "gehoor publications".
    """
    with opened(ctx) as runtime:
        dossier_id, zone = find_dossier(runtime, which)
        refuse_future(runtime, moment, asked=future or what_if, instead=LOOK)
        now = instant(moment, zone)
        wanted = Repinning(dossier_id, code, reason, Operator.on_behalf_of(by), opens_for=opens)
        try:
            done = (rehearse_repin if what_if else move)(runtime, wanted, now)
        except UnclearHashError as error:
            raise unclear_hash(error, "--to") from error
        except RefusedError as error:
            _refuse(runtime, wanted, error, now, output)
            sys.exit(1)
    if output == "json":
        echo_json(_plain(done, changed=not what_if))
        return
    for line in _lines(done):
        click.echo(line)
    print_differences(done.comparison, "  ")
    click.echo("Niets gewijzigd: u vroeg alleen wat er zou veranderen." if what_if else "Bewaard.")


def _refuse(runtime: Runtime, wanted: Repinning, error: RefusedError, now: datetime, output: str) -> None:
    # A field that only the present agreement has is known there.
    agreement = look(runtime, wanted.dossier, now).agreement
    refusals = plain_refusals(agreement, DOSSIER_FORM, error.objections)
    if output == "json":
        echo_json({"refused": refusals})
    else:
        echo_refusals(refusals)


def _lines(done: Repinned) -> Iterator[str]:
    yield f"{done.dossier.number}: van afspraken {done.before.hash[:SHORT]} naar {done.after.hash[:SHORT]}"
    yield "Vervaldagen" if done.dues else "Geen enkele vervaldag verandert."
    zone = ZoneInfo(done.after.time_zone)
    yield from (f"  {_due_line(due, zone)}" for due in done.dues)
    if done.hidden:
        yield f"Deze antwoorden blijven bewaard, maar staan niet meer op de pagina: {', '.join(done.hidden)}."
    yield "Dit wordt anders"


def _due_line(due: DueChange, zone: ZoneInfo) -> str:
    late = " Dat is nu te laat." if due.late else ""
    late += " Dat het te laat was, is dan niet meer te zien." if due.was_late else ""
    if due.after is None:
        return f"{due.name}: {_day(due.before, zone)} vervalt.{late}"
    if due.before is None:
        return f"{due.name}: nieuw, {_day(due.after, zone)}.{late}"
    return f"{due.name}: van {_day(due.before, zone)} naar {_day(due.after, zone)}.{late}"


def _day(moment: date | datetime | None, zone: ZoneInfo) -> str:
    if moment is None:
        return ""
    return (
        DUTCH.formats.instant(moment.astimezone(zone))
        if isinstance(moment, datetime)
        else DUTCH.formats.day(moment)
    )


def _plain(done: Repinned, *, changed: bool) -> dict[str, object]:
    return {
        "dossier": done.dossier.id,
        "number": done.dossier.number,
        "from": done.before.hash,
        "to": done.after.hash,
        "changed": changed,
        "dues": [
            {
                "term": due.term,
                "name": due.name,
                "before": due.before.isoformat() if due.before else None,
                "after": due.after.isoformat() if due.after else None,
                "late": due.late,
                "was_late": due.was_late,
            }
            for due in done.dues
        ],
        "hidden": list(done.hidden),
        "changes": plain_differences(done.comparison)["changes"],
    }
