"""A register as a TinyDB database."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import cast

from tinydb import TinyDB
from tinydb.table import Table

from gehoor.adapters.stores.tinydb.storage import SQLiteStorage
from gehoor.adapters.stores.tinydb.table import SQLiteTable
from gehoor.services.ports.store import TableSchema


class RegisterDB(TinyDB):
    """A register as a TinyDB database: ``RegisterDB(path).table(name).search(where(...) == ...)``."""

    table_class: type[Table] = SQLiteTable
    _storage: SQLiteStorage

    def __init__(self, path: str | os.PathLike[str], schemas: Sequence[TableSchema] = ()) -> None:
        super().__init__(path, schemas, storage=SQLiteStorage)

    @property
    def storage(self) -> SQLiteStorage:
        """The file, and its transactions."""
        return self._storage

    def table(self, name: str, **options: object) -> SQLiteTable:
        """Return a table; it is made at the first write."""
        return cast(SQLiteTable, super().table(name, **options))

    def tables(self) -> set[str]:
        """Return the names of the tables there are."""
        return self.storage.document_tables()

    def drop_tables(self) -> None:
        """Remove all tables with their documents."""
        self.storage.write({})
        self._tables.clear()

    def drop_table(self, name: str) -> None:
        """Remove a table with its documents."""
        self.storage.drop(name)
        self._tables.pop(name, None)
