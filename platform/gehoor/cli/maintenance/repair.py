"""``gehoor repair``: make again what is damaged and follows from events."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from gehoor import bootstrap
from gehoor.bootstrap.register_files.marks import mark
from gehoor.cli.maintenance.giving_up import GOES_ON, accepted_of, check_reason, given_up_of
from gehoor.cli.maintenance.telling import told, told_accepted, told_lost_code
from gehoor.cli.support.click_dutch import counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.moments import future_option, refuse_future
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import (
    Moment,
    echo_json,
    format_option,
    instant,
    now_option,
    place_options,
    places,
)
from gehoor.cli.support.progress import Progress
from gehoor.services.maintenance.accepting import Accepted
from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.maintenance.repair import Repaired
from gehoor.services.maintenance.repair import repair as do_repair
from gehoor.services.maintenance.verify import verify as do_verify
from gehoor.services.records.ledger_entries import LEDGER, SALTS


@click.command(
    "repair", cls=WorkCommand, short_help="Herstel wat uit gebeurtenissen opnieuw gemaakt kan worden."
)
@future_option
@now_option
@place_options
@format_option
@click.option(
    "--accept-loss",
    "accept",
    is_flag=True,
    help="Aanvaard wat van het grootboek verloren ging en geen kopie meer heeft.",
)
@click.option(
    "--give-up",
    "what",
    metavar="TABEL/SLEUTEL",
    help='Geef dit ene document op: beschadigd, en in geen kopie meer. Zoals "gehoor verify" het noemt.',
)
@click.option("--reason", metavar="TEKST", default="", help="Waarom u het opgeeft. Dat blijft bewaard.")
@click.pass_context
def repair(
    ctx: click.Context,
    future: bool,
    moment: Moment | None,
    output: str,
    accept: bool,
    what: str | None,
    reason: str,
) -> None:
    """Maak opnieuw wat van elk dossier uit zijn gebeurtenissen volgt: hoe lijsten het tonen, waarmee het gevonden
    wordt, en voor wie het niet bestaat. Wat dan nog mis is, wordt genoemd: haal dat terug uit een kopie.

    Ging een regel van het grootboek verloren, of het zout van een dossier, en heeft geen enkele kopie ze nog, dan
    schrijft --accept-loss in het grootboek dat het zo is, met wat er nu staat. "gehoor verify" zegt dat voortaan elke
    keer. Ging ook een account, een bericht, een verstuurd formulier, een instelling of een regel van de bewaarlijst
    verloren, dan geeft dit die samen op, en vraagt --reason. Probeer eerst "gehoor restore KOPIE --damaged".

    Is iets anders beschadigd en heeft geen kopie het nog, dan geeft --give-up het op, met --reason: een account, een
    bericht, een instelling, de laatste gebeurtenis van een dossier. Een afdeling waarvan een publicatie verloren is,
    neemt dan niets aan tot u opnieuw publiceert, en een voorstel waarvan het laatste verloren is, is weggegooid. Ook
    dat noemt "gehoor verify" voortaan elke keer, met de reden.

    Verder verandert er niets aan gebeurtenissen, accounts en afspraken. Maak eerst een kopie. Anderen kunnen intussen
    gewoon verder werken.
    """
    check_reason(what, reason, accept=accept)
    with opened(ctx) as runtime:
        refuse_future(runtime, moment, asked=future)
        given_up = given_up_of(runtime, what, reason, instant(moment)) if what else None
        done = do_repair(runtime, instant(moment), Progress("bijgewerkt", "dossier", "dossiers"))
        accepted = accepted_of(runtime, reason, instant(moment)) if accept else Accepted()
        left = sorted(do_verify(runtime.store).findings)
    mark(places(ctx).register_file(), "verify", bootstrap.now(), str(len(left)))
    if output == "json":
        echo_json(
            {
                "done": done.done,
                "replaced": [{"table": table, "key": key} for table, key in done.replaced],
                "codes_lost": sorted(done.codes_lost),
                "accepted": asdict(accepted),
                "given_up": given_up.name if given_up else None,
                "left": [
                    {"kind": one.kind, "table": one.table, "key": one.key, "detail": one.detail}
                    for one in left
                ],
            }
        )
    else:
        if given_up:
            click.echo(told_accepted(LEDGER, given_up.name, given_up.reason))
            if given_up.name.startswith("events/"):
                click.echo(GOES_ON)
        _tell(done, accepted)
    for one in left:
        click.echo(f"Niet hersteld: {told(one)}", err=True)
    for dossier, error in done.failed.items():
        click.echo(f"Dossier {dossier} kon niet bijgewerkt worden: {error}", err=True)
    if left or done.failed:
        sys.exit(1)


def _tell(done: Repaired, accepted: Accepted) -> None:
    for table, key in done.replaced:
        click.echo(f"Hersteld: {told(Finding(Kind.DAMAGED, table, key))}")
    for number in sorted(done.codes_lost):
        click.echo(told_lost_code(number))
    for place in accepted.places:
        click.echo(told_accepted(LEDGER, place))
    for dossier in accepted.dossiers:
        click.echo(told_accepted(SALTS, dossier))
    for name in accepted.others:
        click.echo(f"{name}: opnieuw ingeschreven zoals het nu is.")
    click.echo(f"{counted(done.done, 'dossier', 'dossiers')} bijgewerkt.")
