"""Documents that are a zip inside (docx, odt), made anew without who wrote them, and measured before they are kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

import re2
from PIL import Image

from gehoor.services.ports.outside import FileRefusedError

MOST_UNPACKED: Final = 64 * 1024 * 1024
"""How many bytes a document may be unpacked: what is far larger than it seems is made to do harm."""
MOST_PARTS: Final = 2_000
MOST_TEXT: Final = 8 * 1024 * 1024
"""How many bytes of text in which something is looked for a document may have: some thousands of pages."""
_STEP: Final = 64 * 1024
_STORED: Final = "mimetype"
"""By this part, that comes first and is not packed, a program knows an odt."""
_NO_DAY: Final = (1980, 1, 1, 0, 0, 0)

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY: Final[Mapping[str, str]] = {
    "docprops/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}"/>',
    "docprops/app.xml": f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties"/>',
    "docprops/custom.xml": f'{_HEAD}<Properties xmlns="{_OFFICE}/custom-properties"/>',
    "meta.xml": f'{_HEAD}<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'office:version="1.2"/>',
}
"""Parts that only tell of a document who made it, when and with what: without anything in them."""
_NOTHING: Final = f"{_HEAD}<nothing/>"
_QUOTED: Final = r"""("[^"]*"|'[^']*')"""
# Linear in what is read, whoever wrote it: with Python's own, half a kilobyte kept a server busy for hours.
_WRITERS: Final = re2.compile(rf"(:(?:author|initials|userId|providerId)\s*=\s*){_QUOTED}")
_TEMPLATE: Final = re2.compile(rf"(<(?:[\w.-]+:)?Relationship\b[^>]*?\bTarget\s*=\s*){_QUOTED}")
_ELSEWHERE: Final = re2.compile(r"""(\bTarget\s*=\s*)("(?i:file:|\\\\)[^"]*"|'(?i:file:|\\\\)[^']*')""")
_CREATORS: Final = tuple(
    re2.compile(rf"(<{name}(?:\s[^>]*)?>)[^<]*(</{name}\s*>)")
    for name in ("dc:creator", "meta:creator-initials", "loext:sender-initials")
)
_PRINTER: Final = re2.compile(
    r"""(<config:config-item\b[^>]*\bconfig:name\s*=\s*["'](?:Printer|CurrentDatabase)[^>]*>)[^<]*"""
)
_PICTURES: Final[Mapping[str, str]] = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".jfif": "JPEG", ".jpe": "JPEG", ".png": "PNG", ".webp": "WEBP", ".gif": "GIF",
    ".tif": "TIFF", ".tiff": "TIFF", ".bmp": "BMP", ".dib": "BMP",
}  # fmt: skip
"""How the names of pictures end that can tell where and with what they were made. Drawings (emf, wmf, svg) are not
made anew: what stands beside an upload says so."""
_BEGIN: Final = (
    (b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF8", "GIF"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"),
)  # fmt: skip
"""How pictures begin, whatever they are called."""


class UnusableDocumentError(ValueError):
    """A document is too large, or not what it says: nothing of it is kept."""


def without_writer(content: bytes, picture: Callable[[bytes, str], bytes]) -> bytes:
    """Return a document without the names of who wrote, changed or remarked on it, and without when and where.

    What it says stays as it is. ``picture`` makes a picture anew, without what it hides, in a format of Pillow. Raises
    ``UnusableDocumentError``, and ``FileRefusedError`` as ``picture`` does.
    """
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(made, "w") as anew:
            parts = given.infolist()
            if len(parts) > MOST_PARTS or len({part.filename for part in parts}) < len(parts):
                raise UnusableDocumentError("too many parts, or one twice")
            left, text_left = MOST_UNPACKED, MOST_TEXT
            for part in parts:
                text = _unpacked(given, part, left)
                left -= len(text)
                text_left -= len(text) if part.filename.lower().endswith((".xml", ".rels")) else 0
                if text_left < 0:
                    raise UnusableDocumentError("too much text")
                bare = zipfile.ZipInfo(part.filename, _NO_DAY)
                bare.compress_type = zipfile.ZIP_STORED if part.filename == _STORED else zipfile.ZIP_DEFLATED
                anew.writestr(bare, _cleaned(part.filename, text, picture))
    except (UnusableDocumentError, FileRefusedError):
        raise
    except Exception as error:
        # A zip can be broken in more ways than can be listed. None of them lets it through.
        raise UnusableDocumentError(type(error).__name__) from error
    return made.getvalue()


def _unpacked(given: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    """Return a part of a zip. What its list of contents says of its size is not believed."""
    pieces: list[bytes] = []
    with given.open(part) as stream:
        while piece := stream.read(_STEP):
            most -= len(piece)
            if most < 0:
                raise UnusableDocumentError("too large unpacked")
            pieces.append(piece)
    return b"".join(pieces)


def _cleaned(name: str, content: bytes, picture: Callable[[bytes, str], bytes]) -> bytes:
    # A program that reads it takes no heed of capitals.
    name = name.lower()
    if name in _EMPTY:
        return _EMPTY[name].encode()
    if name.startswith("customxml/") and name.endswith(".xml") and "itemprops" not in name:
        return _NOTHING.encode()
    form = _picture_format(name, content)
    if form is not None:
        return _dot(form) if "thumbnail" in name else picture(content, form)
    for begins, ends, clean in _CLEANED:
        if name.startswith(begins) and name.endswith(ends):
            return clean(content.decode("utf-8-sig")).encode()
    return content


def _picture_format(name: str, content: bytes) -> str | None:
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "WEBP"
    begin = next((form for begin, form in _BEGIN if content.startswith(begin)), None)
    return begin or _PICTURES.get(name[name.rfind(".") :])


def _dot(form: str) -> bytes:
    """Return the smallest picture: what a document looked like once stands nowhere else."""
    made = io.BytesIO()
    Image.new("RGB", (1, 1), "white").save(made, form)
    return made.getvalue()


def _without_writers(text: str) -> str:
    return str(_WRITERS.sub(r'\1""', text))


def _without_template(text: str) -> str:
    # Where the template of a letter lies, says on whose computer.
    return str(_TEMPLATE.sub(r'\1"Normal.dotm"', text))


def _without_places(text: str) -> str:
    # So does where a picture lay that was only linked to.
    return str(_ELSEWHERE.sub(r'\1"about:blank"', text))


def _without_creators(text: str) -> str:
    for creator in _CREATORS:
        text = str(creator.sub(r"\1\2", text))
    return text


def _without_printer(text: str) -> str:
    return str(_PRINTER.sub(r"\1", text))


_CLEANED: Final[tuple[tuple[str, str, Callable[[str], str]], ...]] = (
    ("word/_rels/settings", ".rels", _without_template),
    ("", ".rels", _without_places),
    ("word/", ".xml", _without_writers),
    ("content", ".xml", _without_creators),
    ("styles", ".xml", _without_creators),
    ("settings", ".xml", _without_printer),
)
