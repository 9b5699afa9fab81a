"""The tables of a register in a database, inside one transaction: the port to a store, on PostgreSQL."""
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from gehoor.adapters.stores.matching import Keyed, has_words, matches
from gehoor.adapters.stores.postgres.dialect import POSTGRES
from gehoor.adapters.stores.postgres.layout import WORDS, PostgresLayout
from gehoor.adapters.stores.postgres.owners import Owners
from gehoor.adapters.stores.postgres.register_database import RegisterDatabase
from gehoor.adapters.stores.postgres.row_security import PLACE, setting_statement
from gehoor.adapters.stores.postgres.session import Session
from gehoor.adapters.stores.postgres.table_making import layout_of
from gehoor.adapters.stores.postgres.words import query_text, wanted_words
from gehoor.adapters.stores.sql.conditions import Condition, condition
from gehoor.adapters.stores.sql.damage import is_sound, scanned
from gehoor.adapters.stores.sql.document_tables import SQLTables
from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.adapters.stores.sql.packing import called
from gehoor.adapters.stores.sql.statements import number
from gehoor.services.ports.belonging import UNKNOWN, WAITING, Within
from gehoor.services.ports.store import Document, Equals, Where

_FEW: Final = 1_000
_LAST: Final = 1_000
_MANY: Final = 100
"""Of words that so many of the last documents have, the index is not asked."""
_NOBODYS: Final = (WAITING, UNKNOWN)
_FIRST: Final = 100
"""So many of what may be meant are read at once, at least."""


