"""The store for many processes on many machines: the tables of a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager

from gehoor.adapters.stores.postgres.documents import PostgresTables
from gehoor.adapters.stores.postgres.inspection import lost_words, structure
from gehoor.adapters.stores.postgres.register_database import RegisterDatabase
from gehoor.adapters.stores.postgres.scrubbing import write_anew
from gehoor.services.ports.belonging import EVERYWHERE, NOWHERE, Within
from gehoor.services.ports.store import StoreUnavailableError, Tables, TableSchema


class PostgresStore:
    """A register in a database (PostgreSQL 15 or later) at an address ``postgresql://...``."""

    def __init__(self, address: str, schemas: Sequence[TableSchema]) -> None:
        """Raises ``StoreUnavailableError``, also for a register of another Gehoor."""
        self._database = RegisterDatabase(address, schemas)

    @contextmanager
    def transaction(self, within: Within = NOWHERE) -> Iterator[Tables]:
        """Open a writing transaction. Raises ``StoreUnavailableError``, and ``RuntimeError`` inside another
        transaction or snapshot of the same thread."""
        with self._database.transaction(within) as session:
            yield PostgresTables(self._database, session)

    @contextmanager
    def snapshot(self, within: Within = NOWHERE) -> Iterator[Tables]:
        """Open a reading transaction. Raises as ``transaction`` does."""
        with self._database.snapshot(within) as session:
            yield PostgresTables(self._database, session)

    def stamp(self) -> Hashable:
        """Return what stays the same for as long as nothing is committed. Raises ``StoreUnavailableError``."""
        return self._database.stamp()

    def structure(self) -> list[str]:
        """Look at the tables and indexes, and return what is wrong with them, a line each."""
        try:
            with self._database.snapshot(EVERYWHERE) as session:
                return structure(session, self._database.schemas)
        except StoreUnavailableError as error:
            return [str(error)]

    def lost_words(self) -> list[str]:
        """Return the tables of which the words are not what their documents say."""
        try:
            with self._database.snapshot(EVERYWHERE) as session:
                return lost_words(session, self._database.schemas)
        except StoreUnavailableError:
            return []

    def scrub(self) -> bool:
        """Leave nowhere in the tables what was deleted or replaced. Raises ``StoreUnavailableError``."""
        with self._database.alone() as connection:
            return write_anew(connection, self._database.schemas)

    def close(self) -> None:
        """Close all connections; using the store afterwards raises ``StoreUnavailableError``."""
        self._database.close()
