"""Drawings of a docx: how large they are, what of a picture they show, and whether they are switched off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gehoor.adapters.security.documents.cropping import Crop
from gehoor.adapters.security.documents.word_styles import whole
from gehoor.adapters.security.documents.xml_parts import Node

_KNOWN: Final = frozenset(
    {
        "wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "w16", "w16se", "w16cid", "w16cex", "w16sdtdh", "w16du",
        "a14", "v", "o", "cx", "cx1", "cx2", "aink", "am3d", "asvg",
    }
)  # fmt: skip
"""What programs of today read, by the names that they give it."""
_PER_MM: Final = 36_000
"""What a picture is measured in (EMU), in a millimetre."""
_POINTS_PER_MM: Final = 72 / 25.4
_NUMBER: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9}", re.ASCII)
_THOUSANDTHS: Final = 100_000
_PARTS: Final = 65_536
"""What older drawings measure a crop in."""


def shown_nodes(node: Node) -> Iterator[Node]:
    """Yield the elements in another; of what stands there twice, for newer and for older programs, one."""
    for one in node.nodes():
        if one.name == "AlternateContent":
            ways = [each for each in one.nodes() if each.name in ("Choice", "Fallback")]
            known = (
                each
                for each in ways
                if each.name == "Fallback" or _KNOWN.issuperset(each.get("Requires").split())
            )
            yield from shown_nodes(next(known, Node("")))
        else:
            yield one


def is_invisible(drawn: Node) -> bool:
    """Say whether a drawing is one that is switched off."""
    says = (drawn, *(one for one in drawn.nodes() if one.name in ("docPr", "cNvPr")))
    hidden = any(one.get("hidden") not in ("", "0", "false") for one in says)
    return hidden or "visibility:hidden" in drawn.get("style").replace(" ", "").lower()


def crop_of(fill: Node) -> Crop:
    """Return what is cut off of the picture that fills a shape."""
    cut = fill.first("srcRect")
    if cut is None:
        return Crop()
    left, top, right, bottom = (_share(cut.get(side), _THOUSANDTHS) for side in ("l", "t", "r", "b"))
    return Crop(left, top, right, bottom)


def older_crop(drawn: Node) -> Crop:
    """Return what an older drawing cuts off of its picture."""
    sides = ("cropleft", "croptop", "cropright", "cropbottom")
    left, top, right, bottom = (_share(drawn.get(side), 1) for side in sides)
    return Crop(left, top, right, bottom)


def _share(text: str, of: int) -> float:
    """Return a share of a picture: a percentage, so many of 65,536 (``16384f``), or so many of ``of``."""
    unit = {"%": 100, "f": _PARTS}.get(text[-1:], of)
    number = text.rstrip("%f")
    return float(number) / unit if _NUMBER.fullmatch(number) else 0.0


def extent_of(drawn: Node) -> tuple[float, float] | None:
    """Return the width and height of a drawing in millimetres, where it says them."""
    extent = drawn.first("extent") or drawn.first("spPr", "xfrm", "ext")
    if extent is None:
        return size_of(drawn.get("style"))
    return whole(extent.get("cx")) / _PER_MM, whole(extent.get("cy")) / _PER_MM


def size_of(style: str) -> tuple[float, float] | None:
    """Return the size that an older drawing says of itself, in points."""
    said = dict(part.partition(":")[::2] for part in style.replace(" ", "").split(";"))
    sizes = [said.get(name, "") for name in ("width", "height")]
    if not all(one.endswith("pt") and one[:-2].replace(".", "", 1).isdecimal() for one in sizes):
        return None
    width, height = (float(one[:-2]) / _POINTS_PER_MM for one in sizes)
    return width, height
