"""``gehoor add``: one thing more in the files, in its usual shape."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from gehoor.bootstrap.checking.checked import organisations
from gehoor.bootstrap.new_organisation import AnswerError, NoPlaceError, Part, add, parts
from gehoor.cli.support.click_dutch import Failure, OptionProblem
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.options import place_options, places
from gehoor.loading.problems.texts import line

_REASONS: Final = {
    "exists": "dat bestand is er al",
    "flow": "daar staat alles tussen accolades; zet het eerst onder elkaar",
    "language": "toevoegen kan alleen in een YAML-bestand met Nederlandse woorden",
    "unreadable": "wij kunnen het niet lezen; kijk het na met: gehoor check",
}


@click.command("add", cls=WorkCommand, short_help="Voeg een termijn, veld, rol, kanaal, regel of brief toe.")
@click.argument("what", metavar="WAT")
@click.argument("name", metavar="NAAM")
@click.argument("said", metavar="[WOORD=WAARDE]...", nargs=-1)
@click.option(
    "--to", "organisation", metavar="ORGANISATIE", help="Bij wie, als de map er meer dan een heeft."
)
@place_options
@click.pass_context
def add_part(
    ctx: click.Context, what: str, name: str, said: tuple[str, ...], organisation: str | None
) -> None:
    """Voeg een ding toe aan de afspraken, in de vorm die gewoon is.

    WAT is role (een rol), channel (een kanaal), field (een veld), term (een termijn, met de mijlpaal en het veld
    waarmee ze gedaan is), rule (een regel) of letter (een brief). Het komt op zijn plaats in de bestanden; wat er al
    staat, blijft zoals het is. Wat u met WOORD=WAARDE zegt, zoals binnen="5 werkdagen", komt erin; wat u niet zegt,
    krijgt een gewone waarde. Zou het zo niet kunnen, dan wordt er niets geschreven.
    """
    workspace = places(ctx).workspace_folder()
    part = parts().get(what)
    if part is None:
        raise OptionProblem("WAT", f"{what!r} kennen wij niet. Kies uit: {', '.join(parts())}.")
    to = _organisation(workspace, organisation)
    try:
        made, wrong = add(workspace, to, part, name, dict(_pairs(said)))
    except AnswerError as error:
        raise _refusal(part, error) from error
    except NoPlaceError as error:
        raise Failure(f"In {error.file} kan dit niet: {_REASONS[error.reason]}.") from error
    except OSError as error:
        raise Failure(f"Dit kan niet geschreven worden: {error.strerror or error}.") from error
    if wrong:
        told = "\n".join(line(problem) for problem in wrong)
        raise Failure(f"Zo kan het niet, en er is niets geschreven:\n{told}")
    for one in made:
        click.echo(f"{one.file}:{one.line}")
    click.echo("Lees na wat er staat, vul aan wat ontbreekt, en doe dan: gehoor check")


def _organisation(workspace: Path, named: str | None) -> str:
    there = organisations(workspace)
    if named in there or (named is None and len(there) == 1):
        return named or there[0]
    told = f"{named!r} staat hier niet." if named else "Zeg bij welke organisatie."
    raise OptionProblem("--to", f"{told} Kies uit: {', '.join(there)}.")


def _pairs(said: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for one in said:
        word, sign, value = one.partition("=")
        if not sign:
            raise OptionProblem(one, 'Schrijf een woord, een = en een waarde, zoals binnen="5 werkdagen".')
        yield word.strip(), value.strip()


def _refusal(part: Part, error: AnswerError) -> OptionProblem:
    if error.question == "name":
        return OptionProblem("NAAM", f"Met {error.value!r} kan dit niet. Begin met een letter.")
    return OptionProblem(error.question, f"Dat woord hoort hier niet. Kies uit: {', '.join(part.ask)}.")
