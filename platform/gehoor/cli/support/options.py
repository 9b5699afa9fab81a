"""Options that several commands share: where things stand, which moment holds, and how to answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from gehoor import bootstrap
from gehoor.cli.support.click_dutch import OptionProblem
from gehoor.cli.support.harmless import json_text

_Command = TypeVar("_Command", bound=Callable[..., Any])

ZONE = "Europe/Brussels"
"""The time zone of a moment that names none, where no organisation says otherwise."""

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FORMATS = ("text", "json")


@dataclass
class Places:
    """Where the definition files and the register are, as far as someone said so."""

    workspace: str | None = None
    store: str | None = None

    def workspace_folder(self) -> Path:
        """Return the folder with definition files. Raises ``SetupError``."""
        return bootstrap.workspace(self.workspace)

    def register(self) -> bootstrap.Place:
        """Return where the register is. Raises ``SetupError``."""
        return bootstrap.register_place(self.store, self.workspace)

    def register_file(self) -> Path:
        """Return what the files beside the register are named after: its own, where it is a file. Raises
        ``SetupError``."""
        return bootstrap.beside(self.register())


def places(ctx: click.Context) -> Places:
    """Return the places for this run."""
    return ctx.ensure_object(Places)


@dataclass(frozen=True)
class Moment:
    """A moment as someone gave it; without an offset it is on the clock of a place to be told."""

    given: datetime

    def instant(self, zone: str = ZONE) -> datetime:
        """Return the instant, in UTC."""
        moment = self.given if self.given.tzinfo else self.given.replace(tzinfo=ZoneInfo(zone))
        return moment.astimezone(UTC)


def instant(moment: Moment | None, zone: str = ZONE) -> datetime:
    """Return the moment that was given, or else this instant."""
    return bootstrap.now() if moment is None else moment.instant(zone)


def place_options(command: _Command) -> _Command:
    """Add ``--workspace`` and ``--store``; what stands nearest to the command wins."""
    for name, metavar, explanation in (
        (
            "store",
            "PLAATS",
            "Het register: een bestand, of postgresql://...; zonder keuze .gehoor/register.db in de map met "
            "afspraken.",
        ),
        ("workspace", "MAP", "De map met de afspraken: definitions, forms en rules."),
    ):
        command = click.option(
            f"--{name}", metavar=metavar, expose_value=False, callback=_keep, help=explanation
        )(command)
    return command


def now_option(command: _Command) -> _Command:
    """Add ``--now``."""
    explanation = "Doe alsof het dit moment is: 2026-03-27, 2026-03-27T14:00 of met +01:00 erachter."
    return click.option("--now", "moment", metavar="MOMENT", callback=_moment, help=explanation)(command)


def day_option(name: str, explanation: str, *, to: str = "") -> Callable[[_Command], _Command]:
    """Add an option that takes a day. ``to``: the argument that gets it, where its name cannot be one."""
    words = (f"--{name}", to) if to else (f"--{name}",)
    return click.option(*words, metavar="DAG", callback=_day, help=explanation)


def format_option(command: _Command) -> _Command:
    """Add ``--format``."""
    return click.option(
        "--format", "output", default="text", metavar="VORM", callback=_format, help="text of json."
    )(command)


def echo_json(value: Any) -> None:
    """Print data as JSON."""
    click.echo(json_text(value, indent=2))


def _keep(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None and param.name is not None:
        setattr(places(ctx), param.name, value)


def _format(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if value not in _FORMATS:
        raise OptionProblem("--format", f'"{value}" kan niet; kies uit {" en ".join(_FORMATS)}')
    return value


def _day(_ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        if _DAY.fullmatch(value.strip()):
            return date.fromisoformat(value.strip())
    except ValueError:
        pass
    raise OptionProblem(param.opts[0], f'"{value}" is geen dag; schrijf bijvoorbeeld 2026-03-27')


def _moment(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Moment | None:
    if value is None:
        return None
    if _MOMENT.fullmatch(value.strip()) is None:
        raise OptionProblem(
            "--now", f'"{value}" is geen moment; schrijf bijvoorbeeld 2026-03-27 of 2026-03-27T14:00:00+01:00'
        )
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise OptionProblem("--now", f'het moment "{value}" bestaat niet; kijk datum en uur na') from error
    # The first and last year leave no room for another time zone.
    if moment.year in (MINYEAR, MAXYEAR):
        raise OptionProblem("--now", f'met het jaar van "{value}" kunnen wij niet rekenen')
    return Moment(moment)