class PostgresTables(SQLTables):
    """The documents, inside one transaction of one thread."""

    _dialect = POSTGRES
    _session: Session

    def __init__(self, database: RegisterDatabase, session: Session) -> None:
        self._database = database
        self._session = session
        self._owners = Owners(session.all_rows, database.schemas, session.within)
        self._nobodys: dict[str, bool] = {}

    def put_many(self, table: str, documents: Iterable[tuple[str, Document]]) -> None:
        """Add or replace documents, all or none."""
        given = list(documents)
        layout = self._layout(self._written(table).name)
        if given and layout.schema.owner and self._has_nobodys(layout):
            self._take_nobodys(layout, given)
        super().put_many(table, given)

    def _has_nobodys(self, layout: PostgresLayout) -> bool:
        """Say whether there may be rows of no organisation: they wait for one, or nobody knew of which they are."""
        assert layout.schema.owner is not None
        if layout.schema.owner.is_open or not self._session.within.everywhere:
            return layout.schema.owner.is_open
        if layout.name not in self._nobodys:
            # Asked once: rows are seldom so, and those that this transaction adds are told of.
            text = f'SELECT 1 FROM "{layout.name}" WHERE "{PLACE}" = %s LIMIT 1'
            self._nobodys[layout.name] = bool(self._session.all_rows(text, (UNKNOWN,)))
        return self._nobodys[layout.name]

    def _take_nobodys(self, layout: PostgresLayout, given: Sequence[tuple[str, Document]]) -> None:
        """Take out what was nobody's and is to be somebody's now: else it would be there twice."""
        places = self._owners.of(layout.schema, given)
        keys = [key for (key, _), place in zip(given, places, strict=True) if place not in _NOBODYS]
        if keys:
            sql = f'DELETE FROM "{layout.name}" WHERE "{layout.key}" = ANY(%s) AND "{PLACE}" = ANY(%s)'
            self._session.run(sql, (keys, [*_NOBODYS]))

    def go_on(self, within: Within) -> None:
        """See from now on, at the same moment, what is of other organisations."""
        self._in_use()
        self._session.set(setting_statement(within))
        self._session.within = self._owners.within = within

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
        if not self._database.schemas[table].words:
            raise KeyError(table)
        layout, asked, wanted = self._read(table), Where.of(where), wanted_words(words)
        if not wanted or limit == 0:
            return []
        enough = None if limit is None else offset + limit
        found: list[Document] = []
        for key, document in self._maybe(layout, asked, wanted):
            if has_words(document.get(layout.words), wanted) and matches(key, document, asked):
                found.append(document)
                if len(found) == enough:
                    break
        return found[offset:]

    def _maybe(self, layout: PostgresLayout, asked: Where, wanted: list[list[str]]) -> Iterator[Keyed]:
        """Read, the last added first, what has these words in it, wherever they stand."""
        said = condition(POSTGRES, layout, asked) or Condition("1 = 1", ())
        typed = query_text(wanted)
        theirs, whose = self._theirs(layout)
        by_index = self._database.finds_words_by_index and not self._soon_met(layout, typed, theirs, whose)
        few = self._few(layout, typed) if by_index else None
        # Of words that hardly any has, those are read; words that many have are soon met among the last.
        which, sought = (f'"{WORDS}" @@ %s::tsquery', typed) if few is None else ("doc_id = ANY(%s)", few)
        text = (
            f'SELECT doc_id, {layout.row} FROM "{layout.name}" WHERE ({which} OR "{WORDS}" IS NULL) '
            f"AND {self._whole(layout, said)}{theirs} AND doc_id < %s ORDER BY doc_id DESC LIMIT %s"
        )
        below, many = 2**63 - 1, _FIRST
        while True:
            rows = self._session.all_rows(text, (sought, *said.values, *said.without, *whose, below, many))
            yield from self._documents(layout, rows, sound_only=True)
            if len(rows) < many:
                return
            below, many = rows[-1][0], many * 4

    def _theirs(self, layout: PostgresLayout) -> tuple[str, tuple[Any, ...]]:
        """Return what leaves the rows of others aside, as the database would: said here, an index serves for it."""
        within = self._session.within
        if layout.schema.owner is None or within.everywhere:
            return "", ()
        if within.only:
            return f' AND "{PLACE}" = %s', (within.only,)
        return f' AND "{PLACE}" = ANY(%s)', (sorted(within.organisations),)

    def _soon_met(self, layout: PostgresLayout, typed: str, theirs: str, whose: tuple[Any, ...]) -> bool:
        """Return whether many of the last have these words: the index would be read through for all that do."""
        asked = (
            f'SELECT count(*) FROM (SELECT "{WORDS}" FROM "{layout.name}" WHERE TRUE{theirs} '
            f'ORDER BY doc_id DESC LIMIT {_LAST}) AS "last" WHERE "{WORDS}" @@ %s::tsquery'
        )
        ((met,),) = self._session.all_rows(asked, (*whose, typed))
        return bool(met >= _MANY)

    def _few(self, layout: PostgresLayout, typed: str) -> list[int] | None:
        """Return the numbers of what has these words, None where they are many. Asked of the index on words
        and of nothing else: how many have a word that begins so, PostgreSQL guesses, and reads all there is for one."""
        asked = f'SELECT doc_id FROM "{layout.name}" WHERE "{WORDS}" @@ %s::tsquery LIMIT {_FEW + 1}'
        with self._session.by_bitmap():
            found = self._session.all_rows(asked, (typed,))
        return None if len(found) > _FEW else [one for (one,) in found]

    def scan(self, table: str) -> Iterator[tuple[str, Document | None]]:
        """Go through a whole table: each document under its key, None for one that is damaged."""
        layout = self._read(table)
        yield from scanned(layout, self._numbered(layout))

    def clear(self, table: str) -> None:
        """Remove all documents of a table."""
        layout = self._written(table)
        self._session.run(f'DELETE FROM "{layout.name}"')

    def drop_damaged(self, table: str) -> list[str]:
        """Remove the documents of a table that are damaged, and write the words of the others anew."""
        layout = self._layout(self._written(table).name)
        damaged: list[tuple[Any, ...]] = []
        words: list[tuple[str | None, int]] = []
        for row in self._numbered(layout):
            if not is_sound(layout, row[1:]):
                damaged.append(row)
            elif layout.words:
                words.append((layout.lexemes(row[-2]), row[0]))
        if damaged:
            gone = f'DELETE FROM "{layout.name}" WHERE {number(layout)} = %s'
            self._session.run_many(gone, [(row[0],) for row in damaged])
        if words:
            anew = f'UPDATE "{layout.name}" SET "{WORDS}" = %s::tsvector WHERE doc_id = %s'
            self._session.run_many(anew, words)
        return [called(row[1:], row[0]) for row in damaged]

    def _numbered(self, layout: PostgresLayout) -> Iterator[tuple[Any, ...]]:
        """Read all rows, each after what it is called when it is damaged."""
        for number_of, *row in self._session.rows(layout, layout.row):
            yield number_of, *POSTGRES.given(layout, row)

    def _rows(
        self, table: str, documents: Iterable[tuple[str, Document]]
    ) -> tuple[TableLayout, list[Sequence[Any]]]:
        given = list(documents)
        layout, rows = super()._rows(table, given)
        assert isinstance(layout, PostgresLayout)
        if layout.schema.owner is None or not rows:
            return layout, rows
        places = self._owners.of(layout.schema, given)
        if UNKNOWN in places:
            self._nobodys[table] = True
        if not layout.placed:
            return layout, rows
        return layout, [(*row, place) for row, place in zip(rows, places, strict=True)]

    def _read(self, table: str) -> PostgresLayout:
        self._in_use()
        return self._layout(table)

    def _layout(self, table: str) -> PostgresLayout:
        return layout_of(self._database.schemas[table])

    def _in_use(self) -> None:
        if self._database.current is not self._session:
            raise RuntimeError("This transaction or snapshot has ended, or belongs to another thread")
