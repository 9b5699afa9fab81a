"""``gehoor dossier``: how a dossier stands, and filling it in."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from gehoor.cli.dossiers.answer_files import UnusableAnswersError, read_file
from gehoor.cli.dossiers.dossier_data import dossier_data
from gehoor.cli.dossiers.dossier_text import dossier_lines
from gehoor.cli.dossiers.readers import echo_readers
from gehoor.cli.support.dossier_lookup import find_dossier
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import Moment, echo_json, format_option, instant, now_option, place_options
from gehoor.cli.support.refusals import echo_refusals, plain_refusals
from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.dossier.access_log import Way
from gehoor.services.access.access_log import log_access, readers_of
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.answers import RefusedError
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.dossiers.viewing import OpenedDossier, look
from gehoor.services.register.runtime import Runtime

_ACTOR = "opdrachtregel"


@click.command("dossier", cls=WorkCommand, short_help="Toon een dossier, of vul het aan.")
@click.argument("which", metavar="NUMMER")
@click.option(
    "--fill", metavar="BESTAND", help="Vul aan met de antwoorden in dit bestand (JSON; - is de invoer)."
)
@click.option(
    "--actor", default=_ACTOR, metavar="NAAM", help=f'Wie aanvult of inkijkt; zonder keuze "{_ACTOR}".'
)
@click.option(
    "--reason",
    default="",
    metavar="TEKST",
    help="Waarom iets niet meer te laat is, of bij het afsluiten niet meer hoeft.",
)
@click.option("--readers", is_flag=True, help="Toon wie het dossier inkeek, en wanneer.")
@now_option
@place_options
@format_option
@click.pass_context
def dossier(
    ctx: click.Context,
    which: str,
    fill: str | None,
    actor: str,
    reason: str,
    readers: bool,
    moment: Moment | None,
    output: str,
) -> None:
    """Toon een dossier: de antwoorden, de termijnen en hoe ze berekend zijn, en wat nog ontbreekt.

    NUMMER is het nummer van het dossier, of zijn interne naam. Wie het hier inkijkt, staat met zijn NAAM bij wie het
    dossier inkeek.
    """
    with opened(ctx) as runtime:
        dossier_id, zone = find_dossier(runtime, which)
        now = instant(moment, zone)
        way = Way.ACCESS_LOG if readers else Way.COMMAND
        log_access(runtime, dossier_id, Operator(actor), way, now, zone)
        if readers:
            echo_readers(readers_of(runtime, dossier_id, now), zone, output)
            return
        seen = look(runtime, dossier_id, now)
        if fill is not None:
            seen = _filled(runtime, seen, (fill, actor, reason), now, output)
        if output == "json":
            echo_json(dossier_data(seen))
        else:
            for line in dossier_lines(seen):
                click.echo(line)


def _filled(
    runtime: Runtime, seen: OpenedDossier, given: tuple[str, str, str], now: datetime, output: str
) -> OpenedDossier:
    file, actor, reason = given
    try:
        answers, by = read_file(file), Operator(actor)
        filling = Filling(seen.dossier.id, answers, seen.dossier.version, by, reason=reason)
        fill_in(runtime, filling, now)
    except RefusedError as error:
        refusals = plain_refusals(seen.agreement, DOSSIER_FORM, error.objections)
    except UnusableAnswersError as error:
        refusals = [{"field": "", "label": "", "message": str(error)}]
    else:
        return look(runtime, seen.dossier.id, now)
    if output == "json":
        echo_json({"refused": refusals})
    else:
        echo_refusals(refusals)
    sys.exit(1)
