"""The store that comes with Gehoor: TinyDB's interface on one SQLite file."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from operator import and_

from tinydb import where as member
from tinydb.queries import Query, QueryInstance
from tinydb.table import Document as TinyDocument

from gehoor.adapters.stores.register_db import RegisterDB
from gehoor.adapters.stores.sqlite_query import holding
from gehoor.adapters.stores.sqlite_schema import KEY
from gehoor.adapters.stores.sqlite_session import Session
from gehoor.adapters.stores.sqlite_table import SQLiteTable
from gehoor.services.ports.store import Document, Equals, Scalar, Tables, TableSchema, Where


class TinyDBStore:
    """The embedded store: a file of mode 0600, for the threads and processes of one machine.

    Not for network file systems, whose locks cannot be relied upon.
    """

    def __init__(self, path: str | os.PathLike[str], schemas: Sequence[TableSchema]) -> None:
        #: The same register through TinyDB; inside ``transaction()`` it takes part in the transaction.
        self.database = RegisterDB(path, schemas)

    @contextmanager
    def transaction(self) -> Iterator[Tables]:
        """Open a writing transaction. Raises ``StoreUnavailableError``, and ``RuntimeError`` inside another
        transaction or snapshot of the same thread."""
        with self.database.storage.transaction() as session:
            yield _TinyDBTables(self.database, session)

    @contextmanager
    def snapshot(self) -> Iterator[Tables]:
        """Open a reading transaction. Raises as ``transaction`` does."""
        with self.database.storage.snapshot() as session:
            yield _TinyDBTables(self.database, session)

    def stamp(self) -> Hashable:
        """Return what stays the same for as long as nothing is committed. Raises ``StoreUnavailableError``."""
        return self.database.storage.stamp()

    def problems(self) -> list[str]:
        """Read the whole file and return what is damaged, a line each; an empty list when all is well.

        Takes seconds on a large register: for a check by hand or at night, and before trusting a backup.
        """
        return self.database.storage.problems()

    def close(self) -> None:
        """Close all connections; using the store afterwards raises ``StoreUnavailableError``."""
        self.database.close()


class _TinyDBTables:
    def __init__(self, database: RegisterDB, session: Session) -> None:
        self._database = database
        self._session = session

    def insert(self, table: str, key: str, document: Document) -> None:
        self._table(table).insert(_keyed(key, document))

    def put(self, table: str, key: str, document: Document) -> None:
        self._table(table).put(_keyed(key, document))

    def get(self, table: str, key: str) -> Document | None:
        found = self._table(table).keyed(key)
        return None if found is None else _plain(found)

    def delete(self, table: str, key: str) -> None:
        self._table(table).remove(member(KEY) == key)

    def select(
        self,
        table: str,
        *,
        where: Equals | Where | None = None,
        at_most: tuple[str, Scalar] | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Document]:
        cond = _condition(where, at_most)
        found = self._table(table).search(cond, order_by=(*order_by, KEY), limit=limit, offset=offset)
        return [_plain(document) for document in found]

    def count(self, table: str, *, where: Equals | Where | None = None) -> int:
        return self._table(table).count(_condition(where))

    def search(
        self,
        table: str,
        words: Sequence[str],
        *,
        where: Equals | Where | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Document]:
        found = self._table(table).with_words(words, _condition(where), limit=limit, offset=offset)
        return [_plain(document) for document in found]

    def _table(self, name: str) -> SQLiteTable:
        storage = self._database.storage
        if storage.current is not self._session:
            raise RuntimeError("This transaction or snapshot has ended, or belongs to another thread")
        if name not in storage.schemas:
            raise KeyError(name)
        return self._database.table(name)


def _keyed(key: str, document: Document) -> Document:
    if KEY in document:
        raise ValueError(f"The member {KEY} is the store's own")
    return {**document, KEY: key}


def _plain(found: TinyDocument) -> Document:
    document = dict(found)
    del document[KEY]
    return document


def _condition(given: Equals | Where | None, at_most: tuple[str, Scalar] | None = None) -> QueryInstance:
    where = Where.of(given)
    conditions = [
        member(name) == wanted if isinstance(wanted, str | int) else member(name).one_of(list(wanted))
        for name, wanted in where.equals.items()
    ]
    if at_most is not None:
        conditions.append(member(at_most[0]) <= at_most[1])
    for name, (least, most) in where.between.items():
        conditions += [member(name) >= least] if least is not None else []
        conditions += [member(name) <= most] if most is not None else []
    if where.holding is not None:
        conditions.append(holding(*where.holding))
    if where.without:
        conditions.append(~member(KEY).one_of(list(where.without)))
    return reduce(and_, conditions) if conditions else Query().noop()
