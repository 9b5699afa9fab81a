"""``gehoor sweep``: what the moment calls for."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date, datetime

import click

from gehoor import bootstrap
from gehoor.bootstrap.drafting.preview_files import forget_ended, previews_of
from gehoor.bootstrap.exchange.hooks import tell_programs
from gehoor.bootstrap.mail import mailer
from gehoor.bootstrap.metrics import count_sent, count_swept, round_of
from gehoor.bootstrap.register import is_there
from gehoor.bootstrap.register_files.marks import mark
from gehoor.cli.dossiers.rehearsal import rehearse
from gehoor.cli.dossiers.send import delivered_line
from gehoor.cli.support.click_dutch import Failure, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.moments import LOOK, future_option, refuse_future
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
from gehoor.core.wording.event_parts import term_name
from gehoor.core.wording.registry import DUTCH
from gehoor.services.jobs.sweep import MissedTerm, Swept
from gehoor.services.jobs.sweep import sweep as do_sweep
from gehoor.services.messages.sending import deliver
from gehoor.services.projection.projection import UNDECIDABLE
from gehoor.services.register.register import Register, reading
from gehoor.services.register.runtime import Runtime

NO_REGISTER = (
    "{why} Met --what-if kijkt u vooruit in wat gepubliceerd is. Publiceer eerst: gehoor publish. Wilt u alleen "
    "weten wat uw bestanden voor een voorbeeld oproepen, dan volstaat gehoor due, en die heeft geen register nodig."
)
"""Why there is nothing to look ahead in, and what to do."""


@click.command(
    "sweep", cls=WorkCommand, short_help="Kijk welke termijnen verstreken zijn en verstuur berichten."
)
@click.option("--no-mail", is_flag=True, help="Verstuur nu geen berichten.")
@click.option(
    "--what-if", is_flag=True, help="Toon alleen wat er zou gebeuren; er wordt niets bewaard of verstuurd."
)
@future_option
@now_option
@place_options
@format_option
@click.pass_context
def sweep(
    ctx: click.Context, no_mail: bool, what_if: bool, future: bool, moment: Moment | None, output: str
) -> None:
    """Kijk welke termijnen verstreken zijn, herinner en verwittig wie dat moet weten, en verstuur de berichten.

    Zet dit in een planning, bijvoorbeeld elke vijf minuten. "gehoor serve" doet het vanzelf. De berichten vertrekken
    pas als alles nagekeken is. Plan ze liever apart, met --no-mail en "gehoor send": dan houdt een trage mailserver de
    volgende ronde niet op. Met --what-if ziet u vooraf wat te laat zou zijn en wie dat zou horen, ook op een later
    moment.
    """
    now = instant(moment)
    if what_if:
        place = places(ctx).register()
        if not is_there(place):
            raise Failure(NO_REGISTER.format(why=f"Er is nog geen register: {place}."))
        with opened(ctx) as runtime:
            with reading(runtime.store) as register:
                if not register.published_departments():
                    raise Failure(NO_REGISTER.format(why="In dit register is nog niets gepubliceerd."))
            _rehearse(runtime, now, output)
        return
    post = None if no_mail else mailer(places(ctx).register_file())
    with opened(ctx) as runtime:
        refuse_future(runtime, moment, asked=future, instead=LOOK)
        with round_of("sweep"):
            swept = do_sweep(runtime, now, Progress("nagekeken", "dossier", "dossiers"))
        count_swept(swept)
        if moment is None:
            forget_ended(previews_of(places(ctx).register_file()), bootstrap.now().timestamp())
            mark(places(ctx).register_file(), "sweep", bootstrap.now())
        if output == "json":
            echo_json({"flagged": [asdict(flag) for flag in swept.missed]})
        else:
            _tell(runtime, swept)
        if post is not None:
            with round_of("send"):
                delivered = deliver(runtime, post, lambda: instant(moment))
            count_sent(delivered)
            tell_programs(runtime, places(ctx).register_file(), lambda: instant(moment))
            if moment is None:
                mark(places(ctx).register_file(), "send", bootstrap.now())
            if output == "text" and any(delivered):
                click.echo(delivered_line(delivered))
    _end(swept)


def _rehearse(runtime: Runtime, now: datetime, output: str) -> None:
    swept, messages = rehearse(runtime, now)
    if output == "json":
        told = [
            {"dossier": one.dossier, "to": list(one.recipients), "subject": one.subject} for one in messages
        ]
        echo_json({"flagged": [asdict(flag) for flag in swept.missed], "told": told})
    else:
        _tell_missed(runtime, swept)
        for one in messages:
            click.echo(f"Melding aan {', '.join(one.recipients) or one.role}: {one.subject}")
        click.echo(f"{_late(swept)}, {counted(len(messages), 'melding', 'meldingen')}.")
        click.echo("Er is niets bewaard of verstuurd.")
    _end(swept)


def _tell(runtime: Runtime, swept: Swept) -> None:
    _tell_missed(runtime, swept)
    click.echo(f"{_late(swept)}, {counted(swept.reminders, 'herinnering', 'herinneringen')}.")


def _tell_missed(runtime: Runtime, swept: Swept) -> None:
    with reading(runtime.store) as register:
        for flag in swept.missed:
            click.echo(_line(runtime, register, flag))


def _late(swept: Swept) -> str:
    return f"{counted(len(swept.missed), 'termijn', 'termijnen')} te laat"


def _end(swept: Swept) -> None:
    for dossier, reason in swept.failed.items():
        click.echo(f"Dossier {dossier} kon niet nagekeken worden: {reason}", err=True)
    if swept.failed:
        sys.exit(1)


def _line(runtime: Runtime, register: Register, flag: MissedTerm) -> str:
    try:
        agreement = runtime.library.agreement(register, register.dossier(flag.dossier).agreement)
        row = {"row": flag.row} if flag.row else {}
        name = term_name(agreement, {"term": flag.deadline, **row})
    except UNDECIDABLE:
        # It was flagged by what was known beforehand; the dossier itself cannot be read any more.
        name = flag.deadline
    moment = datetime.fromisoformat(flag.due) if "T" in flag.due else None
    due = DUTCH.formats.instant(moment) if moment else DUTCH.formats.day(date.fromisoformat(flag.due))
    level = f" (niveau {flag.level})" if flag.level > 1 else ""
    return f"{flag.number}  {name}: te laat, moest klaar zijn op {due}{level}"
