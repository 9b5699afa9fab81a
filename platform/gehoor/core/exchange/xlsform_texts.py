"""Texts of an XLSForm: a cell by its column, the language of a column, and names as ours are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from gehoor.core.exchange.cells import CellError, SheetRow, as_text, bare, plain_head
from gehoor.core.text.steering import unsteered

_LONGEST_ID: Final = 60
_LONGEST_HEAD: Final = 200
"""A longer head of a column names no language; trying that takes ever longer."""
_LANGUAGE: Final = re.compile(
    r"(?P<word>.*?)::?\s*(?P<name>[^()]*?)\s*(?:\((?P<code>[A-Za-z]{2,3})(?:-[A-Za-z]+)?\))?"
)
_LANGUAGES: Final = {
    "nederlands": "nl", "dutch": "nl", "vlaams": "nl", "frans": "fr", "français": "fr", "francais": "fr",
    "french": "fr", "engels": "en", "english": "en", "duits": "de", "deutsch": "de", "german": "de",
    "turks": "tr", "turkish": "tr", "arabisch": "ar", "arabic": "ar", "pools": "pl", "polish": "pl",
    "oekraïens": "uk", "ukrainian": "uk", "spaans": "es", "spanish": "es", "roemeens": "ro", "romanian": "ro",
}  # fmt: skip
REFERENCE: Final = re.compile(r"\$\{[^{}]*\}")
_MARKUP: Final = re.compile(r"</?[A-Za-z][^<>]{0,200}>|\*\*|__")
_WORD: Final = re.compile(r"[^a-z0-9]+")
_CAPITAL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ACCENTS: Final = str.maketrans("àáâäãåçèéêëìíîïñòóôöõùúûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy")


def cleaned(text: str, most: int) -> str:
    """Return a text without markup, without signs that steer a machine, and no longer than ``most`` signs; what names
    another question becomes three dots."""
    return " ".join(unsteered(_MARKUP.sub("", REFERENCE.sub("…", text))).split())[:most]


def cell_of(row: SheetRow, column: str) -> str:
    """Return what stands in a column, on one line; empty where there is nothing, or nothing that can be read."""
    wanted = plain_head(column)
    for head, cell in row.cells.items():
        if plain_head(head) == wanted:
            try:
                # Of a number it is what it is that counts there, however it is shown.
                return " ".join(as_text(bare(cell)).split())
            except CellError:
                return ""
    return ""


def column_of(head: str) -> tuple[str, str]:
    """Return what a column is about, and in which language; an empty code where none is named or known."""
    if ":" not in head or len(head) > _LONGEST_HEAD:
        return plain_head(head), ""
    match = _LANGUAGE.fullmatch(head.strip())
    if match is None:
        return plain_head(head), ""
    return plain_head(match["word"]), (match["code"] or "").casefold() or code_of_language(match["name"])


def code_of_language(name: str) -> str:
    """Return the code of a language as people call it; empty for one that we do not know."""
    match = re.search(r"\(([A-Za-z]{2,3})(?:-[A-Za-z]+)?\)", name)
    plain = name.strip().casefold()
    if match:
        return match[1].casefold()
    return _LANGUAGES.get(plain, plain if re.fullmatch(r"[a-z]{2,3}", plain) else "")


def plain_id(name: str) -> str:
    """Return a name as ours are: small letters, digits and lines, a letter first."""
    text = _WORD.sub("_", _CAPITAL.sub("_", name).casefold().translate(_ACCENTS)).strip("_")
    return (text if text[:1].isalpha() else f"v_{text}" if text else "")[:_LONGEST_ID].strip("_")


def by_language(**texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return texts by language: of each what it says under which keyword."""
    found: dict[str, dict[str, str]] = {}
    for word, by_code in texts.items():
        for code, text in by_code.items():
            found.setdefault(code, {})[word] = text
    return found
