"""What is taken of the texts of one e-mail: as much as anybody wrote, in bounded work; what is left out is told."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Final

from gehoor.core.mail.charsets import as_text, legible
from gehoor.core.mail.html_text import MOST_STEPS, read_html
from gehoor.core.mail.model import MailFile

LONGEST_TEXT: Final = 200_000
"""How many characters of all its texts together are kept."""
REST: Final = "tekst.txt"
"""How a text is called of which not all could be read."""
DECORATION: Final = 8 * 1024
"""A picture that stands in the text and is smaller, in bytes, is part of somebody's signature."""
_LONGEST_READ: Final = 4 * LONGEST_TEXT
"""So much of a text without form is looked through for signs that nobody sees."""


class MailTexts:
    """Reads the texts of an e-mail one after the other. ``whole``: whether all of them was read; ``files``: the
    pictures that lay in a text."""

    def __init__(self) -> None:
        self.whole = True
        self.files: list[MailFile] = []
        self._left, self._steps = LONGEST_TEXT, MOST_STEPS

    def plain(self, content: bytes, charset: str) -> str:
        """Return a text that has no form."""
        return self._kept(as_text(content, charset))

    def of_text(self, text: str) -> str:
        """Return a text that has no form and is text already."""
        return self._kept(text)

    def page(self, content: bytes, charset: str) -> str:
        """Return what somebody reads in a page of HTML."""
        return self.of_page(as_text(content, charset))

    def of_page(self, page: str) -> str:
        """Return what somebody reads in a page of HTML that is text already."""
        if self._steps <= 0 or self._left <= 0:
            self.whole = self.whole and not page.strip()
            return ""
        read = read_html(page, self._steps)
        self._steps -= page.count("<", 0, len(page))
        self.whole = self.whole and read.whole
        self.files.extend(_pictures(read.pictures, len(self.files)))
        return self._kept(read.text)

    def _kept(self, text: str) -> str:
        if self._left <= 0:
            self.whole = self.whole and not text.strip()
            return ""
        found = legible(text[:_LONGEST_READ])
        self.whole = self.whole and len(text) <= _LONGEST_READ and len(found) <= self._left
        kept = found[: self._left]
        self._left -= len(kept)
        return kept


def _pictures(found: list[tuple[str, str]], before: int) -> Iterator[MailFile]:
    for number, (kind, packed) in enumerate(found, before + 1):
        try:
            content = base64.b64decode(packed.replace("%2B", "+").replace("%2F", "/").replace("%3D", "="))
        except (binascii.Error, ValueError):
            content = b""
        if not content or len(content) >= DECORATION:
            yield MailFile(f"afbeelding-{number}.{'jpg' if kind == 'jpeg' else kind}", content)
