"""A moment that is still to come: what is written then cannot be taken back, so it is rehearsed or asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from gehoor import bootstrap
from gehoor.cli.support.click_dutch import OptionProblem
from gehoor.cli.support.demo_register import is_demo
from gehoor.cli.support.options import Moment, instant
from gehoor.services.register.runtime import Runtime

_Command = TypeVar("_Command", bound=Callable[..., Any])


LOOK: Final = "Kijk met --what-if wat er zou gebeuren. "
"""What to do to only look, where a command can."""


def future_option(command: _Command) -> _Command:
    """Add ``--future``, for a command that writes at the moment of ``--now``."""
    return click.option(
        "--future", is_flag=True, help="Ook als --now nog moet komen. Wat gebeurt, is echt en blijft."
    )(command)


def refuse_future(runtime: Runtime, moment: Moment | None, *, asked: bool, instead: str = "") -> None:
    """Raise ``OptionProblem`` when a moment is still to come and nobody ``asked`` for that; a demo may. ``instead``:
    what to do to only look."""
    if moment is None or asked or instant(moment) <= bootstrap.now() or is_demo(runtime):
        return
    raise OptionProblem(
        "--now",
        "dit moment moet nog komen, en wat nu gebeurt, is echt: het blijft in de dossiers, en berichten vertrekken. "
        f"{instead}Wilt u het toch, voeg dan --future toe",
    )
