"""``gehoor verify``: read all of the register, and say what is wrong."""

from __future__ import annotations

import sys

import click

from gehoor import bootstrap
from gehoor.bootstrap.marks import mark
from gehoor.cli.maintenance.telling import Progress, told
from gehoor.cli.support.click_dutch import counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import echo_json, format_option, place_options, places
from gehoor.services.maintenance.verify import verify as do_verify


@click.command("verify", cls=WorkCommand, short_help="Lees het hele register na.")
@place_options
@format_option
@click.pass_context
def verify(ctx: click.Context, output: str) -> None:
    """Lees het hele register, en noem wat er niet meer is zoals het bewaard werd: beschadigde documenten,
    gebeurtenissen die ontbreken of niet op elkaar volgen, wat bij niets hoort.

    Eindigt met 1 als er iets mis is. Anderen kunnen intussen gewoon verder werken.
    """
    with opened(ctx) as runtime:
        found = do_verify(runtime.store, Progress("nagelezen"))
    findings = sorted(found.findings)
    mark(places(ctx).register_file(), "verify", bootstrap.now(), str(len(findings)))
    if output == "json":
        echo_json(
            {
                "documents": found.documents,
                "dossiers": found.dossiers,
                "findings": [
                    {"kind": one.kind, "table": one.table, "key": one.key, "detail": one.detail}
                    for one in findings
                ],
            }
        )
    else:
        documents, dossiers = (
            counted(found.documents, "document", "documenten"), counted(found.dossiers, "dossier", "dossiers")
        )  # fmt: skip
        for one in findings:
            click.echo(told(one), err=True)
        wrong = f"{len(findings)} keer iets mis" if findings else "alles is zoals het bewaard werd"
        click.echo(f"{documents} van {dossiers} nagelezen: {wrong}.")
        if any(one.can_be_made_again for one in findings):
            click.echo("Wat uit gebeurtenissen volgt, kan opnieuw gemaakt worden: gehoor repair")
    if findings:
        sys.exit(1)
