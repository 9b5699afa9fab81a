"""``gehoor zgw``: dossiers as cases, in the words of the ZGW standards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from gehoor import bootstrap
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.exchange.zgw import problems_of, write_zgw, zgw_in
from gehoor.cli.support.click_dutch import Failure, NeededOption, OptionProblem, counted, did_you_mean
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import echo_json, format_option, place_options
from gehoor.cli.support.progress import Progress
from gehoor.core.agreement.model import Agreement
from gehoor.core.text.problems import Problem, errors
from gehoor.loading.problems.texts import line
from gehoor.services.access.authorisation import Operator
from gehoor.services.exchange.zgw_export import LeftOut, agreements_of
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime

_LEFT_OUT = {
    "level": "van het niveau '{what}' zegt 'aanduidingen' niets",
    "result": "bij de uitkomst '{what}' hoort geen resultaattype",
    "received": "de dag van ontvangst is niet bekend",
    "damaged": "het is beschadigd; kijk na met: gehoor verify",
}


@click.command("zgw", cls=WorkCommand, short_help="Schrijf dossiers als zaken (ZGW).")
@click.argument("target", metavar="MAP", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    cls=NeededOption,
    metavar="BESTAND",
    type=click.Path(path_type=Path),
    help="Wat daar hoe heet.",
)
@click.option(
    "--by", cls=NeededOption, metavar="NAAM", help="Voor wie u dit doet; dat staat bij elk dossier."
)
@place_options
@format_option
@click.pass_context
def zgw(ctx: click.Context, target: Path, mapping: Path, by: str, output: str) -> None:
    """Schrijf de dossiers van een organisatie als JSON in een nieuwe map, of in een zip als de naam op .zip eindigt: in
    de vorm van de API's Zaken, Catalogi, Documenten en Besluiten.

    Een bestand zegt welke fase welk statustype is, welke uitkomst welk resultaattype, welke velden meegaan, en hoe
    vertrouwelijk elk niveau daar is. Een dossier waarvan dat niet gezegd is, gaat niet mee.
    """
    found = zgw_in(mapping)
    if found.mapping is None:
        _refuse(found.problems)
        return
    with opened(ctx) as runtime:
        agreements = _agreements(runtime, found.mapping.organisation)
        problems = [*found.problems, *problems_of(found, agreements)]
        if errors(problems):
            _refuse(problems)
        try:
            actor, told = Operator.on_behalf_of(by), Progress("klaargezet", "dossier", "dossiers")
            made = write_zgw(runtime, found.mapping, target, actor, bootstrap.now(), told)
        except SetupError as error:
            raise Failure(str(error)) from error
    if output == "json":
        left = [{"number": one.number, "reason": _why(one)} for one in made.left_out]
        echo_json({"target": str(target), "cases": made.cases, "left_out": left})
        return
    click.echo(f"{counted(made.cases, 'zaak', 'zaken')} in {target}.")
    for one in made.left_out:
        click.echo(f"Niet mee: {one.number}, want {_why(one)}.")


def _why(one: LeftOut) -> str:
    return _LEFT_OUT[one.reason].format(what=one.what)


def _agreements(runtime: Runtime, organisation: str) -> list[Agreement]:
    found = agreements_of(runtime, organisation, bootstrap.now())
    if not found:
        with reading(runtime.store) as register:
            names = {one for one, _ in register.published_departments()}
        hint = did_you_mean(organisation, names) or f"; kies uit {', '.join(sorted(names))}"
        raise OptionProblem(organisation, f"van deze organisatie geldt niets{hint}")
    return found


def _refuse(problems: Sequence[Problem]) -> None:
    for one in problems:
        click.echo(line(one))
    raise Failure("Er is niets geschreven. Kijk eerst dit bestand na.")
