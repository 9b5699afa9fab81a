"""By which version of the format a register in a database lies, and bringing an earlier one up to this one."""
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any, Final

from gehoor.adapters.stores.postgres.connections import Connection, ConnectionPool, close_quietly
from gehoor.adapters.stores.postgres.dialect import POSTGRES
from gehoor.adapters.stores.postgres.errors import FAILURES, translated
from gehoor.adapters.stores.postgres.layout import PostgresLayout
from gehoor.adapters.stores.postgres.owners import Owners
from gehoor.adapters.stores.postgres.preparing import (
    MAKING,
    format_of,
    present_in,
    refuse_later,
    say_tables,
    tables_said,
    to_convert,
)
from gehoor.adapters.stores.postgres.row_security import setting_statement
from gehoor.adapters.stores.postgres.table_making import (
    FORMAT,
    layout_of,
    missing,
    said_of,
    schema_said,
    table_statement,
)
from gehoor.adapters.stores.sql.packing import pack, unpack
from gehoor.adapters.stores.sql.statements import all_statement
from gehoor.services.ports.belonging import EVERYWHERE
from gehoor.services.ports.store import Document, StoreUnavailableError, TableSchema

_MADE: Final = "made_anew"
_AT_ONCE: Final = 1000
_DAMAGED: Final = "the database is damaged"


def format_in(address: str) -> int | None:
    """Return the format of the register in a database, None where there is none. Nothing is made. Raises
    ``StoreUnavailableError``."""
    with _connected(address) as connection:
        return format_of(connection)


def is_earlier(address: str, schemas: Sequence[TableSchema]) -> bool:
    """Say whether the tables of a register lie otherwise than they do now. Raises ``StoreUnavailableError``."""
    with _connected(address) as connection:
        if (format_of(connection) or 0) > FORMAT:
            return False
        said = tables_said(connection)
        return any(to_convert(said, schema) for schema in schemas)


def is_held(address: str) -> bool:
    """Say whether the database holds who works with a register to its policies: it holds nobody who may do anything.
    Raises ``StoreUnavailableError``."""
    with _connected(address) as connection:
        row = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return row.fetchone() == (False,)


def migrate(address: str, schemas: Sequence[TableSchema]) -> None:
    """Bring a register up to this version: all of it in one transaction, or nothing. Raises
    ``StoreUnavailableError``."""
    with _connected(address) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (MAKING,))
        with connection.transaction():
            refuse_later(connection)
            connection.execute(setting_statement(EVERYWHERE).encode())
            said = tables_said(connection)
            owners = Owners(partial(_asked, connection), {one.name: one for one in schemas}, EVERYWHERE)
            for schema in schemas:
                if source := to_convert(said, schema):
                    _convert(connection, schema_said(source, said[source]), schema, owners)
                    said.pop(source)
                for name in schema.replaces:
                    connection.execute(f'DROP TABLE IF EXISTS "{name}"'.encode())
                    said.pop(name, None)
            if wanted := missing(schemas, present_in(connection)):
                connection.execute("; ".join(wanted).encode())
            say_tables(connection, {**said, **{schema.name: said_of(schema) for schema in schemas}})


def _convert(connection: Connection, source: TableSchema, schema: TableSchema, owners: Owners) -> None:
    before, after = layout_of(source), layout_of(schema)
    owners.instead[schema.name] = _MADE
    connection.execute(table_statement(schema, _MADE).encode())
    number = () if after.narrow else ("doc_id",)
    names = ", ".join([*number, *after.written])
    marks = ", ".join(["%s"] * (len(number) + len(after.written)))
    with connection.cursor("before") as reading, connection.cursor() as writing:
        reading.itersize = _AT_ONCE
        rows = _documents(reading.execute(all_statement(before).encode()), before)
        # Each time so many: the two take turns on one connection.
        while batch := list(islice(rows, _AT_ONCE)):
            made = list(_rows(batch, after, owners))
            writing.executemany(f'INSERT INTO "{_MADE}" ({names}) VALUES ({marks})'.encode(), made)
    owners.instead.pop(schema.name)
    connection.execute(f'DROP TABLE "{source.name}"'.encode())
    connection.execute(f'ALTER TABLE "{_MADE}" RENAME TO "{schema.name}"'.encode())
    if not after.narrow:
        highest = f'(SELECT coalesce(max(doc_id), 0) + 1 FROM "{schema.name}")'
        sequence = f"pg_get_serial_sequence('\"{schema.name}\"', 'doc_id')"
        connection.execute(f"SELECT setval({sequence}, {highest}, false)".encode())


def _documents(rows: Any, before: PostgresLayout) -> Iterator[tuple[int, str, Document]]:
    """Return the documents of rows as they lay. Raises ``StoreUnavailableError`` for one that is damaged: which column
    says what would have to be guessed."""
    for number, *row in rows:
        try:
            key, document = unpack(before, POSTGRES.given(before, row))
        except (ValueError, TypeError):
            raise StoreUnavailableError(_DAMAGED) from None
        yield number, str(key), document


def _rows(
    documents: Sequence[tuple[int, str, Document]], after: PostgresLayout, owners: Owners
) -> Iterator[Sequence[Any]]:
    """Return rows as they lie now."""
    keyed = [(key, document) for _, key, document in documents]
    places = owners.of(after.schema, keyed) if after.schema.owner else [""] * len(keyed)
    for (number, key, document), place in zip(documents, places, strict=True):
        try:
            made = POSTGRES.kept(after, pack(after, key, document, lenient=True))
        except (ValueError, TypeError):
            raise StoreUnavailableError(_DAMAGED) from None
        yield (*(() if after.narrow else (number,)), *made, *((place,) if after.placed else ()))


def _asked(connection: Connection, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    return connection.execute(sql.encode(), values).fetchall()


@contextmanager
def _connected(address: str) -> Iterator[Connection]:
    """Give a connection of its own, in no transaction."""
    connection = ConnectionPool(address).take()
    try:
        yield connection
    except FAILURES as error:
        raise translated(error) from error
    finally:
        close_quietly(connection)
