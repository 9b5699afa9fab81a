"""Reading texts that were typed or stood in a JSON file, and what is said of what cannot be read.

Each reader returns ``None`` when nothing was given, and raises ``UnreadableError`` for what it cannot read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.text.normalise import visible
from gehoor.core.text.steering import unsteered

_HALF: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What cannot be read in a list of rows: the row (counted from 1), the member, and the member's kind.

    ``ways``: what it can mean, where it can mean two things."""

    row: int
    member: str = ""
    kind: str = ""
    ways: tuple[Decimal, ...] = ()


class UnreadableError(ValueError):
    """What was given cannot be read as a value of this kind.

    ``places``: where, in a list of rows; ``rest``: the rows without it, so that they can be judged too; ``ways``: what
    it can mean, where it can mean two things.
    """

    def __init__(
        self,
        places: tuple[Unreadable, ...] = (),
        rest: list[dict[str, Any]] | None = None,
        ways: tuple[Decimal, ...] = (),
    ) -> None:
        super().__init__(*places)
        self.places, self.rest, self.ways = places, rest or [], ways


def read_text(given: Any, _: ZoneInfo | None = None) -> str | None:
    """Read a text of several lines, kept to the letter."""
    if not isinstance(given, str):
        raise UnreadableError
    if _HALF.search(given):
        raise UnreadableError  # Half a character: no store or page can hold it.
    # A browser sends line ends as CR LF; the story itself is kept to the letter, whichever way it came.
    text = unsteered(given.replace("\r\n", "\n").replace("\r", "\n"))
    return text if visible(text) else None


def read_line(given: Any) -> str | None:
    """Read a text of one line."""
    text = read_text(given)
    return " ".join(text.split()) if text else None
