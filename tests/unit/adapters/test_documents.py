"""Documents of word processors: made anew from what people read in them, and nothing else."""
# ruff: noqa: E501 - elements stand on one line, as in documents

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gehoor.adapters.security.documents import open_reading, open_writing, word_reading, word_writing
from gehoor.adapters.security.documents.content import (
    ALIGNED,
    BULLET,
    COUNTED,
    MARKS,
    MOST_BLOCKS,
    Block,
    Break,
    Cell,
    Item,
    Paragraph,
    Picture,
    Table,
    Text,
)
from gehoor.adapters.security.documents.cropping import Crop, cropped
from gehoor.adapters.security.documents.making_anew import made_anew
from gehoor.adapters.security.documents.package import MOST_PARTS, MOST_TEXT, MOST_UNPACKED, unpacked
from gehoor.adapters.security.documents.xml_parts import UnusableDocumentError
from gehoor.adapters.security.file_inspector import SniffingInspector
from gehoor.core.forms.file_kinds import FILE_KINDS

NAME = "JanJanssens"
ODT = "application/vnd.oasis.opendocument.text"
W = " ".join(
    f'xmlns:{one}="urn:{one}"'
    for one in ("w", "r", "a", "pic", "wp", "v", "o", "mc", "m", "w14", "w15", "w16cex", "cr", "wps")
)
OPEN = " ".join(
    f'xmlns:{one}="urn:{one}"'
    for one in ("office", "text", "table", "draw", "style", "fo", "svg", "xlink", "dc", "loext", "form", "officeooo")
)  # fmt: skip
PNG = io.BytesIO()
Image.new("RGB", (40, 20), "red").save(PNG, "PNG")
RED = PNG.getvalue()


