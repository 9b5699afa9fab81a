"""A document as the values of its columns and what is left of it, for every store alike."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from gehoor.services.ports.instants import to_number, to_text
from gehoor.services.ports.store import (
    INDEX_ROOM,
    Column,
    ColumnKind,
    Document,
    NoRoomError,
    TableSchema,
)

ColumnValue: TypeAlias = str | int | bytes | None

_BETWEEN = "\x1f"
"""Stands around each text of a list; within a text JSON writes it otherwise."""
_LARGEST_SIGN: Final = 4
"""Bytes."""
_HEX = re.compile("(?:[0-9a-f]{2})+", re.ASCII)
_NO_VALUE: dict[ColumnKind, ColumnValue] = {
    ColumnKind.TEXT: "", ColumnKind.INTEGER: 0, ColumnKind.BOOLEAN: 0, ColumnKind.TEXTS: "",
    ColumnKind.HASH: "",
    ColumnKind.INSTANT: 0,
}  # fmt: skip


class TableColumns:
    """How the documents of one table are taken apart and put together again.

    A null that was given stands in what is left, so that it comes back; a member that is missing stands nowhere.
    """

    def __init__(self, schema: TableSchema) -> None:
        self.name = schema.name
        self.columns = schema.columns
        self.key_member = schema.key
        self.narrow = schema.narrow
        self.clustered = schema.clustered
        self.by_name: Mapping[str, Column] = {column.name: column for column in schema.columns}
        self._takers = tuple((column.name, _KEPT[column.kind], column) for column in schema.columns)
        self._looked_up = _looked_up(schema)
        self._sought = tuple({place for places in self._looked_up for place in places})

    def split(
        self, key: str | None, document: Document, *, lenient: bool = False
    ) -> tuple[list[ColumnValue], Document]:
        """Return the values of the columns, in their order, and the members that are in none.

        Raises ``TypeError`` for a value that is not of the kind of its column, and ``ValueError`` for a member that is
        missing, for text that no database keeps and, as ``NoRoomError``, where no index has room. ``lenient``: leave
        what does not fit among the others; a narrow table, which has no others, goes without what it has no column for.
        """
        rest = dict(document)
        if self.key_member:
            said = rest.pop(self.key_member, None)
            if said != key and lenient:
                rest[self.key_member] = said
            elif said != key:
                raise ValueError(
                    f"{self.name}: the member {self.key_member} says the key, {key!r}, not {said!r}"
                )
        values: list[ColumnValue] = []
        for name, kept, column in self._takers:
            given = rest.get(name)
            # Of a column that has its value, as nearly all do, this is all; of plain text not even a call.
            if given is not None and not lenient:
                plain = kept is _text and given.__class__ is str and given.isascii() and "\0" not in given
                taken = given if plain else kept(given)
                if taken is not None:
                    del rest[name]
                    values.append(taken)
                    continue
            try:
                value = self._taken(column, rest)
            except (TypeError, ValueError):
                if not lenient or self.narrow:
                    raise
                value = _NO_VALUE[column.kind] if column.required else None
            values.append(value)
        if not lenient:
            self._refuse_beside(rest)
            self._refuse_too_long(key or "", values)
        return values, rest

    def nothing(self) -> list[ColumnValue]:
        """Return values that say nothing, for a row whose document cannot be read."""
        return [_NO_VALUE[column.kind] if column.required else None for column in self.columns]

    def joined(self, key: str | None, values: Sequence[ColumnValue], rest: Document) -> Document:
        """Return the document again. Raises ``ValueError`` for values that no document gave."""
        document: Document = {}
        if self.key_member and key is not None:
            document[self.key_member] = key
        for column, value in zip(self.columns, values, strict=True):
            if value is not None:
                document[column.name] = of_column(column.kind, value)
            elif self.narrow:
                document[column.name] = None
        # What stands among the others says more: a null that was given, or what did not fit.
        return document | rest if rest else document

    def _refuse_beside(self, rest: Document) -> None:
        if self.narrow and rest:
            raise TypeError(f"{self.name}: no column holds {', '.join(map(repr, rest))}")

    def _refuse_too_long(self, key: str, values: Sequence[ColumnValue]) -> None:
        """Raise ``NoRoomError`` where what a document is looked up by has more bytes than an entry of an index."""
        # Nearly all have so little that nobody counts bytes.
        signs = sum(len(value) for place in self._sought if isinstance(value := values[place], str | bytes))
        if (signs + len(key)) * _LARGEST_SIGN <= INDEX_ROOM:
            return
        for places in self._looked_up:
            if len(key.encode()) + sum(_bytes(values[place]) for place in places) > INDEX_ROOM:
                raise NoRoomError(f"{self.name}: what a document is looked up by is too long")

    def _taken(self, column: Column, rest: Document) -> ColumnValue:
        """Take the value of a column out of what is left of a document."""
        if column.name not in rest:
            if column.required or self.narrow:
                raise ValueError(f"{self.name}: the member {column.name} is missing")
            return None
        value = rest[column.name]
        if value is None:
            if column.required:
                raise TypeError(f"{self.name}: the member {column.name} may not be null")
            if self.narrow:
                del rest[column.name]
            return None
        taken = to_column(column.kind, value)
        if taken is None:
            raise TypeError(f"{self.name}: the member {column.name} is no {column.kind}: {value!r}")
        del rest[column.name]
        return taken


def _looked_up(schema: TableSchema) -> tuple[tuple[int, ...], ...]:
    """Return, for each index and for the key, the places of the texts in it. A list is in no index."""
    places = {
        column.name: place
        for place, column in enumerate(schema.columns)
        if column.kind in (ColumnKind.TEXT, ColumnKind.HASH)
    }
    asked = [(), schema.clustered, *((*one.members, *one.also) for one in schema.index_list())]
    return tuple(tuple(places[name] for name in dict.fromkeys(names) if name in places) for names in asked)


def _bytes(value: ColumnValue) -> int:
    return len(value.encode()) if isinstance(value, str) else len(value) if isinstance(value, bytes) else 0


def to_column(kind: ColumnKind, value: object) -> ColumnValue:
    """Return how a column keeps a value; None when it is of another kind. Raises ``ValueError`` for text that no
    database keeps."""
    return _KEPT[kind](value)


def in_texts(wanted: str) -> str:
    """Return what the value of a list column has in it when this text is in the list."""
    return f"{_BETWEEN}{_written(wanted)}{_BETWEEN}"


def of_column(kind: ColumnKind, value: str | int | bytes) -> Any:
    """Return what a document holds for the value of a column."""
    if isinstance(value, bytes):
        return value.hex()
    if kind is ColumnKind.INSTANT:
        return to_text(int(value))
    if kind is ColumnKind.BOOLEAN:
        return bool(value)
    if kind is not ColumnKind.TEXTS:
        return value
    parts = str(value).split(_BETWEEN)[1:-1]
    return [json.loads(f'"{part}"') if "\\" in part else part for part in parts]


def _written(text: str) -> str:
    _sound(text)
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _sound(text: str) -> str:
    if "\0" in text:
        raise ValueError("A document holds the character U+0000, which no store can keep")
    if not text.isascii():
        text.encode("utf-8")
    return text


def _text(value: object) -> ColumnValue:
    return _sound(value) if isinstance(value, str) else None


def _integer(value: object) -> ColumnValue:
    if isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63:
        return value
    return None


def _boolean(value: object) -> ColumnValue:
    return int(value) if isinstance(value, bool) else None


def _texts(value: object) -> ColumnValue:
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return "".join([_BETWEEN, *(f"{_written(one)}{_BETWEEN}" for one in value)]) if value else ""
    return None


def _hash(value: object) -> ColumnValue:
    if isinstance(value, str):
        return bytes.fromhex(value) if _HEX.fullmatch(value) else _sound(value)
    return None


def _instant(value: object) -> ColumnValue:
    return to_number(value) if isinstance(value, str) else None


_KEPT: Final[Mapping[ColumnKind, Callable[[object], ColumnValue]]] = {
    ColumnKind.TEXT: _text,
    ColumnKind.INTEGER: _integer,
    ColumnKind.BOOLEAN: _boolean,
    ColumnKind.TEXTS: _texts,
    ColumnKind.HASH: _hash,
    ColumnKind.INSTANT: _instant,
}
"""How a column of each kind keeps a value; None when it is of another kind."""
