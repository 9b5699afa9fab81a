"""Which slip of the pen stops a file from being read: the line where it was made, and that line as it should be.

A slip is only told when mending it lets the reader go on past the place where it stopped: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from gehoor.core.text.problems import Place, Problem
from gehoor.loading.source.line_repairs import REPAIRS, Repair
from gehoor.loading.source.text import LINE_END

_NEAR: Final = 3
"""So many lines above the place where the reader stopped are looked at for what shows at once."""
_LONGEST: Final = 400
"""Longer lines nobody typed; what is in them is not looked for."""
_MOST_READ: Final = 600_000
"""So many signs are read again in all, for trying: a large file gets fewer trials."""


@dataclass(frozen=True, slots=True)
class _Trial:
    """A line that is mended (counted from 0), and where the reader stops then: None when it reads all."""

    number: int
    repair: Repair
    stopped: int | None


def find_slip(text: str, file: str, stopped: int, reads_to: Callable[[str], int | None]) -> Problem | None:
    """Return the slip that stopped the reader at a line (from 0), or None when no small change lets it go on.

    ``reads_to`` gives the line at which the reader stops in a text, or None.
    """
    lines = LINE_END.split(text)
    further = None
    for trial in _trials(lines, min(stopped, len(lines) - 1), reads_to):
        if trial.stopped is None:
            return _told(trial, file)
        if trial.stopped > stopped and (further is None or trial.stopped > (further.stopped or 0)):
            further = trial
    return _told(further, file) if further else None


def _trials(lines: list[str], stopped: int, reads_to: Callable[[str], int | None]) -> Iterator[_Trial]:
    left = _MOST_READ // max(1, sum(map(len, lines)))
    filled = [number for number in range(stopped, -1, -1) if 0 < len(lines[number].strip()) <= _LONGEST]
    for repairs, shows_late in REPAIRS:
        for number in filled if shows_late else filled[:_NEAR]:
            for repair in repairs(lines, number):
                if left <= 0:
                    return
                left -= 1
                mended = [*lines[:number], repair.right, *lines[number + 1 :]]
                yield _Trial(number, repair, reads_to("\n".join(mended)))


def _told(trial: _Trial, file: str) -> Problem:
    place = Place(file, trial.number + 1, trial.repair.column + 1)
    details = {"right": trial.repair.right.strip(), **trial.repair.details}
    return Problem(place, trial.repair.code, details)
