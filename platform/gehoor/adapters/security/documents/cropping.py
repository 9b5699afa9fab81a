"""What of a picture is cut off where a document shows it: people see the rest, and only that is kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from PIL import Image

_DPI: Final = 96.0
"""Of a picture that does not say how large it is."""
_MM_PER_INCH: Final = 25.4


@dataclass(frozen=True, slots=True)
class Crop:
    """How much is cut off at each side: a share of the picture (0 to 1), or so many millimetres of it."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0
    in_mm: bool = False

    def __bool__(self) -> bool:
        return any(side > 0 for side in (self.left, self.top, self.right, self.bottom))


def cropped(picture: Image.Image, crop: Crop) -> Image.Image:
    """Return what is left of a picture. Raises ``ValueError`` when that is nothing."""
    if not crop:
        return picture
    width, height = picture.size
    across, down = (float(width), float(height))
    if crop.in_mm:
        dpi = picture.info.get("dpi") or (_DPI, _DPI)
        across, down = (
            float(one) / _MM_PER_INCH if one and one > 1 else _DPI / _MM_PER_INCH for one in dpi[:2]
        )
    # A pixel that is cut in two is not seen whole.
    left, top = math.ceil(max(0.0, crop.left) * across), math.ceil(max(0.0, crop.top) * down)
    right = width - math.ceil(max(0.0, crop.right) * across)
    bottom = height - math.ceil(max(0.0, crop.bottom) * down)
    if right <= left or bottom <= top:
        raise ValueError("nothing is left of it")
    return picture.crop((left, top, right, bottom))
