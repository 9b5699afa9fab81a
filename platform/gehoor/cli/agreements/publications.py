"""``gehoor publications``: what was published when, by whom, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from gehoor.cli.agreements.publication_preview import SHORT
from gehoor.cli.support.click_dutch import Failure
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import checked_department, opened
from gehoor.cli.support.options import (
    ZONE,
    Moment,
    echo_json,
    format_option,
    instant,
    now_option,
    place_options,
)
from gehoor.cli.support.targets import department_of
from gehoor.core.dossier.events import parse_instant
from gehoor.core.wording.registry import DUTCH
from gehoor.services.agreements.publications import history
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.register import reading
from gehoor.services.register.validity import Standing, State


@click.command("publications", cls=WorkCommand, short_help="Toon wat gepubliceerd is, en wat geldt.")
@click.argument("department", metavar="[ORGANISATIE/AFDELING]", required=False)
@now_option
@place_options
@format_option
@click.pass_context
def publications(ctx: click.Context, department: str | None, moment: Moment | None, output: str) -> None:
    """Toon wat gepubliceerd is, van alle afdelingen of van een: wanneer, door wie, en wat nu geldt.

    De code is genoeg om afspraken te lezen (gehoor agreement --published), te vergelijken (gehoor diff) of opnieuw
    te laten ingaan (gehoor publish --again).
    """
    now = instant(moment)
    with opened(ctx) as runtime, reading(runtime.store) as register:
        wanted = register.published_departments()
        if department is not None:
            wanted = [checked_department(wanted, *department_of(department))]
        found = []
        for one in wanted:
            try:
                found.append(history(register, runtime.library, one, now))
            except DamagedError:
                if department is not None:
                    raise
                click.echo(f"Van {'/'.join(one)} is iets beschadigd: kijk na met gehoor verify", err=True)
    if not found:
        raise Failure("Er is nog niets gepubliceerd. Doe eerst: gehoor publish")
    if output == "json":
        echo_json({"publications": [_plain(standing) for standings in found for standing in standings]})
        return
    click.echo("\n\n".join("\n".join(_lines(standings)) for standings in found))


def _lines(standings: Sequence[Standing]) -> Iterator[str]:
    first = standings[0].publication
    yield f"{first.organisation}/{first.department}"
    for standing in reversed(standings):
        one = standing.publication
        by = f", afgesproken door {one.by}" if one.by else ""
        yield f"  {one.agreement[:SHORT]}  {_state(standing)}"
        yield f"    Gepubliceerd op {DUTCH.formats.instant(_local(one.published_at, one.time_zone))}{by}."
        if standing.review_before:
            late = " Dat is nog niet gebeurd." if standing.review_overdue else ""
            yield f"    Te herzien vóór {DUTCH.formats.day(standing.review_before)}.{late}"


def _state(standing: Standing) -> str:
    day = DUTCH.formats.day(standing.valid_from)
    match standing.state:
        case State.IN_FORCE:
            return f"van kracht sinds {day}{', herziening te laat' if standing.review_overdue else ''}"
        case State.ENDED:
            return f"gestopt sinds {day}"
        case State.PLANNED if standing.publication.ended:
            return f"stopt op {day}"
        case State.PLANNED:
            return f"gaat in op {day}"
        case State.OVERTAKEN:
            return f"zou ingaan op {day}, maar is ingehaald"
        case State.EARLIER:
            return f"vroeger, vanaf {day}"


def _local(moment: str, time_zone: str) -> datetime:
    return parse_instant(moment).astimezone(ZoneInfo(time_zone or ZONE))


def _plain(standing: Standing) -> dict[str, object]:
    one = standing.publication
    return {
        "organisation": one.organisation,
        "department": one.department,
        "sequence": one.sequence,
        "hash": one.agreement,
        "by": one.by,
        "published_at": one.published_at,
        "valid_from": standing.valid_from.isoformat(),
        "review_before": standing.review_before.isoformat() if standing.review_before else None,
        "state": standing.state.value,
        "review_overdue": standing.review_overdue,
    }
