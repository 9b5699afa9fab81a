"""``gehoor verify``: read all of the register, and say what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gehoor import bootstrap
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.register_files.marks import mark
from gehoor.bootstrap.register_files.seal_file import add_seal, seals_in
from gehoor.cli.maintenance.telling import moment_of, told, told_accepted
from gehoor.cli.support.click_dutch import Failure, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import echo_json, format_option, place_options, places
from gehoor.cli.support.progress import Progress
from gehoor.core.dossier.events import instant_text
from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.maintenance.verify import Verified
from gehoor.services.maintenance.verify import verify as do_verify
from gehoor.services.records.ledger_entries import LEDGER


@click.command("verify", cls=WorkCommand, short_help="Lees het hele register na.")
@click.option(
    "--against",
    metavar="BESTAND",
    type=click.Path(path_type=Path),
    help="Houd het grootboek naast zegels, of naast een kopie, van vroeger.",
)
@click.option(
    "--seal",
    metavar="BESTAND",
    type=click.Path(path_type=Path),
    help="Voeg daar een zegel aan toe, als er niets mis is.",
)
@place_options
@format_option
@click.pass_context
def verify(ctx: click.Context, against: Path | None, seal: Path | None, output: str) -> None:
    """Lees het hele register, en noem wat er niet meer is zoals het bewaard werd: wat beschadigd, verdwenen, gewijzigd
    of ertussen gezet is, gebeurtenissen die niet op elkaar volgen, wat bij niets hoort.

    Daarvoor schrijft elke wijziging een regel in een grootboek. Wie in het bestand kan schrijven, kan ook dat
    herschrijven: bewaar zegels waar hij niet bij kan, en geef ze hier op.

    Eindigt met 1 als er iets mis is. Anderen kunnen intussen gewoon verder werken.
    """
    try:
        known = seals_in(against) if against else []
        with opened(ctx) as runtime:
            found = do_verify(runtime.store, Progress("nagelezen"), known)
        if seal and found.seal and not found.findings:
            add_seal(seal, found.seal.line(instant_text(bootstrap.now())))
    except SetupError as error:
        raise Failure(str(error)) from error
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
                "replaced": dict(found.replaced),
                "accepted": [{"table": table, "key": key} for table, key in found.accepted],
                "given_up": found.reasons,
            }
        )
    else:
        _tell(found, findings)
        if seal and not findings:
            click.echo(
                f"Zegel toegevoegd aan {seal}. Bewaar het waar niemand die in het register schrijft, bij kan."
            )
    if findings:
        sys.exit(1)


def _tell(found: Verified, findings: list[Finding]) -> None:
    documents, dossiers = (
        counted(found.documents, "document", "documenten"), counted(found.dossiers, "dossier", "dossiers")
    )  # fmt: skip
    for one in findings:
        click.echo(told(one), err=True)
    for dossier, copy in sorted(found.replaced.items()):
        click.echo(f"Dossier {dossier} werd teruggezet uit een kopie van {moment_of(copy)}.")
    for table, key in found.accepted:
        click.echo(told_accepted(table, key, found.reasons.get(key, "") if table == LEDGER else ""))
    wrong = f"{len(findings)} keer iets mis" if findings else "alles is zoals het bewaard werd"
    click.echo(f"{documents} van {dossiers} nagelezen: {wrong}.")
    if any(one.can_be_made_again for one in findings):
        click.echo("Wat uit gebeurtenissen volgt, kan opnieuw gemaakt worden: gehoor repair")
    if any(one.kind is Kind.HALF for one in findings):
        click.echo(
            "Zet het dossier waarin iets niet staat, terug uit een kopie: gehoor restore KOPIE --dossier NUMMER. "
            "Wat het andere ervan zegt, komt er dan bij."
        )
    if any(not one.can_be_made_again and one.kind is not Kind.HALF for one in findings):
        click.echo("Haal het andere terug uit een kopie: gehoor restore KOPIE --damaged")
