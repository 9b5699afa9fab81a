"""Looking at a file that somebody sent: is it what its name says, and does it tell more than it shows?"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

import puremagic
from PIL import Image, ImageCms, ImageOps

from gehoor.adapters.security.documents.cropping import Crop, cropped
from gehoor.adapters.security.documents.making_anew import made_anew
from gehoor.core.forms.file_kinds import FileKind
from gehoor.services.ports.outside import CleaningBounds, FileRefusedError

_MOST_PIXELS: Final = 40_000_000
"""So much all pictures of a document have together; what is larger unpacked than it seems is not unpacked."""
_MOST_OF_PHOTO: Final = 52_000_000
"""More than a phone makes, with all that it has."""
_MOST_MEMORY: Final = 240_000_000
"""How many bytes a picture may take once it is unpacked: more than any photo, and less than what some hundred kilobytes
of one colour unpack to."""
_ON_A_PAGE: Final = 120_000_000
"""The same for a picture in a document, which is not made smaller and so is there a few times at once."""
_BYTES: Final = {"JPEG": 4, "PNG": 4, "WEBP": 16}
"""How many bytes of memory there are for a pixel while a picture is unpacked, of the colours that take most."""
_STEP_BY_STEP: Final = 6
"""So many, where a picture becomes clearer step by step: all of it is kept as it is read."""
_BAND: Final = 2_000_000
"""How many pixels are brought to usual colours at a time, of a picture that is made smaller."""
_SCANS: Final = 12
"""So often a picture that becomes clearer step by step draws all of its pixels: somewhat more than cameras and
programs do. What draws them more often counts for as much more of them."""
_BEGINS_SCAN: Final = b"\xff\xda"
_KEPT_PIXELS: Final = 6_500_000
"""What is kept of a picture: a letter that was photographed is still read easily."""
_PREVIEW: Final = (320, 240)
"""The largest width and height of a preview, in pixels: twice what a page shows, for sharp screens."""
_SURE: Final = 0.5
"""From this certainty on, a text that begins like something else is taken for that."""
_FORMATS: Final = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
_PARTS: Final = {"docx": "word/document.xml", "odt": "content.xml"}
_MODES: Final = ("1", "L", "LA", "RGB", "RGBA")
_OF_TIFF: Final = {
    "TIFF": {256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 282, 283, 284, 296, 317, 320, 338, 339, 34675}
}
"""The entries of a TIFF that say how it is drawn, and nothing of where or by whom it was made."""
_ODT: Final = b"application/vnd.oasis.opendocument.text"


class SniffingInspector:
    """Tells kinds of files by their first bytes, and makes pictures and documents anew so that nothing hidden stays.

    ``alone``: waits until no other process of this machine does so, as each takes memory; it raises
    ``FileRefusedError`` where that takes too long."""

    def __init__(self, alone: Callable[[], AbstractContextManager[None]] = nullcontext) -> None:
        self._alone = alone

    def cleaned(self, content: bytes, kind: FileKind, bounds: CleaningBounds) -> bytes:
        """Return a file of this kind without what pictures and documents hide. Raises ``FileRefusedError``."""
        if not _is(content, kind):
            raise FileRefusedError("file-differs")
        if kind.name not in _PARTS and kind.name not in _FORMATS:
            return content
        with bounds.turn(), self._alone():
            try:
                if kind.name in _PARTS:
                    return made_anew(content, _pictures(bounds))
                return _pictures(bounds, shrink=True)(content, _FORMATS[kind.name], Crop())
            except FileRefusedError:
                raise
            except Exception as error:
                # A picture can be broken in more ways than can be listed. None of them lets it through.
                raise FileRefusedError("file-uncleanable") from error

    def preview(self, content: bytes, kind: FileKind) -> bytes:
        """Return a small JPEG of a picture that was cleaned, to recognise it by."""
        with Image.open(io.BytesIO(content), formats=[_FORMATS[kind.name]]) as picture:
            picture.thumbnail(_PREVIEW)
            plain = picture.convert("RGBA")
        on_white = Image.new("RGB", plain.size, "white")
        on_white.paste(plain, mask=plain.getchannel("A"))
        made = io.BytesIO()
        on_white.save(made, "JPEG", quality=80)
        return made.getvalue()


def _pictures(bounds: CleaningBounds, *, shrink: bool = False) -> Callable[[bytes, str, Crop], bytes]:
    """Return what makes the pictures of one file anew: together they have no more pixels than one may. ``shrink``: make
    a large one smaller; within a document its size is part of the page."""
    left = _MOST_OF_PHOTO if shrink else _MOST_PIXELS

    def anew(content: bytes, form: str, crop: Crop) -> bytes:
        nonlocal left
        with Image.open(io.BytesIO(content), formats=[form]) as picture:
            pixels = picture.width * picture.height
            if _memory(picture, form) > (_MOST_MEMORY if shrink else _ON_A_PAGE):
                raise ValueError("too much memory")
        if form == "JPEG":
            # Within what is drawn these bytes never follow on each other, so that no scan is missed.
            pixels *= max(1, math.ceil(content.count(_BEGINS_SCAN) / _SCANS))
        left -= pixels
        if left < 0:
            raise ValueError("too many pixels")
        bounds.spend(pixels)
        return _anew(content, form, crop, _KEPT_PIXELS if shrink else _MOST_PIXELS)

    return anew


def _is(content: bytes, kind: FileKind) -> bool:
    if kind.name == "txt":
        return _is_text(content)
    if not any(found.extension.lstrip(".") in kind.extensions for found in _sniffed(content)):
        # All files that are a zip inside begin alike, so puremagic names only the best known of them.
        return kind.name in _PARTS and _is_document(content, kind.name)
    return kind.name not in _PARTS or _is_document(content, kind.name)


def _sniffed(content: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        # Nothing it knows; plain text is not known either.
        return []


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if any(sign < " " and sign not in "\t\n\r\f" for sign in text):
        return False
    return all(found.confidence < _SURE or found.extension == ".txt" for found in _sniffed(content))


def _is_document(content: bytes, kind: str) -> bool:
    """Say whether a zip is a document with text, without macros. Only its list of contents is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    if kind == "odt" and _ODT not in content[:100]:
        return False
    macros = any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names)
    return content.startswith(b"PK\x03\x04") and _PARTS[kind] in names and not macros


