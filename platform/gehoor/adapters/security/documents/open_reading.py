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
    MOST_BLOCKS,
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
from gehoor.adapters.security.documents.cropping import Crop
from gehoor.adapters.security.documents.letters import PAGE, can_be_read, colour
from gehoor.adapters.security.documents.open_styles import Said, Styles, length, whole
from gehoor.adapters.security.documents.xml_parts import Node, PartReader, UnusableDocumentError

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
_DRAWN: Final = ("frame", "custom-shape", "rect", "ellipse", "line", "g")
_WHITE: Final = re.compile(r"[ \t\r\n]+")
_MOST_SPACES: Final = 100_000
"""That are said by their number, in a whole document."""
_MOST_SPANNED: Final = 200
_ALIGNED: Final = {"start": "left", "end": "right", "justify": "both"}

MakePicture = Callable[[bytes, Crop], tuple[bytes, str] | None]
"""Makes what is seen of a picture anew: content and format, or None for what is no picture that can be."""


@dataclass(frozen=True, slots=True)
class _Letters:
    marks: frozenset[str]
    ink: str
    behind: str | None


@dataclass(slots=True)
class _Reader:
    parts: Mapping[str, bytes]
    make: MakePicture
    styles: Styles = field(default_factory=Styles)
    ground: str | None = PAGE
    """What is behind the paragraphs that are read; None where that is not known."""
    lists: int = 0
    left: int = MOST_BLOCKS
    spaces: int = _MOST_SPACES
    notes: list[Block] = field(default_factory=list)
    noted: int = 0

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
            elif one.name in _DRAWN:
                beside: list[Block] = []
                yield Paragraph(list(self._drawn(one, beside)))
                yield from beside
            elif one.name not in _GONE and not _is_hidden(one):
                yield from self._blocks(one, item)

    def _paragraph(self, node: Node, item: Item | None) -> Iterator[Block]:
        self._spend()
        said = self.styles.of(node)
        if said.is_hidden or any(_is_hidden(one) for one in node.nodes() if one.name == "hidden-paragraph"):
            return
        level = max(1, whole(node.get("outline-level"))) if node.name == "h" else 0
        aligned = _ALIGNED.get(said.aligned, said.aligned)
        beside: list[Block] = []
        letters = _Letters(said.marks if not level else frozenset(), said.ink, self._behind(said))
        inlines = list(self._inlines(node, letters, beside))
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
            item: Item | None = Item(number, level, self.styles.counted.get((style, level), BULLET))
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
            if row.get("visibility") in ("collapse", "filter"):
                continue
            cells: list[Cell] = []
            place = 0
            for one in _within(row, "table-cell"):
                self._spend()
                columns = columns_of(place, whole(one.get("number-columns-spanned")))
                # A table and its rows can have colours too.
                behind = colour(self.styles.of(one).around.get("background-color", "")) or None
                cells.append(Cell(self.on(behind, one), columns, _rows(one)))
                place += columns
            table.rows.append(cells)
        return table

    def on(self, ground: str | None, node: Node) -> list[Block]:
        """Read what stands on another ground."""
        before, self.ground = self.ground, ground
        try:
            return self.blocks(node)
        finally:
            self.ground = before

    def _behind(self, said: Said) -> str | None:
        """Return what is behind the letters of a paragraph."""
        return (
            colour(said.letters.get("background-color", ""))
            or colour(said.around.get("background-color", ""))
            or self.ground
        )

    def _spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise UnusableDocumentError("too many paragraphs")

    # Inlines

    def _inlines(self, node: Node, letters: _Letters, beside: list[Block]) -> Iterator[Inline]:
        marks = letters.marks
        for one in node.parts:
            if isinstance(one, str):
                yield from _said(_WHITE.sub(" ", one), letters)
            elif one.name == "s":
                yield Text(" " * self._spaces(whole(one.get("c")) or 1), marks)
            elif one.name == "tab":
                yield Text("\t", marks)
            elif one.name == "line-break":
                yield Break()
            elif one.name in ("note", "annotation"):
                yield self._noted(one)
            elif one.name in _DRAWN:
                yield from self._drawn(one, beside)
            elif one.name in _KEPT and not _is_hidden(one):
                said = self.styles.of(one) if one.name == "span" else Said()
                if not said.is_hidden:
                    behind = colour(said.letters.get("background-color", "")) or letters.behind
                    inner = _Letters(marks | said.marks, said.ink or letters.ink, behind)
                    yield from self._inlines(one, inner, beside)

    def _spaces(self, number: int) -> int:
        self.spaces -= number
        if self.spaces < 0:
            raise UnusableDocumentError("too many spaces")
        return number

    def _noted(self, node: Node) -> Text:
        self.noted += 1
        mark = f"[{'' if node.name == 'note' else '*'}{self.noted}]"
        body = (node.first("note-body") or Node("")) if node.name == "note" else node
        self.notes += note(
            mark, self.blocks(Node("", {}, [one for one in body.nodes() if one.name in ("p", "h", "list")]))
        )
        return Text(mark, frozenset({"superscript"}))

    def _drawn(self, node: Node, beside: list[Block]) -> Iterator[Inline]:
        if _is_hidden(node):
            return
        found: list[Inline] = []
        texts: list[Block] = []
        self._look(node, (length(node.get("width")), length(node.get("height"))), found, texts)
        beside += texts
        yield from found or ([] if texts else [Text(LEFT_OUT)])

    def _look(self, node: Node, size: tuple[float, float], found: list[Inline], texts: list[Block]) -> None:
        inner = (length(node.get("width")) or size[0], length(node.get("height")) or size[1])
        is_shown = False
        for one in node.nodes():
            if one.name == "image":
                # A frame has one picture in several formats: the first that can be shown.
                made = None if is_shown else self._picture(one.get("href"), self.styles.of(node).crop)
                if made:
                    is_shown = node.name == "frame"
                    found.append(Picture(*made, *inner))
            elif one.name in ("p", "h", "list", "table"):
                texts += self.on(None, Node("", {}, [one]))
            elif one.name not in _GONE and not _is_hidden(one):
                self._look(one, inner, found, texts)

    def _picture(self, address: str, crop: Crop) -> tuple[bytes, str] | None:
        name = address.removeprefix("./")
        return self.make(self.parts[name], crop) if name in self.parts else None


