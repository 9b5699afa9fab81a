"""Addresses in documents (docx, odt): what leads elsewhere stays only where whoever reads them sees the address.

An address that stands nowhere in the text can hold a name: of a folder, a mailbox, a page of one's own.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Final

import re2

NOWHERE: Final = "about:blank"
TEMPLATE: Final = "Normal.dotm"
"""The template that every program has."""
_QUOTED: Final = r"""("[^"]*"|'[^']*')"""
# Linear in what is read, whoever wrote it.
_RELATIONSHIP: Final = re2.compile(r"""<(?:[\w.-]+:)?Relationship\b(?:[^>"']|"[^"]*"|'[^']*')*>""")
_TARGET: Final = re2.compile(rf"(\bTarget\s*=\s*){_QUOTED}")
_EXTERNAL: Final = re2.compile(r"""\bTargetMode\s*=\s*["']\s*External\s*["']""")
_HREF: Final = re2.compile(rf"([\s:](?:href|src|instr)\s*=\s*){_QUOTED}")
_SAID: Final = re2.compile(rf"([\s:](?:descr|title|alt|tooltip|docLocation)\s*=\s*){_QUOTED}")
"""What is said of a picture or a link: words stay, but a program puts there where a picture lay."""
_CONTROL: Final = re2.compile(rf"(<(?:[\w.-]+:)?(?:alias|tag)\b[^>]*?\bval\s*=\s*){_QUOTED}")
"""What a field to fill in is called."""
_INSTRUCTION: Final = re2.compile(
    r"(?s)(<(?:[\w.-]+:)?(?:instrText|delInstrText)\b[^>]*>)(.*?)(</(?:[\w.-]+:)?(?:instrText|delInstrText)\s*>)"
)
"""What a program does to fill in a field: nobody reads it."""
_FIELD: Final = re2.compile(r"<(?:[\w.-]+:)?(?:fldChar|p)\b")
"""Where another field begins, or this one ends."""
_QUOTE: Final = "&quot;"
_KEPT: Final = "\x01"
"""No document has this sign: it stands for a quote while an instruction is read."""
_PLACE: Final = re2.compile(
    r"(?i)(?:\b(?:https?|ftps?|sftp|file|smb|mailto|tel|data|onenote|ms-[a-z]+):|\\\\|\b[a-z]:[\\/]|(?:^|\s)//)"
    r"""[^\s"'<>\x01][^"'<>\x01]*"""
)
"""An address or a path as far as it can go: a path may have spaces."""
_PATH: Final = re2.compile(r"(?i)^\s*(?:[a-z][a-z0-9+.-]*:\S|//|\\\\|\.\./|/)")
"""How something begins that leads out of the document."""
_TAG: Final = re2.compile(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_SCHEME: Final = re2.compile(r"(?i)^(?:mailto:|tel:|[a-z][a-z0-9+.-]*://)(?:www\.)?")
_MOST: Final = 500
"""So many addresses of a document are looked for in its text."""
_LEAST: Final = 4
"""Of so few signs it tells nothing that they stand in a text."""


class Links:
    """The addresses of one document. ``texts``: all that somebody reads of it, as its parts have it; ``spend`` is told
    of each place where an address can be, and may refuse."""

    def __init__(self, texts: Iterable[str], spend: Callable[[], None]) -> None:
        self._texts = tuple(texts)
        self._spend = spend
        self._known: dict[str, bool] = {}

    @cached_property
    def _read(self) -> str:
        words = (_TAG.sub("", _INSTRUCTION.sub("", text)) for text in self._texts)
        return "".join("".join(html.unescape(str(one)).split()).casefold() for one in words)

    def is_read(self, address: str) -> bool:
        """Say whether an address stands in the text, as people write it. Of very many it is not looked for."""
        known = self._known.get(address)
        if known is None:
            known = len(self._known) < _MOST and self._found(address)
            self._known[address] = known
        return known

    def _found(self, address: str) -> bool:
        bare = str(_SCHEME.sub("", html.unescape(address).strip())).partition("?subject=")[0].rstrip("/")
        plain = "".join(bare.split()).casefold()
        return len(plain) >= _LEAST and plain in self._read

    def relationships(self, text: str) -> str:
        """Return a part with relationships in which nothing leads to where nobody reads that it does."""
        return str(_RELATIONSHIP.sub(self._related, text))

    def content(self, text: str) -> str:
        """Return a part of the document itself in which no address stays that nobody reads."""
        text = self._instructions(text)
        for said in (_SAID, _CONTROL):
            text = str(said.sub(lambda found: self._said(found, ""), text))
        return str(_HREF.sub(lambda found: self._said(found, NOWHERE), text))

    def _instructions(self, text: str) -> str:
        """Judge the instructions of fields, each as a whole: a program cuts one in pieces that follow each other."""
        pieces: list[str] = []
        done = 0
        together: list[Any] = []

        def judge() -> None:
            if not together:
                return
            whole = "".join(str(one[2]) for one in together)
            placed = self._placed(whole)
            for index, one in enumerate(together):
                kept = str(one[2]) if placed == whole else placed if index == 0 else ""
                pieces.append(f"{one[1]}{kept}{one[3]}")
                if index + 1 < len(together):
                    pieces.append(text[one.end() : together[index + 1].start()])

        for found in _INSTRUCTION.finditer(text):
            between = text[together[-1].end() : found.start()] if together else ""
            if together and _FIELD.search(between):
                judge()
                done = together[-1].end()
                together = []
            if not together:
                pieces.append(text[done : found.start()])
            together.append(found)
            done = found.end()
        judge()
        return "".join([*pieces, text[done:]])

    def _related(self, found: Any) -> str:
        whole = str(found[0])
        leads_out = _EXTERNAL.search(whole) is not None

        def target(of: Any) -> str:
            self._spend()
            address = str(of[2])[1:-1]
            if address == TEMPLATE:
                return str(of[0])
            out = leads_out or _PLACE.match(address) is not None
            return f'{of[1]}"{NOWHERE}"' if out and not self.is_read(address) else str(of[0])

        return str(_TARGET.sub(target, whole))

    def _said(self, found: Any, instead: str) -> str:
        self._spend()
        value = str(found[2])[1:-1]
        if instead and " " in value.strip():
            # An instruction, of which an address is only a part.
            quote = str(found[2])[0]
            return f"{found[1]}{quote}{self._placed(value)}{quote}"
        kept = not _PATH.search(html.unescape(value)) or self.is_read(value)
        return str(found[0]) if kept else f'{found[1]}"{instead}"'

    def _placed(self, text: str) -> str:
        """Return an instruction without the addresses in it that nobody reads."""
        self._spend()
        kept = text.replace(_QUOTE, _KEPT)
        kept = str(_PLACE.sub(lambda one: one[0] if self.is_read(str(one[0])) else NOWHERE, kept))
        return kept.replace(_KEPT, _QUOTE)
