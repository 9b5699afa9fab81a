"""The SQL on the documents of one table, as TinyDB numbers them.

``table`` is a name that ``table_name`` let through; every other value is bound.
"""
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from tinydb.queries import QueryLike
from tinydb.table import Document

from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.adapters.stores.sql.packing import KEY, checked_key, document_of, pack
from gehoor.adapters.stores.sql.paging import member_sql
from gehoor.adapters.stores.sql.statements import put_statement
from gehoor.adapters.stores.sqlite.connections.session import Session
from gehoor.adapters.stores.sqlite.tables.dialect import SQLITE
from gehoor.adapters.stores.tinydb.query import translate


def add(session: Session, table: str, document: Mapping[str, Any], doc_id: int | None = None) -> int:
    """Add a document, under the next number or a given one, and return its number."""
    layout = _written(session, table)
    marks = ",".join("?" * (layout.width + 1))
    row = pack(layout, *checked_key(document))
    cursor = session.run(f'INSERT INTO "{table}" (doc_id, {layout.row}) VALUES ({marks})', (doc_id, *row))
    return cursor.lastrowid or 0


def put(session: Session, table: str, document: Mapping[str, Any]) -> None:
    """Add a document, or replace the one with its key. Raises ``ValueError`` for one without a key."""
    layout = _written(session, table)
    key, body = checked_key(document)
    if key is None:
        raise ValueError(f"A document that is to replace another has a member {KEY}")
    session.run(put_statement(SQLITE, layout), pack(layout, key, body))


def rewrite(session: Session, table: str, document: Document) -> None:
    """Write a document again under the number it has."""
    layout = _written(session, table)
    row = pack(layout, *checked_key(document))
    marks = ",".join("?" * layout.width)
    session.run(f'UPDATE "{table}" SET ({layout.row}) = ({marks}) WHERE doc_id = ?', (*row, document.doc_id))


def packed(session: Session, table: str, document: Mapping[str, Any]) -> Sequence[Any]:
    """Return a document as its row, to be compared with another."""
    return pack(_written(session, table), *checked_key(document))


def erase(session: Session, table: str, doc_ids: Iterable[int]) -> None:
    """Remove the documents with these numbers."""
    for doc_id in doc_ids:
        session.run(f'DELETE FROM "{table}" WHERE doc_id = ?', (doc_id,))


def erase_all(session: Session, table: str) -> None:
    """Remove all documents."""
    if session.layout(table):
        session.run(f'DELETE FROM "{table}"')


def numbered(session: Session, table: str, doc_ids: Iterable[int]) -> list[Document]:
    """Return the documents with these numbers, as far as they are there."""
    layout = _read(session, table)
    if layout is None:
        return []
    sql = f'SELECT doc_id, {layout.row} FROM "{table}" WHERE doc_id = ?'
    return [_document(layout, row) for doc_id in doc_ids for row in session.rows(sql, (doc_id,))]


def find(
    session: Session,
    table: str,
    cond: QueryLike | None,
    order_by: Sequence[str] = (),
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[Document]:
    """Read the documents that meet a condition, sorted by members (``-`` before a name: descending; null and missing
    last), then by number."""
    layout = _read(session, table)
    if layout is None:
        return
    select, order = f'SELECT doc_id, {layout.row} FROM "{table}"', _order(layout, order_by)
    clause = translate(cond, layout)
    if clause is not None:
        values = (*clause.values, -1 if limit is None else limit, offset)
        sql = f"{select} WHERE {clause.sql} ORDER BY {order} LIMIT ? OFFSET ?"
        for row in session.rows(sql, values):
            yield _document(layout, row)
    elif cond is not None:
        everything = (_document(layout, row) for row in session.rows(f"{select} ORDER BY {order}"))
        end = None if limit is None else offset + limit
        yield from islice((document for document in everything if cond(document)), offset, end)


def count(session: Session, table: str, cond: QueryLike | None) -> int:
    """Return how many documents meet a condition."""
    layout = _read(session, table)
    if layout is None:
        return 0
    clause = translate(cond, layout)
    if clause is None:
        return sum(1 for _ in find(session, table, cond))
    rows = session.rows(f'SELECT count(*) FROM "{table}" WHERE {clause.sql}', clause.values)
    return sum(int(row[0]) for row in rows)


def _order(layout: TableLayout, order_by: Sequence[str]) -> str:
    way = " DESC" if order_by and order_by[0].startswith("-") else ""
    parts = []
    for given in order_by:
        name = given.removeprefix("-")
        member = "key" if name == KEY else member_sql(SQLITE, layout, name)
        parts.append(f"{member}{' DESC' if given.startswith('-') else ''} NULLS LAST")
    return ", ".join([*parts, f"doc_id{way}"])


def _document(layout: TableLayout, row: Sequence[Any]) -> Document:
    doc_id, *rest = row
    document = document_of(layout, rest, doc_id)
    if rest[0] is not None:
        document[KEY] = rest[0]
    return Document(document, doc_id)


def _written(session: Session, table: str) -> TableLayout:
    layout = _read(session, table)
    assert layout is not None
    return layout


def _read(session: Session, table: str) -> TableLayout | None:
    layout = session.layout(table)
    if layout is not None and layout.narrow:
        raise ValueError(f"The documents of {table} have no number: TinyDB cannot work with them")
    return layout