def read(parts: Mapping[str, bytes], make: MakePicture) -> list[Block]:
    """Return what people see in an odt: what stands above its pages, its text, its notes, and what stands below.

    Raises ``UnusableDocumentError``, and what ``make`` raises.
    """
    if MAIN not in parts:
        raise UnusableDocumentError("no text")
    reader, xml = _Reader(parts, make), PartReader()
    root = xml.read(parts[MAIN])
    around = xml.read(parts["styles.xml"]) if "styles.xml" in parts else Node("")
    text = root.first("body", "text")
    if text is None:
        raise UnusableDocumentError("no text")
    reader.styles.read(around)
    reader.ground = None if reader.styles.coloured else PAGE
    edges: dict[str, list[Block]] = {"header": [], "footer": []}
    pages = _pages(reader.styles, root, text)
    for one in (one for page in pages for one in page.nodes()):
        if one.name in edges and one.get("display") != "false":
            edges[one.name] += reader.blocks(one)
    # Styles of the text have names of their own.
    reader.styles.read(root)
    return [*_filled(edges["header"]), *reader.blocks(text), *reader.notes, *_filled(edges["footer"])]


def _pages(styles: Styles, root: Node, text: Node) -> list[Node]:
    """Return the styles of the pages of a text: also those that its own styles of paragraphs name."""
    both = Styles({**styles.given}, pages=styles.pages)
    both.read(root)
    return list(both.pages_of(text))


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


def _said(text: str, letters: _Letters) -> list[Text]:
    if can_be_read(letters.ink, letters.behind):
        return [Text(text, letters.marks)]
    # People see that something is covered; on the bare page they see nothing.
    return [Text(LEFT_OUT, letters.marks)] if text.strip() and letters.behind != PAGE else []


def _is_hidden(node: Node) -> bool:
    """Say whether an element says of itself that it is not shown."""
    return node.get("display") == "none" or node.get("is-hidden") == "true"


def _rows(cell: Node) -> int:
    return max(1, min(whole(cell.get("number-rows-spanned")), _MOST_SPANNED))
