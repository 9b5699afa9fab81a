"""Writing a docx that has nothing but what people see in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from gehoor.adapters.security.documents.content import (
    BULLET,
    DEEPEST_HEADING,
    DEEPEST_LIST,
    MOST_COLUMNS,
    Block,
    Break,
    Cell,
    Inline,
    Paragraph,
    Picture,
    Table,
    Text,
    pictures,
)
from gehoor.adapters.security.documents.package import packed
from gehoor.adapters.security.documents.picture_sizes import extension, size_of

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SCHEMAS: Final = "http://schemas.openxmlformats.org"
_W: Final = f'xmlns:w="{_SCHEMAS}/wordprocessingml/2006/main"'
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE: Final = f"{_SCHEMAS}/officeDocument/2006/relationships"
_PER_MM: Final = 36_000
_MARKS: Final = {
    "bold": "<w:b/>", "italic": "<w:i/>", "strike": "<w:strike/>", "underline": '<w:u w:val="single"/>',
    "superscript": '<w:vertAlign w:val="superscript"/>', "subscript": '<w:vertAlign w:val="subscript"/>',
}  # fmt: skip
"""In the order in which the standard has them."""
_SIZES: Final = (32, 28, 26, 24, 24, 24)
"""Of the letters of headings, in half points."""
_PAGE: Final = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr>'
)
"""A4, with margins of two centimetres (in twentieths of a point)."""
_USUAL: Final = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/>'
    '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
)
_WIDTH: Final = 9_000
"""Of a table, in twentieths of a point: what fits between the margins of a page."""


def write(blocks: list[Block]) -> bytes:
    """Return a docx."""
    shown = list(pictures(blocks))
    lists = _lists(blocks)
    names = [f"media/image{number}.{extension(one.form)}" for number, one in enumerate(shown, 1)]
    related = [("styles", "styles.xml"), ("numbering", "numbering.xml"), *(("image", name) for name in names)]
    writer = _Writer(dict(zip(lists, range(1, len(lists) + 1), strict=True)), first_picture=3)
    body = "".join(map(writer.block, blocks))
    return packed(
        {
            "[Content_Types].xml": _types({extension(one.form) for one in shown}),
            "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
            "word/document.xml": f'{_HEAD}<w:document {_W} xmlns:r="{_OFFICE}" '
            f'xmlns:wp="{_SCHEMAS}/drawingml/2006/wordprocessingDrawing" xmlns:a="{_SCHEMAS}/drawingml/2006/main" '
            f'xmlns:pic="{_SCHEMAS}/drawingml/2006/picture"><w:body>{body}{_PAGE}</w:body></w:document>',
            "word/_rels/document.xml.rels": _relations(related),
            "word/styles.xml": _styles(),
            "word/numbering.xml": _numbering(list(lists.values())),
            **{f"word/{name}": one.content for name, one in zip(names, shown, strict=True)},
        }
    )


class _Writer:
    def __init__(self, numbers: dict[int, int], first_picture: int) -> None:
        self._numbers = numbers
        self._next = first_picture

    def block(self, block: Block) -> str:
        return self._paragraph(block) if isinstance(block, Paragraph) else self._table(block)

    def _paragraph(self, paragraph: Paragraph) -> str:
        said = f'<w:pStyle w:val="Heading{paragraph.heading}"/>' if paragraph.heading else ""
        if (item := paragraph.item) is not None:
            number = self._numbers[item.list]
            said += f'<w:numPr><w:ilvl w:val="{item.level}"/><w:numId w:val="{number}"/></w:numPr>'
        if paragraph.aligned != "left":
            said += f'<w:jc w:val="{paragraph.aligned}"/>'
        runs = "".join(map(self._inline, paragraph.inlines))
        return f"<w:p>{f'<w:pPr>{said}</w:pPr>' if said else ''}{runs}</w:p>"

    def _inline(self, inline: Inline) -> str:
        if isinstance(inline, Text):
            said = "".join(xml for mark, xml in _MARKS.items() if mark in inline.marks)
            texts = "<w:tab/>".join(
                f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else ""
                for part in inline.text.split("\t")
            )
            return f"<w:r>{f'<w:rPr>{said}</w:rPr>' if said else ''}{texts}</w:r>"
        if isinstance(inline, Break):
            return '<w:r><w:br w:type="page"/></w:r>' if inline.page else "<w:r><w:br/></w:r>"
        return self._picture(inline)

    def _picture(self, picture: Picture) -> str:
        number, self._next = self._next, self._next + 1
        width, height = (max(1, round(one * _PER_MM)) for one in size_of(picture))
        extent = f'cx="{width}" cy="{height}"'
        return (
            f'<w:r><w:drawing><wp:inline><wp:extent {extent}/><wp:docPr id="{number}" name="{number}"/><a:graphic>'
            f'<a:graphicData uri="{_SCHEMAS}/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{number}" name="{number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip r:embed="rId{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
            f'<a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def _table(self, table: Table) -> str:
        most = min(max((sum(cell.columns for cell in row) for row in table.rows), default=0), MOST_COLUMNS)
        if not most:
            return ""
        edges = "".join(
            f'<w:{edge} w:val="single" w:sz="4"/>'
            for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        grid = f'<w:gridCol w:w="{_WIDTH // most}"/>' * most
        rows = "".join(self._rows(table))
        said = f'<w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
        # Two tables that follow each other would be one.
        return f"<w:tbl>{said}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"

    def _rows(self, table: Table) -> Iterator[str]:
        """Write rows, with the cells in them that go on under one of an earlier row."""
        going_on: dict[int, tuple[int, int]] = {}
        for row in table.rows:
            made, place, left = "", 0, list(row)
            still: dict[int, tuple[int, int]] = {}
            last = max(going_on, default=-1)
            while left or place <= last:
                if place in going_on:
                    rows, columns = going_on[place]
                    made += f"<w:tc>{_cell_said(columns, '<w:vMerge/>')}<w:p/></w:tc>"
                elif left:
                    cell = left.pop(0)
                    rows, columns = cell.rows - 1, cell.columns
                    made += self._cell(cell)
                else:
                    rows, columns = 0, 1
                if rows > (place in going_on):
                    still[place] = (rows - (place in going_on), columns)
                place += columns
            going_on = still
            yield f"<w:tr>{made or '<w:tc><w:p/></w:tc>'}</w:tr>"

    def _cell(self, cell: Cell) -> str:
        merged = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
        blocks = "".join(map(self.block, cell.blocks)) or "<w:p/>"
        return f"<w:tc>{_cell_said(cell.columns, merged)}{blocks}</w:tc>"


def _cell_said(columns: int, merged: str) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return f"<w:tcPr>{span}{merged}</w:tcPr>" if span or merged else ""


def _lists(blocks: list[Block]) -> dict[int, dict[int, str]]:
    """Return how each level of every list is counted."""
    found: dict[int, dict[int, str]] = {}

    def look(some: list[Block]) -> None:
        for block in some:
            if isinstance(block, Table):
                for row in block.rows:
                    for cell in row:
                        look(cell.blocks)
            elif block.item is not None:
                found.setdefault(block.item.list, {}).setdefault(block.item.level, block.item.counted)

    look(blocks)
    return found


def _numbering(lists: list[dict[int, str]]) -> str:
    # Lists that look alike have one shape, however many there are; each begins anew.
    alike: dict[tuple[tuple[int, str], ...], int] = {}
    numbers = [alike.setdefault(tuple(sorted(counted.items())), len(alike) + 1) for counted in lists]
    shapes = "".join(_shape(number, dict(counted)) for counted, number in alike.items())
    used = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{shape}"/>{_begun_anew(lists[number - 1])}</w:num>'
        for number, shape in enumerate(numbers, 1)
    )
    return f"{_HEAD}<w:numbering {_W}>{shapes}{used}</w:numbering>"


def _begun_anew(counted: dict[int, str]) -> str:
    return "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
        for level in sorted(counted)
        if counted[level] != BULLET
    )


def _shape(number: int, counted: dict[int, str]) -> str:
    levels = ""
    for level in range(DEEPEST_LIST + 1):
        how = counted.get(level, BULLET)
        levels += (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{how}"/>'
            f'<w:lvlText w:val="{"•" if how == BULLET else f"%{level + 1}."}"/>'
            f'<w:pPr><w:ind w:left="{720 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        )
    return f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'


def _styles() -> str:
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{_SIZES[level - 1]}"/></w:rPr></w:style>'
        for level in range(1, DEEPEST_HEADING + 1)
    )
    return f"{_HEAD}<w:styles {_W}>{_USUAL}{headings}</w:styles>"


def _types(extensions: set[str]) -> str:
    kinds = "".join(
        f'<Default Extension="{one}" ContentType="image/{"jpeg" if one == "jpg" else one}"/>'
        for one in sorted(extensions)
    )
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("styles", "styles"), ("numbering", "numbering"))
    )
    return (
        f'{_HEAD}<Types xmlns="{_SCHEMAS}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{kinds}{parts}</Types>"
    )


def _relations(related: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(related, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">{rows}</Relationships>'
