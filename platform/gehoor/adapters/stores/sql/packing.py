"""A document as a row, with a checksum: SQLite does not notice a changed bit in what it keeps."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from gehoor.adapters.stores.document_columns import ColumnValue
from gehoor.adapters.stores.json_text import from_text, to_text
from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.services.ports.store import DamagedError, Document

KEY: Final = "_key"
"""Under this name a document shows its key through TinyDB; in the file it is a column of its own."""

Row: TypeAlias = Sequence[Any]
"""A row as ``TableLayout.row`` reads it: key, columns, what is left (not of a narrow table), checksum."""

_NULL: Final = "\0"
"""Stands for null where a checksum is made: no text has it in it."""


def pack(layout: TableLayout, key: str | None, document: Document, *, lenient: bool = False) -> Row:
    """Return a document as a row. Raises ``TypeError`` and ``ValueError`` for what cannot be kept."""
    values, rest = layout.split(key, document, lenient=lenient)
    if layout.narrow:
        return key, *values, _checksum(layout, key, values, "")
    text = to_text(rest)
    return key, *values, text, _checksum(layout, key, values, text)


def unpack(layout: TableLayout, row: Row) -> tuple[str | None, Document]:
    """Return the key and the document of a row. Raises ``ValueError`` when the row is damaged."""
    key, *values, crc = row
    text = "" if layout.narrow else values.pop()
    try:
        if crc != _checksum(layout, key, values, text):
            raise ValueError("wrong checksum")
        return key, layout.joined(key, values, {} if layout.narrow else from_text(text))
    except (TypeError, AttributeError, OverflowError) as error:
        raise ValueError("of another kind than what was kept") from error


def document_of(layout: TableLayout, row: Row, doc_id: int | str) -> Document:
    """Return the document of a row. Raises ``DamagedError`` with its number when the row is damaged."""
    try:
        return unpack(layout, row)[1]
    except ValueError as error:
        raise DamagedError(f"document {doc_id} is damaged", layout.name, called(row, doc_id)) from error


def called(row: Row, doc_id: object) -> str:
    """Return what a row is called: its key, or its number where that can be no key."""
    key = row[0]
    return key if isinstance(key, str) and key.isprintable() else str(doc_id)


def checked_key(document: Mapping[str, Any]) -> tuple[str | None, Document]:
    """Return the key that a document shows through TinyDB, and the document without it. Raises ``ValueError``."""
    body = dict(document)
    key = body.pop(KEY, None)
    if key is not None and (not isinstance(key, str) or "\0" in key):
        raise ValueError(f"A key is text without U+0000, not {key!r}")
    return key, body


def _checksum(layout: TableLayout, key: str | None, values: Sequence[ColumnValue], text: str) -> int:
    head = key or ""
    if values:
        said = [
            value if value.__class__ is str else str(value) if value.__class__ is int else _said(value)
            for value in values
        ]
        head = "\x1f".join([head, layout.said, *said])
    return zlib.crc32(text.encode(), zlib.crc32(head.encode()))


def _said(value: ColumnValue) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return _NULL
    return f"{_NULL}{value.hex()}" if isinstance(value, bytes) else format(value, "d")
