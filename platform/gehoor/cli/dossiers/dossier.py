"""``gehoor dossier``: how a dossier stands, and filling it in."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from gehoor.cli.dossiers.answer_files import UnusableAnswersError, read_file
from gehoor.cli.dossiers.dossier_data import dossier_data
from gehoor.cli.dossiers.dossier_text import dossier_lines
from gehoor.cli.dossiers.readers import echo_readers
from gehoor.cli.support.actors import account_named, actor_named, no_dossier, not_allowed
from gehoor.cli.support.dossier_lookup import find_dossier
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.moments import future_option, refuse_future
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import Moment, echo_json, format_option, instant, now_option, place_options
from gehoor.cli.support.refusals import echo_refusals, plain_refusals
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.dossier.access_log import Way
from gehoor.services.access.access_log import log_access, readers_of
from gehoor.services.access.authorisation import COMMAND_LINE, Actor, NotAllowedError, Operator, refuse_barred
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.dossiers.viewing import OpenedDossier, look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.dossier_access import dossier_for


@click.command("dossier", cls=WorkCommand, short_help="Toon een dossier, of vul het aan.")
@click.argument("which", metavar="NUMMER")
@click.option(
    "--fill", metavar="BESTAND", help="Vul aan met de antwoorden in dit bestand (JSON; - is de invoer)."
)
@click.option(
    "--actor",
    default="",
    metavar="NAAM",
    help="Het account waarvoor dit gebeurt, met wat het mag; zonder keuze wie de server beheert.",
)
@click.option(
    "--reason",
    default="",
    metavar="TEKST",
    help="Waarom iets niet meer te laat is, bij het afsluiten niet meer hoeft, of een antwoord wijzigt.",
)
@click.option("--readers", is_flag=True, help="Toon wie het dossier inkeek, en wanneer.")
@future_option
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
    future: bool,
    moment: Moment | None,
    output: str,
) -> None:
    """Toon een dossier: de antwoorden, de termijnen en hoe ze berekend zijn, en wat nog ontbreekt.

    NUMMER is het nummer van het dossier, of zijn interne naam. Wie het hier inkijkt, staat bij wie het dossier inkeek.
    """
    with opened(ctx) as runtime:
        refuse_future(runtime, moment, asked=future or fill is None)
        dossier_id, zone = find_dossier(runtime, which)
        now = instant(moment, zone)
        who = actor_named(runtime, actor, COMMAND_LINE)
        try:
            seen = _look(runtime, dossier_id, who, now)
            refuse_barred(seen.agreement, seen.rights, Action.READ_ACCESS_LOG if readers else None)
        except UnknownDossierError as error:
            raise no_dossier(who, which) from error
        except NotAllowedError as error:
            raise not_allowed(who, error) from error
        log_access(runtime, dossier_id, who, Way.ACCESS_LOG if readers else Way.COMMAND, now, zone)
        if readers:
            echo_readers(readers_of(runtime, dossier_id, now), zone, output)
            return
        if fill is not None:
            seen = _filled(runtime, seen, (fill, who, reason), now, output)
        if output == "json":
            echo_json(dossier_data(seen))
        else:
            for line in dossier_lines(seen):
                click.echo(line)


def _look(runtime: Runtime, dossier_id: str, who: Actor, now: datetime) -> OpenedDossier:
    """Return the dossier as the actor sees it. Raises ``UnknownDossierError``."""
    if isinstance(who, Operator):
        return look(runtime, dossier_id, now)
    return dossier_for(runtime, account_named(runtime, who), dossier_id, now)


def _filled(
    runtime: Runtime, seen: OpenedDossier, given: tuple[str, Actor, str], now: datetime, output: str
) -> OpenedDossier:
    file, actor, reason = given
    try:
        answers = read_file(file)
        filling = Filling(seen.dossier.id, answers, seen.dossier.version, actor, reason=reason)
        fill_in(runtime, filling, now)
    except RefusedError as error:
        refusals = plain_refusals(seen.agreement, DOSSIER_FORM, error.objections)
    except UnusableAnswersError as error:
        refusals = [{"field": "", "label": "", "message": str(error)}]
    else:
        after = _look(runtime, seen.dossier.id, actor, now)
        for name in answers:
            # What is not asked is not kept; on a page nobody sees such a field.
            if name in after.decision.fields and not after.decision.fields[name].visible and answers[name]:
                label = after.agreement.dossier_form.fields[name].label
                click.echo(
                    f"{label}: niet bewaard, want dit wordt in dit dossier nu niet gevraagd.", err=True
                )
        return after
    if output == "json":
        echo_json({"refused": refusals})
    else:
        echo_refusals(refusals)
    sys.exit(1)
