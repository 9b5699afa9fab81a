"""Letters as PDF with a structure that can be read aloud: made by Typst, where that is installed."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Final

from gehoor.core.letters.paper import PaperLetter
from gehoor.core.text.steering import unsteered

_BOX: Final = "\u25a1"
"""Stands for a sign that no font has."""
_EUROPEAN: Final = "\u0250"
"""Every font has the signs before this one."""
_MOST_TRIES: Final = 60
"""How many documents are made to learn which signs of one letter can be shown: each takes some 10 ms. What is not known
by then gets a box in that letter; people write no letter with so many signs that no font has."""


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
        self._known: dict[str, bool] = {}
        """Sign -> whether it can be shown."""

    def pdf(self, letter: PaperLetter) -> bytes:
        """Return a letter as a tagged PDF document, with a box in the place of each sign that no font has, and without
        a logo that cannot be drawn."""
        import typst  # noqa: PLC0415 - 30 MB that most processes never need

        if not can_be_drawn(letter.logo):
            letter = replace(letter, logo=b"")
        try:
            return _compiled(_template(), self._shown(_said(letter)))
        except typst.TypstError:
            if not letter.logo:
                raise
            return self.pdf(replace(letter, logo=b""))

    def unshown(self, letter: PaperLetter) -> tuple[str, ...]:
        """Return the signs of a letter that no font has, each once."""
        signs = dict.fromkeys(_said(letter))
        self._learn({one for one in signs if one >= _EUROPEAN})
        return tuple(one for one in signs if one >= _EUROPEAN and not self._known.get(one, False))

    def _shown(self, said: str) -> str:
        signs = {one for one in said if one >= _EUROPEAN}
        self._learn(signs)
        return said.translate({ord(one): _BOX for one in signs if not self._known.get(one, False)})

    def _learn(self, signs: set[str]) -> None:
        """Learn which signs can be shown, those that are used most first."""
        tries = _MOST_TRIES
        waiting = [sorted(signs - self._known.keys())]
        while waiting and tries:
            some = waiting.pop(0)
            if not some:
                continue
            tries -= 1
            if not self._is_shown(some):
                half = len(some) // 2
                waiting[:0] = [some[:half], some[half:]] if half else []

    def _is_shown(self, signs: list[str]) -> bool:
        """Try signs all at once; where that succeeds, or there is one, it is known."""
        import typst  # noqa: PLC0415 - 30 MB that most processes never need

        try:
            _compiled(_TRIAL, json.dumps("".join(signs), ensure_ascii=False))
        except typst.TypstError:
            if len(signs) == 1:
                self._known[signs[0]] = False
            return False
        self._known |= dict.fromkeys(signs, True)
        return True


def can_be_drawn(logo: bytes) -> bool:
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
        "subject": _drawn(letter.subject),
        "blocks": [
            {"kind": block.kind.value, "lines": list(map(_drawn, block.lines))} for block in letter.blocks
        ],
        "sender": list(map(_drawn, letter.sender)),
        "recipient": list(map(_drawn, letter.recipient)),
        "day": letter.day,
        "number": letter.number,
        "logo": list(letter.logo),
        "logo-says": _drawn(letter.logo_says),
    }
    return json.dumps(data, ensure_ascii=False)


def _drawn(text: str) -> str:
    """Return a text without signs that steer a machine."""
    return unsteered(text).replace("\n", " ").replace("\t", " ")


_TRIAL: Final = b'#set document(title: "x")\n#text(json(bytes(sys.inputs.letter)))'


def _compiled(template: bytes, said: str) -> bytes:
    import typst  # noqa: PLC0415 - 30 MB that most processes never need

    made = typst.compile(
        template,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"letter": said},
        pdf_standards=["ua-1"],
    )
    if not isinstance(made, bytes):
        raise AssertionError("a letter is one document")
    return made


def letter_printer() -> TypstLetters | None:
    """Return who makes letters as PDF; None where Typst is not installed."""
    return TypstLetters() if find_spec("typst") is not None else None
