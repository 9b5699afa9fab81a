"""A store in memory, for tests and rehearsals: the same promises as the others, except that it forgets."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from gehoor.adapters.stores.json_text import from_text, to_text
from gehoor.services.tables import (
    Document,
    DuplicateKeyError,
    Scalar,
    StoreUnavailableError,
    Tables,
    TableSchema,
)

_State: TypeAlias = dict[str, dict[str, Document]]


class MemoryStore:
    """Tables as dictionaries.

    A committed state is never changed, only replaced: a snapshot is a reference to one, and a transaction
    copies the tables it writes to.
    """

    def __init__(self, schemas: Sequence[TableSchema]) -> None:
        self._state: _State = {schema.name: {} for schema in schemas}
        self._writer = threading.Lock()
        self._thread = threading.local()
        self._closed = False

    @contextmanager
    def transaction(self) -> Iterator[Tables]:
        """Open a writing transaction. Raises ``RuntimeError`` inside another block of the same thread."""
        with self._only_one(), self._writer:
            tables = _MemoryTables(dict(self._state), writable=True)
            try:
                yield tables
                self._state = tables.state
            finally:
                tables.open = False

    @contextmanager
    def snapshot(self) -> Iterator[Tables]:
        """Open a reading transaction. Raises ``RuntimeError`` inside another block of the same thread."""
        with self._only_one():
            tables = _MemoryTables(self._state, writable=False)
            try:
                yield tables
            finally:
                tables.open = False

    def close(self) -> None:
        """Refuse all further use."""
        self._closed = True

    @contextmanager
    def _only_one(self) -> Iterator[None]:
        if self._closed:
            raise StoreUnavailableError("the store is closed")
        if getattr(self._thread, "busy", False):
            raise RuntimeError("A transaction or snapshot is open in this thread already")
        self._thread.busy = True
        try:
            yield
        finally:
            self._thread.busy = False


@dataclass(slots=True)
class _MemoryTables:
    state: _State
    writable: bool
    open: bool = True
    _copied: set[str] = field(default_factory=set)

    def insert(self, table: str, key: str, document: Document) -> None:
        rows = self._written(table)
        if key in rows:
            raise DuplicateKeyError(f"{table}: {key!r} is there already")
        rows[key] = _copy(document)

    def put(self, table: str, key: str, document: Document) -> None:
        self._written(table)[key] = _copy(document)

    def get(self, table: str, key: str) -> Document | None:
        found = self._read(table).get(key)
        return None if found is None else _copy(found)

    def delete(self, table: str, key: str) -> None:
        self._written(table).pop(key, None)

    def select(
        self,
        table: str,
        *,
        where: Mapping[str, Scalar | Sequence[Scalar]] | None = None,
        at_most: tuple[str, Scalar] | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Document]:
        found = [
            (key, document)
            for key, document in self._read(table).items()
            if _equals(document, where or {}) and (at_most is None or _no_more(document, *at_most))
        ]
        found.sort(key=lambda row: (*(_rank(row[1].get(name)) for name in order_by), row[0]))
        end = None if limit is None else offset + limit
        return [_copy(document) for _, document in found[offset:end]]

    def count(self, table: str, *, where: Mapping[str, Scalar | Sequence[Scalar]] | None = None) -> int:
        return sum(_equals(document, where or {}) for document in self._read(table).values())

    def _read(self, table: str) -> dict[str, Document]:
        if not self.open:
            raise RuntimeError("This transaction or snapshot has ended")
        return self.state[table]

    def _written(self, table: str) -> dict[str, Document]:
        rows = self._read(table)
        if not self.writable:
            raise TypeError("A snapshot is for reading")
        if table not in self._copied:
            self._copied.add(table)
            rows = self.state[table] = dict(rows)
        return rows


def _copy(document: Document) -> Document:
    # By way of JSON, so that what another store would refuse or turn into a list is so here too.
    return from_text(to_text(document))


def _equals(document: Document, where: Mapping[str, Scalar | Sequence[Scalar]]) -> bool:
    for name, wanted in where.items():
        options = (wanted,) if isinstance(wanted, str | int) else wanted
        if name not in document or document[name] not in options:
            return False
    return True


def _no_more(document: Document, name: str, bound: Scalar) -> bool:
    value = document.get(name)
    if isinstance(bound, str):
        return isinstance(value, str) and value <= bound
    return isinstance(value, int | float) and value <= bound


def _rank(value: Any) -> tuple[int, Any]:
    """Numbers before text, null and missing last; text by code point, as every store sorts it."""
    if value is None:
        return (3, 0)
    if isinstance(value, int | float):
        return (0, value)
    return (1, value) if isinstance(value, str) else (2, str(value))
