"""Pictures as a phone makes them, and files of other kinds, made for a test."""

from __future__ import annotations

import io
import zipfile

from PIL import Image
from PIL.PngImagePlugin import PngInfo

PLACE = "51 graden noord"
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """Return a picture that tells where it was taken, and that it must be turned."""
    picture = Image.new("RGB", size, "green")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = PLACE
    exif.get_ifd(0x8825)[1] = "N"
    kept = io.BytesIO()
    picture.save(kept, kind, exif=exif, **({"comment": PLACE} if kind == "JPEG" else {}))
    return kept.getvalue()


def png_with(text: str) -> bytes:
    """Return a PNG that carries a text beside its picture."""
    told = PngInfo()
    told.add_text("Comment", text)
    kept = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(kept, "PNG", pnginfo=told)
    return kept.getvalue()


def packed(**parts: str) -> bytes:
    """Return a zip; in names of parts, two underscores stand for a slash and one for a point."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return kept.getvalue()
