"""How large a picture is drawn in a document, and how its file is called."""

from __future__ import annotations

import io
import math
from typing import Final

from PIL import Image

from gehoor.adapters.security.documents.content import Picture

WIDEST: Final = 160.0
"""What fits between the margins of a page, in millimetres."""
_HIGHEST: Final = 240.0
_PIXELS_PER_MM: Final = 96 / 25.4
_EXTENSIONS: Final = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "TIFF": "tiff", "BMP": "bmp"}


def can_be_drawn(form: str) -> bool:
    """Say whether programs for documents draw pictures of a format (as Pillow calls it)."""
    return form in _EXTENSIONS


def extension(form: str) -> str:
    """Return how the file of a picture ends."""
    return _EXTENSIONS[form]


def size_of(picture: Picture) -> tuple[float, float]:
    """Return the width and height of a picture in millimetres: as it says, and within a page."""
    width, height = picture.width, picture.height
    if not (math.isfinite(width) and math.isfinite(height) and width > 0 and height > 0):
        with Image.open(io.BytesIO(picture.content), formats=[picture.form]) as opened:
            width, height = opened.width / _PIXELS_PER_MM, opened.height / _PIXELS_PER_MM
    smaller = min(1.0, WIDEST / width, _HIGHEST / height)
    return width * smaller, height * smaller
