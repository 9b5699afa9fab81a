"""What a copy did without because it was damaged: in the register that was filled from it, each such row reads as
damaged where it is asked for, so that what it kept closed stays closed.

Above every store: a table says which rows those are, and whoever opens the register reads it first. What is written in
the place of one takes the mark away; so do a repair, a copy that still has it, and who gives it up.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from heapq import merge
from operator import itemgetter
from typing import Final, TypeAlias

from gehoor.services.ports.store import (
    Cursor,
    DamagedError,
    Document,
    DuplicateKeyError,
    Equals,
    Scalar,
    Store,
    Tables,
    Where,
)
from gehoor.services.records.keys import members_in
from gehoor.services.records.tables import LEFT_OUT, SCHEMAS
from gehoor.services.records.within import within_now

_log = logging.getLogger(__name__)
_reported: Final[set[tuple[str, str]]] = set()
_MOST: Final = 1000
_KEY_MEMBERS: Final = {schema.name: schema.key for schema in SCHEMAS}
_BY_KEY: Final = frozenset(schema.name for schema in SCHEMAS if schema.narrow)
"""Tables that are gone through in the order of their keys."""

Marks: TypeAlias = dict[str, dict[str, Document]]
"""Table -> key of what was left out -> what its key says of its members."""


@contextmanager
def snapshot(store: Store) -> Iterator[Tables]:
    """Read a store at one moment, as ``Store.snapshot`` does: what was left out of a copy reads as damaged."""
    with store.snapshot(within_now()) as tables:
        yield knowing(tables)


@contextmanager
def transaction(store: Store) -> Iterator[Tables]:
    """Write in a store, as ``Store.transaction`` does: what was left out of a copy reads as damaged."""
    with store.transaction(within_now()) as tables:
        yield knowing(tables)


def knowing(tables: Tables) -> Tables:
    """Return tables in which what was left out reads as damaged: nearly always, nothing was, and they stay as they
    are."""
    marks: Marks = {}
    for key, document in tables.scan(LEFT_OUT):
        # A mark that is damaged itself says by its key what it is of.
        table, _slash, name = key.partition("/")
        if document is not None:
            table, name = document["table"], document["key"]
        if name:
            marks.setdefault(table, {})[name] = members_of(table, name)
    return MarkedTables(tables, marks) if marks else tables


def members_of(table: str, key: str) -> Document:
    """Return what the key of a document says of its members: by these it is looked up."""
    by_key = {_KEY_MEMBERS[table]: key} if _KEY_MEMBERS.get(table) else {}
    return {**members_in(table, key), **by_key}


def leave_out(tables: Tables, table: str, key: str) -> None:
    """Have a row read as damaged from the next time on that the register is opened."""
    tables.put(LEFT_OUT, f"{table}/{key}", {"table": table, "key": key})


class MarkedTables:
    """The documents inside one transaction, with those that were left out of a copy as damaged ones."""

    def __init__(self, tables: Tables, marks: Marks) -> None:
        self._tables, self._marks = tables, marks
        self.totals, self.tally, self.parts = tables.totals, tables.tally, tables.parts
        self.moment, self.go_on = tables.moment, tables.go_on

    def insert(self, table: str, key: str, document: Document) -> None:
        """Add a document under a new key."""
        self.insert_many(table, [(key, document)])

    def insert_many(self, table: str, documents: Iterable[tuple[str, Document]]) -> None:
        """Add documents under new keys, all or none."""
        given = list(documents)
        for key, _document in given:
            if key in self._marks.get(table, ()):
                raise DuplicateKeyError(f"{table}: {key!r} is there already, and damaged")
        self._tables.insert_many(table, given)

    def put(self, table: str, key: str, document: Document) -> None:
        """Add a document, or replace the one under this key."""
        self._tables.put(table, key, document)
        self._unmark(table, key)

    def put_many(self, table: str, documents: Iterable[tuple[str, Document]]) -> None:
        """Add or replace documents, all or none."""
        given = list(documents)
        self._tables.put_many(table, given)
        self._unmark(table, *(key for key, _document in given))

    def replace_many(self, table: str, changes: Iterable[tuple[str, Document, Document]]) -> None:
        """Put documents in the place of others, all or none."""
        given = list(changes)
        self._tables.replace_many(table, given)
        self._unmark(table, *(key for key, _before, _after in given))

    def get(self, table: str, key: str) -> Document | None:
        """Return the document under this key. Raises ``DamagedError``."""
        if key in self._marks.get(table, ()):
            raise _damaged(table, key)
        return self._tables.get(table, key)

    def delete(self, table: str, key: str) -> None:
        """Remove the document under this key, if there is one."""
        self._tables.delete(table, key)
        self._unmark(table, key)

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
        """Return documents that meet a condition, in an order. Raises ``DamagedError`` where one of those was left
        out."""
        found = self._tables.select(
            table, where=where, at_most=at_most, order_by=order_by, limit=limit, offset=offset, cursor=cursor
        )
        asked = Where.of(where)
        hurt = [key for key in self._matching(table, asked) if not _passes(self._marks[table][key], at_most)]
        if hurt and not asked.sound_only:
            if limit is not None and len(found) >= limit and not offset and cursor is None:
                hurt = self._before_the_last(table, asked, hurt, order_by, found)
            if hurt:
                raise _damaged(table, hurt[0])
        for key in hurt:
            _report(table, key)
        return found

    def count(self, table: str, *, where: Equals | Where | None = None, most: int | None = None) -> int:
        """Return how many documents meet a condition."""
        found = self._tables.count(table, where=where, most=most) + len(
            self._matching(table, Where.of(where))
        )
        return found if most is None else min(found, most)

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
        for key in self._matching(table, Where.of(where)):
            _report(table, key)
        return self._tables.search(table, words, where=where, limit=limit, offset=offset)

    def scan(self, table: str) -> Iterator[tuple[str, Document | None]]:
        """Go through a whole table: each document under its key, None for one that is damaged or was left out."""
        left_out = [(key, None) for key in sorted(self._marks.get(table, ()))]
        if table in _BY_KEY:
            yield from merge(self._tables.scan(table), left_out, key=itemgetter(0))
        else:
            yield from self._tables.scan(table)
            yield from left_out

    def clear(self, table: str) -> None:
        """Remove all documents of a table, also those that are damaged."""
        self._tables.clear(table)
        self._unmark(table, *self._marks.get(table, ()))

    def drop_damaged(self, table: str) -> list[str]:
        """Remove the documents of a table that are damaged; return their keys."""
        left_out = [*self._marks.get(table, ())]
        self._unmark(table, *left_out)
        return [*self._tables.drop_damaged(table), *left_out]

    def _unmark(self, table: str, *keys: str) -> None:
        marks = self._marks.get(table, {})
        for key in [one for one in keys if one in marks]:
            self._tables.delete(LEFT_OUT, f"{table}/{key}")
            del marks[key]

    def _matching(self, table: str, where: Where) -> list[str]:
        marks = self._marks.get(table, {})
        return [key for key, known in marks.items() if key not in where.without and _meets(known, where)]

    def _before_the_last(
        self, table: str, where: Where, hurt: list[str], order_by: Sequence[str], found: list[Document]
    ) -> list[str]:
        """Return what stands before the last of those that were found, or may: as many were asked for as there are."""
        if order_by not in (("-sequence",), ["-sequence"]) or "sequence" not in found[-1]:
            return hurt
        last = found[-1]["sequence"]
        known = self._marks[table]
        after = [key for key in hurt if int(known[key].get("sequence", last + 1)) > last]
        if all("sequence" in known[key] for key in after):
            return after
        # Where a key does not say which in a row it was, a gap before the last has room for it.
        return after[max(0, int(last) - self._tables.count(table, where=where)) :]


def _meets(known: Mapping[str, Scalar], where: Where) -> bool:
    """Say whether what was left out is among what is asked for, as far as its key says: by members of which its key
    says nothing, nobody finds it."""
    asked = {*where.equals, *where.between, *(name for name, _value in where.holding)}
    return (
        (not asked or bool(asked & known.keys()))
        and all(_equals(known[name], value) for name, value in where.equals.items() if name in known)
        and all(
            (least or "") <= str(known[name]) and (most is None or str(known[name]) <= most)
            for name, (least, most) in where.between.items()
            if name in known
        )
    )


def _equals(known: Scalar, wanted: Scalar | Sequence[Scalar]) -> bool:
    return known == wanted if isinstance(wanted, str | int) else known in wanted


def _passes(known: Mapping[str, Scalar], at_most: tuple[str, Scalar] | None) -> bool:
    """Say whether what was left out lies surely past a bound."""
    if at_most is None or (value := known.get(at_most[0])) is None:
        return False
    bound = at_most[1]
    return str(value) > bound if isinstance(bound, str) else isinstance(value, int) and value > bound


def _damaged(table: str, key: str) -> DamagedError:
    _report(table, key)
    return DamagedError(f"{table} {key} was left out of a copy, as it was damaged", table, key)


def _report(table: str, key: str) -> None:
    """Tell the log what was left out: once in a process."""
    if (table, key) not in _reported and len(_reported) < _MOST:
        _reported.add((table, key))
        _log.error(
            "Beschadigd voor de kopie gemaakt werd: %s, %s. Al het andere gaat door. Kijk na met: gehoor verify",
            table,
            key,
        )
