"""Letters as PDF with a structure that can be read aloud: made by Typst, where that is installed."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Final

from gehoor.adapters.documents.typst_signs import Signs, compiled, drawn
from gehoor.core.letters.paper import PaperLetter

_MOST_PIXELS: Final = 4_000_000


@cache
def _template() -> bytes:
    return (files("gehoor.adapters.documents") / "letter.typ").read_bytes()


class TypstLetters:
    """Makes PDF documents of letters. Typst is loaded when the first is made: it is large.

    Only the fonts that come with it are used, so that a letter is the same on every server. A document that is to be
    read aloud may have no sign that those lack: PDF/UA refuses it whole.
    """

    def __init__(self) -> None:
        self._signs = Signs()

    def pdf(self, letter: PaperLetter) -> bytes:
        """Return a letter as a tagged PDF document, with a box in the place of each sign that no font has, and without
        a logo that cannot be drawn."""
        import typst  # noqa: PLC0415 - 30 MB that most processes never need

        if not can_bedrawn(letter.logo):
            letter = replace(letter, logo=b"")
        try:
            return compiled(_template(), self._signs.shown(_said(letter)))
        except typst.TypstError:
            if not letter.logo:
                raise
            return self.pdf(replace(letter, logo=b""))

    def unshown(self, letter: PaperLetter) -> tuple[str, ...]:
        """Return the signs of a letter that no font has, each once."""
        return self._signs.unshown(_said(letter))


def can_bedrawn(logo: bytes) -> bool:
    """Say whether a picture can stand on a letter: a PNG or JPEG, with no more pixels than one needs there. Only what
    it says of itself is read."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - most letters have no logo

    try:
        with Image.open(io.BytesIO(logo), formats=("PNG", "JPEG")) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return False
    return width * height <= _MOST_PIXELS


def _said(letter: PaperLetter) -> str:
    data = {
        "language": letter.language,
        "subject": drawn(letter.subject),
        "blocks": [
            {"kind": block.kind.value, "lines": list(map(drawn, block.lines))} for block in letter.blocks
        ],
        "sender": list(map(drawn, letter.sender)),
        "recipient": list(map(drawn, letter.recipient)),
        "day": letter.day,
        "number": letter.number,
        "logo": list(letter.logo),
        "logo-says": drawn(letter.logo_says),
    }
    return json.dumps(data, ensure_ascii=False)


def letter_printer() -> TypstLetters | None:
    """Return who makes letters as PDF; None where Typst is not installed."""
    return TypstLetters() if find_spec("typst") is not None else None
