"""Writing an odt that has nothing but what people see in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from gehoor.adapters.security.documents.content import (
    BULLET,
    DEEPEST_LIST,
    Block,
    Break,
    Cell,
    Inline,
    Item,
    Paragraph,
    Picture,
    Table,
    Text,
    pictures,
)
from gehoor.adapters.security.documents.package import STORED, packed
from gehoor.adapters.security.documents.picture_sizes import extension, size_of

KIND: Final = "application/vnd.oasis.opendocument.text"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES: Final = " ".join(
    f'xmlns:{short}="{address}"'
    for short, address in (
        *((one, f"{_OASIS}:{one}:1.0") for one in ("office", "text", "table", "style", "drawing")),
        ("draw", f"{_OASIS}:drawing:1.0"), ("fo", f"{_OASIS}:xsl-fo-compatible:1.0"),
        ("svg", f"{_OASIS}:svg-compatible:1.0"), ("xlink", "http://www.w3.org/1999/xlink"),
    )
    if short != "drawing"
)  # fmt: skip
_MARKS: Final = {
    "bold": 'fo:font-weight="bold"', "italic": 'fo:font-style="italic"',
    "underline": 'style:text-underline-style="solid"', "strike": 'style:text-line-through-style="solid"',
    "superscript": 'style:text-position="super 58%"', "subscript": 'style:text-position="sub 58%"',
}  # fmt: skip
_COUNTED: Final = {
    "decimal": "1",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}
_ALIGNED: Final = {"left": "start", "center": "center", "right": "end", "both": "justify"}
_SIZES: Final = (16, 14, 13, 12, 12, 12)
"""Of the letters of headings, in points."""
_SPACES: Final = re.compile(r" {2,}|^ | $|\t")


def write(blocks: list[Block]) -> bytes:
    """Return an odt."""
    shown = list(pictures(blocks))
    names = [f"Pictures/{number}.{extension(one.form)}" for number, one in enumerate(shown, 1)]
    writer = _Writer(iter(names))
    writer.look(blocks)
    text = writer.blocks(blocks)
    files = [("/", KIND), ("content.xml", "text/xml"), *((name, "") for name in names)]
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in files
    )
    return packed(
        {
            STORED: KIND,
            "content.xml": f'{_HEAD}<office:document-content {_NAMES} office:version="1.2"><office:automatic-styles>'
            f"{writer.styles()}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body>"
            "</office:document-content>",
            **{name: one.content for name, one in zip(names, shown, strict=True)},
            "META-INF/manifest.xml": f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" '
            f'manifest:version="1.2">{rows}</manifest:manifest>',
        }
    )


class _Writer:
    def __init__(self, names: Iterator[str]) -> None:
        self._names = names
        self._texts: dict[frozenset[str], str] = {}
        self._paragraphs: dict[tuple[str, int], str] = {}
        self._lists: dict[int, dict[int, str]] = {}
        """How each level of every list is counted."""
        self._shapes: dict[tuple[tuple[int, str], ...], int] = {}
        """The styles of lists: those that look alike have one."""
        self._stretches: dict[int, int] = {}
        """Of each list, in how many stretches it stands so far."""
        self._number = 0

    def styles(self) -> str:
        """Return the styles that were asked for."""
        made = [
            f'<style:style style:name="{name}" style:family="text"><style:text-properties '
            f"{' '.join(xml for mark, xml in _MARKS.items() if mark in marks)}/></style:style>"
            for marks, name in self._texts.items()
        ]
        for (aligned, heading), name in self._paragraphs.items():
            letters = f' fo:font-weight="bold" fo:font-size="{_SIZES[heading - 1]}pt"' if heading else ""
            made.append(
                f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties '
                f'fo:text-align="{_ALIGNED[aligned]}" fo:margin-bottom="2mm"/>'
                f"<style:text-properties{letters}/></style:style>"
            )
        made += [_list_style(number, dict(counted)) for counted, number in self._shapes.items()]
        edges = 'fo:border="0.5pt solid #000000" fo:padding="0.1cm"'
        made.append(
            '<style:style style:name="C" style:family="table-cell"><style:table-cell-properties '
            f"{edges}/></style:style>"
            '<style:style style:name="N" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/>'
            "</style:style>"
        )
        return "".join(made)

    def look(self, blocks: list[Block]) -> None:
        """Take in how the lists in blocks are counted."""
        for block in blocks:
            if isinstance(block, Table):
                for cell in (cell for row in block.rows for cell in row):
                    self.look(cell.blocks)
            elif block.item is not None:
                self._lists.setdefault(block.item.list, {}).setdefault(block.item.level, block.item.counted)

    def blocks(self, blocks: list[Block]) -> str:
        """Write blocks; the items of one list that follow each other stand in it together."""
        made, opened = "", -1
        item: Item | None = None
        for block in blocks:
            now = block.item if isinstance(block, Paragraph) else None
            if item is not None and (now is None or now.list != item.list):
                made += "</text:list-item></text:list>" * (opened + 1)
                opened = -1
            if now is not None:
                made += self._to_item(now, opened)
                opened = now.level
            made += self._paragraph(block) if isinstance(block, Paragraph) else self._table(block)
            item = now
        return made + "</text:list-item></text:list>" * (opened + 1)

    def _to_item(self, item: Item, opened: int) -> str:
        if item.level <= opened:
            return (
                "</text:list-item></text:list>" * (opened - item.level) + "</text:list-item><text:list-item>"
            )
        made = ""
        for level in range(opened + 1, item.level + 1):
            made += f"<text:list{self._begun(item.list) if level == 0 else ''}><text:list-item>"
        return made

    def _begun(self, of: int) -> str:
        """Return what says of a list which one it is, and after which stretch of it this one goes on counting."""
        before = self._stretches.get(of, 0)
        self._stretches[of] = before + 1
        goes_on = f' text:continue-list="l{of}.{before}"' if before else ""
        return f' text:style-name="L{self._shape(of)}" xml:id="l{of}.{before + 1}"{goes_on}'

    def _shape(self, of: int) -> int:
        return self._shapes.setdefault(tuple(sorted(self._lists[of].items())), len(self._shapes) + 1)

    def _paragraph(self, paragraph: Paragraph) -> str:
        name = self._paragraphs.setdefault(
            (paragraph.aligned, paragraph.heading), f"P{len(self._paragraphs) + 1}"
        )
        inlines = "".join(map(self._inline, paragraph.inlines))
        if paragraph.heading:
            return f'<text:h text:style-name="{name}" text:outline-level="{paragraph.heading}">{inlines}</text:h>'
        new_page = any(isinstance(one, Break) and one.page for one in paragraph.inlines)
        # A page ends with a paragraph.
        before = '<text:p text:style-name="N"/>' if new_page and paragraph.item is None else ""
        return f'{before}<text:p text:style-name="{name}">{inlines}</text:p>'

    def _inline(self, inline: Inline) -> str:
        if isinstance(inline, Text):
            text = _SPACES.sub(_spaced, escape(inline.text))
            if not inline.marks:
                return text
            name = self._texts.setdefault(inline.marks, f"T{len(self._texts) + 1}")
            return f'<text:span text:style-name="{name}">{text}</text:span>'
        if isinstance(inline, Break):
            return "" if inline.page else "<text:line-break/>"
        return self._picture(inline)

    def _picture(self, picture: Picture) -> str:
        width, height = size_of(picture)
        self._number += 1
        return (
            f'<draw:frame draw:name="{self._number}" text:anchor-type="as-char" svg:width="{width:.2f}mm" '
            f'svg:height="{height:.2f}mm"><draw:image xlink:href="{next(self._names)}" xlink:type="simple" '
            'xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>'
        )

    def _table(self, table: Table) -> str:
        most = max((sum(cell.columns for cell in row) for row in table.rows), default=0)
        if not most:
            return ""
        self._number += 1
        rows = "".join(
            f"<table:table-row>{''.join(map(self._cell, row))}</table:table-row>" for row in table.rows
        )
        columns = f'<table:table-column table:number-columns-repeated="{most}"/>'
        return f'<table:table table:name="{self._number}">{columns}{rows}</table:table>'

    def _cell(self, cell: Cell) -> str:
        spans = "".join(
            f' table:number-{what}-spanned="{number}"'
            for what, number in (("columns", cell.columns), ("rows", cell.rows))
            if number > 1
        )
        left = cell.columns - 1
        covered = f'<table:covered-table-cell table:number-columns-repeated="{left}"/>' if left else ""
        return f'<table:table-cell table:style-name="C"{spans}>{self.blocks(cell.blocks)}</table:table-cell>{covered}'


def _spaced(found: re.Match[str]) -> str:
    return "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>'


def _list_style(number: int, counted: dict[int, str]) -> str:
    levels = ""
    for level in range(DEEPEST_LIST + 1):
        how = counted.get(level, BULLET)
        said = f'text:level="{level + 1}"'
        indent = (
            '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
            f'<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-6mm" '
            f'fo:margin-left="{12 * (level + 1)}mm"/></style:list-level-properties>'
        )
        levels += (
            f'<text:list-level-style-bullet {said} text:bullet-char="•">{indent}</text:list-level-style-bullet>'
            if how == BULLET
            else f'<text:list-level-style-number {said} style:num-format="{_COUNTED[how]}" style:num-suffix=".">'
            f"{indent}</text:list-level-style-number>"
        )
    return f'<text:list-style style:name="L{number}">{levels}</text:list-style>'
