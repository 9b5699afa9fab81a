"""Reading what people see in an odt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from gehoor.adapters.security.documents.content import (
    ALIGNED,
    BULLET,
    DEEPEST_HEADING,
    DEEPEST_LIST,
    LEFT_OUT,
    Block,
    Break,
    Cell,
    Inline,
    Item,
    Paragraph,
    Picture,
    Table,
    Text,
    columns_of,
    note,
)
from gehoor.adapters.security.documents.xml_parts import Node, UnusableDocumentError, read_part

MAIN: Final = "content.xml"
_KEPT: Final = frozenset(
    {
        "span", "a", "ruby", "ruby-base", "meta", "meta-field", "page-number", "page-count", "sequence", "bookmark-ref",
        "reference-ref", "sequence-ref", "note-ref", "date", "time", "chapter", "placeholder", "text-input",
        "expression", "variable-get", "variable-set", "user-field-get", "number", "title", "subject",
    }
)  # fmt: skip
"""The elements within a paragraph of which the text is read. That of others, such as who wrote it, is not kept."""
_GONE: Final = frozenset(
    {"tracked-changes", "hidden-text", "hidden-paragraph", "forms", "sequence-decls", "event-listeners"}
)
_COUNTED: Final = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_MM: Final = {"cm": 10.0, "mm": 1.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
_LENGTH: Final = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)(cm|mm|in|pt|pc|px)", re.ASCII)
_WHITE: Final = re.compile(r"[ \t\r\n]+")
_LONGEST_CHAIN: Final = 30
"""So many styles go by each other, or it is a circle."""
_MOST_SPACES: Final = 1000
_MOST_SPANNED: Final = 200
_ALIGNED: Final = {"start": "left", "end": "right", "justify": "both"}

MakePicture = Callable[[bytes, str], tuple[bytes, str] | None]
"""Makes a picture anew, from its content and name: content and format, or None for what is no picture that can be."""


@dataclass(slots=True)
class _Style:
    parent: str = ""
    said: dict[str, str] = field(default_factory=dict)
    """What it says of letters and paragraphs."""
    list: str = ""


@dataclass(slots=True)
class _Reader:
    parts: Mapping[str, bytes]
    make: MakePicture
    styles: dict[str, _Style] = field(default_factory=dict)
    counted: dict[tuple[str, int], str] = field(default_factory=dict)
    lists: int = 0
    notes: list[Block] = field(default_factory=list)
    noted: int = 0

    def read_styles(self, root: Node) -> None:
        """Take in the styles of a part."""
        for one in root.all("style"):
            said: dict[str, str] = {}
            for of in one.nodes():
                if of.name in ("text-properties", "paragraph-properties"):
                    said |= of.attributes
            self.styles[one.get("name")] = _Style(
                one.get("parent-style-name"), said, one.get("list-style-name")
            )
        for one in root.all("list-style"):
            for level in one.nodes():
                place = _whole(level.get("level")) - 1
                if 0 <= place <= DEEPEST_LIST:
                    is_counted = level.name == "list-level-style-number" and level.get("num-format")
                    how = _COUNTED.get(level.get("num-format"), "decimal") if is_counted else BULLET
                    self.counted[one.get("name"), place] = how

    def said(self, name: str) -> dict[str, str]:
        """Return what a style says, with what those say that it goes by."""
        said: dict[str, str] = {}
        for _ in range(_LONGEST_CHAIN):
            style = self.styles.get(name)
            if style is None:
                break
            said = {**style.said, **said}
            name = style.parent
        return said

    # Blocks

    def blocks(self, node: Node) -> list[Block]:
        return list(self._blocks(node, None))

    def _blocks(self, node: Node, item: Item | None) -> Iterator[Block]:
        for one in node.nodes():
            if one.name in ("p", "h"):
                yield from self._paragraph(one, item)
            elif one.name == "list":
                yield from self._list(one, None)
            elif one.name == "table":
                yield self._table(one)
            elif one.name in ("frame", "custom-shape", "rect", "ellipse", "line", "g"):
                beside: list[Block] = []
                yield Paragraph(list(self._drawn(one, beside)))
                yield from beside
            elif one.name not in _GONE:
                yield from self._blocks(one, item)

    def _paragraph(self, node: Node, item: Item | None) -> Iterator[Block]:
        said = self.said(node.get("style-name"))
        if said.get("display") == "none":
            return
        level = max(1, _whole(node.get("outline-level"))) if node.name == "h" else 0
        aligned = said.get("text-align", "")
        aligned = _ALIGNED.get(aligned, aligned)
        beside: list[Block] = []
        inlines = list(self._inlines(node, _marks(said) if not level else frozenset(), beside))
        yield Paragraph(
            _without_edges(inlines),
            level if level <= DEEPEST_HEADING else 0,
            item,
            aligned if aligned in ALIGNED else "left",
        )
        yield from beside

    def _list(self, node: Node, outer: tuple[int, int, str] | None) -> Iterator[Block]:
        if outer is None:
            self.lists += 1
            outer = (self.lists, -1, "")
        number, level, style = outer[0], min(outer[1] + 1, DEEPEST_LIST), node.get("style-name") or outer[2]
        for one in node.nodes():
            item: Item | None = Item(number, level, self.counted.get((style, level), BULLET))
            for inner in one.nodes() if one.name in ("list-item", "list-header") else ():
                if inner.name == "list":
                    yield from self._list(inner, (number, level, style))
                else:
                    yield from self._blocks(Node("", {}, [inner]), item if one.name == "list-item" else None)
                    # What follows in one item has no sign of its own.
                    item = None

    def _table(self, node: Node) -> Table:
        table = Table()
        for row in _within(node, "table-row"):
            cells: list[Cell] = []
            place = 0
            for one in _within(row, "table-cell"):
                columns = columns_of(place, _whole(one.get("number-columns-spanned")))
                cells.append(Cell(self.blocks(one), columns, _rows(one)))
                place += columns
            table.rows.append(cells)
        return table

    # Inlines

    def _inlines(self, node: Node, marks: frozenset[str], beside: list[Block]) -> Iterator[Inline]:
        for one in node.parts:
            if isinstance(one, str):
                yield Text(_WHITE.sub(" ", one), marks)
            elif one.name == "s":
                yield Text(" " * min(_whole(one.get("c")) or 1, _MOST_SPACES), marks)
            elif one.name == "tab":
                yield Text("\t", marks)
            elif one.name == "line-break":
                yield Break()
            elif one.name in ("note", "annotation"):
                yield self._noted(one)
            elif one.name in ("frame", "custom-shape", "rect", "ellipse", "line", "g"):
                yield from self._drawn(one, beside)
            elif one.name in _KEPT:
                said = self.said(one.get("style-name")) if one.name == "span" else {}
                if said.get("display") != "none":
                    yield from self._inlines(one, marks | _marks(said), beside)

    def _noted(self, node: Node) -> Text:
        self.noted += 1
        mark = f"[{'' if node.name == 'note' else '*'}{self.noted}]"
        body = (node.first("note-body") or Node("")) if node.name == "note" else node
        self.notes += note(
            mark, self.blocks(Node("", {}, [one for one in body.nodes() if one.name in ("p", "h", "list")]))
        )
        return Text(mark, frozenset({"superscript"}))

    def _drawn(self, node: Node, beside: list[Block]) -> Iterator[Inline]:
        found: list[Inline] = []
        texts: list[Block] = []
        self._look(node, (_length(node.get("width")), _length(node.get("height"))), found, texts)
        beside += texts
        yield from found or ([] if texts else [Text(LEFT_OUT)])

    def _look(self, node: Node, size: tuple[float, float], found: list[Inline], texts: list[Block]) -> None:
        inner = (_length(node.get("width")) or size[0], _length(node.get("height")) or size[1])
        for one in node.nodes():
            if one.name == "image":
                made = self._picture(one.get("href"))
                # A frame has one picture in several formats: the first that can be shown.
                if made and not any(isinstance(other, Picture) for other in found if node.name == "frame"):
                    found.append(Picture(*made, *inner))
            elif one.name in ("p", "h", "list", "table"):
                texts += self.blocks(Node("", {}, [one]))
            elif one.name not in _GONE:
                self._look(one, inner, found, texts)

    def _picture(self, address: str) -> tuple[bytes, str] | None:
        name = address.removeprefix("./")
        return self.make(self.parts[name], name) if name in self.parts else None


def read(parts: Mapping[str, bytes], make: MakePicture) -> list[Block]:
    """Return what people see in an odt: what stands above its pages, its text, its notes, and what stands below.

    Raises ``UnusableDocumentError``, and what ``make`` raises.
    """
    if MAIN not in parts:
        raise UnusableDocumentError("no text")
    reader = _Reader(parts, make)
    root = read_part(parts[MAIN])
    around = read_part(parts["styles.xml"]) if "styles.xml" in parts else Node("")
    reader.read_styles(around)
    edges = {
        name: [one for page in around.all("master-page") for one in page.nodes() if one.name == name]
        for name in ("header", "footer")
    }
    above = [block for one in edges["header"] for block in reader.blocks(one)]
    below = [block for one in edges["footer"] for block in reader.blocks(one)]
    # Styles of the text have names of their own.
    reader.read_styles(root)
    text = root.first("body", "text")
    if text is None:
        raise UnusableDocumentError("no text")
    return [*_filled(above), *reader.blocks(text), *reader.notes, *_filled(below)]


def _filled(blocks: list[Block]) -> list[Block]:
    return [one for one in blocks if not isinstance(one, Paragraph) or one.inlines]


def _within(node: Node, name: str) -> Iterator[Node]:
    for one in node.nodes():
        if one.name == name:
            yield one
        elif one.name not in ("table", "table-cell", "covered-table-cell"):
            yield from _within(one, name)


def _without_edges(inlines: list[Inline]) -> list[Inline]:
    """White space at the beginning and end of a paragraph is that of the file."""
    if inlines and isinstance(first := inlines[0], Text):
        inlines[0] = Text(first.text.lstrip(" "), first.marks)
    return [one for one in inlines if not isinstance(one, Text) or one.text]


def _rows(cell: Node) -> int:
    return max(1, min(_whole(cell.get("number-rows-spanned")), _MOST_SPANNED))


def _marks(said: Mapping[str, str]) -> frozenset[str]:
    weight, placed = said.get("font-weight", ""), said.get("text-position", "")
    found = {
        "bold": weight == "bold" or (weight.isdecimal() and weight >= "600"),
        "italic": said.get("font-style") in ("italic", "oblique"),
        "underline": said.get("text-underline-style", "none") != "none",
        "strike": said.get("text-line-through-style", "none") != "none",
        "superscript": placed.startswith("super"),
        "subscript": placed.startswith("sub"),
    }
    return frozenset(mark for mark, is_so in found.items() if is_so)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _length(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _MM[found[2]] if found else 0.0
