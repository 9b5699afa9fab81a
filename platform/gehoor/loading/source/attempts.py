"""How far a mended text can be read: tried again and again, with another line mended each time."""

from __future__ import annotations

import re
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from gehoor.loading.source.nodes import MappingNode
from gehoor.loading.source.quick_yaml import read_quickly
from gehoor.loading.source.text import LINE_END

_FURTHEST: Final = 20_000
"""So many events are read when a mended text is tried: who reads so far, reads past where it stopped."""
_BEGINS: Final = re.compile(r"( {2})?[A-Za-z]")
"""A line with which a part begins, or a part of a part."""
_ABOVE: Final = ("x: x",)
_ABOVE_DEEP: Final = ("x:", "  x: x")
"""What stands for all above a part, so that the reader is in the same groups."""
_CUTS: Final = 3


class Attempts:
    """Tells where reading stops. What stands before the part with the mended line is the same each time: where the
    quick reader has nothing to say of that, reading begins at the part."""

    def __init__(self, text: str) -> None:
        self._lines: Final = LINE_END.split(text)
        self._begins: Final = [number for number, line in enumerate(self._lines) if _BEGINS.match(line)]
        self._known: Final[dict[int, bool]] = {}

    def reads_to(self, text: str) -> int | None:
        """Return the line (from 0) at which reading a text stops, or None when all of it can be read."""
        if read_quickly(text, ""):
            return None
        lines = text.split("\n")
        both = zip(lines, self._lines, strict=False)
        mended = next((number for number, (one, other) in enumerate(both) if one != other), 0)
        before = [number for number in self._begins if 0 < number <= mended]
        for cut in before[: -_CUTS - 1 : -1]:
            if lines[cut] == self._lines[cut] and self._can_begin_at(cut):
                deep = self._lines[cut].startswith(" ")
                above = _ABOVE_DEEP if deep else _ABOVE
                return _stops("\n".join([*above, *lines[cut:]]), cut - len(above))
        return _stops(text, 0)

    def _can_begin_at(self, cut: int) -> bool:
        """Say whether all before a line is complete, and the line stands right below the top or below its last key."""
        if cut not in self._known:
            root = read_quickly("\n".join([*self._lines[:cut], ""]), "")
            self._known[cut] = root is not None and _is_open(root, self._lines[cut].startswith(" "))
        return self._known[cut]


def _is_open(root: MappingNode, deep: bool) -> bool:
    """Say whether one more key could stand at the left, or two spaces from it, after all of this."""
    here, column = root, 1
    if deep:
        last = root.members[-1].value if root.members else root
        if last is root or not isinstance(last, MappingNode):
            return False
        here, column = last, 3
    # In braces a group begins before its first key.
    return bool(here.members) and here.place == here.members[0].place and here.place.column == column


def _stops(text: str, further: int) -> int | None:
    try:
        for number, event in enumerate(YAML(typ="safe", pure=True).parse(text)):
            if number > _FURTHEST:
                return int(event.start_mark.line) + further
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return mark.line + further if mark else 0
    except (YAMLError, ValueError):
        return 0
    return None
