"""The tables of a register inside one transaction: the port to a store, on what every database in SQL does alike."""
# ruff: noqa: S608

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any

from gehoor.adapters.stores.matching import Keyed, beside, in_order, matches, one_member, parts_of, tallied
from gehoor.adapters.stores.sql import statements as sql
from gehoor.adapters.stores.sql.conditions import Condition, condition, keys_in
from gehoor.adapters.stores.sql.damage import report
from gehoor.adapters.stores.sql.dialect import Dialect
from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.adapters.stores.sql.packing import KEY, document_of, pack
from gehoor.adapters.stores.sql.paging import can_begin, order, stretches
from gehoor.adapters.stores.sql.parts import sql_parts
from gehoor.adapters.stores.sql.session import SQLSession
from gehoor.adapters.stores.sql.tallies import sql_tally, sql_totals
from gehoor.services.ports.belonging import Within
from gehoor.services.ports.store import (
    Cursor,
    DamagedError,
    Document,
    DuplicateKeyError,
    Equals,
    Mention,
    Part,
    Scalar,
    Where,
)


class SQLTables(ABC):
    """The documents, inside one transaction of one thread."""

    _dialect: Dialect
    _session: SQLSession

    def insert(self, table: str, key: str, document: Document) -> None:
        """Add a document under a new key."""
        self.insert_many(table, ((key, document),))

    def insert_many(self, table: str, documents: Iterable[tuple[str, Document]]) -> None:
        """Add documents under new keys, all or none."""
        layout, rows = self._rows(table, documents)
        text = f"{sql.insert_statement(self._dialect, layout)}{self._dialect.unless_there}"
        if len(rows) == 1:
            _refuse_missing(layout, 1, self._session.run(text, rows[0]).rowcount)
        elif rows:
            with self._session.savepoint():
                _refuse_missing(layout, len(rows), self._session.run_many(text, rows))

    def put(self, table: str, key: str, document: Document) -> None:
        """Add a document, or replace the one under this key."""
        self.put_many(table, ((key, document),))

    def put_many(self, table: str, documents: Iterable[tuple[str, Document]]) -> None:
        """Add or replace documents, all or none."""
        layout, rows = self._rows(table, documents)
        text = sql.put_statement(self._dialect, layout)
        if len(rows) == 1:
            self._session.run(text, rows[0])
        elif rows:
            with self._session.savepoint():
                self._session.run_many(text, rows)

    def replace_many(self, table: str, changes: Iterable[tuple[str, Document, Document]]) -> None:
        """Put documents in the place of others, and touch no index but those of what is different."""
        layout, given = self._written(table), list(changes)
        if len(layout.written) > layout.width:
            # What is written besides hangs on the whole of a document.
            self.put_many(table, ((key, after) for key, _, after in given))
            return
        rows = [
            (self._row(layout, key, before), self._row(layout, key, after)) for key, before, after in given
        ]
        alike: dict[tuple[int, ...], list[tuple[Sequence[Any], Sequence[Any]]]] = {}
        for before, after in rows:
            differing = tuple(place for place in range(1, layout.width) if before[place] != after[place])
            alike.setdefault(differing, []).append((before, after))
        # Of two for one key the last is to stay.
        in_order = len({key for key, _, _ in given}) < len(given)
        left = [after for _, after in (rows if in_order else alike.pop((), []))]
        with self._session.savepoint():
            for differing, pairs in () if in_order else alike.items():
                # The checksum says whether what was given is what stands there, whole.
                values = ((*(new[place] for place in differing), new[0], old[-1]) for old, new in pairs)
                changed = self._session.run_many(
                    sql.change_statement(self._dialect, layout, differing), values
                )
                if changed != len(pairs):
                    left += [after for _, after in pairs]
            if left:
                self._session.run_many(sql.put_statement(self._dialect, layout), left)

    def moment(self) -> Hashable:
        """Return what says of which moment this is: equal only when nothing was committed in between."""
        self._in_use()
        return self._session.moment()

    def get(self, table: str, key: str) -> Document | None:
        """Return the document under this key."""
        layout = self._read(table)
        found = self._keyed(layout, sql.get_statement(self._dialect, layout), (key,)) if _is_key(key) else []
        return found[0][1] if found else None

    def delete(self, table: str, key: str) -> None:
        """Remove the document under this key, if there is one."""
        layout = self._written(table)
        if _is_key(key):
            self._session.run(sql.delete_statement(self._dialect, layout), (key,))

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
        """Return documents that meet a condition, in an order."""
        layout, asked = self._read(table), Where.of(where)
        first = order_by[0].removeprefix("-") if order_by else ""
        said = condition(self._dialect, layout, asked, at_most, first)
        if said is None or not can_begin(layout, first, cursor) or not self._sorts(layout, order_by):
            found = in_order(self._looked_at(layout, asked, at_most), order_by)
            if cursor is not None:
                found = beside(found, one_member(order_by, offset), cursor, limit)
            else:
                found = found[offset : None if limit is None else offset + limit]
            return [document for _, document in found]
        if cursor is not None:
            beside_it = cursor, limit, asked.sound_only
            return self._beside(layout, said, one_member(order_by, offset), beside_it)
        sorted_by = order(self._dialect, layout, tuple(order_by))
        return self._selected(layout, said, sorted_by, (limit, offset), sound_only=asked.sound_only)

    def _sorts(self, layout: TableLayout, order_by: Sequence[str]) -> bool:
        """Say whether the database can sort so."""
        if self._dialect.reads_members:
            return True
        names = (given.removeprefix("-") for given in order_by)
        return all(layout.column(name) or name == layout.key_member for name in names)

    def count(self, table: str, *, where: Equals | Where | None = None, most: int | None = None) -> int:
        """Return how many documents meet a condition, at most ``most``."""
        layout, asked = self._read(table), Where.of(where)
        said = condition(self._dialect, layout, asked)
        if said is None:
            return len(self._looked_at(layout, asked, None)[:most])
        total = self._number(sql.count_statement(layout, said, most), said.values)
        if total and said.without:
            # Quicker than to look at the key of every document: there are few of these.
            keys = keys_in(self._dialect, layout, len(said.without))
            few = f'(SELECT * FROM "{layout.name}" WHERE {keys} {self._dialect.apart}) few'
            total -= self._number(
                f"SELECT count(*) FROM {few} WHERE {said.sql}", (*said.without, *said.values)
            )
        return total if most is None else min(total, most)

    def totals(self, table: str, member: str, *, by: str) -> dict[str, int]:
        """Return what a column of whole numbers adds up to, for each text in another column."""
        return sql_totals(self._dialect, self._session, self._read(table), member, by)

    def tally(self, table: str, by: str, *, where: Equals | Where | None = None) -> dict[Scalar | None, int]:
        """Return how many documents meet a condition, for each value of a column, or text in it."""
        layout, asked = self._read(table), Where.of(where)
        column = layout.by_name[by]
        said = condition(self._dialect, layout, asked)
        if said is None:
            return tallied(column, (document for _, document in self._looked_at(layout, asked, None)))
        return sql_tally(self._dialect, self._session, layout, column, said)

    def parts(
        self,
        table: str,
        wanted: Sequence[Part],
        *,
        where: Equals | Where | None = None,
        mentioning: Sequence[Mention] = (),
    ) -> list[tuple[Any, ...]]:
        """Return some parts of each document that meets a condition."""
        layout, asked = self._read(table), Where.of(where)
        said = condition(self._dialect, layout, asked)
        question = None if said is None or layout.narrow else (said, mentioning)
        found = sql_parts(self._dialect, self._session, layout, wanted, question) if question else None
        return parts_of(self.select(table, where=asked), wanted) if found is None else found

    def go_on(self, within: Within) -> None:  # noqa: B027 - not every database has to do something
        """Do nothing, where a database holds no transaction to an organisation: see ``Store``."""

    def _beside(
        self,
        layout: TableLayout,
        said: Condition,
        order_by: str,
        beside_it: tuple[Cursor, int | None, bool],
    ) -> list[Document]:
        cursor, limit, sound_only = beside_it
        found: list[Document] = []
        for part in stretches(self._dialect, layout, order_by, cursor):
            left = None if limit is None else limit - len(found)
            if left != 0:
                whole = Condition(f"{said.sql} AND {part.sql}", (*said.values, *part.values), said.without)
                found += self._selected(layout, whole, part.order, (left, 0), sound_only=sound_only)
        return found[::-1] if cursor.backwards else found

    def _selected(
        self,
        layout: TableLayout,
        said: Condition,
        sorted_by: str,
        page: tuple[int | None, int],
        *,
        sound_only: bool,
    ) -> list[Document]:
        limited = page != (None, 0)
        text = sql.select_statement(
            self._dialect, layout, self._whole(layout, said), sorted_by, limited=limited
        )
        values = (*said.values, *said.without)
        if limited:
            return self._page(layout, text, values, page, sound_only=sound_only)
        return [document for _, document in self._keyed(layout, text, values, sound_only=sound_only)]

    def _page(
        self,
        layout: TableLayout,
        text: str,
        values: tuple[Any, ...],
        page: tuple[int | None, int],
        *,
        sound_only: bool,
    ) -> list[Document]:
        """Return so many documents after so many others; in the place of what is damaged, those that follow."""
        limit, offset = page
        more = 0
        while True:
            asked = self._dialect.no_limit if limit is None else limit + more
            rows = self._session.all_rows(text, (*values, asked, offset))
            found = self._documents(layout, rows, sound_only=sound_only)
            damaged = len(rows) - len(found)
            if limit is None or damaged == more or len(rows) < limit + more:
                return [document for _, document in found]
            more = damaged

    def _whole(self, layout: TableLayout, said: Condition) -> str:
        without = f" AND NOT {keys_in(self._dialect, layout, len(said.without))}" if said.without else ""
        return f"{said.sql}{without}"

    def _looked_at(
        self, layout: TableLayout, where: Where, at_most: tuple[str, Scalar] | None
    ) -> list[Keyed]:
        text = sql.select_statement(self._dialect, layout, "1 = 1", f'"{layout.key}"', limited=False)
        read = self._keyed(layout, text, sound_only=where.sound_only)
        return [one for one in read if matches(*one, where, at_most)]

    def _keyed(
        self, layout: TableLayout, text: str, values: Sequence[Any] = (), *, sound_only: bool = False
    ) -> list[Keyed]:
        return self._documents(layout, self._session.all_rows(text, values), sound_only=sound_only)

    def _documents(
        self, layout: TableLayout, rows: Sequence[Sequence[Any]], *, sound_only: bool
    ) -> list[Keyed]:
        found = []
        for number, *row in rows:
            try:
                given = self._dialect.given(layout, row)
                found.append((given[0], document_of(layout, given, number)))
            except DamagedError as error:
                report(error)
                if not sound_only:
                    raise
        return found

    def _number(self, text: str, values: Sequence[Any]) -> int:
        return sum(int(row[0]) for row in self._session.all_rows(text, values))

    def _rows(
        self, table: str, documents: Iterable[tuple[str, Document]]
    ) -> tuple[TableLayout, list[Sequence[Any]]]:
        layout = self._written(table)
        return layout, [self._row(layout, key, document) for key, document in documents]

    def _row(self, layout: TableLayout, key: str, document: Document) -> Sequence[Any]:
        if KEY in document:
            raise ValueError(f"The member {KEY} is the store's own")
        if not _is_key(key):
            raise ValueError(f"A key is text without U+0000, not {key!r}")
        return self._dialect.kept(layout, pack(layout, key, document))

    def _written(self, table: str) -> TableLayout:
        if not self._session.writable:
            self._in_use()
            raise TypeError("A snapshot is for reading")
        return self._read(table)

    @abstractmethod
    def _read(self, table: str) -> TableLayout:
        """Return how a table lies. Raises ``KeyError``, ``StoreUnavailableError``, and as ``_in_use`` does."""

    @abstractmethod
    def _in_use(self) -> None:
        """Raise ``RuntimeError`` when this transaction has ended, or is of another thread."""

    @abstractmethod
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

    @abstractmethod
    def scan(self, table: str) -> Iterator[tuple[str, Document | None]]:
        """Go through a whole table: each document under its key, None for one that is damaged."""

    @abstractmethod
    def clear(self, table: str) -> None:
        """Remove all documents of a table."""

    @abstractmethod
    def drop_damaged(self, table: str) -> list[str]:
        """Remove the documents of a table that are damaged, and return what they are called."""


def _refuse_missing(layout: TableLayout, wanted: int, written: int) -> None:
    if written < wanted:
        raise DuplicateKeyError(f"{layout.name}: a key is there already")


def _is_key(key: str) -> bool:
    return "\0" not in key and (key.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in key))
