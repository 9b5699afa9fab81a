"""The SQL on the rows of one table: all there is of it, apart from making the table.

``table`` is a name that ``sqlite_schema.table_name`` let through; every other value is bound.
"""
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from tinydb.queries import QueryLike
from tinydb.table import Document

from gehoor.adapters.stores.sqlite_packing import Row, pack, unpack
from gehoor.adapters.stores.sqlite_query import translate
from gehoor.adapters.stores.sqlite_schema import KEY, member
from gehoor.adapters.stores.sqlite_session import Session
from gehoor.adapters.stores.sqlite_words import match_text, words_table
from gehoor.services.ports.store import StoreUnavailableError

_COLUMNS = "doc_id, key, body, crc"


def add(session: Session, table: str, document: Mapping[str, Any], doc_id: int | None = None) -> int:
    """Add a document, under the next number or a given one, and return its number."""
    session.has(table)
    cursor = session.run(f'INSERT INTO "{table}" ({_COLUMNS}) VALUES (?,?,?,?)', (doc_id, *pack(document)))
    return cursor.lastrowid or 0


def put(session: Session, table: str, row: Row) -> None:
    """Add a row, or replace the one with its key."""
    session.has(table)
    session.run(
        f'INSERT INTO "{table}" (key, body, crc) VALUES (?,?,?) '
        "ON CONFLICT (key) DO UPDATE SET body = excluded.body, crc = excluded.crc",
        row,
    )


def rewrite(session: Session, table: str, document: Document) -> None:
    """Write a document again under the number it has."""
    session.run(
        f'UPDATE "{table}" SET key = ?, body = ?, crc = ? WHERE doc_id = ?',
        (*pack(document), document.doc_id),
    )


def erase(session: Session, table: str, doc_ids: Iterable[int]) -> None:
    """Remove the documents with these numbers."""
    for doc_id in doc_ids:
        session.run(f'DELETE FROM "{table}" WHERE doc_id = ?', (doc_id,))


def erase_all(session: Session, table: str) -> None:
    """Remove all documents."""
    if session.has(table):
        session.run(f'DELETE FROM "{table}"')


def numbered(session: Session, table: str, doc_ids: Iterable[int]) -> list[Document]:
    """Return the documents with these numbers, as far as they are there."""
    if not session.has(table):
        return []
    sql = f'SELECT {_COLUMNS} FROM "{table}" WHERE doc_id = ?'
    return [unpack(row) for doc_id in doc_ids for row in session.rows(sql, (doc_id,))]


def keyed(session: Session, table: str, key: str) -> Document | None:
    """Return the document with a key."""
    if not session.has(table):
        return None
    rows = session.rows(f'SELECT {_COLUMNS} FROM "{table}" WHERE key = ?', (key,))
    return next(map(unpack, rows), None)


def find(
    session: Session,
    table: str,
    cond: QueryLike | None,
    order: str = "doc_id",
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[Document]:
    """Read the documents that meet a condition, sorted as ``order`` says."""
    if not session.has(table):
        return
    select = f'SELECT {_COLUMNS} FROM "{table}"'
    clause = translate(cond)
    if clause is not None:
        values = (*clause.values, -1 if limit is None else limit, offset)
        sql = f"{select} WHERE {clause.sql} ORDER BY {order} LIMIT ? OFFSET ?"
        yield from map(unpack, session.rows(sql, values))
    elif cond is not None:
        everything = map(unpack, session.rows(f"{select} ORDER BY {order}"))
        end = None if limit is None else offset + limit
        yield from islice((document for document in everything if cond(document)), offset, end)


def order(order_by: Sequence[str]) -> str:
    """Return the SQL that sorts by members (``-`` before a name: descending; null and missing last), then by number."""
    descending = bool(order_by) and order_by[0].startswith("-")
    way = " DESC" if descending else ""
    return ", ".join([*(_ordered(name, way) for name in order_by), f"doc_id{way}"])


def _ordered(name: str, way: str) -> str:
    if name == KEY:
        return f"key{way}"
    return f"{member(name.removeprefix('-'))}{' DESC' if name.startswith('-') else ''} NULLS LAST"


def with_words(
    session: Session,
    table: str,
    words: Sequence[str],
    cond: QueryLike,
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[Document]:
    """Read the documents in whose words each of these begins one, the last added first."""
    wanted = match_text(words)
    if not wanted or not session.has(table):
        return
    index = words_table(table)
    select = (
        f'SELECT doc.doc_id, doc.key, doc.body, doc.crc FROM "{index}" JOIN "{table}" doc '
        f'ON doc.doc_id = "{index}".rowid WHERE "{index}" MATCH ?'
    )
    newest = f'ORDER BY "{index}".rowid DESC'
    clause = translate(cond)
    if clause is not None:
        values = (wanted, *clause.values, -1 if limit is None else limit, offset)
        yield from map(unpack, session.rows(f"{select} AND {clause.sql} {newest} LIMIT ? OFFSET ?", values))
    else:
        everything = map(unpack, session.rows(f"{select} {newest}", (wanted,)))
        end = None if limit is None else offset + limit
        yield from islice((document for document in everything if cond(document)), offset, end)


def damaged(session: Session, table: str) -> list[str]:
    """Return what is wrong with documents of this table, a line for each that cannot be read."""
    found = []
    for row in session.rows(f'SELECT {_COLUMNS} FROM "{table}"'):
        try:
            unpack(row)
        except StoreUnavailableError as error:
            found.append(f"{table}: {error}")
    return found


def count(session: Session, table: str, cond: QueryLike | None) -> int:
    """Return how many documents meet a condition."""
    clause = translate(cond)
    if clause is None:
        return sum(1 for _ in find(session, table, cond))
    if not session.has(table):
        return 0
    rows = session.rows(f'SELECT count(*) FROM "{table}" WHERE {clause.sql}', clause.values)
    return sum(int(row[0]) for row in rows)
