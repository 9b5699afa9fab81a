"""``gehoor doctor``: whether a website can safely run here."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, suppress

import click

from gehoor import bootstrap
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.doctor.check import Check, Level, Remark, Surroundings, refused
from gehoor.bootstrap.doctor.looking import look
from gehoor.bootstrap.doctor.registry import CHECKS
from gehoor.bootstrap.register import is_there
from gehoor.bootstrap.website import from_environment
from gehoor.cli.support.click_dutch import counted
from gehoor.cli.support.failure_sentences import store_sentence
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import echo_json, format_option, place_options, places
from gehoor.services.ports.store import StoreUnavailableError
from gehoor.services.register.runtime import Runtime

_SAID = {
    Level.NOTE: "ter info",
    Level.ACCEPTED: "aanvaard",
    Level.WARNING: "let op",
    Level.REFUSED: "ONVEILIG",
}
_STORE = "opslag"
"""The check of the register itself, which has to be opened for others."""
_ENDS = {Level.NOTE: 0, Level.ACCEPTED: 0, Level.WARNING: 1, Level.REFUSED: 2}


@click.command("doctor", cls=WorkCommand, short_help="Kijk na of Gehoor veilig kan draaien.")
@click.option("--mail", is_flag=True, help="Maak ook verbinding met de mailserver.")
@click.option("--https", is_flag=True, help='Zoals bij "gehoor serve": een proxy ervoor verzorgt HTTPS.')
@click.option("--json", "as_json", is_flag=True, help="Hetzelfde als --format json.")
@place_options
@format_option
@click.pass_context
def doctor(ctx: click.Context, mail: bool, https: bool, as_json: bool, output: str) -> None:
    """Kijk na waarop Gehoor draait: instellingen, klok, schijf, rechten, post, kopieën. Er wordt niets gewijzigd.

    Eindigt met 0 als alles goed is, met 1 als er iets is om naar te kijken, met 2 als het onveilig is: dan start
    "gehoor serve" niet. Weet u het beter, noem dan wat u aanvaardt in GEHOOR_ACCEPT, met komma's ertussen: dat telt
    niet meer mee.
    """
    with ExitStack() as stack:
        found = _looked(ctx, stack, mail=mail, https=https)
    levels = [remark.level for _, remarks in found for remark in remarks]
    if as_json or output == "json":
        echo_json([_as_data(check, remarks) for check, remarks in found])
    else:
        for check, remarks in found:
            for remark in remarks:
                click.echo(f"{_SAID[remark.level]}  {check.name}: {remark.text}")
                if remark.remedy:
                    click.echo(f"    {remark.remedy}")
        quiet = sum(1 for _, remarks in found if not remarks)
        click.echo(_summary(levels, quiet))
    sys.exit(max((_ENDS[level] for level in levels), default=0))


def _looked(
    ctx: click.Context, stack: ExitStack, *, mail: bool, https: bool
) -> list[tuple[Check, list[Remark]]]:
    said: dict[str, Remark] = {}
    runtime: Runtime | None = None
    try:
        place = places(ctx).register()
    except SetupError as error:
        return [(check, [refused(str(error))]) for check in CHECKS if check.name == _STORE]
    try:
        if is_there(place):
            runtime = stack.enter_context(opened(ctx))
    except StoreUnavailableError as error:
        said[_STORE] = refused(store_sentence(place, str(error)))
    # The checks of these settings say what is wrong with them.
    with suppress(SetupError):
        https = https or from_environment().https
    at = Surroundings(place, os.environ, bootstrap.now(), https, runtime=runtime, mail=mail)
    return [(check, [said[check.name]] if check.name in said else remarks) for check, remarks in look(at)]


def _summary(levels: list[Level], quiet: int) -> str:
    unsafe, look_at = levels.count(Level.REFUSED), levels.count(Level.WARNING)
    if unsafe:
        return f"{counted(unsafe, 'ding is', 'dingen zijn')} onveilig: zo start de website niet."
    if look_at:
        return f"{counted(look_at, 'ding', 'dingen')} om naar te kijken; {quiet} keer in orde."
    if accepted := levels.count(Level.ACCEPTED):
        return f"Alles is in orde, buiten {counted(accepted, 'ding dat', 'dingen die')} u aanvaardt."
    return "Alles is in orde."


def _as_data(check: Check, remarks: list[Remark]) -> dict[str, object]:
    return {
        "check": check.name,
        "looks_at": check.looks_at,
        "at_start": check.at_start,
        "found": [{"level": one.level, "text": one.text, "remedy": one.remedy} for one in remarks],
    }
