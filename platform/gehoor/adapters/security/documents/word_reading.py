"""Reading what people see in a docx: its paragraphs and tables, and what lies above and below."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from gehoor.adapters.security.documents.content import (
    ALIGNED,
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
from gehoor.adapters.security.documents.word_drawings import (
    crop_of,
    extent_of,
    is_invisible,
    older_crop,
    shown_nodes,
)
from gehoor.adapters.security.documents.word_fields import Fields, shows
from gehoor.adapters.security.documents.word_styles import (
    Lists,
    Style,
    Styles,
    colours_of,
    hides,
    is_gone,
    is_on,
    marks_of,
    read_lists,
    read_styles,
    shade_of,
    value_of,
    whole,
)
from gehoor.adapters.security.documents.xml_parts import Node, PartReader, UnusableDocumentError

MAIN: Final = "word/document.xml"
_GONE: Final = frozenset({"del", "moveFrom", "delText", "instrText", "delInstrText", "fldData"})
"""What is there no more, or never was to be read."""
_SAID_ASIDE: Final = frozenset(
    {"pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "rt"}
)
_NOTES: Final = {
    "footnoteReference": ("footnotes", ""),
    "endnoteReference": ("endnotes", ""),
    "commentReference": ("comments", "*"),
}
_ALIGNED: Final = {"start": "left", "end": "right", "both": "both", "distribute": "both"}
MakePicture = Callable[[bytes, Crop], tuple[bytes, str] | None]
"""Makes what is seen of a picture anew: content and format, or None for what is no picture that can be."""


@dataclass(slots=True)
class _Reader:
    parts: Mapping[str, bytes]
    make: MakePicture
    xml: PartReader = field(default_factory=PartReader)
    styles: Styles = field(default_factory=Styles)
    counted: Lists = field(default_factory=Lists)
    lists: dict[str, int] = field(default_factory=dict)
    related: dict[str, str] = field(default_factory=dict)
    """The parts that the one that is read points at, by how it calls them."""
    style: Style = field(default_factory=Style)
    """That of the paragraph that is read."""
    ground: str | None = PAGE
    """What is behind the paragraphs that are read; None where that is not known."""
    fields: Fields = field(default_factory=Fields)
    left: int = MOST_BLOCKS
    noted: list[tuple[str, str, str]] = field(default_factory=list)
    """The notes that were pointed at: in which part, its id, its mark."""

    # Blocks

    def blocks(self, node: Node) -> list[Block]:
        return list(self._blocks(node))

    def on(self, ground: str | None, node: Node) -> list[Block]:
        """Read what stands on another ground."""
        before, self.ground = self.ground, ground
        try:
            return self.blocks(node)
        finally:
            self.ground = before

    def _spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise UnusableDocumentError("too many paragraphs")

    def _blocks(self, node: Node) -> Iterator[Block]:
        for one in shown_nodes(node):
            if one.name == "p":
                yield from self._paragraph(one)
            elif one.name == "tbl":
                yield self._table(one)
            elif one.name not in _GONE | _SAID_ASIDE:
                yield from self._blocks(one)

    def _paragraph(self, node: Node) -> Iterator[Block]:
        self._spend()
        said = node.first("pPr") or Node("")
        style = self.styles.paragraph(value_of(said, "pStyle"))
        beside: list[Block] = []
        outer, self.style = self.style, replace(style, ground=shade_of(said) or style.ground)
        inlines = list(self._inlines(node, style.marks, beside))
        self.style = outer
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
        return Item(same, level, self.counted.counted(number, level))

    def _table(self, node: Node) -> Table:
        table = Table()
        above: dict[int, Cell] = {}
        of_table = self.styles.named.get(value_of(node.first("tblPr") or Node(""), "tblStyle"), Style())
        for row in _within(node, "tr", "tbl"):
            of_row = row.first("trPr") or Node("")
            if of_table.is_hidden or is_on(of_row, "hidden") or is_gone(of_row):
                continue
            cells: list[Cell] = []
            place = 0
            for one in _within(row, "tc", "tr"):
                said = one.first("tcPr") or Node("")
                if is_gone(said):
                    continue
                self._spend()
                columns = columns_of(place, whole(value_of(said, "gridSpan")))
                merged = said.first("vMerge")
                if merged is not None and merged.get("val") != "restart" and place in above:
                    above[place].rows += 1
                else:
                    # A style can put colours behind some rows and columns of a table.
                    cell = Cell(self.on(shade_of(said) or None, one), columns)
                    cells.append(cell)
                    above[place] = cell
                place += columns
            table.rows.append(cells)
        return table

    # Inlines

    def _inlines(self, node: Node, marks: frozenset[str], beside: list[Block]) -> Iterator[Inline]:
        for one in shown_nodes(node):
            if one.name == "r":
                yield from self._run(one, marks, beside)
            elif one.name == "t":
                # Of a sum: words stand in runs.
                yield from [Text(one.text(), marks)] if self.fields.are_read() else []
            elif one.name == "fldSimple" and not shows(one.get("instr")):
                continue
            elif one.name not in _GONE | _SAID_ASIDE:
                yield from self._inlines(one, marks, beside)

    def _run(self, node: Node, marks: frozenset[str], beside: list[Block]) -> Iterator[Inline]:
        # In a sum there are two of them.
        said = Node("", {}, [each for one in node.nodes() if one.name == "rPr" for each in one.nodes()])
        style = self.styles.named.get(value_of(said, "rStyle"), Style())
        is_hidden = hides(said, style.is_hidden or self.style.is_hidden)
        usual = (style.colour or self.style.colour, style.behind or self.style.behind)
        letters, behind = colours_of(said, usual)
        ground = behind or self.style.ground or self.ground
        can_read = can_be_read(letters, ground)
        marks = marks_of(said, marks | style.marks)
        words = False
        for one in shown_nodes(node):
            if one.name == "fldChar":
                self.fields.mark(one.get("fldCharType"))
            elif one.name == "instrText":
                self.fields.instruct(one.text())
            elif not is_hidden and self.fields.are_read():
                if can_read:
                    yield from self._in_run(one, marks, beside)
                words = words or (one.name == "t" and bool(one.text().strip()))
        if words and not can_read and ground != PAGE:
            # People see that something is covered; on the bare page they see nothing.
            yield Text(LEFT_OUT, marks)

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
            for inner in shown_nodes(one):
                yield from self._in_run(inner, marks, beside)

    def _drawn(self, node: Node, beside: list[Block]) -> Iterator[Inline]:
        found: list[Inline] = []
        texts: list[Block] = []
        self._look(node, (0, 0), found, texts)
        beside += texts
        yield from found or ([] if texts else [Text(LEFT_OUT)])

    def _look(self, node: Node, size: tuple[float, float], found: list[Inline], texts: list[Block]) -> None:
        """Look for pictures and texts in a drawing. ``size``: what is said of it so far, in millimetres."""
        crop = crop_of(node)
        for one in shown_nodes(node):
            if one.name == "txbxContent":
                texts += self.on(None, one)
                continue
            if one.name in _SAID_ASIDE or is_invisible(one):
                continue
            inner = extent_of(one) or size
            called = (
                one.get("embed") if one.name == "blip" else one.get("id") if one.name == "imagedata" else ""
            )
            if called:
                found.append(
                    self._picture(called, inner, older_crop(one) if one.name == "imagedata" else crop)
                )
            self._look(one, inner, found, texts)

    def _picture(self, called: str, size: tuple[float, float], crop: Crop) -> Inline:
        name = self.related.get(called, "")
        made = self.make(self.parts[name], crop) if name in self.parts else None
        return Picture(*made, *size) if made else Text(LEFT_OUT)

    # The whole

    def part(self, name: str) -> Node | None:
        """Read a part, and what it points at."""
        if name not in self.parts:
            return None
        folder, _, last = name.rpartition("/")
        self.related, self.fields = {}, Fields()
        relations = self.parts.get(f"{folder}/_rels/{last}.rels")
        for one in self.xml.read(relations).nodes() if relations else ():
            if one.get("TargetMode") != "External":
                target = one.get("Target")
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                self.related[one.get("Id")] = posixpath.normpath(path)
        return self.xml.read(self.parts[name])

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
    settings = reader.part("word/settings.xml") or Node("")
    root = reader.part(MAIN)
    body = root.first("body") if root else None
    if root is None or body is None:
        raise UnusableDocumentError("no text")
    if colour((root.first("background") or Node("")).get("color")) not in ("", PAGE):
        reader.ground = None
    edges = [
        (one.name, reader.related.get(one.get("id"), ""))
        for section in body.all("sectPr")
        for one in section.nodes()
        if one.name in ("headerReference", "footerReference") and _is_shown(one, section, settings)
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


def _is_shown(edge: Node, section: Node, settings: Node) -> bool:
    """Say whether what stands above or below pages is: that of a first page, or of even pages, where it is its own."""
    kind = edge.get("type")
    if kind == "first":
        return is_on(section, "titlePg")
    return kind != "even" or is_on(settings, "evenAndOddHeaders")


def _edge(reader: _Reader, name: str) -> list[Block]:
    root = reader.part(name)
    found = reader.blocks(root) if root else []
    return [one for one in found if not isinstance(one, Paragraph) or one.inlines]


def _within(node: Node, name: str, outer: str) -> Iterator[Node]:
    """Yield the elements of this name in another, not those of one that is nested in it."""
    for one in shown_nodes(node):
        if one.name == name:
            yield one
        elif one.name != outer and one.name not in _GONE | _SAID_ASIDE:
            yield from _within(one, name, outer)
