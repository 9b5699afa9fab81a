"""``gehoor send``: handing over the messages that wait."""

from __future__ import annotations

import sys

import click

from gehoor import bootstrap
from gehoor.bootstrap.exchange.hooks import tell_programs
from gehoor.bootstrap.mail import mailer
from gehoor.bootstrap.metrics import count_sent, round_of
from gehoor.bootstrap.register_files.marks import mark
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
from gehoor.services.messages.sending import Delivered, deliver
from gehoor.services.ports.records import Message
from gehoor.services.register.register import Register, reading
from gehoor.services.search.undelivered import all_undelivered


@click.command("send", cls=WorkCommand, short_help="Verstuur de berichten die wachten.")
@click.option("--list", "listing", is_flag=True, help="Toon wat nog niet vertrok en waarom; verstuur niets.")
@future_option
@now_option
@place_options
@format_option
@click.pass_context
def send(ctx: click.Context, listing: bool, future: bool, moment: Moment | None, output: str) -> None:
    """Verstuur de berichten die wachten.

    Zet dit in een planning naast "gehoor sweep --no-mail". Er mogen er meer tegelijk draaien: elk bericht vertrekt
    een keer. "gehoor serve" doet het vanzelf.
    """
    post = None if listing else mailer(places(ctx).register_file())
    with opened(ctx) as runtime:
        if post is None:
            with reading(runtime.store) as register:
                _list(register, all_undelivered(register), output)
            return
        refuse_future(runtime, moment, asked=future, instead="Kijk met --list wat wacht. ")
        with round_of("send"):
            delivered = deliver(runtime, post, lambda: instant(moment))
        count_sent(delivered)
        told = tell_programs(runtime, places(ctx).register_file(), lambda: instant(moment))
    if moment is None:
        mark(places(ctx).register_file(), "send", bootstrap.now())
    if output == "json":
        echo_json({**delivered._asdict(), "events": told._asdict()})
    else:
        click.echo(delivered_line(delivered))
        if any(told):
            click.echo(
                f"{counted(told.sent, 'gebeurtenis', 'gebeurtenissen')} verteld, {told.waiting} nog te vertellen."
            )
    if delivered.waiting or told.waiting:
        sys.exit(1)


def delivered_line(delivered: Delivered) -> str:
    """Say how many messages went out."""
    return (
        f"{counted(delivered.sent, 'bericht', 'berichten')} verstuurd, {delivered.waiting} nog te versturen."
    )


def _list(register: Register, messages: list[Message], output: str) -> None:
    numbers = {one.dossier: register.summary(one.dossier) for one in messages}
    lines = [(summary.number if (summary := numbers[one.dossier]) else one.dossier, one) for one in messages]
    if output == "json":
        echo_json(
            [
                {
                    "dossier": one.dossier,
                    "number": number,
                    "subject": one.subject,
                    "recipients": list(one.recipients),
                    "state": one.state,
                    "attempts": one.attempts,
                    "reason": one.error,
                    "created_at": one.created_at,
                    "next_at": one.next_at,
                }
                for number, one in lines
            ]
        )
        return
    for number, one in lines:
        to = ", ".join(one.recipients) or one.role
        tried = "" if one.state == "nobody" else f" ({one.attempts} keer geprobeerd)"
        click.echo(f"{number}  aan {to}: {one.error}{tried}")
    click.echo(f"{counted(len(lines), 'bericht', 'berichten')} niet vertrokken.")
