"""What people read in a document: paragraphs, lists, tables and pictures. What is no part of this is no part of a
document that is made anew, however a program writes it down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

MARKS: Final = ("bold", "italic", "underline", "strike", "superscript", "subscript")
"""What sets letters apart."""
ALIGNED: Final = ("left", "center", "right", "both")
COUNTED: Final = ("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman")
"""How the items of a list can be numbered."""
BULLET: Final = "bullet"
LEFT_OUT: Final = "[…]"
"""Stands where something was that is not kept, such as a chart."""
MOST_BLOCKS: Final = 60_000
"""So many paragraphs and cells a document has at most: more than a thousand pages."""
MOST_COLUMNS: Final = 63
"""Of a table: more, programs do not show. Cells that are there all the same have one column each."""
DEEPEST_LIST: Final = 8
DEEPEST_HEADING: Final = 6


@dataclass(frozen=True, slots=True)
class Text:
    """Words, with their marks. A tab is a tab."""

    text: str
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Break:
    """A new line, or a new page."""

    page: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, made anew; its size in millimetres, 0 for that of its pixels."""

    content: bytes
    form: str
    width: float = 0
    height: float = 0


Inline: TypeAlias = Text | Break | Picture


@dataclass(frozen=True, slots=True)
class Item:
    """Where a paragraph stands in a list: ``list`` tells one list from another, ``level`` is 0 for the outermost, and
    ``counted`` is one of ``COUNTED`` or ``BULLET``."""

    list: int
    level: int
    counted: str


@dataclass(slots=True)
class Paragraph:
    """A paragraph; ``heading`` is 0 for one that is none, ``aligned`` one of ``ALIGNED``."""

    inlines: list[Inline] = field(default_factory=list)
    heading: int = 0
    item: Item | None = None
    aligned: str = "left"


@dataclass(slots=True)
class Cell:
    """A cell of a table, over so many columns and rows."""

    blocks: list[Block] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Table:
    """A table, row by row. A cell that lies under another one of an earlier row is not there."""

    rows: list[list[Cell]] = field(default_factory=list)


Block: TypeAlias = Paragraph | Table


def pictures(blocks: list[Block]) -> Iterator[Picture]:
    """Yield the pictures of a document, in its order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from (one for one in block.inlines if isinstance(one, Picture))
        else:
            for row in block.rows:
                for cell in row:
                    yield from pictures(cell.blocks)


def columns_of(place: int, spanned: int) -> int:
    """Return over how many columns a cell goes, from a place (0 is the first) and what it says itself."""
    return max(1, min(spanned, MOST_COLUMNS - place))


def note(mark: str, blocks: list[Block]) -> list[Block]:
    """Return a note as it stands at the end, after its mark."""
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph):
        first.inlines.insert(0, Text(f"{mark} "))
        return blocks
    return [Paragraph([Text(mark)]), *blocks]
