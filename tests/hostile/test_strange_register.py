"""What somebody put into a register file, or took out of its index on words, is told when it is read after."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.maintenance.findings import Kind
from gehoor.services.maintenance.repair import repair
from gehoor.services.maintenance.verify import verify
from gehoor.services.projection.projection import reading_projection
from gehoor.services.records.tables import SCHEMAS
from tests.support.clock import at
from tests.support.de_linde import de_linde, open_by_web

IGNORE = "BEGIN SELECT raise(ignore); END"
WORDS = '"words:texts"'


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """The file of a register with a few dossiers."""
    path = tmp_path / "register.db"
    store = TinyDBStore(path, SCHEMAS)
    runtime = de_linde(store)
    for number in range(3):
        open_by_web(runtime, f"2026-05-12 09:0{number}", uiteenzetting=f"De soep was {number} keer koud.")
    with reading_projection(
        runtime
    ) as register:  # What is found by its words is worked out before anyone looks.
        assert register.tables.count("texts")
    yield path
    store.close()


def told(file: Path) -> list[str]:
    store = TinyDBStore(file, SCHEMAS)
    try:
        return [one.detail for one in verify(store).findings if one.kind is Kind.STRUCTURE]
    finally:
        store.close()


def tampered(file: Path, sql: str) -> list[str]:
    connection = sqlite3.connect(file)
    connection.execute(sql)
    connection.commit()
    connection.close()
    return told(file)


def lost_words(file: Path, sql: str) -> list[str]:
    connection = sqlite3.connect(file)
    connection.execute(sql)
    connection.commit()
    connection.close()
    store = TinyDBStore(file, SCHEMAS)
    try:
        return [one.table for one in verify(store).findings if one.kind is Kind.WORDS]
    finally:
        store.close()


def test_as_it_was_made_nothing_is_told(file: Path) -> None:
    assert told(file) == []


@pytest.mark.parametrize(
    ("sql", "detail"),
    [
        (f"CREATE TRIGGER t BEFORE INSERT ON access_log {IGNORE}", "trigger t: not made by Gehoor"),
        (f"CREATE TRIGGER t BEFORE INSERT ON ledger WHEN 1 {IGNORE}", "trigger t: not made by Gehoor"),
        (
            f'CREATE TRIGGER "words-of:texts:x" AFTER INSERT ON texts {IGNORE}',
            "trigger words-of:texts:x: not made by Gehoor",
        ),
        ("CREATE VIEW v AS SELECT * FROM accounts", "view v: not made by Gehoor"),
        ("CREATE TABLE t (a)", "table t: not made by Gehoor"),
        ("CREATE UNIQUE INDEX i ON messages (state)", "index i: not made by Gehoor"),
        (
            "ALTER TABLE access_log ADD COLUMN c INTEGER GENERATED ALWAYS AS (1) VIRTUAL NOT NULL ON CONFLICT IGNORE",
            "table access_log: not made by Gehoor",
        ),
    ],
)
def test_what_was_put_in_or_taken_out_is_told(file: Path, sql: str, detail: str) -> None:
    found = tampered(file, sql)
    assert any(one.startswith(detail) for one in found), found


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("crc INTEGER NOT NULL", "crc INTEGER NOT NULL CHECK (length(body) < 9999)"),
        ("key TEXT UNIQUE", "key TEXT UNIQUE ON CONFLICT REPLACE"),
        ("key TEXT UNIQUE", "key TEXT COLLATE NOCASE UNIQUE"),
    ],
)
def test_what_was_written_into_what_the_file_says_of_its_tables_is_told(
    file: Path, written: str, instead: str
) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA writable_schema = ON")
    changed = connection.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'events'", (written, instead)
    )
    connection.commit()
    connection.close()
    assert changed.rowcount == 1
    assert "table events: not made by Gehoor" in told(file)


@pytest.mark.parametrize(
    ("kind", "name", "sql"),
    [
        (
            "trigger",
            "sqlite_a",
            "CREATE TRIGGER sqlite_a BEFORE INSERT ON access_log BEGIN SELECT RAISE(IGNORE); END",
        ),
        ("view", "sqlite_v", "CREATE VIEW sqlite_v AS SELECT * FROM accounts"),
    ],
)
def test_what_is_called_as_sqlite_calls_its_own_is_told(file: Path, kind: str, name: str, sql: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA writable_schema = ON")
    table = "access_log" if kind == "trigger" else name
    connection.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, 0, ?)", (kind, name, table, sql))
    connection.commit()
    connection.close()
    assert f"{kind} {name}: not made by Gehoor" in told(file)


def test_what_sqlite_makes_itself_to_look_quicker_is_not_strange(file: Path) -> None:
    assert tampered(file, "ANALYZE") == []


OTHER_WORDS = "(SELECT group_concat(atom, char(10)) FROM json_each(body, '$.texts') WHERE type = 'text')"


@pytest.mark.parametrize(
    "sql",
    [
        f"INSERT INTO {WORDS}({WORDS}) VALUES ('delete-all')",
        'DELETE FROM "words:texts_data" WHERE id > 10',
        f"INSERT INTO {WORDS}({WORDS}, rowid, text) SELECT 'delete', doc_id, {OTHER_WORDS} FROM texts WHERE doc_id = 1",
        f"INSERT INTO {WORDS}({WORDS}, rowid, text) VALUES ('delete', 1, 'soep')",
        f"INSERT INTO {WORDS} (rowid, text) SELECT 9999, {OTHER_WORDS} FROM texts WHERE doc_id = 1",
    ],
)
def test_what_is_not_found_by_its_own_words_alone_is_told_and_is_after_a_repair(file: Path, sql: str) -> None:
    assert lost_words(file, sql) == ["texts"]
    store = TinyDBStore(file, SCHEMAS)
    try:
        runtime = de_linde(store)
        repair(runtime, at("2026-05-12 10:00"))
        assert verify(store).findings == []
        with reading_projection(runtime) as register:
            assert len(list(register.tables.search("texts", ["soep"]))) == 3
    finally:
        store.close()
