"""``gehoor export``: all that an organisation has in a register, in open formats."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gehoor import bootstrap
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.exchange.exit_kit.writing import write_exit_kit
from gehoor.cli.support.click_dutch import Failure, NeededOption, OptionProblem, counted, did_you_mean
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import echo_json, format_option, place_options
from gehoor.cli.support.progress import Progress
from gehoor.services.access.authorisation import Operator
from gehoor.services.exchange.exit_kit.kit import UnknownOrganisationError
from gehoor.services.register.register import reading

_SHOWN = 20


@click.command("export", cls=WorkCommand, short_help="Haal alles van een organisatie uit het register.")
@click.argument("organisation", metavar="ORGANISATIE")
@click.argument("target", metavar="MAP", type=click.Path(path_type=Path))
@click.option(
    "--by", cls=NeededOption, metavar="NAAM", help="Voor wie u dit doet; dat staat bij elk dossier."
)
@place_options
@format_option
@click.pass_context
def export(ctx: click.Context, organisation: str, target: Path, by: str, output: str) -> None:
    """Schrijf alles van een organisatie in een nieuwe map, of in een zip als de naam op .zip eindigt: dossiers met hun
    gebeurtenissen, bijlagen, brieven, berichten, elke versie van de afspraken, accounts en codelijsten.

    Alles staat er in open vormen, met een uitleg (LEESMIJ.md) en een programma (verify.py) dat het pakket nakijkt
    zonder Gehoor. Ook wat strikt vertrouwelijk is, gaat mee: dit is voor wie de server beheert. Bij elk dossier staat
    dat het uitgevoerd werd.
    """
    with opened(ctx) as runtime:
        try:
            actor, told = Operator.on_behalf_of(by), Progress("klaargezet", "dossier", "dossiers")
            written = write_exit_kit(runtime, organisation, target, actor, bootstrap.now(), told)
        except UnknownOrganisationError as error:
            with reading(runtime.store) as register:
                known = sorted({one for one, _ in register.published_departments()})
            hint = did_you_mean(organisation, known) or f"; kies uit {', '.join(known)}"
            raise OptionProblem(organisation, f"deze organisatie is niet gepubliceerd{hint}") from error
        except SetupError as error:
            raise Failure(str(error)) from error
    made, wrong = written.made, written.findings
    if output == "json":
        echo_json(
            {
                "target": str(target),
                "organisation": made.organisation,
                "made_at": made.made_at,
                "dossiers": made.dossiers,
                "attachments": made.attachments,
                "agreements": made.agreements,
                "left_out": list(made.left_out),
                "findings": wrong.told,
                "manifest_sha256": written.manifest,
            }
        )
    else:
        click.echo(
            f"{counted(made.dossiers, 'dossier', 'dossiers')}, {counted(made.attachments, 'bijlage', 'bijlagen')} en "
            f"{counted(made.agreements, 'versie', 'versies')} van de afspraken in {target}"
            f"{', en nagelezen' if not wrong.total else ''}."
        )
        click.echo(f"SHA-256 van het manifest: {written.manifest}")
        click.echo("Bewaar die ergens anders: zo ziet u later of het pakket nog is wat het was.")
    for line in wrong.told[:_SHOWN]:
        click.echo(line, err=True)
    if wrong.total:
        click.echo(
            f"Het pakket is niet volledig: {wrong.total} keer klopt er iets niet. Kijk na met: gehoor verify",
            err=True,
        )
        sys.exit(1)
