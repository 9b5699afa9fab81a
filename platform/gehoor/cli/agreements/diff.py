"""``gehoor diff``: what differs between two agreements, as sentences."""

from __future__ import annotations

import sys
from typing import Any

import click

from gehoor.cli.agreements.differences import plain_differences, print_differences
from gehoor.cli.support.click_dutch import Failure
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.options import echo_json, format_option, place_options
from gehoor.cli.support.targets import agreement_named
from gehoor.services.agreements.comparison import compare


class _Refusal(Failure):
    """No comparison could be made."""

    exit_code = 2


class DiffCommand(WorkCommand):
    """A command of which 1 is an answer, so that whatever goes wrong ends with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Failure as failure:
            raise _Refusal(failure.message) from failure


@click.command("diff", cls=DiffCommand, short_help="Toon het verschil tussen twee afspraken.")
@click.argument("before", metavar="EERST")
@click.argument("after", metavar="NU")
@place_options
@format_option
@click.pass_context
def diff(ctx: click.Context, before: str, after: str, output: str) -> None:
    """Toon het verschil tussen twee afspraken, in zinnen.

    EERST en NU zijn elk een van deze: een afdeling zoals de bestanden haar nu beschrijven (de-linde/beukenhof),
    wat voor een afdeling van kracht is (in-force:de-linde/beukenhof), of gepubliceerde afspraken met minstens zes
    tekens van hun code.

    Eindigt met 0 als er geen verschil is, met 1 als er wel verschil is, en met 2 als vergelijken niet lukt.
    """
    found = compare(agreement_named(ctx, before), agreement_named(ctx, after))
    if output == "json":
        echo_json(plain_differences(found))
    elif found.equal:
        click.echo("Er is geen verschil.")
    else:
        print_differences(found)
    if not found.equal:
        sys.exit(1)