def _anew(content: bytes, wanted: str, crop: Crop, most: int) -> bytes:
    with Image.open(io.BytesIO(content), formats=[wanted]) as opened:
        smaller, profile = _smaller(opened.size, most), opened.info.get("icc_profile")
        if smaller:
            # A JPEG unpacks itself to half or a quarter at once, at a part of the work and the memory.
            opened.draft(None, smaller)
        if wanted != "JPEG" and getattr(opened, "n_frames", 1) != 1:
            raise ValueError("more than one picture")
        picture: Image.Image = opened
        if smaller and wanted != "JPEG":
            # Before all else, and the large one goes at once: no copy of it is as large.
            picture = _in_bands(opened, most)
            opened.close()
        # How the phone was held stands in what is taken out, so the picture is turned first.
        ImageOps.exif_transpose(picture, in_place=True)
        upright = cropped(picture, crop)
        if "transparency" in upright.info:
            upright = upright.convert("RGBA")
        upright = _in_usual_colours(upright, profile)
        if upright.mode not in _MODES:
            upright = upright.convert("RGB")
        if size := _smaller(upright.size, most):
            upright = upright.resize(size, Image.Resampling.LANCZOS)
        bare = Image.new(upright.mode, upright.size)
        bare.paste(upright)
    made = io.BytesIO()
    bare.save(made, wanted, **_packing(wanted))
    return _checked(made.getvalue(), wanted)


def _memory(picture: Image.Image, form: str) -> int:
    """Return how many bytes a picture takes while it is unpacked."""
    step_by_step = form == "JPEG" and bool(picture.info.get("progressive"))
    return picture.width * picture.height * (_STEP_BY_STEP if step_by_step else _BYTES.get(form, 8))


def _in_bands(picture: Image.Image, most: int) -> Image.Image:
    """Return a picture a whole number of times smaller, not below ``most`` pixels: worked out a band at a time, in the
    colours in which that can be done."""
    factor = int(math.sqrt(picture.width * picture.height / most))
    mode = "RGBA" if "transparency" in picture.info or picture.mode in ("RGBA", "LA", "PA") else "RGB"
    mode = "L" if picture.mode in ("1", "L") and "transparency" not in picture.info else mode
    size = (math.ceil(picture.width / factor), math.ceil(picture.height / factor))
    made = Image.new(mode, size)
    rows = max(1, _BAND // max(1, picture.width) // factor) * factor
    for top in range(0, picture.height, rows):
        band = picture.crop((0, top, picture.width, min(picture.height, top + rows)))
        made.paste(band.convert(mode).reduce(factor), (0, top // factor))
    # How it was held, and its colours, are still to be looked at.
    made.info = {name: said for name, said in picture.info.items() if name != "transparency"}
    return made


def _smaller(size: tuple[int, int], most: int) -> tuple[int, int] | None:
    """Return width and height of a picture of at most so many pixels, as wide to high as it is; None when it may stay
    as it is."""
    width, height = size
    if width * height <= most:
        return None
    scale = math.sqrt(most / (width * height))
    return max(1, int(width * scale)), max(1, int(height * scale))


def _in_usual_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture in the colours that every program knows (sRGB), as its profile has them. The profile itself
    tells of the screen or camera, its number and its day, and is not kept."""
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    try:
        own, usual = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        made = ImageCms.profileToProfile(picture, own, usual, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        # A profile that is none says nothing of colours.
        return picture
    return made or picture


def _packing(wanted: str) -> dict[str, Any]:
    if wanted == "TIFF":
        return {"compression": "tiff_deflate"}
    return {"quality": 90} if wanted in ("JPEG", "WEBP") else {}


def _checked(content: bytes, wanted: str) -> bytes:
    """Look once more: what was to be taken out must be gone."""
    with Image.open(io.BytesIO(content), formats=[wanted]) as picture:
        if (
            set(picture.getexif()) - _OF_TIFF.get(wanted, set())
            or {"exif", "xmp", "comment", "icc_profile"} & picture.info.keys()
        ):
            raise ValueError("hidden data are still there")
    return content
