"""``gehoor submit``: messages come in from files."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

import click

from gehoor.cli.dossiers.answer_files import UnusableAnswersError, read_file
from gehoor.cli.dossiers.submissions import Desk, Outcome, submit_lines
from gehoor.cli.support.actors import actor_named, not_allowed
from gehoor.cli.support.click_dutch import Failure
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.moments import future_option, refuse_future
from gehoor.cli.support.opened import agreement_in_force, opened, refuse_unknown_form
from gehoor.cli.support.options import Moment, echo_json, format_option, instant, now_option, place_options
from gehoor.cli.support.refusals import echo_refusals
from gehoor.services.access.authorisation import NotAllowedError, name_of
from gehoor.services.register.library import NothingPublishedError


@click.command("submit", cls=WorkCommand, short_help="Dien een ingevuld formulier in.")
@click.argument("organisation", metavar="ORGANISATIE")
@click.argument("department", metavar="AFDELING")
@click.argument("form", metavar="FORMULIER")
@click.argument("file", metavar="BESTAND")
@click.option(
    "--key", metavar="SLEUTEL", help="Wat met dezelfde sleutel al ingediend is, wordt niet opnieuw ingediend."
)
@click.option(
    "--actor",
    default="",
    metavar="NAAM",
    help="Het account van de medewerker die indient, met wat het mag; anders iemand van buiten.",
)
@future_option
@now_option
@place_options
@format_option
@click.pass_context
def submit(
    ctx: click.Context,
    organisation: str,
    department: str,
    form: str,
    file: str,
    key: str | None,
    actor: str,
    future: bool,
    moment: Moment | None,
    output: str,
) -> None:
    """Dien een ingevuld formulier in: een bestand met JSON, of - om het van de invoer te lezen.

    Een bestand dat op .jsonl eindigt, heeft op elke regel een ingevuld formulier. Voor elke regel komt er een
    regel JSON terug, zodra ze bewaard is.
    """
    with opened(ctx) as runtime:
        refuse_future(runtime, moment, asked=future)
        agreement = agreement_in_force(runtime, organisation, department, moment)
        refuse_unknown_form(agreement, form)
        fixed = None if moment is None else instant(moment, agreement.time_zone)
        actor = name_of(actor_named(runtime, actor, ""))
        desk = Desk(runtime, agreement, form, actor, fixed)
        key = key or secrets.token_urlsafe()
        try:
            if Path(file).suffix == ".jsonl":
                sys.exit(0 if submit_lines(desk, file, key) else 1)
            outcome = desk.submit(read_file(file), key)
        except NotAllowedError as error:
            raise not_allowed(actor, error) from error
        except NothingPublishedError as error:
            if not actor:
                raise
            raise Failure(f'"{actor}" werkt niet in {organisation}/{department}.') from error
        except UnusableAnswersError as error:
            outcome = Outcome(refusals=[{"field": "", "label": "", "message": str(error)}])
    _echo(outcome, output)
    if outcome.refusals:
        sys.exit(1)


def _echo(outcome: Outcome, output: str) -> None:
    if output == "json":
        echo_json({"refused": outcome.refusals} if outcome.refusals else outcome.receipt)
    elif outcome.refusals:
        echo_refusals(outcome.refusals)
    else:
        click.echo(f"Bewaard als {outcome.receipt['number']}.")
        if "code" in outcome.receipt:
            click.echo(f"Volgcode: {outcome.receipt['code']}")
