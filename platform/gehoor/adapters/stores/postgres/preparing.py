"""Making what is missing of a register in a database, and refusing what another Gehoor made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from gehoor.adapters.stores.postgres.connections import Connection, ConnectionPool, close_quietly
from gehoor.adapters.stores.postgres.errors import FAILURES, translated
from gehoor.adapters.stores.postgres.table_making import (
    ABOUT,
    FORMAT,
    Present,
    about_statements,
    missing,
    said_of,
)
from gehoor.services.ports.store import StoreUnavailableError, TableSchema

LATER: Final = "it was written by a later Gehoor than this one"
EARLIER: Final = "it was written by an earlier Gehoor"
_OLDEST: Final = 150_000
"""The version of PostgreSQL that is needed at least, as it numbers itself."""
MAKING: Final = 0x6765686F6F72
"""The number of the lock under which tables are made."""
LOCK: Final = "1734960239, hashtext(current_schema())"
"""The numbers of the lock that who writes in a register holds: of its place and not of its tables, which may be put
back from a copy while processes run."""
_TABLES: Final = (
    "SELECT table_name, column_name, data_type FROM information_schema.columns "
    "WHERE table_schema = current_schema()"
)
_INDEXES: Final = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
_POLICIES: Final = (
    "SELECT relname, polname FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid "
    "WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity AND relforcerowsecurity"
)


def prepare(pool: ConnectionPool, schemas: Sequence[TableSchema]) -> None:
    """Make what is missing. Raises ``StoreUnavailableError``."""
    connection = pool.take()
    try:
        _refuse_unfit(connection)
        present = present_in(connection)
        if ABOUT in present.tables and not _wanted(connection, schemas, present):
            return
        connection.execute("SELECT pg_advisory_lock(%s)", (MAKING,))
        with connection.transaction():
            # Another may have made it meanwhile.
            if wanted := _wanted(connection, schemas, present_in(connection)):
                connection.execute("; ".join(wanted).encode())
                said = tables_said(connection)
                say_tables(connection, {**said, **{schema.name: said_of(schema) for schema in schemas}})
    except FAILURES as error:
        raise translated(error) from error
    finally:
        # With it goes the lock.
        close_quietly(connection)


def present_in(connection: Connection) -> Present:
    """Return what there is in the schema of a connection."""
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(_TABLES):
        tables.setdefault(table, {})[column] = kind
    policies: dict[str, set[str]] = {}
    for table, policy in connection.execute(_POLICIES):
        policies.setdefault(table, set()).add(policy)
    return Present(
        tables,
        frozenset(name for (name,) in connection.execute(_INDEXES)),
        {table: frozenset(names) for table, names in policies.items()},
    )


def format_of(connection: Connection) -> int | None:
    """Return the format that the tables lie by; None where there is no register."""
    present = present_in(connection)
    if ABOUT not in present.tables:
        return None
    row = connection.execute(f"SELECT format FROM {ABOUT}".encode()).fetchone()  # noqa: S608
    return row[0] if row else None


def tables_said(connection: Connection) -> dict[str, Any]:
    """Return how each table lies, as the register says it of itself."""
    row = connection.execute(f"SELECT tables FROM {ABOUT}".encode()).fetchone()  # noqa: S608
    found: dict[str, Any] = json.loads(row[0]) if row else {}
    return found


def say_tables(connection: Connection, said: Mapping[str, Any]) -> None:
    """Have the register say how each table lies."""
    sql = f"UPDATE {ABOUT} SET format = %s, tables = %s"  # noqa: S608
    connection.execute(sql.encode(), (FORMAT, json.dumps(said, sort_keys=True)))


def to_convert(said: Mapping[str, Any], schema: TableSchema) -> str | None:
    """Return the name of the table that has to become this one, if there is one."""
    for name in (schema.name, schema.formerly):
        if name in said:
            return None if name == schema.name and said[name] == said_of(schema) else name
    return None


def _wanted(connection: Connection, schemas: Sequence[TableSchema], present: Present) -> list[str]:
    """Return the SQL that is needed. Raises ``StoreUnavailableError`` for what another Gehoor made."""
    if ABOUT not in present.tables:
        return [*about_statements(), *missing(schemas, present)]
    refuse_later(connection)
    said = tables_said(connection)
    if any(to_convert(said, schema) for schema in schemas):
        raise StoreUnavailableError(EARLIER)
    return missing(schemas, present)


def refuse_later(connection: Connection) -> None:
    """Raise ``StoreUnavailableError`` for a register that a later Gehoor wrote."""
    number = format_of(connection)
    if number is not None and number > FORMAT:
        raise StoreUnavailableError(LATER)


def _refuse_unfit(connection: Connection) -> None:
    if connection.info.server_version < _OLDEST:
        raise StoreUnavailableError("the database is older than PostgreSQL 15")
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise StoreUnavailableError("the database does not keep texts as UTF8")
