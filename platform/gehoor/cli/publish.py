"""``gehoor publish``: agreements come into force."""

from __future__ import annotations

import sys

import click

from gehoor.cli.dutch import Failure, counted
from gehoor.cli.failures import WorkCommand
from gehoor.cli.loaded import loaded
from gehoor.cli.opened import opened
from gehoor.cli.options import ZONE, Moment, echo_json, format_option, instant, now_option, place_options
from gehoor.core.problems import errors
from gehoor.loading.problem_texts import line
from gehoor.services.publishing import EnginesDisagreeError, Proposal, Published
from gehoor.services.publishing import publish as bring_into_force

_SHORT = 12
"""How many characters of a hash tell two agreements apart for people."""


@click.command("publish", cls=WorkCommand, short_help="Laat de afspraken ingaan voor nieuwe dossiers.")
@click.argument("organisations", metavar="[ORGANISATIE]...", nargs=-1)
@click.option("--by", default="", metavar="NAAM", help="Wie dit publiceert, of met wie het is afgesproken.")
@now_option
@place_options
@format_option
@click.pass_context
def publish(
    ctx: click.Context, organisations: tuple[str, ...], by: str, moment: Moment | None, output: str
) -> None:
    """Laat de afspraken ingaan voor nieuwe dossiers. Dossiers die lopen, houden hun eigen afspraken.

    Is er ergens een fout, dan wordt niets gepubliceerd.
    """
    found = loaded(ctx, organisations)
    if wrong := errors(found.problems):
        for problem in wrong:
            click.echo(line(problem), err=True)
        click.echo(f"Niets gepubliceerd: {counted(len(wrong), 'fout', 'fouten')}.", err=True)
        if output == "json":
            echo_json({"published": []})
        sys.exit(1)
    proposals = [Proposal(d.organisation, d.department, d.document, d.places) for d in found.departments]
    zones = {department.agreement.time_zone for department in found.departments}
    now = instant(moment, zones.pop() if len(zones) == 1 else ZONE)
    with opened(ctx, make=True) as runtime:
        try:
            published = bring_into_force(runtime, proposals, now, by)
        except EnginesDisagreeError as error:
            raise Failure(
                f'Niets gepubliceerd: bij het voorbeeld "{error.case}" geven de regelmotor en de uitleg '
                "niet hetzelfde. Meld dit aan de makers van Gehoor."
            ) from error
    if output == "json":
        echo_json({"published": [_plain(item) for item in published]})
        return
    for item in published:
        state = "gepubliceerd" if item.changed else "ongewijzigd"
        click.echo(f"{item.organisation}/{item.department}  {item.agreement[:_SHORT]}  {state}")


def _plain(item: Published) -> dict[str, object]:
    return {
        "organisation": item.organisation,
        "department": item.department,
        "hash": item.agreement,
        "changed": item.changed,
    }
