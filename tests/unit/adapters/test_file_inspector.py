"""What a file really is, and what stays in a picture."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PIL import Image, ImageCms

from gehoor.adapters.security import file_inspector
from gehoor.adapters.security.file_inspector import SniffingInspector
from gehoor.core.forms.file_kinds import FILE_KINDS, LARGEST_FILE
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
    monkeypatch.setattr(file_inspector, "_MOST_OF_PHOTO", 799)
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


def zipped(parts: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", packing) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return kept.getvalue()


def test_a_profile_of_colours_is_used_and_not_kept() -> None:
    """It names a screen or camera; the colours are those of the picture as it was seen."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 30, 40)).save(
        made, "PNG", icc_profile=profile.replace(b"sRGB", WRITER[:4].encode())
    )
    assert b"iCCP" in made.getvalue()
    after = cleaned(made.getvalue(), "png")
    assert b"iCCP" not in after
    with Image.open(io.BytesIO(after)) as picture:
        assert picture.getpixel((3, 3)) == pytest.approx((200, 30, 40), abs=2)


def test_a_profile_that_is_none_is_no_reason_to_refuse_a_picture() -> None:
    made = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 30, 40)).save(made, "PNG", icc_profile=b"no profile")
    with Image.open(io.BytesIO(cleaned(made.getvalue(), "png"))) as picture:
        assert picture.getpixel((3, 3)) == (200, 30, 40)


def signed_photo() -> bytes:
    """A photograph that says with what, and where, it was made."""
    made = io.BytesIO()
    told = Image.Exif()
    told[0x0110] = WRITER
    Image.new("RGB", (8, 8), "red").save(made, "JPEG", exif=told)
    return made.getvalue()


def with_pictures(*names: str) -> bytes:
    """A document that shows some pictures."""
    shown = "".join(
        f'<w:p><w:r><w:drawing><a:blip r:embed="{name}"/></w:drawing></w:r></w:p>' for name in names
    )
    related = "".join(f'<Relationship Id="{name}" Target="media/{name}.jpg"/>' for name in names)
    return zipped(
        {
            "word/document.xml": '<w:document xmlns:w="w" xmlns:a="a" xmlns:r="r">'
            f"<w:body>{shown}</w:body></w:document>",
            "word/_rels/document.xml.rels": f"<Relationships>{related}</Relationships>",
            **{f"word/media/{name}.jpg": signed_photo() for name in names},
        }
    )


def test_a_document_is_made_anew_and_so_are_its_pictures() -> None:
    after = cleaned(with_pictures("een", "twee"), "docx")
    assert cleaned(after, "docx") == after, "it still is one"
    with zipfile.ZipFile(io.BytesIO(after)) as kept:
        assert kept.testzip() is None
        assert {part.date_time for part in kept.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in kept.namelist() if WRITER.encode() in kept.read(name)]
        assert len([name for name in kept.namelist() if name.startswith("word/media/")]) == 2


def test_a_document_that_comes_to_far_more_than_it_seems_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = with_pictures("een", "twee")
    assert cleaned(whole, "docx")
    monkeypatch.setattr(file_inspector, "_MOST_PIXELS", 100)
    assert refusal(whole, "docx") == "file-uncleanable"


def test_what_is_made_anew_takes_one_turn_and_its_pixels_and_other_files_nothing() -> None:
    for content, kind, turns, pixels in [
        (with_pictures("een", "twee"), "docx", 1, 128), (signed_photo(), "jpeg", 1, 64), (PDF, "pdf", 0, 0),
    ]:  # fmt: skip
        bounds = Unhindered()
        SniffingInspector().cleaned(content, FILE_KINDS[kind], bounds)
        assert (bounds.turns, bounds.pixels) == (turns, pixels)


