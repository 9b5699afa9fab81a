"""How far a command is, told on a terminal: how far it has to go, nobody knows beforehand."""

from __future__ import annotations

import sys

import click

from gehoor.cli.support.click_dutch import counted


class Progress:
    """Tells on a terminal how far it is."""

    def __init__(self, done: str, one: str = "document", more: str = "documenten") -> None:
        self._words = one, more, done
        self._total = 0

    def __call__(self, more: int) -> None:
        """Hear that so many more are done."""
        self._total += more
        if sys.stderr.isatty():
            one, several, done = self._words
            click.echo(f"{counted(self._total, one, several)} {done} ...", err=True)
