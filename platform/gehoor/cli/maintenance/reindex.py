"""``gehoor reindex``: make again what lists and search keep."""

from __future__ import annotations

import sys

import click

from gehoor.cli.support.click_dutch import counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.moments import future_option, refuse_future
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import Moment, echo_json, format_option, instant, now_option, place_options
from gehoor.cli.support.progress import Progress
from gehoor.services.jobs.reindex import reindex as do_reindex


@click.command("reindex", cls=WorkCommand, short_help="Maak opnieuw wat lijsten en zoeken bijhouden.")
@future_option
@now_option
@place_options
@format_option
@click.pass_context
def reindex(ctx: click.Context, future: bool, moment: Moment | None, output: str) -> None:
    """Maak van elk dossier opnieuw wat werklijsten en zoeken ervan bijhouden. Aan de dossiers zelf verandert niets.

    Doe dit een keer na een nieuwe versie van Gehoor die erom vraagt. Anderen kunnen intussen gewoon verder werken.
    """
    with opened(ctx) as runtime:
        refuse_future(runtime, moment, asked=future)
        found = do_reindex(runtime, instant(moment), Progress("bekeken", "dossier", "dossiers"))
    if output == "json":
        echo_json({"done": found.done, "failed": sorted(found.failed)})
    else:
        click.echo(f"{counted(found.done, 'dossier', 'dossiers')} bijgewerkt.")
    for dossier, reason in found.failed.items():
        click.echo(f"Dossier {dossier} kon niet bijgewerkt worden: {reason}", err=True)
    if found.failed:
        sys.exit(1)
