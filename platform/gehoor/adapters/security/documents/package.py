"""The zip that a document is: its parts within bounds, and a new one in which no day stands."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from gehoor.adapters.security.documents.xml_parts import UnusableDocumentError

MOST_UNPACKED: Final = 64 * 1024 * 1024
"""How many bytes a document may be unpacked: what is far larger than it seems is made to do harm."""
MOST_PARTS: Final = 2_000
MOST_TEXT: Final = 8 * 1024 * 1024
"""How many bytes of text a document may have: some thousands of pages."""
_STEP: Final = 64 * 1024
_NO_DAY: Final = (1980, 1, 1, 0, 0, 0)
STORED: Final = "mimetype"
"""By this part, that comes first and is not packed, a program knows an odt."""


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the parts of a document by name. Raises ``UnusableDocumentError``."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as given:
            listed = given.infolist()
            if len(listed) > MOST_PARTS or len({part.filename for part in listed}) < len(listed):
                raise UnusableDocumentError("too many parts, or one twice")
            left = [MOST_UNPACKED, MOST_TEXT]
            return {part.filename: _part(given, part, left) for part in listed if not part.is_dir()}
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise UnusableDocumentError(type(error).__name__) from error


def _part(given: zipfile.ZipFile, part: zipfile.ZipInfo, left: list[int]) -> bytes:
    """Return a part of a zip. What its list of contents says of its size is not believed."""
    is_text = part.filename.lower().endswith((".xml", ".rels"))
    pieces: list[bytes] = []
    with given.open(part) as stream:
        while piece := stream.read(_STEP):
            left[0] -= len(piece)
            left[1] -= len(piece) if is_text else 0
            if min(left) < 0:
                raise UnusableDocumentError("too large unpacked")
            pieces.append(piece)
    return b"".join(pieces)


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """Return a zip of parts, in their order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as anew:
        for name, content in parts.items():
            bare = zipfile.ZipInfo(name, _NO_DAY)
            bare.compress_type = zipfile.ZIP_STORED if name == STORED else zipfile.ZIP_DEFLATED
            anew.writestr(bare, content)
    return made.getvalue()
