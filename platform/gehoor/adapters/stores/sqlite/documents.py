"""The tables of a register file inside one transaction: the port to a store, straight on SQLite."""
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gehoor.adapters.stores.matching import matches
from gehoor.adapters.stores.sql.conditions import condition
from gehoor.adapters.stores.sql.damage import is_sound, scanned
from gehoor.adapters.stores.sql.document_tables import SQLTables
from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.adapters.stores.sql.packing import called
from gehoor.adapters.stores.sqlite.connections.session import Session
from gehoor.adapters.stores.sqlite.damage import numbered_rows
from gehoor.adapters.stores.sqlite.register_file import RegisterFile
from gehoor.adapters.stores.sqlite.tables.dialect import SQLITE
from gehoor.adapters.stores.sqlite.tables.words import match_text, words_table
from gehoor.services.ports.store import Document, Equals, StoreUnavailableError, Where


class SQLiteTables(SQLTables):
    """The documents, inside one transaction of one thread."""

    _dialect = SQLITE
    _session: Session

    def __init__(self, file: RegisterFile, session: Session) -> None:
        self._file = file
        self._session = session

    def search(
        self,
        table: str,
        words: Sequence[str],
        *,
        where: Equals | Where | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Document]:
        """Return documents in whose words each of ``words`` begins one, the last added first."""
        if not self._file.schemas[table].words:
            raise KeyError(table)
        layout, asked, wanted = self._read(table), Where.of(where), match_text(words)
        if not wanted:
            return []
        index = words_table(table)
        said = condition(SQLITE, layout, asked)
        which = "1 = 1" if said is None else self._whole(layout, said)
        text = (
            f'SELECT doc_id, {layout.row} FROM "{index}" JOIN "{table}" ON doc_id = "{index}".rowid '
            f'WHERE "{index}" MATCH ? AND {which} ORDER BY "{index}".rowid DESC LIMIT ? OFFSET ?'
        )
        if said is not None:
            values = (wanted, *said.values, *said.without)
            return self._page(layout, text, values, (limit, offset), sound_only=True)
        read = self._keyed(layout, text, (wanted, -1, 0), sound_only=True)
        found = [one for one in read if matches(*one, asked)]
        return [document for _, document in found[offset : None if limit is None else offset + limit]]

    def scan(self, table: str) -> Iterator[tuple[str, Document | None]]:
        """Go through a whole table: each document under its key, None for one that is damaged."""
        layout = self._read(table)
        with self._session.any_text():
            yield from scanned(layout, numbered_rows(self._session, layout))

    def clear(self, table: str) -> None:
        """Remove all documents of a table, and make it anew: its indexes may be damaged too."""
        self._written(table)
        self._session.remake(table)

    def drop_damaged(self, table: str) -> list[str]:
        """Remove the documents of a table that are damaged, and make the index on its words anew."""
        layout = self._written(table)
        with self._session.any_text():
            damaged = [row for row in numbered_rows(self._session, layout) if not is_sound(layout, row[1:])]
        if damaged or self._session.connection.schemas[layout.name].words:
            self._session.remove_rows(layout, [row[0] for row in damaged])
        return [called(row[1:], row[0]) for row in damaged]

    def _read(self, table: str) -> TableLayout:
        self._in_use()
        if table not in self._file.schemas:
            raise KeyError(table)
        layout = self._session.layout(table)
        if layout is None:
            raise StoreUnavailableError(f"the table {table} is gone")
        return layout

    def _in_use(self) -> None:
        if self._file.current is not self._session:
            raise RuntimeError("This transaction or snapshot has ended, or belongs to another thread")
