"""``gehoor init``: a folder to write agreements in."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import click

from gehoor import bootstrap
from gehoor.bootstrap.file_words import prepare_for_editors
from gehoor.bootstrap.new_organisation import (
    AnswerError,
    Begun,
    Question,
    begin,
    organisation_id,
    questions,
)
from gehoor.cli.support.click_dutch import Failure, OptionProblem, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.options import ZONE
from gehoor.loading.problems.texts import sentence

_NAME: Final = "name"
_NEW: Final = "new"
"""The option that gives the name, and says that it is about an organisation of one's own."""


def _option(of: Question) -> str:
    return f"--{_NEW if of.name == _NAME else of.name}"


def _argument(of: Question) -> str:
    return of.name.replace("-", "_")


def _answer_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each question, in their order."""
    for one in reversed(questions()):
        told = f"{one.ask} Zonder antwoord: {one.default}." if one.default else one.ask
        metavar = "NAAM" if one.name == _NAME else "ANTWOORD"
        command = click.option(_option(one), _argument(one), metavar=metavar, help=told)(command)
    return command


@click.command("init", cls=WorkCommand, short_help="Begin een nieuwe map met afspraken.")
@click.argument("folder", metavar="[MAP]", type=click.Path(path_type=Path), required=False)
@_answer_options
@click.option(
    "--ask", is_flag=True, help="Stel de vragen een voor een. Aan een toetsenbord gebeurt dat vanzelf."
)
def init(folder: Path | None, ask: bool, **given: str | None) -> None:
    """Begin een nieuwe map met afspraken: van uw organisatie, of met een volledig voorbeeld om aan te passen.

    Met --new schrijft Gehoor de eerste bestanden van een organisatie die van u is: zo weinig als werkt, met uitleg
    erbij. Dat kan ook in een map waar al andere organisaties staan. Zonder --new komen de voorbeelden in een nieuwe of
    lege map. Een editor met ondersteuning voor YAML vult er de sleutelwoorden aan en toont wat zij betekenen.
    """
    try:
        if given[_NAME] is not None:
            _begin(folder, given, ask=ask or sys.stdin.isatty())
        elif folder is None:
            raise OptionProblem("MAP", "Noem de map, of de naam van uw organisatie met --new.")
        else:
            _copy_examples(folder)
    except OSError as error:
        raise Failure(f"De map {folder} kan niet gemaakt worden: {error.strerror or error}.") from error


def _begin(folder: Path | None, given: Mapping[str, str | None], *, ask: bool) -> None:
    answers = {one.name: _answer(one, given[_argument(one)], ask=ask) for one in questions()}
    workspace = folder or Path(organisation_id(answers[_NAME]) or ".")
    options = {one.name: _option(one) for one in questions()}
    try:
        begun = begin(workspace, answers, _today())
    except AnswerError as error:
        told = f"Met {error.value!r} kan dit niet" if error.value else "Hier is een antwoord nodig"
        raise OptionProblem(options[error.question], told) from error
    except FileExistsError as error:
        raise Failure(f"In {workspace} staat {error} al. Wat daar staat, blijft zoals het is.") from error
    if begun.problems:
        told = "\n".join(dict.fromkeys(f"  {sentence(problem)}" for problem in begun.problems))
        raise Failure(f"Met deze antwoorden kan het niet:\n{told}\nEr is niets geschreven.")
    click.echo(_written(workspace, begun))


def _answer(of: Question, given: str | None, *, ask: bool) -> str:
    if given is not None or not ask:
        return given or ""
    options = f" ({' of '.join(of.means)})" if of.means else ""
    return str(click.prompt(f"{of.ask}{options}", default=of.default, show_default=bool(of.default)))


def _today() -> date:
    return bootstrap.now().astimezone(ZoneInfo(ZONE)).date()


def _written(workspace: Path, begun: Begun) -> str:
    lines = sum((workspace / file).read_text("utf-8").count("\n") for file in begun.files)
    first = f"{begun.organisation}/{begun.departments[0]}"
    return (
        f"In {workspace} staan {counted(len(begun.files), 'bestand', 'bestanden')} met {lines} regels. "
        "Alles is nagekeken en in orde.\n"
        f"Lees wat ze zeggen:  gehoor agreement {first} --workspace {workspace}\n"
        f"Wijzig ze, en dan:   gehoor check --workspace {workspace}\n"
        f"Probeer ze uit:      gehoor demo --serve --workspace {workspace} --store {workspace}/proef.db"
    )


def _copy_examples(folder: Path) -> None:
    starter = bootstrap.starter()
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Failure(f"De map {folder} is niet leeg. Kies een nieuwe of een lege map.")
    for name in bootstrap.FOLDERS:
        shutil.copytree(starter / name, folder / name)
    prepare_for_editors(folder)
    click.echo(f"De afspraken staan in {folder}. Kijk ze na met: gehoor check --workspace {folder}")
