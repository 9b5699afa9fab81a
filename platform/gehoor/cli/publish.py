"""``gehoor publish``: agreements come into force."""

from __future__ import annotations

import sys
from typing import TypeAlias

import click

from gehoor.bootstrap.files import LoadedWorkspace
from gehoor.cli.differences import print_differences
from gehoor.cli.dutch import Failure, counted
from gehoor.cli.failures import WorkCommand
from gehoor.cli.loaded import loaded
from gehoor.cli.opened import opened
from gehoor.cli.options import (
    ZONE,
    Moment,
    echo_json,
    format_option,
    instant,
    now_option,
    place_options,
    places,
)
from gehoor.core.agreement import Agreement
from gehoor.core.problems import errors
from gehoor.loading.problem_texts import line
from gehoor.services.comparing import Comparison, compare, in_force
from gehoor.services.publishing import EnginesDisagreeError, Proposal, Published
from gehoor.services.publishing import publish as bring_into_force
from gehoor.services.runtime import Runtime

_SHORT = 12
"""How many characters of a hash tell two agreements apart for people."""

_Compared: TypeAlias = tuple[Agreement, Comparison | None]
"""What is offered, and how it differs from what is in force; None when nothing is."""


@click.command("publish", cls=WorkCommand, short_help="Laat de afspraken ingaan voor nieuwe dossiers.")
@click.argument("organisations", metavar="[ORGANISATIE]...", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Toon alleen wat er zou veranderen.")
@click.option("--by", default="", metavar="NAAM", help="Wie dit publiceert, of met wie het is afgesproken.")
@now_option
@place_options
@format_option
@click.pass_context
def publish(
    ctx: click.Context,
    organisations: tuple[str, ...],
    dry_run: bool,
    by: str,
    moment: Moment | None,
    output: str,
) -> None:
    """Laat de afspraken ingaan voor nieuwe dossiers. Dossiers die lopen, houden hun eigen afspraken.

    Eerst ziet u per afdeling wat er verandert. Is er ergens een fout, dan wordt niets gepubliceerd.
    """
    found = loaded(ctx, organisations)
    if wrong := errors(found.problems):
        for problem in wrong:
            click.echo(line(problem), err=True)
        click.echo(f"Niets gepubliceerd: {counted(len(wrong), 'fout', 'fouten')}.", err=True)
        if output == "json":
            echo_json({"published": []})
        sys.exit(1)
    if dry_run:
        _rehearse(ctx, found, output)
        return
    proposals = [Proposal(d.organisation, d.department, d.document, d.places) for d in found.departments]
    zones = {department.agreement.time_zone for department in found.departments}
    now = instant(moment, zones.pop() if len(zones) == 1 else ZONE)
    with opened(ctx, make=True) as runtime:
        offered = [department.agreement for department in found.departments]
        compared = [(agreement, _compared(runtime, agreement)) for agreement in offered]
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
    _print_changes(compared)
    for item in published:
        state = "gepubliceerd" if item.changed else "ongewijzigd"
        click.echo(f"{item.organisation}/{item.department}  {item.agreement[:_SHORT]}  {state}")


def _rehearse(ctx: click.Context, found: LoadedWorkspace, output: str) -> None:
    """Show what publishing would change. Without a register nothing is in force, and none is made."""
    offered = [department.agreement for department in found.departments]
    compared: list[_Compared] = [(agreement, None) for agreement in offered]
    if places(ctx).register_file().exists():
        with opened(ctx) as runtime:
            compared = [(agreement, _compared(runtime, agreement)) for agreement in offered]
    if output == "json":
        echo_json({"published": [], "would-publish": [_would(*one) for one in compared]})
        return
    _print_changes(compared)
    for agreement, difference in compared:
        state = "ongewijzigd" if difference and difference.equal else "zou gepubliceerd worden"
        click.echo(f"{agreement.organisation}/{agreement.department}  {agreement.hash[:_SHORT]}  {state}")
    click.echo("Niets gepubliceerd: u vroeg alleen wat er zou veranderen.")


def _compared(runtime: Runtime, offered: Agreement) -> Comparison | None:
    before = in_force(runtime, offered.organisation, offered.department)
    return None if before is None else compare(before, offered)


def _print_changes(compared: list[_Compared]) -> None:
    for agreement, difference in compared:
        if difference is not None and not difference.equal:
            click.echo(f"{agreement.organisation}/{agreement.department}: dit verandert")
            print_differences(difference, "  ")


def _would(agreement: Agreement, difference: Comparison | None) -> dict[str, object]:
    return {
        "organisation": agreement.organisation,
        "department": agreement.department,
        "hash": agreement.hash,
        "changed": difference is None or not difference.equal,
    }


def _plain(item: Published) -> dict[str, object]:
    return {
        "organisation": item.organisation,
        "department": item.department,
        "hash": item.agreement,
        "changed": item.changed,
    }
