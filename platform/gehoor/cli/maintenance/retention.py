"""``gehoor retention``: which dossiers need not be kept any more, who approves, and anonymising them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date

import click

from gehoor import bootstrap
from gehoor.bootstrap.mail import mailer
from gehoor.cli.support.click_dutch import DutchGroup, Failure, NeededOption, OptionProblem, counted
from gehoor.cli.support.copied import copied
from gehoor.cli.support.dossier_lookup import find_dossier
from gehoor.cli.support.failures import WorkCommand
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
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import COMMAND_LINE, NotAllowedError, Operator
from gehoor.services.ports.records import RetentionRecord
from gehoor.services.register.codes_in_texts import TooLongError
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.retention.approval import (
    ChangedError,
    NoReasonError,
    NotDueError,
    approve,
    hold_back,
    let_go,
    listed,
)
from gehoor.services.retention.carrying_out import CarriedOut, carry_out
from gehoor.services.retention.survey import survey

_OPERATOR = Operator(COMMAND_LINE)
_by_option = click.option(
    "--by", cls=NeededOption, metavar="NAAM", help="De gebruiker die dit beslist; die heeft er de rol voor."
)


class _RetentionGroup(DutchGroup):
    command_class = WorkCommand


@click.command("retention", cls=_RetentionGroup, short_help="Anonimiseer wat niet langer bewaard hoeft.")
def retention() -> None:
    """Toon welke dossiers niet langer bewaard hoeven, keur goed, en haal eruit wat over mensen gaat.

    Hoelang een dossier bewaard wordt, staat in de bestanden onder "bewaring". Er gebeurt niets voor iemand het
    goedkeurt die daar volgens "rechten" de rol voor heeft.
    """


@retention.command("list", short_help="Toon wat niet langer bewaard hoeft.")
@click.option("--done", is_flag=True, help="Toon wat geanonimiseerd is: het bewijs ervan.")
@now_option
@place_options
@format_option
@click.pass_context
def list_(ctx: click.Context, done: bool, moment: Moment | None, output: str) -> None:
    """Toon welke dossiers niet langer bewaard hoeven, met nummer, dagen en bewaartermijn: niets over mensen.

    Met --now ziet u het ook van een dag die nog moet komen. Er wordt dan niets bewaard.
    """
    now = instant(moment)
    with opened(ctx) as register:
        # What is only looked at is worked out on a copy: nothing of a day to come stays.
        runtime = copied(register, now) if now > bootstrap.now() else register
        failed = survey(runtime, now).failed
        found = listed(runtime, _OPERATOR, now)
        records = found.done if done else (*found.waiting, *found.approved)
        if output == "json":
            echo_json([asdict(one) for one in records])
        else:
            for one in records:
                click.echo(_line(one))
            click.echo(f"{counted(len(records), 'dossier', 'dossiers')}.")
    _tell_failed(failed)


@retention.command("approve", short_help="Keur goed dat dossiers geanonimiseerd worden.")
@click.argument("numbers", nargs=-1, required=True, metavar="NUMMER...")
@_by_option
@place_options
@click.pass_context
def approve_(ctx: click.Context, numbers: tuple[str, ...], by: str) -> None:
    """Keur goed dat dossiers geanonimiseerd worden. Dat gebeurt pas met "gehoor retention carry-out"."""
    with opened(ctx) as runtime, _refusals(by):
        dossiers = [find_dossier(runtime, number)[0] for number in numbers]
        made = approve(runtime, dossiers, by, bootstrap.now())
        click.echo(f"{counted(len(made), 'dossier', 'dossiers')} goedgekeurd.")


@retention.command("hold", short_help="Houd een dossier tegen, met een reden.")
@click.argument("number", metavar="NUMMER")
@click.option("--reason", cls=NeededOption, metavar="TEKST", help="Waarom het bewaard blijft.")
@_by_option
@place_options
@click.pass_context
def hold(ctx: click.Context, number: str, reason: str, by: str) -> None:
    """Houd een dossier tegen dat op de lijst staat. Het blijft bewaard tot iemand het vrijgeeft."""
    with opened(ctx) as runtime, _refusals(by):
        held = hold_back(runtime, find_dossier(runtime, number)[0], reason, by, bootstrap.now())
        click.echo(f"{held.number} blijft bewaard.")


@retention.command("release", short_help="Geef een dossier vrij, of neem een goedkeuring terug.")
@click.argument("number", metavar="NUMMER")
@_by_option
@place_options
@click.pass_context
def release(ctx: click.Context, number: str, by: str) -> None:
    """Geef een dossier vrij dat tegengehouden wordt, of neem een goedkeuring terug. Het staat dan weer op de lijst."""
    with opened(ctx) as runtime, _refusals(by):
        free = let_go(runtime, find_dossier(runtime, number)[0], by, bootstrap.now())
        click.echo(f"{free.number} staat weer op de lijst.")


@retention.command("carry-out", short_help="Anonimiseer wat goedgekeurd is.")
@place_options
@click.pass_context
def carry_out_(ctx: click.Context) -> None:
    """Anonimiseer wat goedgekeurd is, dossier per dossier. Breek het gerust af: de volgende keer gaat het verder.

    Daarna wordt het register herschreven, zodat er ook in de vrije ruimte niets van blijft staan. Zolang dat duurt, kan
    niemand bewaren: doe het buiten de uren. Kopieën van vroeger bewaren wat erin staat; zie docs/beheer.md.
    """
    post = mailer(places(ctx).register_file())
    with opened(ctx) as runtime:
        result = carry_out(runtime, post, bootstrap.now())
    click.echo(f"{counted(len(result.done), 'dossier', 'dossiers')} geanonimiseerd.")
    _tell(result)


def _tell(result: CarriedOut) -> None:
    for number in result.lapsed:
        click.echo(f"{number} is gewijzigd na de goedkeuring en staat opnieuw op de lijst.", err=True)
    for number in result.unread:
        click.echo(f"Van {number} was beschadigd wie het inkeek. Ook dat is gewist.", err=True)
    if result.remains:
        click.echo(
            "Iemand leest het register nog. Doe dit straks opnieuw: dan gaan ook de laatste resten weg.",
            err=True,
        )
    _tell_failed(result.failed)
    if result.remains:
        sys.exit(1)


def _tell_failed(failed: dict[str, str]) -> None:
    for dossier, reason in failed.items():
        click.echo(f"Dossier {dossier} kon niet nagekeken worden: {reason}", err=True)
    if failed:
        sys.exit(1)


@contextmanager
def _refusals(by: str) -> Iterator[None]:
    try:
        yield
    except NotDueError as error:
        raise Failure(
            f"{error} staat niet op de lijst: het moet nog bewaard blijven, iemand houdt het tegen, "
            "of het is al gedaan."
        ) from error
    except ChangedError as error:
        raise Failure(
            f"{error} kreeg er iets bij sinds de lijst gemaakt werd. Bekijk ze opnieuw: gehoor retention list"
        ) from error
    except NoReasonError as error:
        raise OptionProblem("--reason", "zeg waarom") from error
    except TooLongError as error:
        raise OptionProblem("--reason", f"dit is te lang: hoogstens {error.most} tekens") from error
    except NotAllowedError as error:
        who = " of ".join(error.roles) or "niemand; zet het bij 'rechten'"
        raise OptionProblem("--by", f"{by} mag dit niet. Volgens de afspraken is dit voor: {who}") from error
    except UnknownDossierError as error:
        raise OptionProblem("--by", f"{by} kan dit dossier niet openen") from error


def _line(record: RetentionRecord) -> str:
    day = DUTCH.formats.day
    states = {
        "kept": "wacht op goedkeuring",
        "held": f"tegengehouden: {record.reason}",
        "approved": f"goedgekeurd door {record.by}",
        "done": f"geanonimiseerd op {record.done_at[:10]}, goedgekeurd door {record.by}",
    }
    if record.came_in and record.state != "done":
        states["kept"] += "; na het afsluiten kwam nog een bericht binnen, zonder antwoord"
    blocked = "gaat verder in een dossier dat nog loopt" if record.goes_on else "geblokkeerd in het dossier"
    state = blocked if record.blocked else states[record.state]
    rule = " ".join(
        part for part in (record.name, f"({record.selection_rule})" if record.selection_rule else "") if part
    )
    return f"{record.number}  bewaard tot {day(date.fromisoformat(record.until))}  {rule}  {state}"
