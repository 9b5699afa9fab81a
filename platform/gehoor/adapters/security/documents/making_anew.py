"""A document made anew: read as people read it, and written with nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gehoor.adapters.security.documents import open_reading, open_writing, word_reading, word_writing
from gehoor.adapters.security.documents.cropping import Crop
from gehoor.adapters.security.documents.package import unpacked
from gehoor.adapters.security.documents.picture_sizes import can_be_drawn
from gehoor.adapters.security.documents.xml_parts import UnusableDocumentError
from gehoor.services.ports.outside import FileRefusedError

_MOST_PICTURES: Final = 500
_BEGIN: Final = (
    (b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF8", "GIF"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
)  # fmt: skip
"""How pictures begin, whatever they are called."""


def made_anew(content: bytes, picture: Callable[[bytes, str, Crop], bytes]) -> bytes:
    """Return a docx or odt with the text, headings, lists, tables, notes and pictures of one, and nothing else: no
    names of who wrote it, no addresses, no days, no styles of somebody's own.

    ``picture`` makes what is seen of a picture anew, in a format of Pillow. Raises ``UnusableDocumentError``, and
    ``FileRefusedError`` as ``picture`` does.
    """
    left = _MOST_PICTURES

    def made(given: bytes, crop: Crop) -> tuple[bytes, str] | None:
        nonlocal left
        form = next((form for begin, form in _BEGIN if given.startswith(begin)), "")
        if not can_be_drawn(form):
            return None
        left -= 1
        if left < 0:
            raise UnusableDocumentError("too many pictures")
        return picture(given, form, crop), form

    try:
        parts = unpacked(content)
        if word_reading.MAIN in parts:
            return word_writing.write(word_reading.read(parts, made))
        return open_writing.write(open_reading.read(parts, made))
    except (UnusableDocumentError, FileRefusedError):
        raise
    except Exception as error:
        # A document can be broken in more ways than can be listed. None of them lets it through.
        raise UnusableDocumentError(type(error).__name__) from error