@pytest.mark.parametrize("kind", ["docx", "jpeg"])
def test_what_goes_beyond_the_bounds_is_refused_for_that_and_nothing_else(kind: str) -> None:
    class Spent(Unhindered):
        def spend(self, pixels: int) -> None:
            raise FileRefusedError("pictures-too-large")

    content = with_pictures("een") if kind == "docx" else signed_photo()
    with pytest.raises(FileRefusedError) as refused:
        SniffingInspector().cleaned(content, FILE_KINDS[kind], Spent())
    assert refused.value.code == "pictures-too-large"


def step_by_step(size: tuple[int, int], more: int = 0) -> bytes:
    """A photo that becomes clearer step by step, with its last step that many times more."""
    kept = io.BytesIO()
    Image.effect_noise(size, 120).convert("RGB").save(kept, "JPEG", progressive=True)
    content = kept.getvalue()
    last = content[content.rindex(b"\xff\xda") : -2]
    return content[:-2] + last * more + content[-2:]


def test_a_photo_that_becomes_clearer_step_by_step_counts_as_any_other() -> None:
    bounds = Unhindered()
    SniffingInspector().cleaned(step_by_step((400, 300)), FILE_KINDS["jpeg"], bounds)
    assert bounds.pixels == 120_000


def test_one_that_is_drawn_again_and_again_counts_each_time() -> None:
    bounds = Unhindered()
    SniffingInspector().cleaned(step_by_step((400, 300), more=110), FILE_KINDS["jpeg"], bounds)
    assert bounds.pixels == 120_000 * 10


@pytest.mark.parametrize("form", ["jpeg", "docx"])
def test_one_that_is_drawn_thousands_of_times_is_not_drawn(form: str) -> None:
    photo = step_by_step((400, 300), more=12 * 500)
    content = packed(word__document_xml="<w/>") if form == "docx" else photo
    if form == "docx":
        kept = io.BytesIO(content)
        with zipfile.ZipFile(kept, "a") as document:
            document.writestr("word/media/foto.jpeg", photo)
        content = kept.getvalue()
    assert refusal(content, form) == "file-uncleanable"


def noisy(size: tuple[int, int], quality: int) -> bytes:
    """A photo with so much in it that it hardly packs, held upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = io.BytesIO()
    Image.effect_noise(size, 120).convert("RGB").save(kept, "JPEG", quality=quality, exif=exif)
    return kept.getvalue()


def test_a_photo_as_large_as_a_phone_makes_is_made_small_and_upright() -> None:
    came = noisy((4000, 3000), 96)
    assert len(came) > LARGEST_FILE
    kept = cleaned(came, "jpeg")
    assert len(kept) < LARGEST_FILE
    with Image.open(io.BytesIO(kept)) as picture:
        width, height = picture.size
        assert picture.getexif() == {}
    assert 6_000_000 < width * height <= 6_500_000
    assert abs(height / width - 4 / 3) < 0.01


@pytest.mark.parametrize(("form", "kind"), [("PNG", "png"), ("WEBP", "webp"), ("JPEG", "jpeg")])
def test_a_long_picture_stays_as_long_to_wide_as_it_was(form: str, kind: str) -> None:
    kept = cleaned(photo(form, (1000, 9000)), kind)
    with Image.open(io.BytesIO(kept)) as picture:
        assert sorted(picture.size) == [849, 7648]


def test_a_picture_that_is_small_enough_keeps_its_size() -> None:
    with Image.open(io.BytesIO(cleaned(photo("PNG", (300, 200)), "png"))) as picture:
        assert picture.size == (200, 300)


@pytest.mark.parametrize(("form", "kind"), [("PNG", "png"), ("WEBP", "webp"), ("JPEG", "jpeg")])
def test_a_picture_has_a_small_one_to_recognise_it_by(form: str, kind: str) -> None:
    small = SniffingInspector().preview(cleaned(photo(form, (900, 1200)), kind), FILE_KINDS[kind])
    with Image.open(io.BytesIO(small)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (320, 240))
    assert len(small) < 20_000
