"""TinyDB's table on rows: only the documents concerned are read and written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, TypeAlias

from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from gehoor.adapters.stores.sql.layout import table_name
from gehoor.adapters.stores.sqlite.connections.session import Session
from gehoor.adapters.stores.tinydb import documents as rows
from gehoor.adapters.stores.tinydb.storage import SQLiteStorage

_Change: TypeAlias = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]


class SQLiteTable(Table):
    """A table of documents; the key of a document, if it has one, is its member ``_key``.

    Nothing is remembered between operations: TinyDB's cache of answers and its next number would be wrong as
    soon as another process writes. Raises ``StoreUnavailableError`` throughout, and ``DuplicateKeyError``
    where it writes.
    """

    default_query_cache_capacity = 0
    _storage: SQLiteStorage

    def __init__(
        self, storage: SQLiteStorage, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        # TinyDB reads the default size of its cache when it defines its own class: ours has to be passed.
        super().__init__(storage, table_name(name), cache_size=min(cache_size, 0))
        if persist_empty:
            with storage.writing() as session:
                session.layout(name)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Add a document and return its number."""
        with self._storage.writing() as session:
            return self._add(session, document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Add documents, all or none, and return their numbers."""
        with self._storage.writing(in_steps=True) as session:
            return [self._add(session, document) for document in documents]

    def put(self, document: Mapping[str, Any]) -> None:
        """Add a document, or replace the whole of the one with the same ``_key`` (its number stays)."""
        with self._storage.writing() as session:
            rows.put(session, self.name, document)

    def search(
        self,
        cond: QueryLike,
        *,
        order_by: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Document]:
        """Return the documents that meet a condition, sorted by members (null and missing last), then by
        number; at most ``limit`` of them, after the first ``offset``."""
        with self._storage.reading() as session:
            return list(rows.find(session, self.name, cond, order_by, limit, offset))

    def get(
        self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: Sequence[int] | None = None
    ) -> Any:
        """Return a document by condition or number, or None; given ``doc_ids``, a list of those there are."""
        with self._storage.reading() as session:
            if doc_id is not None:
                found = rows.numbered(session, self.name, [doc_id])
            elif doc_ids is not None:
                return rows.numbered(session, self.name, sorted(set(doc_ids)))
            elif cond is not None:
                found = list(rows.find(session, self.name, cond, limit=1))
            else:
                raise RuntimeError("You have to pass either cond or doc_id or doc_ids")
        return found[0] if found else None

    def update(
        self, fields: _Change, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None
    ) -> list[int]:
        """Change the documents that meet a condition, or have these numbers, or all; return their numbers."""
        with self._storage.writing(in_steps=True) as session:
            found = self._affected(session, cond, doc_ids)
            for document in found:
                if callable(fields):
                    fields(document)
                else:
                    document.update(fields)
                rows.rewrite(session, self.name, document)
            return [document.doc_id for document in found]

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Change the documents that meet a condition, or add this one; return the numbers."""
        with self._storage.writing():
            return super().upsert(document, cond)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Remove the documents that meet a condition or have these numbers; return the numbers."""
        if cond is None and doc_ids is None:
            raise RuntimeError("Use truncate() to remove all documents")
        with self._storage.writing() as session:
            gone = [document.doc_id for document in self._affected(session, cond, doc_ids)]
            rows.erase(session, self.name, gone)
            return gone

    def truncate(self) -> None:
        """Remove all documents."""
        with self._storage.writing() as session:
            rows.erase_all(session, self.name)

    def count(self, cond: QueryLike | None = None) -> int:
        """Return how many documents meet a condition, or how many there are."""
        with self._storage.reading() as session:
            return rows.count(session, self.name, cond)

    def __len__(self) -> int:
        return self.count()

    def __iter__(self) -> Iterator[Document]:
        with self._storage.reading() as session:
            found = list(rows.find(session, self.name, None))
        return iter(found)

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return {str(document.doc_id): dict(document) for document in self}

    def _update_table(self, updater: Callable[[dict[int, Any]], None]) -> None:
        """Let TinyDB change the table as one dictionary: for what it does that is not written out above."""
        with self._storage.writing(in_steps=True) as session:
            after = {document.doc_id: dict(document) for document in self}
            before = {doc_id: rows.packed(session, self.name, of) for doc_id, of in after.items()}
            updater(after)
            rows.erase(session, self.name, before.keys() - after.keys())
            for doc_id, document in after.items():
                if doc_id not in before:
                    rows.add(session, self.name, document, doc_id)
                elif rows.packed(session, self.name, document) != before[doc_id]:
                    rows.rewrite(session, self.name, Document(document, doc_id))

    def _add(self, session: Session, document: Mapping[str, Any]) -> int:
        if not isinstance(document, Mapping):
            raise ValueError("Document is not a Mapping")
        doc_id = document.doc_id if isinstance(document, Document) else None
        return rows.add(session, self.name, document, doc_id)

    def _affected(
        self, session: Session, cond: QueryLike | None, doc_ids: Iterable[int] | None
    ) -> list[Document]:
        if doc_ids is not None:
            return rows.numbered(session, self.name, dict.fromkeys(doc_ids))
        return list(rows.find(session, self.name, cond))
