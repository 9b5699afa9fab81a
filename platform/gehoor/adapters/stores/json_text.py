"""Documents as JSON text: what goes in comes out equal, or is refused at the door."""

from __future__ import annotations

import json
import re

from gehoor.services.ports.store import Document, Scalar

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def to_text(document: Document) -> str:
    """Return a document as compact JSON.

    Raises ``TypeError`` for what JSON does not know (a date, a set) and ``ValueError`` for what a database
    cannot keep unchanged: NaN and infinity, the character U+0000, half a surrogate pair.
    """
    text = _ENCODER.encode(document)
    if "\\u0000" in text and _NUL.search(text):
        raise ValueError("A document holds the character U+0000, which no store can keep")
    if not text.isascii():
        text.encode("utf-8")
    return text


def mention(member: str, value: Scalar | None) -> str:
    """Return how a member stands in the text of a document, with a value, or before any (None)."""
    name = _ENCODER.encode(member)
    return f"{name}:" if value is None else f"{name}:{_ENCODER.encode(value)}"


def from_text(text: str) -> Document:
    """Return the document written in this text. Raises ``ValueError`` when it is no JSON object."""
    document = json.loads(text)
    if not isinstance(document, dict):
        raise ValueError("A document is a JSON object")
    return document
