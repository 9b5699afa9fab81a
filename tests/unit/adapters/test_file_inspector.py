"""What a file really is, and what stays in a picture."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PIL import Image

from gehoor.adapters.security import file_inspector
from gehoor.adapters.security.file_inspector import SniffingInspector
from gehoor.adapters.security.packed_documents import MOST_PARTS, MOST_TEXT, MOST_UNPACKED
from gehoor.core.forms.file_kinds import FILE_KINDS
from gehoor.services.ports.outside import FileRefusedError
from tests.support.pictures import PDF, PLACE, packed, photo, png_with

DOCX = packed(word__document_xml="<w/>", word__styles_xml="<s/>")
MACROS = packed(word__document_xml="<w/>", word__vbaProject_bin="x")
ODT = packed(mimetype=FILE_KINDS["odt"].media_type, content_xml="<w/>")


class Unhindered:
    """Bounds that are never met; they count what was asked."""

    def __init__(self) -> None:
        self.turns, self.pixels = 0, 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        self.turns += 1
        yield

    def spend(self, pixels: int) -> None:
        self.pixels += pixels


def cleaned(content: bytes, kind: str) -> bytes:
    return SniffingInspector().cleaned(content, FILE_KINDS[kind], Unhindered())


def refusal(content: bytes, kind: str) -> str:
    with pytest.raises(FileRefusedError) as error:
        cleaned(content, kind)
    return error.value.code


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        ("De soep was koud: 3 \u20ac".encode(), "txt"),
        (b"BM, zo heet mijn bewindvoerder", "txt"),
        (b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\0" * 50, "mp3"),
    ],
)
def test_a_file_that_is_what_it_says_is_kept_to_the_letter(content: bytes, kind: str) -> None:
    assert cleaned(content, kind) == content


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<html><script>alert(1)</script></html>", "pdf"),
        (b"<html><script>alert(1)</script></html>", "txt"),
        (b"MZ\x90\x00" + b"\0" * 60, "txt"),
        (b"MZ\x90\x00" + b"\0" * 60, "jpeg"),
        (b"\xff\xfe\x00tekst", "txt"),
        (ODT, "docx"),
        (DOCX, "odt"),
        (MACROS, "docx"),
        (b"PK\x03\x04 no zip at all", "docx"),
        (PDF, "png"),
        (photo("PNG"), "jpeg"),
        (photo("JPEG"), "pdf"),
    ],
)
def test_a_file_that_is_something_else_is_refused(content: bytes, kind: str) -> None:
    assert refusal(content, kind) == "file-differs"


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_picture_keeps_nothing_but_the_picture_and_stands_upright(kind: str) -> None:
    content = photo(kind.upper())
    assert PLACE.encode() in content
    after = cleaned(content, kind)
    assert PLACE.encode() not in after
    with Image.open(io.BytesIO(after)) as picture:
        assert not dict(picture.getexif())
        assert picture.size == (20, 40)


def test_what_is_hidden_in_or_behind_a_picture_is_gone() -> None:
    after = cleaned(png_with("<script>alert(1)</script>") + b"<script>alert(2)</script>", "png")
    assert b"script" not in after


def test_a_picture_that_is_far_larger_unpacked_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    assert refusal(bomb, "png") == "file-uncleanable"
    monkeypatch.setattr(file_inspector, "_MOST_PIXELS", 799)
    assert refusal(photo("PNG", (40, 20)), "png") == "file-uncleanable"


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_broken_picture_is_refused(kind: str) -> None:
    content = photo(kind.upper(), (200, 200))
    assert refusal(content[: len(content) // 2], kind) == "file-uncleanable"


def test_a_picture_that_moves_is_refused() -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    moving = io.BytesIO()
    frames[0].save(moving, "WEBP", save_all=True, append_images=frames[1:])
    assert refusal(moving.getvalue(), "webp") == "file-uncleanable"


WRITER = "Jan Janssens"
CORE = f'<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>{WRITER}</dc:creator></cp:coreProperties>'
REMARK = (
    f'<w:document xmlns:w="z"><w:ins w:id="1" w:author="{WRITER}"><w:t>De soep</w:t></w:ins></w:document>'
)
TEMPLATE = (
    '<Relationships xmlns="r"><Relationship Id="rId1" Type="attachedTemplate" '
    f'Target="file:///C:/Users/{WRITER}/brief.dotx" TargetMode="External"/></Relationships>'
)


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as kept:
        assert kept.testzip() is None
        assert {part.date_time for part in kept.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {part.filename: kept.read(part).decode() for part in kept.infolist()}


def zipped(parts: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", packing) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return kept.getvalue()


def test_a_word_document_tells_no_longer_who_wrote_it() -> None:
    told = zipped(
        {
            "word/document.xml": REMARK,
            "word/comments.xml": REMARK.replace("w:author", "w:initials"),
            "word/_rels/settings.xml.rels": TEMPLATE,
            "docProps/core.xml": CORE,
            "docProps/app.xml": f"<Properties><Manager>{WRITER}</Manager></Properties>",
            "docProps/custom.xml": f"<Properties>{WRITER}</Properties>",
        }
    )
    parts = parts_of(cleaned(told, "docx"))
    assert not [name for name, text in parts.items() if WRITER in text]
    assert "De soep" in parts["word/document.xml"]
    assert 'Target="Normal.dotm"' in parts["word/_rels/settings.xml.rels"]


def test_an_opendocument_text_tells_no_longer_who_wrote_it() -> None:
    said = f'<office:p xmlns:office="o" xmlns:dc="d"><dc:creator>{WRITER}</dc:creator>De soep</office:p>'
    told = zipped(
        {"mimetype": FILE_KINDS["odt"].media_type, "content.xml": said, "meta.xml": f"<m>{WRITER}</m>"},
        zipfile.ZIP_STORED,
    )
    after = cleaned(told, "odt")
    assert cleaned(after, "odt") == after, "it still is one"
    parts = parts_of(after)
    assert next(iter(parts)) == "mimetype"
    assert not [name for name, text in parts.items() if WRITER in text]
    assert "De soep" in parts["content.xml"]


LABEL = "http://schemas.microsoft.com/office/2020/mipLabelMetadata"
HIDDEN = {
    "docx": {
        "package/services/metadata/core-properties/1.psmdcp": CORE,
        "docProps/core2.xml": CORE,
        "docMetadata/LabelInfo.xml": f'<clbl:labelList xmlns:clbl="{LABEL}"><clbl:label siteId="{WRITER}"/>'
        "</clbl:labelList>",
        "word/settings.xml": '<w:settings xmlns:w="z"><w:mailMerge><w:connectString w:val="C:\\Users\\'
        f'{WRITER}"/></w:mailMerge><w:docVars><w:docVar w:name="van" w:val="{WRITER}"/></w:docVars></w:settings>',
        "word/threadedComments/1.xml": f'<x:persons xmlns:x="z"><x:person displayName="{WRITER}"/></x:persons>',
    },
    "odt": {
        "Object 1/meta.xml": f"<office:document-meta xmlns:office='o'>{WRITER}</office:document-meta>",
        "Object 1/content.xml": f"<p xmlns:dc='d'><dc:creator>{WRITER}</dc:creator>De soep</p>",
        "content.xml": f"<p xmlns:text='t'><text:initial-creator>{WRITER}</text:initial-creator><text:author-name "
        f"text:fixed='false'>{WRITER}</text:author-name><text:sender-lastname>{WRITER}</text:sender-lastname></p>",
    },
}


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, parts in HIDDEN.items() for name in parts], ids=lambda one: one
)
def test_wherever_a_document_keeps_the_name_of_its_writer_it_is_gone(kind: str, name: str) -> None:
    first = {"mimetype": FILE_KINDS["odt"].media_type, "content.xml": "<p/>"}
    first = first if kind == "odt" else {"word/document.xml": REMARK}
    parts = parts_of(cleaned(zipped({**first, name: HIDDEN[kind][name]}, zipfile.ZIP_STORED), kind))
    assert WRITER not in parts[name]
    assert "soep" not in HIDDEN[kind][name] or "De soep" in parts[name]


PERSON = "jan.janssens"
RELATIONSHIPS = (
    '<Relationships xmlns="r"><Relationship Id="rId1" Type="hyperlink" Target="{}" TargetMode="External"/>'
    '<Relationship Id="rId2" Type="image" Target="media/image1.png"/></Relationships>'
)
ADDRESSES = (
    f"https://delen.example/personal/{PERSON}/map",
    f"mailto:{PERSON}@voorbeeld.be?subject=Klacht",
    f"file:///C:/Users/{PERSON}/brief.docx",
    f"\\\\server\\{PERSON}\\foto.jpg",
    f"../../{PERSON}/brief.docx",
    f"onenote:https://x/{PERSON}",
    f"&#104;ttps://x/{PERSON}",
)


def docx(**parts: str) -> bytes:
    named = {name.replace("__", "/").replace("_", "."): text for name, text in parts.items()}
    return zipped({"word/document.xml": "<w/>", **named})


@pytest.mark.parametrize("address", ADDRESSES)
def test_where_a_link_leads_stays_only_where_it_is_read(address: str) -> None:
    rels = "word/_rels/document.xml.rels"
    said = '<w:document xmlns:w="z"><w:t>Zie </w:t><w:t>{}</w:t></w:document>'
    for text, stays in (("hier", False), (f"{address.partition('?')[0].removeprefix('mailto:')}", True)):
        told = zipped({"word/document.xml": said.format(text), rels: RELATIONSHIPS.format(address)})
        kept = parts_of(cleaned(told, "docx"))[rels]
        assert (PERSON in kept) is stays
        assert 'Target="media/image1.png"' in kept, "what is in the document stays"


@pytest.mark.parametrize(
    "hidden",
    [
        f'<w:r><w:instrText xml:space="preserve"> HYPERLINK "https://x/{PERSON}" </w:instrText><w:t>hier</w:t></w:r>',
        f"<w:r><w:instrText>INCLUDEPICTURE C:\\Users\\{PERSON}\\Mijn foto.jpg</w:instrText><w:t>hier</w:t></w:r>",
        f'<w:fldSimple w:instr="HYPERLINK &quot;file:///home/{PERSON}&quot; \\o"><w:t>hier</w:t></w:fldSimple>',
        f'<w:hyperlink w:tooltip="https://x/{PERSON}"><w:t>hier</w:t></w:hyperlink>',
        f'<wp:docPr id="1" descr="C:\\Users\\{PERSON}\\foto.jpg"/><w:t>hier</w:t>',
        f"<v:imagedata o:title='file:///home/{PERSON}/foto' /><w:t>hier</w:t>",
    ],
)
def test_what_a_program_reads_and_nobody_else_leads_nowhere(hidden: str) -> None:
    kept = parts_of(cleaned(docx(word__document_xml=f"<w:p>{hidden}</w:p>"), "docx"))["word/document.xml"]
    assert PERSON not in kept
    assert ">hier<" in kept


def test_what_is_said_of_a_picture_in_words_stays() -> None:
    said = '<wp:docPr id="1" descr="Foto: de badkamer, na de val" title="Badkamer"/>'
    assert said in parts_of(cleaned(docx(word__document_xml=said), "docx"))["word/document.xml"]


@pytest.mark.parametrize(
    "address", [f"https://x/{PERSON}", f"../{PERSON}/foto.jpg", f"/home/{PERSON}/foto.jpg"]
)
def test_in_an_opendocument_text_a_link_stays_only_where_it_is_read(address: str) -> None:
    for text, stays in (("hier", False), (address, True)):
        said = (
            f'<p><text:a xlink:href="{address}">{text}</text:a><draw:image xlink:href="Pictures/1.png"/>'
            '<text:a xlink:href="#kop">boven</text:a></p>'
        )
        told = {"mimetype": FILE_KINDS["odt"].media_type, "content.xml": said}
        kept = parts_of(cleaned(zipped(told, zipfile.ZIP_STORED), "odt"))["content.xml"]
        assert (PERSON in kept) is stays
        assert 'xlink:href="Pictures/1.png"' in kept
        assert 'xlink:href="#kop"' in kept


def test_a_document_with_more_links_than_anybody_needs_is_refused() -> None:
    assert refusal(docx(word__document_xml=' title="http://x" ' * 20_001), "docx") == "file-uncleanable"
    packed = zipped({"word/document.xml": ' title="http://x" ' * 12_000})
    both = {"word/document.xml": "<w/>", "word/embeddings/1.docx": packed, "word/embeddings/2.docx": packed}
    assert refusal(zipped(both), "docx") == "file-uncleanable"


def test_who_remarked_and_when_is_gone_and_the_remark_stays() -> None:
    told = docx(
        word__comments_xml=f'<w:comments><w:comment w:id="0" w:author="{WRITER}" w:initials="JJ" '
        'w:date="2026-05-12T10:00:00Z"><w:t>Dit klopt niet.</w:t></w:comment></w:comments>',
        word__commentsExtensible_xml='<x><e w16cex:dateUtc="2026-05-12T10:00:00Z"/></x>',
        word__people_xml=f'<w15:people><w15:person w15:author="{WRITER}"><w15:presenceInfo w15:providerId="AD" '
        f'w15:userId="{WRITER}"/></w15:person></w15:people>',
    )
    parts = parts_of(cleaned(told, "docx"))
    assert not [name for name, text in parts.items() if WRITER in text or '"JJ"' in text or "2026-05" in text]
    assert "Dit klopt niet." in parts["word/comments.xml"]


PACKED_IN: dict[str, dict[str, str]] = {
    "xlsx": {
        "docProps/core.xml": CORE,
        "xl/workbook.xml": f'<workbook><fileSharing userName="{WRITER}"/><x:absPath url="C:\\{WRITER}\\"/></workbook>',
        "xl/comments1.xml": f"<comments><authors><author>{WRITER}</author></authors></comments>",
        "xl/persons/person.xml": f'<personList><person displayName="{WRITER}" userId="{WRITER}"/></personList>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": RELATIONSHIPS.format(f"C:\\{WRITER}\\map.xlsx"),
    },
    "pptx": {
        "docProps/core.xml": CORE,
        "ppt/commentAuthors.xml": f'<p:cmAuthorLst><p:cmAuthor id="1" name="{WRITER}" initials="JJ"/></p:cmAuthorLst>',
        "ppt/authors.xml": f'<p188:authorLst><p188:author name="{WRITER}" userId="{WRITER}"/></p188:authorLst>',
    },
    "docx": {"word/document.xml": REMARK, "word/media/image1.jpg": "", "docProps/core.xml": CORE},
}


@pytest.mark.parametrize("kind", PACKED_IN)
def test_a_document_that_is_packed_in_another_tells_no_more_than_that_one(kind: str) -> None:
    inner: dict[str, str | bytes] = {**PACKED_IN[kind]}
    if kind == "docx":
        inner["word/media/image1.jpg"] = signed_photo()
    name = f"word/embeddings/Bijlage.{kind}"
    told = zipped({"word/document.xml": "<w/>", name: zipped(inner)})
    with zipfile.ZipFile(io.BytesIO(cleaned(told, "docx"))) as kept:
        content = kept.read(name)
    with zipfile.ZipFile(io.BytesIO(content)) as kept:
        assert kept.namelist() == list(inner)
        assert not [part for part in inner if WRITER.encode() in kept.read(part)]


def test_documents_packed_too_deep_or_that_come_to_too_much_together_are_refused() -> None:
    deep = zipped({"word/document.xml": "<w/>"})
    for _ in range(5):
        deep = zipped({"word/document.xml": "<w/>", "word/embeddings/1.docx": deep})
    assert refusal(deep, "docx") == "file-uncleanable"
    half = zipped({"word/a.bin": b"0" * (MOST_UNPACKED // 2 + 1)})
    both = {"word/document.xml": "<w/>", "word/embeddings/1.docx": half, "word/embeddings/2.docx": half}
    assert refusal(zipped(both), "docx") == "file-uncleanable"


def test_a_document_that_unpacks_to_far_more_than_it_seems_is_refused() -> None:
    assert refusal(zipped({"word/document.xml": b"0" * (MOST_UNPACKED + 1)}), "docx") == "file-uncleanable"
    many = {f"word/{number}.xml": "" for number in range(MOST_PARTS)}
    assert refusal(zipped({"word/document.xml": "<w/>", **many}), "docx") == "file-uncleanable"


def test_a_document_that_is_broken_or_not_written_as_it_should_is_refused() -> None:
    whole = zipped({"word/document.xml": "<w/>" * 1000})
    assert refusal(whole.replace(whole[60:64], b"\0\0\0\0", 1), "docx") == "file-uncleanable"
    assert refusal(zipped({"word/document.xml": b"\xff\xfe<\0w\0/\0>\0"}), "docx") == "file-uncleanable"


def signed_photo() -> bytes:
    """A photograph that says with what, and where, it was made."""
    made = io.BytesIO()
    told = Image.Exif()
    told[0x0110] = WRITER
    Image.new("RGB", (8, 8), "red").save(made, "JPEG", exif=told)
    return made.getvalue()


HIDING = {
    "docx": {
        "word/document.xml": "<w>De soep</w>",
        "word/media/image1.JPEG": signed_photo(),
        "docProps/thumbnail.jpeg": signed_photo(),
        "docProps/Core.xml": CORE,
        "customXml/item1.xml": f"<who>{WRITER}</who>",
        "word/_rels/document.xml.rels": TEMPLATE.replace("attachedTemplate", "image"),
    },
    "odt": {
        "mimetype": FILE_KINDS["odt"].media_type,
        "content.xml": "<p>De soep</p>",
        "Pictures/1.jpg": signed_photo(),
        "Thumbnails/thumbnail.png": b"not even a picture",
        "settings.xml": f'<config:config-item config:name="PrinterName">{WRITER}</config:config-item>',
    },
}


@pytest.mark.parametrize("kind", sorted(HIDING))
def test_what_a_document_hides_beside_its_text_is_gone_too(kind: str) -> None:
    packing = zipfile.ZIP_STORED if kind == "odt" else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(io.BytesIO(cleaned(zipped(HIDING[kind], packing), kind))) as kept:
        parts = {part.filename: kept.read(part) for part in kept.infolist()}
    assert parts.keys() == HIDING[kind].keys(), "nothing is missing that something else names"
    assert not [name for name, content in parts.items() if WRITER.encode() in content]
    for name, content in parts.items():
        if name.lower().endswith((".jpg", ".jpeg", ".png")):
            with Image.open(io.BytesIO(content)) as picture:
                assert not dict(picture.getexif())


def test_a_document_with_more_text_or_larger_pictures_than_anybody_needs_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert refusal(zipped({"word/document.xml": "a" * (MOST_TEXT + 1)}), "docx") == "file-uncleanable"
    monkeypatch.setattr(file_inspector, "_MOST_PIXELS", 100)
    parts = {"word/document.xml": "<w/>", "word/media/1.jpg": signed_photo()}
    assert cleaned(zipped(parts), "docx")
    assert refusal(zipped({**parts, "word/media/2.jpg": signed_photo()}), "docx") == "file-uncleanable"


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("GIF", "image1.gif"), ("TIFF", "image1.tiff"), ("BMP", "image1.bmp"), ("WEBP", "image1.webp"),
        ("JPEG", "image1.bin"), ("PNG", "image1.emf"), ("TIFF", "image1"), ("GIF", "image1.dat"),
    ],
)  # fmt: skip
def test_pictures_of_any_format_in_a_document_lose_what_they_hide(form: str, name: str) -> None:
    picture, told, made = Image.new("RGB", (9, 7), "red"), Image.Exif(), io.BytesIO()
    told[0x010E] = told[0x0131] = WRITER
    given = {"comment": WRITER} if form == "GIF" else {} if form == "BMP" else {"exif": told}
    picture.save(made, form, **given)
    hiding = made.getvalue() + (WRITER.encode() if form == "BMP" else b"")
    assert WRITER.encode() in hiding
    document = zipped({"word/document.xml": "<w/>", f"word/media/{name}": hiding})
    with zipfile.ZipFile(io.BytesIO(cleaned(document, "docx"))) as kept:
        bare = kept.read(f"word/media/{name}")
    assert WRITER.encode() not in bare
    with Image.open(io.BytesIO(bare), formats=[form]) as shown:
        assert shown.convert("RGB").getpixel((3, 3)) == pytest.approx((255, 0, 0), abs=3)


def test_what_is_made_anew_takes_one_turn_and_its_pixels_and_other_files_nothing() -> None:
    pictures = {
        "word/document.xml": "<w/>",
        "word/media/1.jpg": signed_photo(),
        "word/media/2.jpg": signed_photo(),
    }
    for content, kind, turns, pixels in [
        (zipped(pictures), "docx", 1, 128), (signed_photo(), "jpeg", 1, 64), (PDF, "pdf", 0, 0),
    ]:  # fmt: skip
        bounds = Unhindered()
        SniffingInspector().cleaned(content, FILE_KINDS[kind], bounds)
        assert (bounds.turns, bounds.pixels) == (turns, pixels)


@pytest.mark.parametrize("kind", ["docx", "jpeg"])
def test_what_goes_beyond_the_bounds_is_refused_for_that_and_nothing_else(kind: str) -> None:
    class Spent(Unhindered):
        def spend(self, pixels: int) -> None:
            raise FileRefusedError("pictures-too-large")

    content = signed_photo()
    if kind == "docx":
        content = zipped({"word/document.xml": "<w/>", "word/media/1.jpg": content})
    with pytest.raises(FileRefusedError) as refused:
        SniffingInspector().cleaned(content, FILE_KINDS[kind], Spent())
    assert refused.value.code == "pictures-too-large"


def test_a_document_of_which_a_picture_cannot_be_cleaned_is_refused() -> None:
    parts = {"word/document.xml": "<w/>", "word/media/image1.jpg": b"not even a picture"}
    assert refusal(zipped(parts), "docx") == "file-uncleanable"


@pytest.mark.parametrize(
    ("kind", "name", "text"),
    [
        ("docx", "word/document.xml", "a" * 8_000_000),
        ("docx", "word/document.xml", ":author" * 1_000_000),
        ("docx", "word/_rels/settings.xml.rels", "<Relationship " * 500_000),
        ("odt", "content.xml", "<dc:creator " * 600_000),
        ("odt", "settings.xml", "<config:config-item " * 400_000),
        ("docx", "word/_rels/document.xml.rels", "<Relationship Target=" * 350_000),
        ("docx", "word/document.xml", "<w:instrText>http://x " * 350_000),
        ("docx", "word/document.xml", "<w:t/>" + "".join(f' title="http://{n}"' for n in range(19_000))),
    ],
)
def test_cleaning_takes_no_longer_than_reading(kind: str, name: str, text: str) -> None:
    """With anything that goes over the text again and again this would take days."""
    parts = {"mimetype": FILE_KINDS["odt"].media_type} if kind == "odt" else {"word/document.xml": "<w/>"}
    parts |= {"content.xml": "<p/>"} if kind == "odt" else {}
    packing = zipfile.ZIP_STORED if kind == "odt" else zipfile.ZIP_DEFLATED
    assert cleaned(zipped({**parts, name: text}, packing), kind)
