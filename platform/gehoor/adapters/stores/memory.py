"""A store in memory, for tests and rehearsals: the same promises as the others, except that it forgets."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeAlias

from gehoor.adapters.stores.document_columns import TableColumns
from gehoor.adapters.stores.json_text import from_text, to_text
from gehoor.adapters.stores.matching import (
    beside,
    has_words,
    in_order,
    matches,
    one_member,
    parts_of,
    tallied,
)
from gehoor.core.text.normalise import plain_words
from gehoor.services.ports.belonging import NOWHERE, Within
from gehoor.services.ports.store import (
    Cursor,
    Document,
    DuplicateKeyError,
    Equals,
    Mention,
    Part,
    Scalar,
    StoreUnavailableError,
    Tables,
    TableSchema,
    Where,
)

_State: TypeAlias = dict[str, dict[str, Document]]


class MemoryStore:
    """Tables as dictionaries.

    A committed state is never changed, only replaced: a snapshot is a reference to one, and a transaction
    copies the tables it writes to.
    """

    def __init__(self, schemas: Sequence[TableSchema]) -> None:
        self._state: _State = {schema.name: {} for schema in schemas}
        self._words = {schema.name: schema.words for schema in schemas}
        self._columns = {schema.name: TableColumns(schema) for schema in schemas}
        self._writer = threading.Lock()
        self._thread = threading.local()
        self._commits = 0
        self._closed = False

    @contextmanager
    def transaction(self, within: Within = NOWHERE) -> Iterator[Tables]:  # noqa: ARG002 - see ``Store``
        """Open a writing transaction. Raises ``RuntimeError`` inside another block of the same thread."""
        with self._only_one(), self._writer:
            tables = _MemoryTables(
                dict(self._state), self._words, self._columns, self._commits, writable=True
            )
            try:
                yield tables
                self._state = tables.state
                self._commits += 1
            finally:
                tables.open = False

    @contextmanager
    def snapshot(self, within: Within = NOWHERE) -> Iterator[Tables]:  # noqa: ARG002 - see ``Store``
        """Open a reading transaction. Raises ``RuntimeError`` inside another block of the same thread."""
        with self._only_one():
            tables = _MemoryTables(self._state, self._words, self._columns, self._commits, writable=False)
            try:
                yield tables
            finally:
                tables.open = False

    def copy(self) -> MemoryStore:
        """Return a store of its own with all that is committed in this one: for rehearsals."""
        other = MemoryStore(())
        other._state, other._words, other._columns = self._state, self._words, self._columns
        return other

    def stamp(self) -> Hashable:
        """Return what stays the same for as long as nothing is committed."""
        if self._closed:
            raise StoreUnavailableError("the store is closed")
        return self._thread, self._commits

    def structure(self) -> list[str]:
        """Return nothing: there is nothing under the documents that can be wrong."""
        return []

    def lost_words(self) -> list[str]:
        """Return nothing: words are read from the documents themselves."""
        return []

    def scrub(self) -> bool:
        """Do nothing: what was deleted or replaced is gone."""
        return True

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
    words: Mapping[str, str]
    columns: Mapping[str, TableColumns]
    commits: int
    writable: bool
    open: bool = True
    _copied: set[str] = field(default_factory=set)

    def insert(self, table: str, key: str, document: Document) -> None:
        rows = self._written(table)
        kept = self._kept(table, key, document)
        if key in rows:
            raise DuplicateKeyError(f"{table}: {key!r} is there already")
        rows[key] = kept

    def insert_many(self, table: str, documents: Iterable[tuple[str, Document]]) -> None:
        rows = self._written(table)
        added: dict[str, Document] = {}
        for key, document in documents:
            kept = self._kept(table, key, document)
            if key in rows or key in added:
                raise DuplicateKeyError(f"{table}: {key!r} is there already")
            added[key] = kept
        rows.update(added)

    def put(self, table: str, key: str, document: Document) -> None:
        self._written(table)[key] = self._kept(table, key, document)

    def put_many(self, table: str, documents: Iterable[tuple[str, Document]]) -> None:
        rows = self._written(table)
        rows.update({key: self._kept(table, key, document) for key, document in documents})

    def replace_many(self, table: str, changes: Iterable[tuple[str, Document, Document]]) -> None:
        self.put_many(table, ((key, after) for key, _, after in changes))

    def moment(self) -> Hashable:
        self._read(next(iter(self.state)))
        return self.commits

    def get(self, table: str, key: str) -> Document | None:
        found = self._read(table).get(key)
        return None if found is None else _copy(found)

    def delete(self, table: str, key: str) -> None:
        self._written(table).pop(key, None)

    def select(
        self,
        table: str,
        *,
        where: Equals | Where | None = None,
        at_most: tuple[str, Scalar] | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
        cursor: Cursor | None = None,
    ) -> list[Document]:
        found = in_order(list(self._matching(table, where, at_most)), order_by)
        if cursor is not None:
            found = beside(found, one_member(order_by, offset), cursor, limit)
        else:
            found = found[offset : None if limit is None else offset + limit]
        return [_copy(document) for _, document in found]

    def count(self, table: str, *, where: Equals | Where | None = None, most: int | None = None) -> int:
        return sum(1 for _ in islice(self._matching(table, where), most))

    def totals(self, table: str, member: str, *, by: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for document in self._read(table).values():
            amount, name = document.get(member), document.get(by)
            if amount is not None and name is not None:
                found[name] = found.get(name, 0) + amount
        return found

    def tally(self, table: str, by: str, *, where: Equals | Where | None = None) -> dict[Scalar | None, int]:
        column = self.columns[table].by_name[by]
        asked = Where.of(where)
        rows = self._read(table).items()
        return tallied(column, (document for key, document in rows if matches(key, document, asked)))

    def parts(
        self,
        table: str,
        wanted: Sequence[Part],
        *,
        where: Equals | Where | None = None,
        mentioning: Sequence[Mention] = (),  # noqa: ARG002 - a hint, that spares nothing here
    ) -> list[tuple[Any, ...]]:
        return parts_of(self.select(table, where=where), wanted)

    def search(
        self,
        table: str,
        words: Sequence[str],
        *,
        where: Equals | Where | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Document]:
        member = self.words[table]
        if not member:
            raise KeyError(table)
        wanted = [parts for word in words if (parts := plain_words(word))]
        found = [
            document
            for _, document in reversed(list(self._matching(table, where)))
            if wanted and has_words(document.get(member), wanted)
        ]
        end = None if limit is None else offset + limit
        return [_copy(document) for document in found[offset:end]]

    def scan(self, table: str) -> Iterator[tuple[str, Document | None]]:
        rows = self._read(table)
        for key in sorted(rows) if self.columns[table].narrow else list(rows):
            yield key, _copy(rows[key])

    def clear(self, table: str) -> None:
        self._written(table).clear()

    def drop_damaged(self, table: str) -> list[str]:
        self._written(table)
        return []

    def go_on(self, within: Within) -> None:
        """Do nothing: see ``Store``."""

    def _matching(
        self, table: str, given: Equals | Where | None, at_most: tuple[str, Scalar] | None = None
    ) -> Iterator[tuple[str, Document]]:
        where = Where.of(given)
        for key, document in self._read(table).items():
            if matches(key, document, where, at_most):
                yield key, document

    def _kept(self, table: str, key: str, document: Document) -> Document:
        """Return the document as it comes back. Raises ``TypeError`` and ``ValueError`` for what cannot be kept."""
        columns = self.columns[table]
        values, rest = columns.split(key, document)
        return columns.joined(key, values, _copy(rest))

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
