"""A storage for TinyDB that keeps one row per document in SQLite, under transactions."""

from __future__ import annotations

from typing import Any

from tinydb.storages import Storage

from gehoor.adapters.stores.sql.layout import table_name
from gehoor.adapters.stores.sqlite.register_file import RegisterFile
from gehoor.adapters.stores.sqlite.tables.words import words_table
from gehoor.adapters.stores.tinydb import documents as rows


class SQLiteStorage(RegisterFile, Storage):
    """The file of a register, as TinyDB asks for one; narrow tables, which number nothing, are not in it.

    Outside ``transaction()`` and ``snapshot()`` every operation of TinyDB is a transaction of its own.
    """

    def document_tables(self) -> set[str]:
        """Return the names of the tables whose documents have a number."""
        with self.reading() as session:
            return {name for name in self.tables() if (layout := session.layout(name)) and not layout.narrow}

    def drop(self, table: str) -> None:
        """Remove a table and all that is in it."""
        with self.writing() as session:
            session.connection.seen.pop(table, None)
            session.run(f'DROP TABLE IF EXISTS "{table_name(table)}"')
            session.run(f'DROP TABLE IF EXISTS "{words_table(table)}"')

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return everything, as TinyDB asks of a storage: tables by name, documents by number."""
        with self.reading() as session:
            everything = {
                table: {str(document.doc_id): dict(document) for document in rows.find(session, table, None)}
                for table in sorted(self.document_tables())
            }
        return everything or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace everything, as TinyDB asks of a storage."""
        with self.writing() as session:
            for table in self.document_tables():
                self.drop(table)
            for table, documents in data.items():
                session.layout(table_name(table))
                for doc_id, document in documents.items():
                    rows.add(session, table, document, int(doc_id))
