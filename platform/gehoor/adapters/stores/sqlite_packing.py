"""A document as a row, with a checksum: SQLite does not notice a changed bit in the text it keeps."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any, TypeAlias

from tinydb.table import Document

from gehoor.adapters.stores.json_text import from_text, to_text
from gehoor.adapters.stores.sqlite_schema import KEY
from gehoor.services.ports.store import StoreUnavailableError

Row: TypeAlias = tuple[str | None, str, int]


def pack(document: Mapping[str, Any]) -> Row:
    """Return key, text and checksum. Raises ``TypeError`` and ``ValueError`` for what JSON cannot hold."""
    body = dict(document)
    key = body.pop(KEY, None)
    if key is not None and (not isinstance(key, str) or "\0" in key):
        raise ValueError(f"A key is text without U+0000, not {key!r}")
    text = to_text(body)
    return key, text, _checksum(key, text)


def unpack(row: tuple[int, str | None, str, int]) -> Document:
    """Return the document in this row. Raises ``StoreUnavailableError`` when the row is damaged."""
    doc_id, key, text, checksum = row
    try:
        if checksum != _checksum(key, text):
            raise ValueError("wrong checksum")
        body = from_text(text)
    except (TypeError, ValueError, AttributeError) as error:
        raise StoreUnavailableError(f"document {doc_id} is damaged") from error
    if key is not None:
        body[KEY] = key
    return Document(body, doc_id)


def _checksum(key: str | None, text: str) -> int:
    return zlib.crc32(text.encode(), zlib.crc32((key or "").encode()))
