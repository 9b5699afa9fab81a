"""Bytes of an e-mail as text, whatever it says of its signs."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from gehoor.core.text.steering import unsteered

_NO_SIGNS: Final = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "ascii"}
)
"""Names that Python knows as a code for text, and that are none for e-mail; some take long. What is called ASCII and
is not, is read as if nothing was said."""
_WINDOWS: Final = {"iso8859-1": "cp1252"}
"""What calls itself the first is the second, wherever the two differ."""
_LINES: Final = re.compile(r"\r\n?")


def as_text(content: bytes, charset: str) -> str:
    """Return bytes as text: by the character set they claim, or by the one that they are legible in."""
    for name in (_known(charset), "utf-8"):
        if name:
            try:
                return content.decode(name)
            except (UnicodeError, LookupError, ValueError):
                continue
    return content.decode("cp1252", "replace")


def legible(text: str) -> str:
    """Return a text without signs that nobody sees, with lines that end as ours; the space at the ends goes."""
    lines = unsteered(_LINES.sub("\n", text))
    seen = "".join(sign for sign in lines if sign in "\n\t" or not _is_hidden(sign))
    return "\n".join(line.rstrip() for line in seen.split("\n")).strip("\n ")


def on_one_line(text: str) -> str:
    """Return a text as it can stand in one line."""
    return " ".join(legible(text).split())


def _is_hidden(sign: str) -> bool:
    # Marks of direction and joiners stay: some languages and pictures need them.
    return unicodedata.category(sign) in ("Cs", "Co") or sign in "\ufeff\u200b\u00ad"


def _known(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip("\"' ")[:40]).name if charset else ""
    except (LookupError, ValueError, UnicodeError):
        return ""
    return "" if name in _NO_SIGNS else _WINDOWS.get(name, name)
