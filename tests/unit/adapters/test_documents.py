"""Documents of word processors: made anew from what people read in them, and nothing else."""
# ruff: noqa: E501 - elements stand on one line, as in documents

from __future__ import annotations

import io
import zipfile

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
    Block,
    Break,
    Cell,
    Item,
    Paragraph,
    Picture,
    Table,
    Text,
)
from gehoor.adapters.security.documents.making_anew import made_anew
from gehoor.adapters.security.documents.package import MOST_PARTS, MOST_TEXT, MOST_UNPACKED, unpacked
from gehoor.adapters.security.documents.xml_parts import UnusableDocumentError

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
            kept.writestr(name, content)
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


def same(content: bytes, form: str) -> bytes:
    return content


def keep(content: bytes, _name: str) -> tuple[bytes, str] | None:
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
]


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
    document = open_text(body)
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
