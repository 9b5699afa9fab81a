"""The tables of a register inside one transaction: the port to a store, straight on SQL."""
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any

from gehoor.adapters.stores.document_columns import to_column
from gehoor.adapters.stores.matching import Keyed, beside, in_order, matches, one_member
from gehoor.adapters.stores.sql.conditions import Condition, condition, keys_in
from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.adapters.stores.sql.paging import order, stretches
from gehoor.adapters.stores.sqlite import statements as sql
from gehoor.adapters.stores.sqlite.connections.session import Session
from gehoor.adapters.stores.sqlite.damage import is_sound, numbered_rows, report, scanned
from gehoor.adapters.stores.sqlite.register_file import RegisterFile
from gehoor.adapters.stores.sqlite.tables.dialect import SQLITE
from gehoor.adapters.stores.sqlite.tables.packing import KEY, Row, called, document_of, pack
from gehoor.adapters.stores.sqlite.tables.words import match_text, words_table
from gehoor.services.ports.store import (
    Cursor,
    DamagedError,
    Document,
    Equals,
    Scalar,
    StoreUnavailableError,
    Where,
)


class SQLiteTables:
    """The documents, inside one transaction of one thread."""

    def __init__(self, file: RegisterFile, session: Session) -> None:
        self._file = file
        self._session = session

    def insert(self, table: str, key: str, document: Document) -> None:
        """Add a document under a new key."""
        layout = self._written(table)
        self._session.run(sql.insert_statement(layout), _row(layout, key, document))

    def insert_many(self, table: str, documents: Iterable[tuple[str, Document]]) -> None:
        """Add documents under new keys, all or none."""
        self._write_many(table, sql.insert_statement, documents)

    def put(self, table: str, key: str, document: Document) -> None:
        """Add a document, or replace the one under this key."""
        layout = self._written(table)
        self._session.run(sql.put_statement(layout), _row(layout, key, document))

    def put_many(self, table: str, documents: Iterable[tuple[str, Document]]) -> None:
        """Add or replace documents, all or none."""
        self._write_many(table, sql.put_statement, documents)

    def replace_many(self, table: str, changes: Iterable[tuple[str, Document, Document]]) -> None:
        """Put documents in the place of others, and touch no index but those of what is different."""
        layout, given = self._written(table), list(changes)
        rows = [(_row(layout, key, before), _row(layout, key, after)) for key, before, after in given]
        alike: dict[tuple[int, ...], list[tuple[Row, Row]]] = {}
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
                changed = self._session.run_many(sql.change_statement(layout, differing), values)
                if changed != len(pairs):
                    left += [after for _, after in pairs]
            if left:
                self._session.run_many(sql.put_statement(layout), left)

    def moment(self) -> Hashable:
        """Return what says of which moment this is: equal only when nothing was committed in between."""
        self._in_use()
        return self._session.moment()

    def get(self, table: str, key: str) -> Document | None:
        """Return the document under this key."""
        layout = self._read(table)
        found = self._keyed(layout, sql.get_statement(layout), (key,)) if _is_key(key) else []
        return found[0][1] if found else None

    def delete(self, table: str, key: str) -> None:
        """Remove the document under this key, if there is one."""
        layout = self._written(table)
        if _is_key(key):
            self._session.run(sql.delete_statement(layout), (key,))

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
        said = condition(SQLITE, layout, asked, at_most, first)
        if said is None or not _can_begin(layout, first, cursor):
            found = in_order(self._looked_at(layout, asked, at_most), order_by)
            if cursor is not None:
                found = beside(found, one_member(order_by, offset), cursor, limit)
            else:
                found = found[offset : None if limit is None else offset + limit]
            return [document for _, document in found]
        if cursor is not None:
            beside_it = cursor, limit, asked.sound_only
            return self._beside(layout, said, one_member(order_by, offset), beside_it)
        sorted_by = order(SQLITE, layout, tuple(order_by))
        return self._selected(layout, said, sorted_by, (limit, offset), sound_only=asked.sound_only)

    def count(self, table: str, *, where: Equals | Where | None = None) -> int:
        """Return how many documents meet a condition."""
        layout, asked = self._read(table), Where.of(where)
        said = condition(SQLITE, layout, asked)
        if said is None:
            return len(self._looked_at(layout, asked, None))
        total = self._number(f'SELECT count(*) FROM "{layout.name}" WHERE {said.sql}', said.values)
        if total and said.without:
            # Quicker than to look at the key of every document: there are few of these.
            keys = keys_in(SQLITE, layout, len(said.without))
            few = f'(SELECT * FROM "{layout.name}" WHERE {keys} LIMIT -1)'
            total -= self._number(
                f"SELECT count(*) FROM {few} WHERE {said.sql}", (*said.without, *said.values)
            )
        return total

    def totals(self, table: str, member: str, *, by: str) -> dict[str, int]:
        """Return what a column of whole numbers adds up to, for each text in another column."""
        layout = self._read(table)
        there = f'"{by}" IS NOT NULL AND "{member}" IS NOT NULL'
        text = f'SELECT "{by}", sum("{member}") FROM "{layout.name}" WHERE {there} GROUP BY "{by}"'
        return dict(self._session.rows(text))

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
        which = "1 = 1" if said is None else _whole(layout, said)
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
            yield from scanned(self._session, layout)

    def clear(self, table: str) -> None:
        """Remove all documents of a table, and make it anew: its indexes may be damaged too."""
        self._written(table)
        self._session.remake(table)

    def drop_damaged(self, table: str) -> list[str]:
        """Remove the documents of a table that are damaged."""
        layout = self._written(table)
        with self._session.any_text():
            damaged = [row for row in numbered_rows(self._session, layout) if not is_sound(layout, row[1:])]
        if damaged:
            self._session.remove_rows(layout, [row[0] for row in damaged])
        return [called(row[1:], row[0]) for row in damaged]

    def _beside(
        self,
        layout: TableLayout,
        said: Condition,
        order_by: str,
        beside_it: tuple[Cursor, int | None, bool],
    ) -> list[Document]:
        cursor, limit, sound_only = beside_it
        found: list[Document] = []
        for part in stretches(SQLITE, layout, order_by, cursor):
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
        text = sql.select_statement(layout, _whole(layout, said), sorted_by, limited=limited)
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
            asked = -1 if limit is None else limit + more
            rows = self._session.all_rows(text, (*values, asked, offset))
            found = self._documents(layout, rows, sound_only=sound_only)
            damaged = len(rows) - len(found)
            if damaged == more or len(rows) < asked or limit is None:
                return [document for _, document in found]
            more = damaged

    def _looked_at(
        self, layout: TableLayout, where: Where, at_most: tuple[str, Scalar] | None
    ) -> list[Keyed]:
        text = sql.select_statement(layout, "1 = 1", f'"{layout.key}"', limited=False)
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
                found.append((row[0], document_of(layout, row, number)))
            except DamagedError as error:
                report(error)
                if not sound_only:
                    raise
        return found

    def _number(self, text: str, values: Sequence[Any]) -> int:
        return sum(int(row[0]) for row in self._session.rows(text, values))

    def _write_many(
        self, table: str, statement: Callable[[TableLayout], str], documents: Iterable[tuple[str, Document]]
    ) -> None:
        layout = self._written(table)
        rows = [_row(layout, key, document) for key, document in documents]
        if len(rows) == 1:
            self._session.run(statement(layout), rows[0])
        elif rows:
            with self._session.savepoint():
                self._session.run_many(statement(layout), rows)

    def _written(self, table: str) -> TableLayout:
        if not self._session.writable:
            self._in_use()
            raise TypeError("A snapshot is for reading")
        return self._read(table)

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


def _can_begin(layout: TableLayout, member: str, cursor: Cursor | None) -> bool:
    column = layout.column(member)
    if cursor is None or cursor.value is None or column is None:
        return True
    return to_column(column.kind, cursor.value) is not None


def _whole(layout: TableLayout, said: Condition) -> str:
    without = f" AND NOT {keys_in(SQLITE, layout, len(said.without))}" if said.without else ""
    return f"{said.sql}{without}"


def _row(layout: TableLayout, key: str, document: Document) -> Row:
    if KEY in document:
        raise ValueError(f"The member {KEY} is the store's own")
    if not _is_key(key):
        raise ValueError(f"A key is text without U+0000, not {key!r}")
    return pack(layout, key, document)


def _is_key(key: str) -> bool:
    return "\0" not in key and (key.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in key))
