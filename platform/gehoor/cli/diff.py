"""``gehoor diff``: what differs between two agreements, as sentences."""

from __future__ import annotations

import sys

import click

from gehoor.cli.differences import plain_differences, print_differences
from gehoor.cli.failures import WorkCommand
from gehoor.cli.options import echo_json, format_option, place_options
from gehoor.cli.targets import agreement_named, exit_code_two
from gehoor.services.comparing import compare


@click.command("diff", cls=WorkCommand, short_help="Toon het verschil tussen twee afspraken.")
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
    with exit_code_two():
        found = compare(agreement_named(ctx, before), agreement_named(ctx, after))
    if output == "json":
        echo_json(plain_differences(found))
    elif found.equal:
        click.echo("Er is geen verschil.")
    else:
        print_differences(found)
    if not found.equal:
        sys.exit(1)
