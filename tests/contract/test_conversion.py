"""A register that an earlier Gehoor wrote is made into one as it lies now: all of it, or not at all."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.dossier.events import verify
from gehoor.services.ports.store import Column, ColumnKind, Index, StoreUnavailableError, TableSchema
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from tests.support.patience import PATIENCE
from tests.support.places import SOURCE

BEFORE = Path(__file__).with_name("registers") / "before_columns.sql"
RENAMED = {"sightings": "match_keys"}
HALF_WAY = """
import os, signal, sys
from gehoor.adapters.stores.sqlite.tables import conversion
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.records.tables import SCHEMAS
made, left = conversion.table_statement, int(sys.argv[2])
def stop(*given):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return made(*given)
conversion.table_statement = stop
TinyDBStore(sys.argv[1], SCHEMAS)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A register of before there were columns."""
    path = tmp_path / "register.db"
    connection = sqlite3.connect(path)
    connection.executescript(BEFORE.read_text("utf-8"))
    connection.close()
    return path


def kept(file: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Every document of an old register by table and key, read with SQLite alone."""
    connection = sqlite3.connect(file)
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if ":" not in name
    ]
    found = {
        name: {key: json.loads(body) for key, body in connection.execute(f'SELECT key, body FROM "{name}"')}
        for name in names
    }
    connection.close()
    return found


def lost(store: TinyDBStore, before: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    """What was kept and is not there any more, or is otherwise."""
    found = []
    with store.snapshot() as tables:
        for table, documents in before.items():
            now = RENAMED.get(table, table)
            found += [table] if tables.count(now) != len(documents) else []
            for key, document in documents.items():
                there = tables.get(now, key) or {}
                # The id of a match key says of which dossier it is, once.
                told = {**there, "dossier": key.partition("/")[0]} if table in RENAMED else there
                found += [
                    f"{table} {key} {name}"
                    for name, value in document.items()
                    if told.get(name) != value or (name not in told)
                ]
    return found


def test_nothing_is_lost(file: Path) -> None:
    before = kept(file)
    assert sum(map(len, before.values())) > 30
    store = TinyDBStore(file, SCHEMAS)
    assert lost(store, before) == []
    assert store.problems() == []
    store.close()


def test_the_register_means_what_it_meant(file: Path) -> None:
    store = TinyDBStore(file, SCHEMAS)
    with reading(store) as register:
        for dossier in ("d1", "d2", "d3"):
            verify(register.events(dossier))
        first, second = register.summary("d1"), register.summary("d2")
        assert first is not None
        assert second is not None
        assert (first.flags, first.code_hash) == (("Ernstig", 'a "b" \\ c'), f"{100:064x}")
        assert (second.excluded, second.handler, second.attention_at) == (
            ("jo",),
            "els",
            "2026-06-06T12:00:00.000000Z",
        )
        assert second.terms[0]["remind_at"] == second.attention_at
        assert register.by_code(f"{100:064x}") == first
        assert [one.dossier for one in register.match_keys(f"{500:064x}", 0, 9)] == ["d3", "d2", "d1"]
        assert register.excluded_dossiers("jo") == {"d2"}
        found = register.tables.search("texts", ["elise"])
        assert [one["dossier"] for one in found] == ["d3", "d2"]
    store.close()


def test_words_go_on_following_the_documents(file: Path) -> None:
    store = TinyDBStore(file, SCHEMAS)
    with store.transaction() as tables:
        document = tables.get("texts", "d2/")
        assert document is not None
        tables.put("texts", "d2/", {**document, "texts": ["iets anders"]})
        assert [one["dossier"] for one in tables.search("texts", ["anders"])] == ["d2"]
        assert [one["dossier"] for one in tables.search("texts", ["elise"])] == ["d3"]
    store.close()


def test_the_numbers_that_tinydb_knows_stay(file: Path) -> None:
    connection = sqlite3.connect(file)
    before = dict(connection.execute("SELECT key, doc_id FROM texts").fetchall())
    connection.close()
    store = TinyDBStore(file, SCHEMAS)
    assert {one["_key"]: one.doc_id for one in store.database.table("texts")} == before
    store.close()


@pytest.mark.parametrize("tables", [1, 2, 5, 9])
def test_killed_half_way_it_is_as_it_was_and_is_converted_the_next_time(file: Path, tables: int) -> None:
    before = kept(file)
    command = [sys.executable, "-c", HALF_WAY, str(file), str(tables)]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(command, env=environment, check=False, timeout=PATIENCE)
    assert done.returncode == -signal.SIGKILL
    assert kept(file) == before
    store = TinyDBStore(file, SCHEMAS)
    assert lost(store, before) == []
    store.close()


def test_opened_again_nothing_is_written(file: Path) -> None:
    TinyDBStore(file, SCHEMAS).close()
    before = file.read_bytes()
    TinyDBStore(file, SCHEMAS).close()
    assert file.read_bytes() == before


def test_a_document_that_was_damaged_is_told_of_and_costs_no_other(file: Path) -> None:
    before = kept(file)
    connection = sqlite3.connect(file)
    connection.execute("UPDATE dossiers SET body = replace(body, 'De bel', 'De bal') WHERE key = 'd2'")
    connection.commit()
    connection.close()
    store = TinyDBStore(file, SCHEMAS)
    assert store.problems() == ["dossiers: document 2 is damaged"]
    del before["dossiers"]["d2"]
    with store.snapshot() as tables:
        assert tables.count("dossiers") == 3
        with pytest.raises(StoreUnavailableError, match="document 2 is damaged"):
            tables.get("dossiers", "d2")
        for key, document in before["dossiers"].items():
            found = tables.get("dossiers", key)
            assert found is not None
            assert document.items() <= found.items()
    store.close()


def test_a_register_of_a_later_gehoor_is_left_alone(file: Path) -> None:
    TinyDBStore(file, SCHEMAS).close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreUnavailableError, match="later Gehoor"):
        TinyDBStore(file, SCHEMAS)


def test_a_column_comes_and_goes_with_the_schema(tmp_path: Path) -> None:
    plain = TableSchema("cases", (("a",),))
    with_columns = TableSchema(
        "cases", (Index(("a",), also=("b",)),), columns=(Column("a"), Column("b", ColumnKind.INTEGER))
    )
    # The last does not fit: it stays where it was, and is still found when it is asked for by its key.
    documents: dict[str, dict[str, Any]] = {
        "k1": {"a": "x", "b": 1, "c": True}, "k2": {"a": None}, "k3": {}, "k4": {"a": 5, "b": "six"},
    }  # fmt: skip
    for schema in (plain, with_columns, plain):
        store = TinyDBStore(tmp_path / "register.db", [schema])
        with store.transaction() as tables:
            if not tables.count("cases"):
                tables.insert_many("cases", documents.items())
            assert {key: tables.get("cases", key) for key in documents} == documents
            assert tables.select("cases", where={"a": "x"}) == [documents["k1"]]
        assert store.problems() == []
        store.close()


def test_a_store_in_memory_has_nothing_to_convert() -> None:
    with MemoryStore(SCHEMAS).snapshot() as tables:
        assert tables.count("dossiers") == 0


def test_processes_that_open_it_at_once_convert_it_once(file: Path) -> None:
    before = kept(file)
    script = HALF_WAY.replace("os.kill(os.getpid(), signal.SIGKILL)", "print('converts')")
    command = [sys.executable, "-c", script, str(file), "1"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    processes = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    said = [process.communicate(timeout=PATIENCE)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * 4
    assert "".join(said) == "converts\n"
    store = TinyDBStore(file, SCHEMAS)
    assert lost(store, before) == []
    store.close()
