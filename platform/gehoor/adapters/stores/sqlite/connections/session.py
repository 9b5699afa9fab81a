"""One open transaction on one connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.adapters.stores.sqlite.connections.connection import Connection
from gehoor.adapters.stores.sqlite.connections.errors import FAILURES, is_no_text, translated
from gehoor.adapters.stores.sqlite.tables.table_making import existing, layout_of, schema_in_file, statements
from gehoor.adapters.stores.sqlite.tables.words import triggers_of, words_table
from gehoor.services.ports.store import StoreUnavailableError


def _any_text(kept: bytes) -> str:
    return kept.decode("utf-8", "surrogateescape")


@dataclass(slots=True)
class Session:
    """The statements of one transaction; after a failure it answers no more and can only be undone."""

    connection: Connection
    writable: bool
    broken: bool = False

    def run(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run a statement that returns no rows. Raises ``DuplicateKeyError``, ``StoreUnavailableError``, and
        ``ValueError`` when a document number is taken."""
        self._refuse_if_broken()
        try:
            return self.connection.execute(sql, values)
        except FAILURES as error:
            raise self._failure(error) from error

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Read rows one by one. Raises ``StoreUnavailableError``."""
        self._refuse_if_broken()
        try:
            yield from self.connection.execute(sql, values)
        except FAILURES as error:
            raise self._failure(error) from error

    def all_rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Read rows at once. Text that is none any more comes as what its checksum is sure to refuse, so that it is
        known which row it is in. Raises ``StoreUnavailableError``."""
        self._refuse_if_broken()
        try:
            return self.connection.execute(sql, values).fetchall()
        except FAILURES as error:
            if not is_no_text(error):
                raise self._failure(error) from error
        with self.any_text():
            return list(self.rows(sql, values))

    @contextmanager
    def any_text(self) -> Iterator[None]:
        """Have text that is none any more come as what its checksum is sure to refuse."""
        self.connection.text_factory = _any_text
        try:
            yield
        finally:
            self.connection.text_factory = str

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        """Run a statement for each of many rows, and return how many it changed. Raises as ``run`` does; some may have
        been written then."""
        self._refuse_if_broken()
        try:
            return self.connection.executemany(sql, rows).rowcount
        except FAILURES as error:
            raise self._failure(error) from error

    def moment(self) -> Hashable:
        """Return what says of which moment this is. SQLite tells a connection what others committed; what it committed
        itself it counts."""
        (others,) = next(self.rows("PRAGMA data_version"))
        return self.connection, self.connection.commits, others

    def remake(self, table: str) -> None:
        """Remove a table with all that belongs to it, and make it anew, empty."""
        self.connection.seen.pop(table, None)
        for name in (table, words_table(table)):
            self.run(f'DROP TABLE IF EXISTS "{name}"')
        self.layout(table)

    def remove_rows(self, layout: TableLayout, numbers: Sequence[Any]) -> None:
        """Remove rows by what they are called when they are damaged, and make the index of words of the table anew: it
        cannot be kept by what a damaged row says."""
        words = self.connection.schemas[layout.name].words
        if words:
            for name in triggers_of(layout.name):
                self.run(f'DROP TRIGGER IF EXISTS "{name}"')
            self.run(f'DROP TABLE IF EXISTS "{words_table(layout.name)}"')
        column = f'"{layout.key}"' if layout.narrow else "doc_id"
        self.run_many(f'DELETE FROM "{layout.name}" WHERE {column} IS ?', ((number,) for number in numbers))  # noqa: S608
        if words:
            for sql in statements(self.connection.schemas[layout.name], existing(self.connection)):
                self.run(sql)

    def layout(self, table: str) -> TableLayout | None:
        """Return how a table lies in the file, None when there is none; a writing transaction makes it then."""
        found = self.connection.seen.get(table)
        return found if found is not None else self._looked_up(table)

    def _looked_up(self, table: str) -> TableLayout | None:
        self._refuse_if_broken()
        schema = self.connection.schemas.get(table)
        try:
            present = existing(self.connection)
            if schema is None:
                schema = schema_in_file(self.connection, table)
        except FAILURES as error:
            raise self._failure(error) from error
        if table not in present:
            if not self.writable:
                return None
            for sql in statements(schema, present):
                self.run(sql)
        layout = self.connection.seen[table] = layout_of(schema)
        return layout

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo the statements of this block alone when it raises."""
        self.run("SAVEPOINT steps")
        try:
            yield
        except BaseException:
            if not self.broken:
                # Tables made in the block are gone again.
                self.connection.seen.clear()
                self.run("ROLLBACK TO steps")
                self.run("RELEASE steps")
            raise
        self.run("RELEASE steps")

    def undo(self) -> None:
        """Roll back; what cannot be rolled back leaves the connection unfit for use."""
        # Tables made in this transaction are gone again.
        self.connection.seen.clear()
        try:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        except FAILURES:
            self.broken = True

    def _refuse_if_broken(self) -> None:
        # SQLite may have rolled back by itself; a further statement would then be committed on its own.
        if self.broken:
            raise StoreUnavailableError("an earlier statement of this transaction failed")

    def _failure(self, error: sqlite3.Error | UnicodeDecodeError) -> Exception:
        failure = translated(error)
        self.broken = isinstance(failure, StoreUnavailableError)
        return failure
