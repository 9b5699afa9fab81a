"""``gehoor check``: what is wrong in the definition files."""

from __future__ import annotations

import sys

import click

from gehoor.cli.support.click_dutch import counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.loaded import checked, checked_outside
from gehoor.cli.support.options import echo_json, format_option, place_options
from gehoor.core.text.problems import Problem, errors
from gehoor.loading.problems.texts import line, sentence


@click.command("check", cls=WorkCommand, short_help="Kijk de afspraken na.")
@click.argument("organisations", metavar="[ORGANISATIE]...", nargs=-1)
@click.option(
    "--outside", is_flag=True, help="De bestanden komen van iemand anders: met grenzen aan tijd en geheugen."
)
@place_options
@format_option
@click.pass_context
def check(ctx: click.Context, organisations: tuple[str, ...], outside: bool, output: str) -> None:
    """Kijk de afspraken na, van alle organisaties of alleen van wie u noemt.

    Elk probleem staat op een regel, met het bestand, de regel en de kolom. Kreeg u de bestanden van iemand anders, kijk
    ze dan eerst na met --outside: duurt het te lang of vraagt het te veel, dan stopt het vanzelf.
    """
    found = checked_outside(ctx, organisations) if outside else checked(ctx, organisations)
    if output == "json":
        echo_json(
            {
                "problems": [_plain(problem) for problem in found.problems],
                "organisations": found.organisations,
                "departments": found.departments,
            }
        )
    else:
        for problem in found.problems:
            click.echo(line(problem))
        click.echo(_summary(found.problems, len(found.organisations), found.departments))
        if found.problems:
            click.echo("Meer uitleg: gehoor explain CODE")
    if errors(found.problems):
        sys.exit(1)


def _plain(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": sentence(problem),
    }


def _summary(problems: list[Problem], organisations: int, departments: int) -> str:
    wrong = len(errors(problems))
    warned = len(problems) - wrong
    faults = ", ".join(
        counted(number, one, more)
        for number, one, more in ((wrong, "fout", "fouten"), (warned, "waarschuwing", "waarschuwingen"))
        if number
    )
    if wrong:
        return f"{faults}. Zo kan dit niet gepubliceerd worden."
    checked = (
        f"{counted(departments, 'afdeling', 'afdelingen')} van "
        f"{counted(organisations, 'organisatie', 'organisaties')}"
    )
    return f"{checked} nagekeken: {faults or 'alles in orde'}."
