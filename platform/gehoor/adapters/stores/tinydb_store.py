"""The store that comes with Gehoor: one SQLite file, which is a TinyDB database as well."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager

from gehoor.adapters.stores.sqlite.documents import SQLiteTables
from gehoor.adapters.stores.tinydb.register_db import RegisterDB
from gehoor.services.ports.belonging import NOWHERE, Within
from gehoor.services.ports.store import Tables, TableSchema


class TinyDBStore:
    """The embedded store: a file of mode 0600, for the threads and processes of one machine.

    Not for network file systems, whose locks cannot be relied upon.
    """

    def __init__(self, path: str | os.PathLike[str], schemas: Sequence[TableSchema]) -> None:
        #: The same register through TinyDB; inside ``transaction()`` it takes part in the transaction.
        self.database = RegisterDB(path, schemas)

    @contextmanager
    def transaction(self, within: Within = NOWHERE) -> Iterator[Tables]:  # noqa: ARG002 - see ``Store``
        """Open a writing transaction. Raises ``StoreUnavailableError``, and ``RuntimeError`` inside another
        transaction or snapshot of the same thread."""
        with self.database.storage.transaction() as session:
            yield SQLiteTables(self.database.storage, session)

    @contextmanager
    def snapshot(self, within: Within = NOWHERE) -> Iterator[Tables]:  # noqa: ARG002 - see ``Store``
        """Open a reading transaction. Raises as ``transaction`` does."""
        with self.database.storage.snapshot() as session:
            yield SQLiteTables(self.database.storage, session)

    def stamp(self) -> Hashable:
        """Return what stays the same for as long as nothing is committed. Raises ``StoreUnavailableError``."""
        return self.database.storage.stamp()

    def problems(self) -> list[str]:
        """Read the whole file and return what is damaged, a line each; an empty list when all is well.

        Takes seconds on a large register: for a check by hand or at night, and before trusting a backup.
        """
        return self.database.storage.problems()

    def structure(self) -> list[str]:
        """Read pages and indexes and return what is wrong with them, a line each."""
        return self.database.storage.structure()

    def lost_words(self) -> list[str]:
        """Return the tables of which the index of words is not what their documents say."""
        return self.database.storage.lost_words()

    def scrub(self) -> bool:
        """Leave nowhere what was deleted or replaced. Raises ``StoreUnavailableError``."""
        return self.database.storage.scrub()

    def close(self) -> None:
        """Close all connections; using the store afterwards raises ``StoreUnavailableError``."""
        self.database.close()
