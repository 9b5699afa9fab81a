"""What an organisation's pages look like: a colour that can be read, and a logo that is a small picture."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gehoor.core.agreement.palette import LEAST_CONTRAST, PAPER, contrast
from gehoor.core.text.problems import Problem
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.source.files import read

if TYPE_CHECKING:
    from coloraide import Color

LARGEST_LOGO: Final = 64 * 1024
"""In bytes: a logo comes along with every page."""
_HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")
_A_HAIR: Final = 0.01
"""So near to the bar a library that is looked after decides."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.(png|jpg|jpeg|webp)\Z")
_STARTS: Final = {
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    "webp": (b"RIFF", "image/webp"),
}


def is_readable_color(value: str) -> bool:
    """Say whether something is a colour (``#rrggbb``) in which links can be read on our paper, and white letters on
    it."""
    if not _HEX.match(value):
        return False
    found = contrast(value, PAPER)
    if abs(found - LEAST_CONTRAST) < _A_HAIR:
        found = _color(value).contrast(PAPER)
    return found >= LEAST_CONTRAST


def darker(value: str) -> str:
    """Return the nearest darker colour that can be read, or an empty text for what is no colour."""
    if not _HEX.match(value):
        return ""
    color, written = _color(value).convert("oklch"), value.lower()
    # What is written down is judged: a colour is rounded on its way to six signs.
    while not is_readable_color(written):
        color["lightness"] -= 0.01
        written = str(color.convert("srgb").fit().to_string(hex=True))
    return written


def _color(value: str) -> Color:
    # Importing it takes some 0.07 s: files of which the colour can be read anyhow should not wait for it.
    from coloraide import Color  # noqa: PLC0415

    return Color(value)


def take_logo(whole: Sourced, workspace: Path, folder: str, problems: list[Problem]) -> None:
    """Put the picture itself beside the name of the logo: the agreement is whole without its files."""
    name = (whole.data.get("style") or {}).get("logo")
    if not isinstance(name, str):
        return
    place = whole.spots.nearest(("style", "logo")).value
    content = read(workspace, f"{folder}/{name}") if _NAME.match(name) else b""
    kind = name.rpartition(".")[2].lower()
    start, media_type = _STARTS.get(kind, (b"", ""))
    if isinstance(content, Problem):
        problems.append(
            Problem(
                place, "verwijst-naar-niets", {"what": "Het bestand", "value": f"{folder}/{name}", "hint": ""}
            )
        )
    elif not start or not content.startswith(start) or len(content) > LARGEST_LOGO:
        problems.append(Problem(place, "logo-past-niet", {"value": name}))
    else:
        picture = base64.b64encode(content).decode("ascii")
        whole.group(("style",))["picture"] = f"data:{media_type};base64,{picture}"
