"""Documents that are a zip inside: no part keeps a name or an address that nobody reads in them."""

from __future__ import annotations

import io
import zipfile

import pytest

from gehoor.adapters.security.packed_documents import without_writer

NAME = "JanJanssens"
ADDRESS = f"https://drive.example/u/{NAME}/foto"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARAGRAPH = '<w:p><w:hyperlink r:id="rId5"><w:r><w:t>foto</w:t></w:r></w:hyperlink></w:p>'
LINK = f"<w:document {W}><w:body>{PARAGRAPH}</w:body></w:document>"
RELATED = f'<Relationship Id="rId5" Type="hyperlink" Target="{ADDRESS}" TargetMode="External"/>'
TO = f"<Relationships>{RELATED}</Relationships>"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def in_text(*instructions: str, tag: str = "instrText", between: str = "") -> str:
    runs = f"</w:r>{between}<w:r>".join(f"<w:{tag}>{one}</w:{tag}>" for one in instructions)
    return f"<w:document {W}><w:body><w:p><w:r>{runs}</w:r></w:p></w:body></w:document>"


def cleaned(parts: dict[str, str]) -> dict[str, str]:
    """Return the parts of a document after it was made anew."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    with zipfile.ZipFile(io.BytesIO(without_writer(packed.getvalue(), lambda content, _: content))) as anew:
        return {name: anew.read(name).decode("utf-8", "replace") for name in anew.namelist()}


@pytest.mark.parametrize(
    "parts",
    [
        {"word/document.xml": LINK, "word/_rels/document.xml.rels": TO},
        {
            "docProps/app.xml": f'<Properties xmlns="{PROPERTIES}"><HLinks>{ADDRESS}</HLinks></Properties>',
            "word/document.xml": LINK,
            "word/_rels/document.xml.rels": TO,
        },
        {
            "customXml/item1.xml": f"<a>{ADDRESS}</a>",
            "word/document.xml": LINK,
            "word/_rels/document.xml.rels": TO,
        },
        {"word/document.xml": in_text(f" HYPERLINK &quot;{ADDRESS}&quot; ", tag="delInstrText")},
        {"word/document.xml": in_text(' INCLUDEPICTURE "C:\\\\Users\\\\Jan', f' x\\\\{NAME}\\\\foto.jpg" ')},
        {"word/document.xml": in_text("HYPERLINK http", f"s://drive.example/{NAME}")},
        {
            "word/settings.xml": f'<w:settings {W}><w:attachedSchema w:val="file:///C:/{NAME}/s"/></w:settings>'
        },
        {"word/settings.xml": f'<w:settings {W}><w:saveThroughXslt w:solutionID="{NAME}"/></w:settings>'},
        {
            "word/document.xml": f'<w:document {W}><w:sdtPr><w:alias w:val="C:\\{NAME}"/></w:sdtPr></w:document>'
        },
        {"word/documenttasks/documenttasks1.xml": f'<t:Tasks><t:User userName="{NAME}"/></t:Tasks>'},
        {"_xmlsignatures/sig1.xml": f"<Signature><X509Certificate>{NAME}</X509Certificate></Signature>"},
        {"META-INF/documentsignatures.xml": f"<document-signatures>CN={NAME}</document-signatures>"},
        {"content.xml": f'<office:document><office:dde-source office:dde-topic="{NAME}"/></office:document>'},
        {"xl/connections.xml": f'<connections><connection sourceFile="C:\\{NAME}\\a.xlsx"/></connections>'},
        {"xl/pivotCache/pivotCacheDefinition1.xml": f'<pivotCacheDefinition refreshedBy="{NAME}"/>'},
        {"xl/revisions/revisionHeaders.xml": f'<headers><header userName="{NAME}"/></headers>'},
        {
            "xl/externalLinks/externalLink1.xml": f'<externalLink><ddeLink ddeTopic="C:\\{NAME}"/></externalLink>'
        },
    ],
)
def test_nobody_is_found_in_it(parts: dict[str, str]) -> None:
    for name, text in cleaned(parts).items():
        assert NAME not in text, name


def test_an_address_that_people_read_stays() -> None:
    text = LINK.replace("foto</w:t>", f"{ADDRESS}</w:t>")
    anew = cleaned({"word/document.xml": text, "word/_rels/document.xml.rels": TO})
    assert anew == {"word/document.xml": text, "word/_rels/document.xml.rels": TO}


def test_what_a_field_says_of_itself_stays() -> None:
    text = in_text(" PAGE ", " MERGEFORMAT ") + "<!-- -->"
    assert cleaned({"word/document.xml": text}) == {"word/document.xml": text}


def test_two_fields_that_follow_each_other_are_two() -> None:
    text = in_text(" PAGE ", f'HYPERLINK "{ADDRESS}"', between='<w:fldChar w:fldCharType="end"/>')
    made = cleaned({"word/document.xml": text})["word/document.xml"]
    assert "<w:instrText> PAGE </w:instrText>" in made
    assert "about:blank" in made
