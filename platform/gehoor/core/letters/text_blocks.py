"""The text of a letter as blocks: headings (``# ``), lists (``- ``) and paragraphs, and no other markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Block:
    """A block: the lines of a paragraph, the items of a list, or the one line of a heading."""

    kind: BlockKind
    lines: tuple[str, ...]


_HEADING: Final = "# "
_ITEM: Final = ("- ", "* ", "\u2022 ")


def text_blocks(text: str) -> tuple[Block, ...]:
    """Return a text as blocks. An empty line ends a block; so does a line of another kind."""
    return tuple(_joined(_lines(text)))


def _lines(text: str) -> Iterator[tuple[BlockKind | None, str]]:
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = raw.strip()
        if not line:
            yield None, ""
        elif line.startswith(_HEADING):
            yield BlockKind.HEADING, line.removeprefix(_HEADING).strip()
        elif line.startswith(_ITEM):
            yield BlockKind.LIST, line[2:].strip()
        else:
            yield BlockKind.PARAGRAPH, line


def _joined(lines: Iterator[tuple[BlockKind | None, str]]) -> Iterator[Block]:
    kind: BlockKind | None = None
    gathered: list[str] = []
    for of, line in lines:
        if gathered and kind is not None and (of is not kind or of is BlockKind.HEADING):
            yield Block(kind, tuple(gathered))
            gathered = []
        kind = of
        if of is not None and line:
            gathered.append(line)
    if gathered and kind is not None:
        yield Block(kind, tuple(gathered))
