"""What the database itself refuses, table by table and without Gehoor between: under the setting of one organisation
nothing of another is read, changed, taken out or added; and its keys are such that it can be spread by organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from gehoor.adapters.stores.postgres.connections import Connection, conninfo
from gehoor.adapters.stores.postgres.layout import PostgresLayout
from gehoor.adapters.stores.postgres.row_security import PLACE, SETTING
from gehoor.adapters.stores.postgres.table_making import layout_of
from gehoor.adapters.stores.postgres_store import PostgresStore
from gehoor.services.ports.store import ColumnKind, TableSchema
from gehoor.services.records.tables import SCHEMAS
from tests.support.postgres import Server

OWNED = [schema for schema in SCHEMAS if schema.owner]
NAMES = [schema.name for schema in OWNED]
HERE, THERE = "hier", "daar"
_VALUES = {
    ColumnKind.TEXT: "'x'",
    ColumnKind.INTEGER: "1",
    ColumnKind.BOOLEAN: "false",
    ColumnKind.TEXTS: "''",
    ColumnKind.INSTANT: "1",
    ColumnKind.HASH: "'\\x00'::bytea",
}


@pytest.fixture(scope="module")
def address(postgres: Server) -> str:
    """A register with a row of two organisations in each table, which nobody can read as a document."""
    address = postgres.new_address()
    PostgresStore(address, SCHEMAS).close()
    for schema in OWNED:
        for organisation in (HERE, THERE):
            postgres.ask(added(schema, organisation), address)
    return address


def added(schema: TableSchema, organisation: str, key: str = "") -> str:
    """Return the SQL that adds a row of an organisation to a table."""
    layout: PostgresLayout = layout_of(schema)
    values = {column.name: _VALUES[column.kind] for column in schema.columns}
    values |= {layout.key: f"'{key or organisation}'", "crc": "0", PLACE: f"'{organisation}'"}
    if not schema.narrow:
        values["body"] = "'{}'"
    names = ", ".join(f'"{name}"' for name in values)
    return f'INSERT INTO "{schema.name}" ({names}) VALUES ({", ".join(values.values())})'


@pytest.fixture
def connection(address: str) -> Iterator[Connection]:
    """Who a register is of, within the first organisation; nothing of it stays."""
    with psycopg.connect(conninfo(address)) as connection:
        connection.execute(f"SET LOCAL {SETTING} = '{HERE}'".encode())
        yield connection
        connection.rollback()


def ask(connection: Connection, sql: str) -> list[tuple[object, ...]]:
    cursor = connection.execute(sql.encode())
    return cursor.fetchall() if cursor.description else []


def changed(connection: Connection, sql: str) -> int:
    return connection.execute(sql.encode()).rowcount


def leaks(address: str) -> set[str]:
    """Return the tables of which somebody sees under the setting of one organisation what is of the other."""
    with psycopg.connect(conninfo(address)) as connection:
        connection.execute(f"SET LOCAL {SETTING} = '{HERE}'".encode())
        asked = {name: f"SELECT 1 FROM \"{name}\" WHERE {PLACE} = '{THERE}'" for name in NAMES}
        return {name for name, sql in asked.items() if ask(connection, sql)}


@pytest.mark.parametrize("table", NAMES)
def test_nothing_of_another_is_read_changed_or_taken_out(connection: Connection, table: str) -> None:
    theirs = f"WHERE {PLACE} = '{THERE}'"
    assert ask(connection, f'SELECT DISTINCT {PLACE} FROM "{table}"') == [(HERE,)]
    assert ask(connection, f'SELECT count(*) FROM "{table}" {theirs}') == [(0,)]
    assert changed(connection, f'UPDATE "{table}" SET crc = 1 {theirs}') == 0
    assert changed(connection, f'DELETE FROM "{table}" {theirs}') == 0
    assert changed(connection, f'UPDATE "{table}" SET crc = 1') == 1
    assert changed(connection, f'DELETE FROM "{table}"') == 1


@pytest.mark.parametrize("schema", OWNED, ids=lambda schema: schema.name)
def test_nothing_is_added_to_another_or_given_to_it(connection: Connection, schema: TableSchema) -> None:
    for sql in (added(schema, THERE, "nieuw"), f"UPDATE \"{schema.name}\" SET {PLACE} = '{THERE}'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
            ask(connection, sql)
    assert changed(connection, added(schema, HERE, "nieuw")) == 1


@pytest.mark.parametrize("setting", [None, "", "elders", "hier\\", "%", "HIER"])
@pytest.mark.parametrize("table", NAMES)
def test_without_that_setting_nothing_is_there(address: str, table: str, setting: str | None) -> None:
    with psycopg.connect(conninfo(address)) as connection:
        if setting is not None:
            ask(connection, f"SET LOCAL {SETTING} = '{setting}'")
        assert ask(connection, f'SELECT count(*) FROM "{table}"') == [(0,)]


@pytest.mark.parametrize("schema", OWNED, ids=lambda schema: schema.name)
def test_without_that_setting_nothing_is_added(address: str, schema: TableSchema) -> None:
    with psycopg.connect(conninfo(address)) as connection:
        for before in ("", f"SET LOCAL {SETTING} = ''; "):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                ask(connection, f"{before}{added(schema, HERE, 'nieuw')}")


def test_the_setting_is_gone_with_its_transaction(address: str) -> None:
    with psycopg.connect(conninfo(address), autocommit=True) as connection:
        with connection.transaction():
            ask(connection, f"SET LOCAL {SETTING} = '*'")
            assert ask(connection, "SELECT count(*) FROM events") == [(2,)]
        assert ask(connection, "SELECT count(*) FROM events") == [(0,)]


@pytest.mark.parametrize("table", NAMES)
@pytest.mark.parametrize("how", ["NO FORCE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY"])
def test_a_table_that_is_not_held_is_found_by_this(
    postgres: Server, address: str, table: str, how: str
) -> None:
    assert leaks(address) == set()
    postgres.ask(f'ALTER TABLE "{table}" {how}', address)
    try:
        assert leaks(address) == {table}
    finally:
        postgres.ask(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY', address)
        postgres.ask(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY', address)


@pytest.mark.parametrize("table", NAMES)
def test_a_policy_that_is_gone_closes_its_table_and_is_made_again(
    postgres: Server, address: str, table: str
) -> None:
    ((policy,),) = postgres.ask(
        f"SELECT polname FROM pg_policy WHERE polrelid = '{table}'::regclass", address
    )
    store = PostgresStore(address, SCHEMAS)
    postgres.ask(f'DROP POLICY "{policy}" ON "{table}"', address)
    assert store.structure() == [f"table {table}: not kept apart by organisation"]
    store.close()
    with psycopg.connect(conninfo(address)) as connection:
        ask(connection, f"SET LOCAL {SETTING} = '*'")
        assert ask(connection, f'SELECT count(*) FROM "{table}"') == [(0,)]
    store = PostgresStore(address, SCHEMAS)
    assert store.structure() == []
    store.close()


def test_a_policy_of_somebody_else_is_told(postgres: Server, address: str) -> None:
    store = PostgresStore(address, SCHEMAS)
    postgres.ask("CREATE POLICY open ON events USING (true)", address)
    assert store.structure() == ["policy open: not made by Gehoor"]
    postgres.ask("DROP POLICY open ON events", address)
    store.close()


# Spread over several servers

_UNIQUE = (
    "SELECT relname, attname FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
    "JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0] "
    "WHERE indisunique AND relnamespace = current_schema()::regnamespace"
)
_OF_THEMSELVES = (
    "SELECT conname FROM pg_constraint "
    "WHERE connamespace = current_schema()::regnamespace AND contype IN ('f', 'x', 't') "
    "UNION ALL SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal "
    "UNION ALL SELECT rulename FROM pg_rules WHERE schemaname = current_schema()"
)
_NUMBERED = (
    "SELECT DISTINCT data_type FROM information_schema.columns WHERE table_schema = current_schema() "
    "AND is_identity = 'YES'"
)


def test_every_key_of_an_organisation_begins_with_it(postgres: Server, address: str) -> None:
    keys: dict[str, set[str]] = {}
    for table, first in postgres.ask(_UNIQUE, address):
        keys.setdefault(str(table), set()).add(str(first))
    assert {name: keys[name] for name in NAMES} == {name: {PLACE} for name in NAMES}
    assert all(PLACE not in keys[schema.name] for schema in SCHEMAS if schema.shared)


def test_no_table_hangs_on_another_in_the_database(postgres: Server, address: str) -> None:
    assert postgres.ask(_OF_THEMSELVES, address) == []
    # Other numbers than these cannot be spread.
    assert postgres.ask(_NUMBERED, address) == [("bigint",)]


def test_the_organisation_is_always_there_and_compares_alike_everywhere(
    postgres: Server, address: str
) -> None:
    asked = (
        "SELECT DISTINCT data_type, is_nullable, collation_name FROM information_schema.columns "
        f"WHERE table_schema = current_schema() AND column_name = '{PLACE}' AND table_name = ANY(ARRAY{NAMES})"
    )
    assert postgres.ask(asked, address) == [("text", "NO", "C")]


def test_what_is_written_of_spreading_names_every_table_of_an_organisation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "scaling.md").read_text("utf-8")
    listed = text.partition("create_distributed_table(one")[2].partition("AS one")[0]
    assert {"events", *re.findall(r"'([a-z_]+)'", listed)} - {PLACE} == {*NAMES}
