"""``gehoor end``: a department takes in nothing new any more."""

from __future__ import annotations

from datetime import date

import click

from gehoor.cli.support.click_dutch import Failure, OptionProblem, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.moments import LOOK, future_option, refuse_future
from gehoor.cli.support.opened import checked_department, opened
from gehoor.cli.support.options import (
    ZONE,
    Moment,
    day_option,
    echo_json,
    format_option,
    instant,
    now_option,
    place_options,
)
from gehoor.cli.support.targets import department_of
from gehoor.core.wording.registry import DUTCH
from gehoor.services.agreements.publishing import ValidityError
from gehoor.services.intake.ending import Ending, end, plan_ending
from gehoor.services.register.library import EndedDepartmentError, NothingPublishedError
from gehoor.services.register.register import reading

_MOST = 20
"""So many running dossiers are named."""


@click.command("end", cls=WorkCommand, short_help="Laat een afdeling stoppen.")
@click.argument("department", metavar="ORGANISATIE/AFDELING")
@click.option("--by", default="", metavar="NAAM", help="Wie dit besliste; nodig om het te doen.")
@day_option("valid-from", "De eerste dag waarop niets meer binnenkomt; zonder keuze vandaag.")
@click.option("--what-if", is_flag=True, help="Toon alleen wat er nog loopt.")
@future_option
@now_option
@place_options
@format_option
@click.pass_context
def stop(
    ctx: click.Context,
    department: str,
    by: str,
    what_if: bool,
    future: bool,
    moment: Moment | None,
    output: str,
    valid_from: date | None,
) -> None:
    """Laat een afdeling stoppen: er komt niets nieuws meer binnen, niet op de website en niet aan de balie.

    Wat loopt, loopt door onder zijn eigen afspraken, met zijn termijnen en voor dezelfde mensen. Wie een volgcode
    heeft, kan daarmee verder. Weer openen gaat met: gehoor publish --reopen ORGANISATIE/AFDELING
    """
    if not what_if and not by.strip():
        raise OptionProblem("--by", 'zeg wie dit besliste, bijvoorbeeld --by "directie"')
    with opened(ctx) as runtime:
        with reading(runtime.store) as register:
            place = checked_department(register.published_departments(), *department_of(department))
            zone = register.publications(*place)[-1].time_zone
        refuse_future(runtime, moment, asked=future or what_if, instead=LOOK)
        now = instant(moment, zone or ZONE)
        try:
            ending = (
                plan_ending(runtime, place, now, valid_from)
                if what_if
                else end(runtime, place, now, by.strip(), valid_from)
            )
        except EndedDepartmentError as error:
            raise Failure(f"{department} is al gestopt.") from error
        except NothingPublishedError as error:
            raise Failure(f"Van {department} geldt nog niets: er is niets dat kan stoppen.") from error
        except ValidityError as error:
            raise OptionProblem("--valid-from", f"kies {DUTCH.formats.day(error.day)} of later") from error
    if output == "json":
        running = [summary.number for summary in ending.running]
        echo_json(
            {
                "department": department,
                "from": ending.day.isoformat(),
                "ended": not what_if,
                "running": running,
                "unread": list(ending.unread),
            }
        )
        return
    _tell(department, ending, what_if=what_if)


def _tell(department: str, ending: Ending, *, what_if: bool) -> None:
    would = "zou niets nieuws meer aannemen" if what_if else "neemt niets nieuws meer aan"
    click.echo(f"{department} {would} vanaf {DUTCH.formats.day(ending.day)}.")
    if ending.unread:
        click.echo(
            f"Van {counted(len(ending.unread), 'dossier', 'dossiers')} is niet te lezen of het daar nog loopt. "
            f"Doe: gehoor verify ({', '.join(ending.unread[:_MOST])})",
            err=True,
        )
    if not ending.running:
        if not ending.unread:
            click.echo("Er loopt daar niets meer.")
        return
    click.echo(
        f"Daar {'loopt' if len(ending.running) == 1 else 'lopen'} nog "
        f"{counted(len(ending.running), 'dossier', 'dossiers')}, "
        f"{'dat doorgaat' if len(ending.running) == 1 else 'die doorgaan'}:"
    )
    for summary in ending.running[:_MOST]:
        handled_by = ", ".join(filter(None, (summary.handler, *summary.beside))) or "niemand behandelt dit"
        click.echo(f"  {summary.number}  {handled_by}")
    if len(ending.running) > _MOST:
        click.echo(f"  en nog {len(ending.running) - _MOST}")
