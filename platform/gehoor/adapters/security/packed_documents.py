"""Documents that are a zip inside (docx, odt), made anew without who wrote them, and measured before they are kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import re2
from PIL import Image

from gehoor.adapters.security.document_links import TEMPLATE, Links
from gehoor.services.ports.outside import FileRefusedError

MOST_UNPACKED: Final = 64 * 1024 * 1024
"""How many bytes a document may be unpacked: what is far larger than it seems is made to do harm."""
MOST_PARTS: Final = 2_000
MOST_TEXT: Final = 8 * 1024 * 1024
"""How many bytes of text in which something is looked for a document may have: some thousands of pages."""
MOST_LINKS: Final = 20_000
"""How many places where an address can be."""
_DEEPEST: Final = 3
"""So deep may documents be packed in each other."""
_PACKED: Final = b"PK\x03\x04"
_STEP: Final = 64 * 1024
_FIRST: Final = 4096
"""Within so many bytes the outermost element of a part begins, or it is none that tells of a document."""
_STORED: Final = "mimetype"
"""By this part, that comes first and is not packed, a program knows an odt."""
_NO_DAY: Final = (1980, 1, 1, 0, 0, 0)

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LABELS: Final = "http://schemas.microsoft.com/office/2020/mipLabelMetadata"
_EMPTY: Final[Mapping[str, str]] = {
    "coreProperties": f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}"/>',
    "Properties": f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties"/>',
    "custom": f'{_HEAD}<Properties xmlns="{_OFFICE}/custom-properties"/>',
    "labelList": f'{_HEAD}<clbl:labelList xmlns:clbl="{_LABELS}"/>',
    "document-meta": f'{_HEAD}<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'office:version="1.2"/>',
}
"""Parts that only tell of a document who made it, when and with what, by their outermost element, without anything in
them. Where they lie and what they are called, each program decides."""
_OUTERMOST: Final = re2.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w-]*)")
"""The first element: what stands before it begins with ``<?`` or ``<!``."""
_NOTHING: Final = f"{_HEAD}<nothing/>"
_QUOTED: Final = r"""("[^"]*"|'[^']*')"""
# Linear in what is read, whoever wrote it: with Python's own, half a kilobyte kept a server busy for hours.
_WRITERS: Final = re2.compile(rf"((?::(?:author|initials|userId|providerId)|\bdisplayName)\s*=\s*){_QUOTED}")
_SETTINGS: Final = tuple(
    re2.compile(rf"(?s)<(?:[\w.-]+:)?{name}\b.*?</(?:[\w.-]+:)?{name}\s*>")
    for name in ("mailMerge", "docVars")
)
_SET_ELSEWHERE: Final = re2.compile(
    rf"<(?:[\w.-]+:)?(?:attachedSchema|saveThroughXslt)\b(?:[^>\"']|{_QUOTED})*>"
)
"""By which files of somebody's own a document was checked or kept."""
_SIGNED: Final = (
    "_xmlsignatures/",
    "word/documenttasks/",
    "meta-inf/documentsignatures",
    "meta-inf/macrosignatures",
)
"""Who signed it, and who had to do what with it; what was signed is no more what it was."""
_DATA: Final = re2.compile(
    rf"(\b(?:refreshedBy|userName|ddeTopic|ddeService|sourceFile|connection|command|url|dde-topic|dde-item)\s*=\s*){_QUOTED}"
)
"""From where a sheet takes its figures, and who fetched them last."""
"""With which list a letter was sent to many, and what a program kept of its maker: no word of the text."""
_WHEN: Final = re2.compile(rf"\s[\w.-]+:date(?:Utc)?\s*=\s*{_QUOTED}")
"""When somebody changed or remarked on something."""
_NAMED: Final = re2.compile(
    rf"(\b(?:name|initials|userId|providerId|userName|displayName|url)\s*=\s*){_QUOTED}"
)
"""Who remarked on a sheet or slides, and where those lay, in the parts that hold nothing else under these names."""
_AUTHOR: Final = re2.compile(r"(<(?:[\w.-]+:)?author(?:\s[^>]*)?>)[^<]*(</)")
_WORKBOOK: Final = re2.compile(r"(\b(?:userName|url)\s*=\s*)" r"""("[^"]*"|'[^']*')""")
_TEMPLATE: Final = re2.compile(rf"(<(?:[\w.-]+:)?Relationship\b[^>]*?\bTarget\s*=\s*){_QUOTED}")
_CREATORS: Final = tuple(
    re2.compile(rf"(<{name}(?:\s[^>]*)?>)[^<]*(</[^>]*>)")
    for name in (
        "dc:creator", "meta:creator-initials", "loext:sender-initials", "text:initial-creator", "text:creator",
        "text:printed-by", "text:author-name", "text:author-initials", "text:sender-[a-z-]+", "dc:date",
        "meta:date-string",
    )
)  # fmt: skip
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
    try:
        return _anew(content, picture, _Room(), 0)
    except (UnusableDocumentError, FileRefusedError):
        raise
    except Exception as error:
        # A zip can be broken in more ways than can be listed. None of them lets it through.
        raise UnusableDocumentError(type(error).__name__) from error


@dataclass
class _Room:
    """What a document may still come to, with all that is packed in it."""

    bytes: int = MOST_UNPACKED
    text: int = MOST_TEXT
    parts: int = MOST_PARTS
    links: int = MOST_LINKS

    def link(self) -> None:
        """Count a place where an address can be."""
        self.links -= 1
        if self.links < 0:
            raise UnusableDocumentError("too many links")


