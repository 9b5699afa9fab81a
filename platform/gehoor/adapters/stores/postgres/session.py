"""One open transaction on one connection."""
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import psycopg

from gehoor.adapters.stores.postgres.connections import Connection
from gehoor.adapters.stores.postgres.errors import FAILURES, is_lost, translated
from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.adapters.stores.sql.statements import number
from gehoor.services.ports.belonging import Within
from gehoor.services.ports.store import StoreUnavailableError

_BY_BITMAP: Final = "SET LOCAL enable_seqscan = {way}; SET LOCAL enable_indexscan = {way}"
_AT_ONCE: Final = 1000
"""Rows that are fetched together where a whole table is read."""


@dataclass(slots=True)
class Session:
    """The statements of one transaction; after a failure it answers no more and can only be undone.

    ``identity`` and ``number``: of which database, and how much was committed in it, when the transaction began.
    ``within``: of which organisations it sees what there is.
    """

    connection: Connection
    writable: bool
    identity: Hashable
    number: int
    within: Within
    wrote: bool = False
    broken: bool = False
    lost: bool = False

    def run(self, sql: str, values: Sequence[Any] = ()) -> psycopg.Cursor[Any]:
        """Run a statement that returns no rows. Raises ``StoreUnavailableError``."""
        self.refuse_if_broken()
        self.wrote = True
        try:
            return self.connection.execute(sql.encode(), values)
        except FAILURES as error:
            raise self._failure(error) from error

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        """Run a statement for each of many rows, and return how many it changed. Raises as ``run`` does; some may have
        been written then."""
        self.refuse_if_broken()
        self.wrote = True
        try:
            with self.connection.cursor() as cursor:
                # What makes the rows may read on the same connection: they are there before it writes.
                cursor.executemany(sql.encode(), list(rows))
                return cursor.rowcount
        except FAILURES as error:
            raise self._failure(error) from error

    def all_rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Read rows at once. Raises ``StoreUnavailableError``."""
        self.refuse_if_broken()
        try:
            return self.connection.execute(sql.encode(), values).fetchall()
        except FAILURES as error:
            raise self._failure(error) from error

    def rows(self, layout: TableLayout, read: str) -> Iterator[tuple[Any, ...]]:
        """Read of each row what ``read`` says, after what the row is called when it is damaged, in the order of that:
        so many at once, however many there are. Raises ``StoreUnavailableError``."""
        called = number(layout)
        beyond: tuple[Any, ...] = ()
        while True:
            further = f" WHERE {called} > %s" if beyond else ""
            text = f'SELECT {called}, {read} FROM "{layout.name}"{further} ORDER BY {called} LIMIT {_AT_ONCE}'
            found = self.all_rows(text, beyond)
            yield from found
            if len(found) < _AT_ONCE:
                return
            beyond = (found[-1][0],)

    @contextmanager
    def by_bitmap(self) -> Iterator[None]:
        """Have what is asked in this block answered by a whole look in an index."""
        self.set(_BY_BITMAP.format(way="off"))
        try:
            yield
        finally:
            if not self.broken:
                self.set(_BY_BITMAP.format(way="on"))

    def set(self, sql: str) -> None:
        """Run statements that change nothing of the register. Raises ``StoreUnavailableError``."""
        self.refuse_if_broken()
        try:
            self.connection.execute(sql.encode())
        except FAILURES as error:
            raise self._failure(error) from error

    def moment(self) -> Hashable:
        """Return what says of which moment this is."""
        return self.identity, self.number

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo the statements of this block alone when it raises."""
        self.run("SAVEPOINT steps")
        try:
            yield
        except BaseException:
            if not self.broken:
                self.run("ROLLBACK TO steps; RELEASE steps")
            raise
        self.run("RELEASE steps")

    def undo(self) -> None:
        """Roll back; what cannot be rolled back leaves the connection unfit for use."""
        try:
            self.connection.execute("ROLLBACK")
        except FAILURES:
            self.connection.close()

    def refuse_if_broken(self) -> None:
        """Raise ``StoreUnavailableError`` after a statement that failed."""
        if self.broken:
            raise StoreUnavailableError("an earlier statement of this transaction failed")

    def _failure(self, error: psycopg.Error) -> StoreUnavailableError:
        self.broken = True
        self.lost = is_lost(error)
        return translated(error)
