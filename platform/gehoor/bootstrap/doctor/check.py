"""What a check of the surroundings looks at, and what it can say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from gehoor.bootstrap import Place, beside
from gehoor.services.register.runtime import Runtime

ACCEPT: Final = "GEHOOR_ACCEPT"
"""The setting with the names of checks whose warnings no longer count: somebody knows better."""


class Level(StrEnum):
    """How bad it is."""

    NOTE = "note"
    """To be known; nothing has to be done."""
    ACCEPTED = "accepted"
    """Should be looked at or is unsafe, and somebody accepts it: it no longer counts."""
    WARNING = "warning"
    """Should be looked at. The website runs."""
    REFUSED = "refused"
    """Unsafe: no website starts."""


@dataclass(frozen=True)
class Surroundings:
    """What is looked at. ``runtime``: the register, where it could be opened; ``host``: where a website is about to
    listen; ``mail``: connect with the mail server too."""

    place: Place
    environ: Mapping[str, str]
    now: datetime
    https: bool = False
    host: str = ""
    runtime: Runtime | None = None
    mail: bool = False
    thorough: bool = True
    """Whether there is time to look through the register."""
    mounts: Path = Path("/proc/mounts")
    """Where the system says what is mounted where."""

    @property
    def store(self) -> Path:
        """What the files beside the register are named after: its own, where it is a file."""
        return beside(self.place)

    @property
    def is_file(self) -> bool:
        """Whether the register is a file on this computer."""
        return isinstance(self.place, Path)


@dataclass(frozen=True)
class Remark:
    """What a check found: what is so, and what to do, in Dutch."""

    level: Level
    text: str
    remedy: str = ""


@dataclass(frozen=True)
class Check:
    """A check: its name, in one line what it looks at (Dutch), and how. ``at_start``: quick enough, and important
    enough, for the start of a website."""

    name: str
    looks_at: str
    look: Callable[[Surroundings], Iterable[Remark]] = field(compare=False)
    at_start: bool = False


def note(text: str, remedy: str = "") -> Remark:
    """Return something to be known."""
    return Remark(Level.NOTE, text, remedy)


def warning(text: str, remedy: str = "") -> Remark:
    """Return something to be looked at."""
    return Remark(Level.WARNING, text, remedy)


def refused(text: str, remedy: str = "") -> Remark:
    """Return something unsafe."""
    return Remark(Level.REFUSED, text, remedy)