def _anew(content: bytes, picture: Callable[[bytes, str], bytes], room: _Room, depth: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given:
        listed = given.infolist()
        room.parts -= len(listed)
        if room.parts < 0 or depth > _DEEPEST or len({part.filename for part in listed}) < len(listed):
            raise UnusableDocumentError("too many parts, or one twice")
        parts = {part.filename: _unpacked(given, part, room) for part in listed}
    read = [one for name, one in parts.items() if _is_read(name.lower(), one)]
    links = Links((one.decode("utf-8-sig", "replace") for one in read), room.link)
    with zipfile.ZipFile(made, "w") as anew:
        for name, one in parts.items():
            bare = zipfile.ZipInfo(name, _NO_DAY)
            bare.compress_type = zipfile.ZIP_STORED if name == _STORED else zipfile.ZIP_DEFLATED
            packed = one.startswith(_PACKED)
            anew.writestr(
                bare, _anew(one, picture, room, depth + 1) if packed else _cleaned(name, one, picture, links)
            )
    return made.getvalue()


def _is_read(name: str, content: bytes) -> bool:
    """Say whether people can read a part of a document; what is said of it, signed or set nobody does."""
    aside = ("docprops/", "docmetadata/", "customxml/", *_SIGNED)
    return name.endswith(".xml") and not name.startswith(aside) and _of_nobody(name, content) is None


def _unpacked(given: zipfile.ZipFile, part: zipfile.ZipInfo, room: _Room) -> bytes:
    """Return a part of a zip. What its list of contents says of its size is not believed."""
    is_text = part.filename.lower().endswith((".xml", ".rels"))
    pieces: list[bytes] = []
    with given.open(part) as stream:
        while piece := stream.read(_STEP):
            room.bytes -= len(piece)
            room.text -= len(piece) if is_text else 0
            if min(room.bytes, room.text) < 0:
                raise UnusableDocumentError("too large unpacked")
            pieces.append(piece)
    return b"".join(pieces)


def _cleaned(name: str, content: bytes, picture: Callable[[bytes, str], bytes], links: Links) -> bytes:
    # A program that reads it takes no heed of capitals.
    name = name.lower()
    if (empty := _of_nobody(name, content)) is not None:
        return empty.encode()
    if name.startswith(_SIGNED) and not name.endswith(("manifest.xml", ".rels")):
        return _NOTHING.encode() if name.endswith(".xml") else b""
    if name.startswith("customxml/") and name.endswith(".xml") and "itemprops" not in name:
        return _NOTHING.encode()
    form = _picture_format(name, content)
    if form is not None:
        return _dot(form) if "thumbnail" in name else picture(content, form)
    if not name.endswith((".xml", ".rels")):
        return content
    text = content.decode("utf-8-sig")
    for within, begins, ends, clean in _CLEANED:
        last = name.rpartition("/")[2]
        if (
            name.startswith(within)
            and (name.startswith(begins) or last.startswith(begins))
            and name.endswith(ends)
        ):
            text = clean(text)
    return (links.relationships(text) if name.endswith(".rels") else links.content(text)).encode()


def _of_nobody(name: str, content: bytes) -> str | None:
    """Return a part without anything in it when it only tells who made a document; None for any other."""
    begin = content[:_FIRST].decode("utf-8-sig", "replace")
    found = _OUTERMOST.search(begin)
    kind = str(found[1]) if found else ""
    if kind in _EMPTY:
        return _EMPTY["custom" if kind == "Properties" and "custom-properties" in begin else kind]
    if name.rpartition("/")[2] == "meta.xml":
        return _EMPTY["document-meta"]
    return _NOTHING if name.startswith(("docprops/", "docmetadata/")) and name.endswith(".xml") else None


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
    for one in _SETTINGS:
        text = str(one.sub("", text))
    text = str(_SET_ELSEWHERE.sub("", text))
    return str(_WHEN.sub("", _WRITERS.sub(r'\1""', text)))


def _without_people(text: str) -> str:
    return str(_NAMED.sub(r'\1""', _AUTHOR.sub(r"\1\2", text)))


def _without_workbook(text: str) -> str:
    return str(_WORKBOOK.sub(r'\1""', text))


def _without_sources(text: str) -> str:
    return str(_DATA.sub(r'\1""', text))


def _without_template(text: str) -> str:
    # Where the template of a letter lies, says on whose computer.
    return str(_TEMPLATE.sub(rf'\1"{TEMPLATE}"', text))


def _without_creators(text: str) -> str:
    for creator in _CREATORS:
        text = str(creator.sub(r"\1\2", text))
    return text


def _without_printer(text: str) -> str:
    return str(_PRINTER.sub(r"\1", text))


_CLEANED: Final[tuple[tuple[str, str, str, Callable[[str], str]], ...]] = (
    ("word/_rels/", "settings", ".rels", _without_template),
    ("word/", "", ".xml", _without_writers),
    *(("ppt/", begins, ".xml", _without_people) for begins in ("comment", "author", "ppt/comments/")),
    *(
        ("xl/", begins, ".xml", _without_people)
        for begins in ("comment", "threadedcomment", "person", "usernames")
    ),
    ("xl/", "workbook", ".xml", _without_workbook),
    *(
        ("xl/", begins, ".xml", _without_sources)
        for begins in ("connections", "pivotcachedefinition", "revisionheaders", "externallink", "querytable")
    ),
    ("", "content", ".xml", _without_sources),
    ("", "content", ".xml", _without_creators),
    ("", "styles", ".xml", _without_creators),
    ("", "settings", ".xml", _without_printer),
)
"""In which folder (of a package, or of what is packed in it), how the name begins and ends, and what is taken out."""
