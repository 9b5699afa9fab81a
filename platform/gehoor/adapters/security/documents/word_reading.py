"""Reading what people see in a docx."""

from __future__ import annotations

import posixpath
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
from gehoor.adapters.security.documents.word_styles import (
    Style,
    hides,
    marks_of,
    read_lists,
    read_styles,
    value_of,
    whole,
)
from gehoor.adapters.security.documents.xml_parts import Node, UnusableDocumentError, read_part

MAIN: Final = "word/document.xml"
_PER_MM: Final = 36_000
"""What a picture is measured in (EMU), in a millimetre."""
_POINTS_PER_MM: Final = 72 / 25.4
_GONE: Final = frozenset({"del", "moveFrom", "delText", "instrText", "delInstrText", "fldData"})
"""What is there no more, or never was to be read."""
_SAID_ASIDE: Final = frozenset(
    {"pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "Fallback", "rt"}
)
_NOTES: Final = {
    "footnoteReference": ("footnotes", ""),
    "endnoteReference": ("endnotes", ""),
    "commentReference": ("comments", "*"),
}
_ALIGNED: Final = {"start": "left", "end": "right", "both": "both", "distribute": "both"}

MakePicture = Callable[[bytes, str], tuple[bytes, str] | None]
"""Makes a picture anew, from its content and name: content and format, or None for what is no picture that can be."""


@dataclass(slots=True)
class _Reader:
    parts: Mapping[str, bytes]
    make: MakePicture
    styles: dict[str, Style] = field(default_factory=dict)
    counted: dict[tuple[str, int], str] = field(default_factory=dict)
    lists: dict[str, int] = field(default_factory=dict)
    related: dict[str, str] = field(default_factory=dict)
    """The parts that the one that is read points at, by how it calls them."""
    is_hidden: bool = False
    """Whether the paragraph that is read is hidden by its style."""
    noted: list[tuple[str, str, str]] = field(default_factory=list)
    """The notes that were pointed at: in which part, its id, its mark."""

    # Blocks

    def blocks(self, node: Node) -> list[Block]:
        return list(self._blocks(node))

    def _blocks(self, node: Node) -> Iterator[Block]:
        for one in node.nodes():
            if one.name == "p":
                yield from self._paragraph(one)
            elif one.name == "tbl":
                yield self._table(one)
            elif one.name not in _GONE | _SAID_ASIDE:
                yield from self._blocks(one)

    def _paragraph(self, node: Node) -> Iterator[Block]:
        said = node.first("pPr") or Node("")
        style = self.styles.get(value_of(said, "pStyle"), Style())
        beside: list[Block] = []
        self.is_hidden = style.is_hidden
        inlines = list(self._inlines(node, style.marks, beside))
        outline = value_of(said, "outlineLvl")
        heading = whole(outline) + 1 if outline else style.heading
        aligned = value_of(said, "jc") or style.aligned
        aligned = _ALIGNED.get(aligned, aligned)
        yield Paragraph(
            inlines,
            heading if heading <= DEEPEST_HEADING else 0,
            self._item(said, style),
            aligned if aligned in ALIGNED else "left",
        )
        # What floats beside a paragraph, follows it.
        yield from beside

    def _item(self, said: Node, style: Style) -> Item | None:
        of = said.first("numPr")
        number, level = style.list or ("", 0)
        if of is not None:
            number, level = value_of(of, "numId") or number, whole(value_of(of, "ilvl")) or level
        if not number or number == "0":
            return None
        level = min(level, DEEPEST_LIST)
        same = self.lists.setdefault(number, len(self.lists) + 1)
        return Item(same, level, self.counted.get((number, level), BULLET))

    def _table(self, node: Node) -> Table:
        table = Table()
        above: dict[int, Cell] = {}
        for row in _within(node, "tr", "tbl"):
            cells: list[Cell] = []
            place = 0
            for one in _within(row, "tc", "tr"):
                said = one.first("tcPr") or Node("")
                columns = columns_of(place, whole(value_of(said, "gridSpan")))
                merged = said.first("vMerge")
                if merged is not None and merged.get("val") != "restart" and place in above:
                    above[place].rows += 1
                else:
                    cell = Cell(self.blocks(one), columns)
                    cells.append(cell)
                    above[place] = cell
                place += columns
            table.rows.append(cells)
        return table

    # Inlines

    def _inlines(self, node: Node, marks: frozenset[str], beside: list[Block]) -> Iterator[Inline]:
        for one in node.nodes():
            if one.name == "r":
                yield from self._run(one, marks, beside)
            elif one.name == "t":
                # Of a sum: words stand in runs.
                yield Text(one.text(), marks)
            elif one.name not in _GONE | _SAID_ASIDE:
                yield from self._inlines(one, marks, beside)

    def _run(self, node: Node, marks: frozenset[str], beside: list[Block]) -> Iterator[Inline]:
        said = node.first("rPr") or Node("")
        style = self.styles.get(value_of(said, "rStyle"))
        if hides(said, style.is_hidden if style else self.is_hidden):
            return
        marks = marks_of(said, marks | (style.marks if style else frozenset()))
        for one in node.nodes():
            yield from self._in_run(one, marks, beside)

    def _in_run(self, one: Node, marks: frozenset[str], beside: list[Block]) -> Iterator[Inline]:
        if one.name == "t":
            yield Text(one.text(), marks)
        elif one.name in ("tab", "ptab"):
            yield Text("\t", marks)
        elif one.name in ("br", "cr"):
            yield Break(one.get("type") == "page")
        elif one.name in ("noBreakHyphen", "softHyphen"):
            yield Text("\u2011" if one.name == "noBreakHyphen" else "\u00ad", marks)
        elif one.name == "sym":
            yield Text("\u2022", marks)
        elif one.name in _NOTES:
            part, sign = _NOTES[one.name]
            mark = f"[{sign}{len(self.noted) + 1}]"
            self.noted.append((part, one.get("id"), mark))
            yield Text(mark, frozenset({"superscript"}))
        elif one.name in ("drawing", "pict", "object"):
            yield from self._drawn(one, beside)
        elif one.name not in _GONE | _SAID_ASIDE:
            for inner in one.nodes():
                yield from self._in_run(inner, marks, beside)

    def _drawn(self, node: Node, beside: list[Block]) -> Iterator[Inline]:
        found: list[Inline] = []
        texts: list[Block] = []
        self._look(node, (0, 0), found, texts)
        beside += texts
        yield from found or ([] if texts else [Text(LEFT_OUT)])

    def _look(self, node: Node, size: tuple[float, float], found: list[Inline], texts: list[Block]) -> None:
        """Look for pictures and texts in a drawing. ``size``: what is said of it so far, in millimetres."""
        for one in node.nodes():
            inner = size
            if one.name == "txbxContent":
                texts += self.blocks(one)
                continue
            if one.name in _SAID_ASIDE:
                continue
            extent = one.first("extent") or one.first("spPr", "xfrm", "ext")
            if extent is not None:
                inner = (whole(extent.get("cx")) / _PER_MM, whole(extent.get("cy")) / _PER_MM)
            elif style := one.get("style"):
                inner = _size_of(style) or size
            called = (
                one.get("embed") if one.name == "blip" else one.get("id") if one.name == "imagedata" else ""
            )
            if called:
                found.append(self._picture(called, inner))
            self._look(one, inner, found, texts)

    def _picture(self, called: str, size: tuple[float, float]) -> Inline:
        name = self.related.get(called, "")
        made = self.make(self.parts[name], name) if name in self.parts else None
        return Picture(*made, *size) if made else Text(LEFT_OUT)

    # The whole

    def part(self, name: str) -> Node | None:
        """Read a part, and what it points at."""
        if name not in self.parts:
            return None
        folder, _, last = name.rpartition("/")
        self.related = {}
        relations = self.parts.get(f"{folder}/_rels/{last}.rels")
        for one in read_part(relations).nodes() if relations else ():
            if one.get("TargetMode") != "External":
                target = one.get("Target")
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                self.related[one.get("Id")] = posixpath.normpath(path)
        return read_part(self.parts[name])

    def notes(self) -> Iterator[Block]:
        """Yield the notes that were pointed at, each after its mark."""
        for part in ("footnotes", "endnotes", "comments"):
            wanted = {number: mark for of, number, mark in self.noted if of == part}
            root = self.part(f"word/{part}.xml") if wanted else None
            for one in root.nodes() if root else ():
                if (mark := wanted.get(one.get("id"))) is not None:
                    yield from note(mark, self.blocks(one))


def read(parts: Mapping[str, bytes], make: MakePicture) -> list[Block]:
    """Return what people see in a docx: what stands above its pages, its text, its notes, and what stands below.

    Raises ``UnusableDocumentError``, and what ``make`` raises.
    """
    reader = _Reader(parts, make)
    reader.styles = read_styles(reader.part("word/styles.xml"))
    reader.counted = read_lists(reader.part("word/numbering.xml"))
    root = reader.part(MAIN)
    body = root.first("body") if root else None
    if body is None:
        raise UnusableDocumentError("no text")
    edges = [
        (one.name, reader.related.get(one.get("id"), ""))
        for section in body.all("sectPr")
        for one in section.nodes()
        if one.name in ("headerReference", "footerReference")
    ]
    text = reader.blocks(body)
    above, below = (
        [
            block
            for name in dict.fromkeys(n for kind, n in edges if kind == which)
            for block in _edge(reader, name)
        ]
        for which in ("headerReference", "footerReference")
    )
    return [*above, *text, *reader.notes(), *below]


def _edge(reader: _Reader, name: str) -> list[Block]:
    root = reader.part(name)
    found = reader.blocks(root) if root else []
    return [one for one in found if not isinstance(one, Paragraph) or one.inlines]


def _within(node: Node, name: str, outer: str) -> Iterator[Node]:
    """Yield the elements of this name in another, not those of one that is nested in it."""
    for one in node.nodes():
        if one.name == name:
            yield one
        elif one.name != outer and one.name not in _GONE | _SAID_ASIDE:
            yield from _within(one, name, outer)


def _size_of(style: str) -> tuple[float, float] | None:
    """Return the size that an older drawing says of itself, in points."""
    said = dict(part.partition(":")[::2] for part in style.replace(" ", "").split(";"))
    sizes = [said.get(name, "") for name in ("width", "height")]
    if not all(one.endswith("pt") and one[:-2].replace(".", "", 1).isdecimal() for one in sizes):
        return None
    width, height = (float(one[:-2]) / _POINTS_PER_MM for one in sizes)
    return width, height