def zipped(parts: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as kept:
        for name, content in parts.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            kept.writestr(name, content, packing)
    return made.getvalue()


def word(body: str, **parts: str | bytes) -> bytes:
    named = {name.replace("__", "/"): content for name, content in parts.items()}
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped({"word/document.xml": document, **{f"word/{n}": c for n, c in named.items()}})


def open_text(body: str, styles: str = "", **parts: str | bytes) -> bytes:
    content = (
        f"<office:document-content {OPEN}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODT, "content.xml": content, **parts})


def same(content: bytes, form: str, crop: Crop) -> bytes:
    return content


def keep(content: bytes, _crop: Crop) -> tuple[bytes, str] | None:
    return (content, "PNG") if content == RED else None


def read(document: bytes) -> list[Block]:
    """Return what people see in a document once it was made anew."""
    parts = unpacked(made_anew(document, same))
    reading = word_reading if word_reading.MAIN in parts else open_reading
    return reading.read(parts, keep)


def said(document: bytes) -> str:
    """Return the words of a document once it was made anew, a line for each paragraph."""
    return "\n".join(
        "".join(
            one.text if isinstance(one, Text) else "<picture>" if isinstance(one, Picture) else "|"
            for one in block.inlines
        )
        for block in flat(read(document))
    )


def flat(blocks: list[Block]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        else:
            found += [one for row in block.rows for cell in row for one in flat(cell.blocks)]
    return found


def run(text: str, said_of_it: str = "") -> str:
    return f"<w:r><w:rPr>{said_of_it}</w:rPr><w:t>{text}</w:t></w:r>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruct(text: str) -> str:
    return f"<w:r><w:instrText> {text} </w:instrText></w:r>"


def rows(row: str) -> str:
    return f"<w:p>{run('hier')}</w:p><w:tbl><w:tr>{row}</w:tr></w:tbl>"


QUOTE = '"'
HIDING_IN_WORD = [
    f'<w:p w:rsidR="{NAME}">{run("hier")}</w:p>',
    f'<w:p><w:hyperlink r:id="x" w:tooltip="{NAME}">{run("hier")}</w:hyperlink></w:p>',
    f'<w:p><w:r><w:instrText>INCLUDEPICTURE "/Users/{NAME}/a.png"</w:instrText></w:r>{run("hier")}</w:p>',
    f"<w:p><w:r><w:fldChar><w:fldData>{NAME}</w:fldData></w:fldChar></w:r>{run('hier')}</w:p>",
    f'<w:p><w:fldSimple w:instr="HYPERLINK {NAME}">{run("hier")}</w:fldSimple></w:p>',
    f'<w:p><w:ins w:author="{NAME}" w:date="2026-05-12T10:00:00Z">{run("hier")}</w:ins></w:p>',
    f'<w:p>{run("hier")}<w:del w:author="x"><w:r><w:delText>{NAME}</w:delText></w:r></w:del></w:p>',
    f"<w:p>{run('hier')}<w:moveFrom>{run(NAME)}</w:moveFrom></w:p>",
    f"<w:p>{run('hier')}{run(NAME, '<w:vanish/>')}</w:p>",
    f'<w:p><w:bookmarkStart w:name="{NAME}"/>{run("hier")}<w:permStart w:ed="DOMEIN\\{NAME}"/></w:p>',
    f'<w:sdt><w:sdtPr><w:alias w:val="{NAME}"/><w:tag w:val="{NAME}"/></w:sdtPr><w:sdtContent><w:p>{run("hier")}</w:p>'
    "</w:sdtContent></w:sdt>",
    f'<w:p>{run("hier")}<w:r><w:drawing><wp:docPr name="{NAME}.jpg" descr="C:\\{NAME}"/><pic:cNvPr name="{NAME}"/>'
    "</w:drawing></w:r></w:p>",
    f'<w:p>{run("hier")}<w:r><w:pict><v:shape alt="/Users/{NAME}/a.png" o:gfxdata="{NAME}"><v:imagedata o:title="{NAME}"/>'
    "</v:shape></w:pict></w:r></w:p>",
    f'<w:p w:customStyle="x"><w:pPr><w:pStyle w:val="{NAME}"/></w:pPr>{run("hier")}</w:p>',
    f"<w:p>{run('hier', '<w:rFonts w:ascii=&quot;x&quot;/>'.replace('&quot;', chr(34)))}<!-- {NAME} --><?x {NAME}?></w:p>",
    f'<w:p>{run("hier")}</w:p><w:sectPr><w:printerSettings r:id="{NAME}"/></w:sectPr>',
    # What stands there for programs of another day: today's read what is beside it.
    f'<w:p>{run("hier")}<mc:AlternateContent><mc:Choice Requires="nieuw">{run(NAME)}</mc:Choice><mc:Fallback/></mc:AlternateContent></w:p>',
    f'<w:p>{run("hier")}<mc:AlternateContent><mc:Choice Requires="wps"/><mc:Fallback>{run(NAME)}</mc:Fallback></mc:AlternateContent></w:p>',
    # What came of a field within an instruction, and of fields that keep something aside.
    f"<w:p>{run('hier')}{mark('begin')}{instruct('IF')}{mark('begin')}{instruct('USERNAME')}{mark('separate')}{run(NAME)}"
    f"{mark('end')}{instruct('= a b c')}{mark('separate')}{run('c')}{mark('end')}</w:p>",
    f"<w:p>{run('hier')}{mark('begin')}{instruct('SET x')}{mark('separate')}{run(NAME)}{mark('end')}</w:p>",
    f'<w:p>{run("hier")}<w:fldSimple w:instr=" set x ">{run(NAME)}</w:fldSimple></w:p>',
    # Rows and cells that are hidden, or were taken away.
    rows(f"<w:trPr><w:hidden/></w:trPr><w:tc><w:p>{run(NAME)}</w:p></w:tc>"),
    rows(f'<w:trPr><w:del w:id="1"/></w:trPr><w:tc><w:p>{run(NAME)}</w:p></w:tc>'),
    rows(f"<w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p>{run(NAME)}</w:p></w:tc><w:tc><w:p/></w:tc>"),
    # Drawings that are switched off.
    f'<w:p>{run("hier")}<w:r><w:drawing><wp:anchor><wp:docPr hidden="1"/><w:txbxContent><w:p>{run(NAME)}</w:p></w:txbxContent>'
    "</wp:anchor></w:drawing></w:r></w:p>",
    f'<w:p>{run("hier")}<w:r><w:pict><v:shape style="width:1pt; visibility: hidden"><w:txbxContent><w:p>{run(NAME)}</w:p>'
    "</w:txbxContent></v:shape></w:pict></w:r></w:p>",
    # Letters in the colour of what is behind them.
    f"<w:p>{run('hier')}{run(NAME, '<w:color w:val=@FFFFFF@/>'.replace('@', QUOTE))}</w:p>",
    f"<w:p>{run('hier')}{run(NAME, '<w:highlight w:val=@black@/>'.replace('@', QUOTE))}</w:p>",
    f"<w:p>{run('hier')}{run(NAME, '<w:color w:val=@111111@/><w:shd w:fill=@000000@/>'.replace('@', QUOTE))}</w:p>",
    f"<w:p><w:pPr><w:shd w:fill='FF0000'/></w:pPr>{run('hier')}{run(NAME, '<w:color w:val=@FE0000@/>'.replace('@', QUOTE))}</w:p>",
]
BESIDE_IN_WORD = {
    "docProps/core.xml": f"<c>{NAME}</c>",
    "docProps/thumbnail.emf": f"\1\0{NAME}",
    "word/settings.xml": f'<w:settings {W}><w:attachedTemplate r:id="1"/><w:docVar w:val="{NAME}"/></w:settings>',
    "word/_rels/settings.xml.rels": f'<Relationships><Relationship Id="1" Target="file:///{NAME}"/></Relationships>',
    "word/people.xml": f'<w15:people {W}><w15:person w15:author="{NAME}"/></w15:people>',
    "word/commentsExtensible.xml": f'<x {W}><cr:user userName="{NAME}"/></x>',
    "word/printerSettings/printerSettings1.bin": NAME,
    "word/webextensions/webextension1.xml": f"<x>{NAME}</x>",
    "word/embeddings/oleObject1.bin": f"C:\\{NAME}\\a.pdf",
    "customXml/itemProps1.xml": f'<x uri="https://{NAME}.example"/>',
    "_xmlsignatures/sig1.xml": f"<x>{NAME}</x>",
    "word/styles.xml": f'<w:styles {W}><w:style w:styleId="{NAME}"><w:name w:val="{NAME}"/></w:style></w:styles>',
    "word/numbering.xml": f'<w:numbering {W}><w:abstractNum><w:name w:val="{NAME}"/></w:abstractNum></w:numbering>',
    f"word/{NAME}.xml": "<x/>",
}
HIDING_IN_OPEN = [
    f'<text:p text:style-name="{NAME}">hier</text:p>',
    f'<text:p><text:a xlink:href="/Users/{NAME}/a.odt" office:title="{NAME}">hier</text:a></text:p>',
    f"<text:p>hier<text:author-name>{NAME}</text:author-name><text:sender-lastname>{NAME}</text:sender-lastname></text:p>",
    f"<text:p>hier<loext:sender>{NAME}</loext:sender><text:database-display>{NAME}</text:database-display></text:p>",
    f'<text:p>hier<text:bookmark text:name="{NAME}"/><text:hidden-text text:string-value="{NAME}">{NAME}</text:hidden-text></text:p>',
    f"<text:tracked-changes><text:changed-region><dc:creator>{NAME}</dc:creator><text:p>{NAME}</text:p></text:changed-region>"
    "</text:tracked-changes><text:p>hier</text:p>",
    f'<text:p>hier<draw:frame draw:name="{NAME}"><draw:image xlink:href="/home/{NAME}/a.png"/><svg:title>{NAME}</svg:title>'
    f"<svg:desc>{NAME}</svg:desc></draw:frame></text:p>",
    f'<office:forms><form:form form:datasource="{NAME}"/></office:forms><text:p>hier</text:p>',
    f'<text:section text:name="{NAME}"><office:dde-source office:dde-topic="{NAME}"/><text:p>hier</text:p></text:section>',
    f"<text:p>hier<text:script>{NAME}</text:script><office:binary-data>{NAME}</office:binary-data></text:p>",
    f'<table:table table:name="{NAME}"><table:table-row><table:table-cell><text:p>hier</text:p></table:table-cell>'
    "</table:table-row></table:table>",
    f'<text:section text:display="none"><text:p>{NAME}</text:p></text:section><text:p>hier</text:p>',
    f'<text:section text:display="condition" text:is-hidden="true"><text:p>{NAME}</text:p></text:section><text:p>hier</text:p>',
    f'<text:p><text:hidden-paragraph text:is-hidden="true"/>{NAME}</text:p><text:p>hier</text:p>',
    f'<text:p>hier<text:variable-set text:display="none">{NAME}</text:variable-set></text:p>',
    f'<text:p>hier<text:user-field-get text:display="none">{NAME}</text:user-field-get></text:p>',
    f'<text:p>hier</text:p><table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>{NAME}</text:p>'
    "</table:table-cell></table:table-row></table:table>",
    f'<text:p>hier<draw:frame draw:display="none"><draw:text-box><text:p>{NAME}</text:p></draw:text-box></draw:frame></text:p>',
    f'<text:p>hier<text:span text:style-name="wit">{NAME}</text:span></text:p>',
    f'<text:p>hier<text:span text:style-name="zwart">{NAME}</text:span></text:p>',
    f'<text:p>hier<text:span text:style-name="dubbel">{NAME}</text:span></text:p>',
]
COLOURS = (
    '<style:style style:name="wit" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>'
    '<style:style style:name="zwart" style:family="text"><style:text-properties fo:color="#000000" '
    'fo:background-color="#000000"/></style:style>'
    '<style:style style:name="dubbel" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="dubbel" style:family="paragraph"/>'
)


def everything(document: bytes) -> str:
    return "".join(f"{name}{content.decode('latin-1')}" for name, content in unpacked(document).items())


@pytest.mark.parametrize("body", HIDING_IN_WORD)
def test_nobody_is_found_in_the_text_of_a_docx(body: str) -> None:
    document = word(body)
    assert NAME in everything(document)
    made = made_anew(document, same)
    assert NAME not in everything(made)
    assert "hier" in said(document)


@pytest.mark.parametrize("name", BESIDE_IN_WORD)
def test_nobody_is_found_in_what_lies_beside_the_text_of_a_docx(name: str) -> None:
    parts = {"word/document.xml": f"<w:document {W}><w:body><w:p>{run('hier')}</w:p></w:body></w:document>"}
    document = zipped({**parts, name: BESIDE_IN_WORD[name]})
    assert NAME in everything(document)
    assert NAME not in everything(made_anew(document, same))
    assert said(document) == "hier"


@pytest.mark.parametrize("body", HIDING_IN_OPEN)
def test_nobody_is_found_in_the_text_of_an_odt(body: str) -> None:
    document = open_text(body, COLOURS)
    assert NAME in everything(document)
    assert NAME not in everything(made_anew(document, same))
    assert "hier" in said(document)


@pytest.mark.parametrize(
    "name", ["meta.xml", "settings.xml", "Thumbnails/thumbnail.png", "META-INF/documentsignatures.xml"]
)
def test_nobody_is_found_in_what_lies_beside_the_text_of_an_odt(name: str) -> None:
    document = open_text("<text:p>hier</text:p>", **{name: f"<x>{NAME}</x>"})
    assert NAME not in everything(made_anew(document, same))
    assert said(document) == "hier"


def test_what_a_style_hides_is_not_read() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/>'
        '</w:style><w:style w:styleId="rond"><w:basedOn w:val="rond"/></w:style></w:styles>'
    )
    hidden = f'<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr>{run(NAME)}</w:p><w:p>{run(NAME, "<w:rStyle w:val=" + chr(34) + "b" + chr(34) + "/>")}</w:p>'
    shown = f'<w:p><w:pPr><w:pStyle w:val="rond"/></w:pPr>{run("hier")}</w:p>'
    assert said(word(hidden + shown, **{"styles.xml": styles})).split() == ["hier"]


def styled(style: str, body: str) -> bytes:
    return word(body, **{"styles.xml": f"<w:styles {W}>{style}</w:styles>"})


VANISH = "<w:rPr><w:vanish/></w:rPr>"


@pytest.mark.parametrize(
    "document",
    [
        styled(f'<w:style w:type="paragraph" w:default="1" w:styleId="N">{VANISH}</w:style>', f"<w:p>{run(NAME)}</w:p>"),
        styled(f"<w:docDefaults><w:rPrDefault>{VANISH}</w:rPrDefault></w:docDefaults>", f"<w:p>{run(NAME)}</w:p>"),
        styled(
            f'<w:style w:type="table" w:styleId="T">{VANISH}</w:style>',
            f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:tc><w:p>{run(NAME)}</w:p></w:tc></w:tr></w:tbl>',
        ),
        styled(
            f'<w:style w:styleId="P">{VANISH}</w:style><w:style w:styleId="C"><w:rPr><w:b/></w:rPr></w:style>',
            f'<w:p><w:pPr><w:pStyle w:val="P"/></w:pPr>{run(NAME, "<w:rStyle w:val=" + QUOTE + "C" + QUOTE + "/>")}</w:p>',
        ),
    ],
)  # fmt: skip
def test_what_the_style_of_something_around_hides_is_not_read(document: bytes) -> None:
    assert NAME not in everything(made_anew(document, same))


def with_edge(kind: str, section: str = "", settings: str = "") -> bytes:
    """A letter with something above its pages, of a kind."""
    related = '<Relationships><Relationship Id="h" Target="header1.xml"/></Relationships>'
    return word(
        f'<w:p>{run("brief")}</w:p><w:sectPr><w:headerReference w:type="{kind}" r:id="h"/>{section}</w:sectPr>',
        **{
            "_rels__document.xml.rels": related,
            "header1.xml": f"<w:hdr {W}><w:p>{run(NAME)}</w:p></w:hdr>",
            "settings.xml": f"<w:settings {W}>{settings}</w:settings>",
        },
    )


@pytest.mark.parametrize(
    ("document", "is_shown"),
    [
        (with_edge("default"), True),
        (with_edge("first"), False),
        (with_edge("first", "<w:titlePg/>"), True),
        (with_edge("first", '<w:titlePg w:val="0"/>'), False),
        (with_edge("even"), False),
        (with_edge("even", "", "<w:evenAndOddHeaders/>"), True),
    ],
)
def test_what_stands_above_pages_that_there_are_not_is_not_read(document: bytes, is_shown: bool) -> None:
    assert (NAME in said(document)) == is_shown


def page_styles(header: str, style: str = "") -> bytes:
    """A letter with two styles of pages; ``style``: that of its paragraph."""
    styles = (
        f'<x {OPEN}><style:master-page style:name="Standard"/><style:master-page style:name="Brief" '
        f'style:next-style-name="Vervolg">{header}</style:master-page><style:master-page style:name="Vervolg"/></x>'
    )
    return open_text('<text:p text:style-name="P">brief</text:p>', style, **{"styles.xml": styles})


HEADER = f"<style:header><text:p>{NAME}</text:p></style:header>"
USED = '<style:style style:name="P" style:family="paragraph" style:master-page-name="Brief"/>'


@pytest.mark.parametrize(
    ("document", "is_shown"),
    [
        (page_styles(HEADER), False),
        (page_styles(HEADER, USED), True),
        (page_styles(HEADER.replace("<style:header>", '<style:header style:display="false">'), USED), False),
    ],
)
def test_what_stands_above_pages_of_a_style_that_no_page_has_is_not_read(
    document: bytes, is_shown: bool
) -> None:
    assert (NAME in said(document)) == is_shown


def test_light_letters_on_a_dark_ground_are_read() -> None:
    white = f"<w:color w:val={QUOTE}FFFFFF{QUOTE}/>"
    dark = f"<w:pPr><w:shd w:fill={QUOTE}003366{QUOTE}/></w:pPr>"
    cell = f"<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill={QUOTE}003366{QUOTE}/></w:tcPr><w:p>{run('cel', white)}</w:p></w:tc></w:tr></w:tbl>"
    plain = f"<w:tbl><w:tr><w:tc><w:p>{run('stijl', white)}</w:p></w:tc></w:tr></w:tbl>"
    marked = run("merk", f"<w:highlight w:val={QUOTE}yellow{QUOTE}/>")
    document = word(f"<w:p>{dark}{run('wit', white)}{marked}</w:p>{cell}{plain}")
    assert said(document).split() == ["witmerk", "cel", "stijl"]


def test_what_is_covered_in_black_leaves_a_mark() -> None:
    covered = run("Jan", f"<w:highlight w:val={QUOTE}black{QUOTE}/>")
    assert said(word(f"<w:p>{run('Door ')}{covered}{run(' geslagen')}</w:p>")) == "Door […] geslagen"
    body = '<text:p>Door <text:span text:style-name="zwart">Jan</text:span> geslagen</text:p>'
    assert said(open_text(body, COLOURS)) == "Door […] geslagen"


def two_coloured() -> bytes:
    picture = Image.new("RGB", (40, 20), "red")
    picture.paste("blue", (20, 0, 40, 20))
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


class Unhindered:
    """Whatever it takes."""

    def turn(self) -> nullcontext[None]:
        return nullcontext()

    def spend(self, pixels: int) -> None:
        pass


def seen(document: bytes) -> list[tuple[int, int]]:
    """Return how large the pictures are in a document that was made anew, all of one colour."""
    made = SniffingInspector().cleaned(
        document, FILE_KINDS["docx" if b"word/" in document else "odt"], Unhindered()
    )
    found = []
    for name, content in unpacked(made).items():
        if name.endswith(".png"):
            with Image.open(io.BytesIO(content)) as picture:
                found.append(picture.size)
                assert picture.convert("RGB").getcolors() == [(picture.width * picture.height, (0, 0, 255))]
    return found


def test_what_was_cut_off_of_a_picture_is_gone() -> None:
    related = '<Relationships><Relationship Id="p" Target="media/a.png"/></Relationships>'
    parts = {"_rels__document.xml.rels": related, "media__a.png": two_coloured()}
    newer = '<pic:blipFill><a:blip r:embed="p"/><a:srcRect l="50000"/></pic:blipFill>'
    older = '<v:shape style="width:10pt;height:10pt"><v:imagedata r:id="p" cropleft="32768f"/></v:shape>'
    for drawn in (f"<w:drawing>{newer}</w:drawing>", f"<w:pict>{older}</w:pict>"):
        document = word(f"<w:p><w:r>{drawn}</w:r></w:p>", **parts)
        assert seen(zipped({"[Content_Types].xml": "<Types/>", **unpacked(document)})) == [(20, 20)]
    frame = '<draw:frame draw:style-name="f"><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    clip = (
        '<style:style style:name="f" style:family="graphic"><style:graphic-properties '
        'fo:clip="rect(0cm, 0cm, 0cm, 0.5292cm)"/></style:style>'
    )
    assert seen(open_text(f"<text:p>{frame}</text:p>", clip, **{"Pictures/a.png": two_coloured()})) == [
        (19, 20)
    ]


@pytest.mark.parametrize("crop", [Crop(1), Crop(0.5, 0, 0.5), Crop(0, 9, in_mm=True)])
def test_of_a_picture_that_is_cut_off_whole_nothing_is_kept(crop: Crop) -> None:
    with pytest.raises(ValueError, match="nothing is left"):
        cropped(Image.new("RGB", (40, 20)), crop)


@pytest.mark.parametrize("crop", [Crop(), Crop(-1, -1, -1, -1)])
def test_a_picture_that_is_not_cut_stays_whole(crop: Crop) -> None:
    assert cropped(Image.new("RGB", (40, 20)), crop).size == (40, 20)


def steps(document: bytes) -> int:
    """Return how many calls of functions it takes to make a document anew."""
    made = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        made_anew(document, same)
    finally:
        sys.setprofile(before)
    return made


def numbered(number: int) -> bytes:
    shape = f'<w:abstractNum w:abstractNumId="0">{"<w:lvl/>" * number}</w:abstractNum>'
    used = '<w:num><w:abstractNumId w:val="0"/></w:num>' * number
    return word("<w:p/>", **{"numbering.xml": f"<w:numbering {W}>{shape}{used}</w:numbering>"})


def chained(number: int) -> bytes:
    return styled(
        "".join(f'<w:style w:styleId="{n}"><w:basedOn w:val="{n - 1}"/></w:style>' for n in range(number)),
        "<w:p/>",
    )


def on_one(number: int) -> bytes:
    base = f'<w:style w:styleId="a">{"<w:x/>" * number}</w:style>'
    return styled(base + '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>' * number, "<w:p/>")


def spans(number: int) -> bytes:
    said_of_it = " ".join(f'fo:a{n}="1"' for n in range(number))
    style = (
        f'<style:style style:name="a" style:family="text"><style:text-properties {said_of_it}/></style:style>'
    )
    return open_text(
        f"<text:p>{'<text:span text:style-name=@a@>x</text:span>'.replace('@', QUOTE) * number}</text:p>",
        style,
    )


def lists(number: int) -> bytes:
    return open_text("<text:list><text:list-item><text:p>x</text:p></text:list-item></text:list>" * number)


def covered(number: int) -> bytes:
    cell = '<table:table-row><table:table-cell table:number-columns-spanned="60"/></table:table-row>'
    return open_text(f"<table:table>{cell * number}</table:table>")


@pytest.mark.parametrize("made", [numbered, chained, on_one, spans, lists, covered])
def test_twice_as_much_takes_twice_as_many_steps(made: Callable[[int], bytes]) -> None:
    steps(made(50))
    assert steps(made(800)) < 3 * steps(made(400))


@pytest.mark.parametrize("made", [lists, covered])
def test_what_is_made_of_much_alike_is_not_far_larger(made: Callable[[int], bytes]) -> None:
    given = sum(map(len, unpacked(made(2000)).values()))
    assert sum(map(len, unpacked(made_anew(made(2000), same)).values())) < 4 * given


def test_what_people_read_in_a_docx_stays() -> None:
    related = '<Relationships><Relationship Id="p" Target="media/1.png"/><Relationship Id="h" Target="header1.xml"/></Relationships>'
    document = word(
        f'<w:p><w:pPr><w:pStyle w:val="Kop1"/></w:pPr>{run("Klacht")}</w:p>'
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr></w:pPr>{run("De soep")}</w:p>'
        f'<w:p>{run("koud", "<w:b/>")}<w:r><w:tab/><w:br/><w:footnoteReference w:id="2"/><w:t>!</w:t></w:r></w:p>'
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>{run("breed")}</w:p></w:tc></w:tr></w:tbl>'
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="360000" cy="180000"/><a:blip r:embed="p"/></wp:inline></w:drawing>'
        "</w:r></w:p>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p>{run('kader')}</w:p>"
        f"</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{run('kader')}</w:pict></mc:Fallback>"
        '</mc:AlternateContent></w:r></w:p><w:sectPr><w:headerReference r:id="h"/></w:sectPr>',
        **{
            "_rels__document.xml.rels": related,
            "media__1.png": RED,
            "header1.xml": f"<w:hdr {W}><w:p>{run('Kop van de brief')}</w:p></w:hdr>",
            "footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="2"><w:p>{run("En de patatten")}</w:p></w:footnote></w:footnotes>',
            "styles.xml": f'<w:styles {W}><w:style w:styleId="Kop1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>',
            "numbering.xml": f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt '
            'w:val="lowerLetter"/></w:lvl></w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        },
    )
    blocks = read(document)
    assert said(document).split("\n") == [
        "Kop van de brief", "Klacht", "De soep", "koud\t|[1]!", "breed", "", "<picture>", "", "kader", "[1] En de patatten",
    ]  # fmt: skip
    paragraphs = flat(blocks)
    assert paragraphs[1].heading == 1
    assert paragraphs[2].item == Item(1, 0, "lowerLetter")
    assert Text("koud", frozenset({"bold"})) in paragraphs[3].inlines
    table = next(block for block in blocks if isinstance(block, Table))
    assert table.rows[0][0].columns == 2
    (picture,) = paragraphs[6].inlines
    assert isinstance(picture, Picture)
    assert (picture.width, picture.height) == (10, 5)


def test_what_people_read_in_an_odt_stays() -> None:
    styles = (
        '<style:style style:name="V"><style:text-properties fo:font-weight="bold"/></style:style>'
        '<style:style style:name="weg"><style:text-properties text:display="none"/></style:style>'
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="a"/></text:list-style>'
    )
    document = open_text(
        '<text:h text:outline-level="2">Klacht</text:h><text:list text:style-name="L"><text:list-item><text:p>De soep</text:p>'
        "</text:list-item></text:list>"
        '<text:p>was <text:span text:style-name="V">koud</text:span><text:s text:c="2"/><text:tab/>en<text:line-break/>'
        '<text:span text:style-name="weg">geheim</text:span>zout<text:note><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>En de patatten</text:p></text:note-body></text:note>"
        "<office:annotation><dc:creator>x</dc:creator><text:p>Nakijken</text:p></office:annotation></text:p>"
        '<text:p><draw:frame svg:width="1cm" svg:height="5mm"><draw:image xlink:href="Pictures/1.png"/></draw:frame></text:p>',
        styles,
        **{"Pictures/1.png": RED},
    )
    assert said(document).split("\n") == [
        "Klacht", "De soep", "was koud  \ten|zout[1][*2]", "<picture>", "[1] En de patatten", "[*2] Nakijken",
    ]  # fmt: skip
    heading, item, text, picture, *_ = flat(read(document))
    assert (heading.heading, item.item) == (2, Item(1, 0, "lowerLetter"))
    assert Text("koud", frozenset({"bold"})) in text.inlines
    assert [(one.width, one.height) for one in picture.inlines if isinstance(one, Picture)] == [(10, 5)]


def test_where_something_is_left_out_it_says_so() -> None:
    drawing = "<w:p><w:r><w:drawing><a:graphicData><x/></a:graphicData></w:drawing></w:r></w:p>"
    assert said(word(drawing)) == "[…]"
    frame = '<text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>'
    assert said(open_text(frame)) == "[…]"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
MARKED = st.frozensets(st.sampled_from(MARKS[:4]), max_size=2)
INLINES = st.one_of(st.builds(Text, WORDS, MARKED), st.just(Break()), st.just(Picture(RED, "PNG", 10.0, 5.0)))


def merged(blocks: list[Block]) -> list[Block]:
    """Put texts with the same marks together, as nobody sees where one ends."""
    for block in flat(blocks):
        together: list[object] = []
        for one in block.inlines:
            last = together[-1] if together else None
            if isinstance(one, Text) and isinstance(last, Text) and last.marks == one.marks:
                together[-1] = Text(last.text + one.text, one.marks)
            else:
                together.append(one)
        block.inlines = together  # type: ignore[assignment]
    return blocks


@st.composite
def paragraphs(draw: st.DrawFn) -> Paragraph:
    inlines = draw(st.lists(INLINES, max_size=4))
    return Paragraph(inlines, draw(st.sampled_from((0, 0, 1, 3))), None, draw(st.sampled_from(ALIGNED)))


@st.composite
def items(draw: st.DrawFn) -> list[Paragraph]:
    counted = draw(st.tuples(*[st.sampled_from((*COUNTED, BULLET))] * 3))
    levels = draw(st.lists(st.integers(0, 2), min_size=1, max_size=4))
    return [Paragraph([Text("punt")], 0, Item(1, level, counted[level])) for level in levels]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows = draw(st.integers(1, 3))
    return Table([[Cell([draw(paragraphs())]) for _ in range(2)] for _ in range(rows)])


@st.composite
def documents(draw: st.DrawFn) -> list[Block]:
    before, after = (draw(st.lists(paragraphs(), max_size=2)) for _ in range(2))
    return [*before, *draw(items()), Paragraph([Text("Tussenin.")]), draw(tables()), *after]


@given(documents())
def test_what_is_written_is_what_is_read(blocks: list[Block]) -> None:
    for reading, writing in ((word_reading, word_writing), (open_reading, open_writing)):
        again = merged(reading.read(unpacked(writing.write(blocks)), keep))
        if reading is word_reading:
            # A table is followed by a paragraph, or two of them would be one.
            place = next(index for index, block in enumerate(again) if isinstance(block, Table))
            assert again.pop(place + 1) == Paragraph()
        assert again == merged(blocks)


def test_a_cell_over_several_rows_stays_one() -> None:
    wide = Table(
        [
            [Cell([Paragraph([Text("a")])], 1, 2), Cell([Paragraph([Text("b")])])],
            [Cell([Paragraph([Text("c")])])],
        ]
    )
    for reading, writing in ((word_reading, word_writing), (open_reading, open_writing)):
        table = reading.read(unpacked(writing.write([wide])), keep)[0]
        assert isinstance(table, Table)
        assert [[(cell.rows, cell.columns) for cell in row] for row in table.rows] == [
            [(2, 1), (1, 1)],
            [(1, 1)],
        ]


@pytest.mark.parametrize(
    "document",
    [
        word("<w:p>").replace(b"PK", b"XX"),
        zipped({"word/document.xml": "<w/>"}),
        zipped({"word/document.xml": "<w"}),
        zipped({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><w/>'}),
        zipped({"word/document.xml": b"0" * (MOST_UNPACKED + 1)}),
        zipped({"word/document.xml": "a" * (MOST_TEXT + 1)}),
        zipped({f"word/{number}.xml": "" for number in range(MOST_PARTS + 1)}),
        word("<w:p>" * 300 + "</w:p>" * 300),
        word("<w:p/>" * 500_000),
        word("<w:p/>" * (MOST_BLOCKS + 1)),
        open_text("<text:p/>" * (MOST_BLOCKS + 1)),
        open_text(
            "<text:p/><table:table><table:table-row>"
            + "<table:table-cell/>" * (MOST_BLOCKS + 1)
            + "</table:table-row></table:table>"
        ),
        open_text('<text:p><text:s text:c="1000"/></text:p>' * 101),
        zipped({"content.xml": "<office:document-content xmlns:office='o'/>"}),
    ],
    ids=lambda one: str(len(one)),
)
def test_what_is_no_document_or_far_too_much_of_one_is_refused(document: bytes) -> None:
    with pytest.raises(UnusableDocumentError):
        made_anew(document, same)


@pytest.mark.parametrize("spans", ["9999999999999", "-1", "x", ""])
def test_measures_that_mean_nothing_are_no_measures(spans: str) -> None:
    row = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{spans}"/></w:tcPr><w:p>{run("hier")}</w:p></w:tc></w:tr>'
    assert said(word(f"<w:tbl>{row}</w:tbl>")).strip() == "hier"
    cell = (
        f'<table:table-cell table:number-columns-spanned="{spans}"><text:p>hier</text:p></table:table-cell>'
    )
    assert said(open_text(f"<table:table><table:table-row>{cell}</table:table-row></table:table>")) == "hier"
