"""Fields of a docx: instructions by which a program works out words. People read what came of the outermost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

_SHOWS_NOTHING: Final = frozenset({"set", "xe", "tc", "ta", "rd", "private", "ask"})
"""Fields that keep something aside: what came of them is not drawn where they stand."""


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    has_come: bool = False
    """Whether its instruction has ended, and what came of it follows."""


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place in a part."""

    open: list[_Field] = field(default_factory=list)

    def mark(self, kind: str) -> None:
        """Come by the beginning, the middle or the end of a field."""
        if kind == "begin":
            self.open.append(_Field())
        elif self.open and kind == "separate":
            self.open[-1].has_come = True
        elif self.open and kind == "end":
            self.open.pop()

    def instruct(self, text: str) -> None:
        """Read a piece of an instruction."""
        if self.open and not self.open[-1].has_come and len(self.open[-1].instruction) < _ENOUGH:
            self.open[-1].instruction += text

    def are_read(self) -> bool:
        """Say whether people read what stands here: not within an instruction, nor in what is kept aside."""
        return all(one.has_come and shows(one.instruction) for one in self.open)


_ENOUGH: Final = 40
"""So many signs of an instruction say which it is."""


def shows(instruction: str) -> bool:
    """Say whether people read what comes of an instruction."""
    words = instruction.split(maxsplit=1)
    return not words or words[0].lower() not in _SHOWS_NOTHING
