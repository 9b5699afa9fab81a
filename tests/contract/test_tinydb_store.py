"""The embedded store keeps the contract, and what a file on disk adds to it."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gehoor.adapters.stores.sqlite.connections.reset_bug import GUARDED
from gehoor.adapters.stores.sqlite.connections.stamp import FRESH
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.ports.store import Store, StoreUnavailableError, TableSchema
from tests.contract.store_contract import SCHEMAS, StoreContract
from tests.support.patience import PATIENCE
from tests.support.places import SOURCE


class TestTinyDBStore(StoreContract):
    durable = True

    def open_store(self, folder: Path) -> Store:
        return TinyDBStore(folder / "register.db", SCHEMAS)


def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = TinyDBStore(tmp_path / "new" / "register.db", SCHEMAS)
        with store.transaction() as tables:
            tables.insert("cases", "k", {})
        files = sorted((tmp_path / "new").iterdir())
        lock = ["register.db-lock"] if GUARDED else []
        assert [file.name for file in files] == ["register.db", *lock, "register.db-shm", "register.db-wal"]
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
        store.close()
    finally:
        os.umask(before)


def test_closing_leaves_one_file(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)

    def write(number: int) -> None:
        with store.transaction() as tables:
            tables.insert("cases", str(number), {})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(20)))
    store.close()
    assert [file.name for file in tmp_path.iterdir()] == ["register.db"]


@pytest.mark.parametrize(("guarded", "pages"), [(True, 0), (False, 4000)])
def test_every_connection_keeps_the_promise(
    tmp_path: Path, guarded: bool, pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gehoor.adapters.stores.sqlite.connections.reset_bug.GUARDED", guarded)
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    for _ in range(2):
        with store.database.storage.snapshot() as session:
            settings = [
                next(session.rows(f"PRAGMA {name}"))[0]
                for name in ("synchronous", "journal_mode", "busy_timeout", "wal_autocheckpoint")
            ]
        assert settings == [2, "wal", 30_000, pages], "2 is FULL: one fsync for each commit"
    store.close()


def test_the_member_that_shows_the_key_is_the_stores_own(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    with store.transaction() as tables, pytest.raises(ValueError, match="_key"):
        tables.insert("cases", "k", {"_key": "other"})
    store.close()


def test_indexes_follow_the_schema_when_it_changes(tmp_path: Path) -> None:
    def indexes(*members: tuple[str, ...]) -> set[str]:
        store = TinyDBStore(tmp_path / "register.db", [TableSchema("cases", members)])
        with store.transaction() as tables:
            tables.put("cases", "k", {"a": 1})
        store.close()
        connection = sqlite3.connect(tmp_path / "register.db")
        found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
        names = {name for (name,) in found}
        connection.close()
        return names

    assert indexes(("a",), ("a", "b")) == {"cases.a", "cases.a.b"}
    assert indexes(("b",)) == {"cases.b"}
    assert indexes() == set()


@pytest.mark.parametrize("name", ["", "Cases", "a b", 'a"', "a;b", "sqlite_x", "é", "a.b", "a\n"])
def test_a_table_name_is_plain(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="A table is named"):
        TinyDBStore(tmp_path / "register.db", [TableSchema(name)])


def test_a_register_that_was_replaced_is_read_afresh(tmp_path: Path) -> None:
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    restored = TinyDBStore(tmp_path / "restored.db", SCHEMAS)
    for target, text in ((store, "old"), (restored, "restored")):
        with target.transaction() as tables:
            tables.insert("cases", "k", {"text": text})
    restored.close()
    (tmp_path / "register.db").unlink()
    with pytest.raises(StoreUnavailableError, match="cannot be found"), store.snapshot():
        pass
    for leftover in tmp_path.glob("register.db-*"):
        leftover.unlink()
    (tmp_path / "restored.db").rename(tmp_path / "register.db")
    with store.snapshot() as tables:
        assert tables.get("cases", "k") == {"text": "restored"}
    store.close()


def test_a_stamp_knows_what_another_opened_and_that_the_file_is_another(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    store, other = TinyDBStore(path, SCHEMAS), TinyDBStore(path, SCHEMAS)
    seen = [store.stamp()]
    with other.transaction() as tables:
        tables.put("cases", "k", {})
    time.sleep(FRESH)
    seen.append(store.stamp())
    other.close()
    for file in tmp_path.glob("register.db*"):
        file.unlink()
    time.sleep(FRESH)
    with pytest.raises(StoreUnavailableError, match="cannot be found"):
        store.stamp()
    TinyDBStore(path, SCHEMAS).close()
    seen.append(store.stamp())
    assert len(set(seen)) == 3
    assert store.stamp() == seen[-1]
    store.close()


def test_a_process_forked_off_does_not_share_connections(tmp_path: Path) -> None:
    script = """
import os, sys
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.ports.store import TableSchema
store = TinyDBStore(sys.argv[1], [TableSchema("cases")])
before = store.stamp()
child = os.fork()
assert store.stamp() == store.stamp()
for number in range(50):
    with store.transaction() as tables:
        tables.insert("cases", f"{'parent' if child else 'child'}{number}", {})
if not child:
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
with store.snapshot() as tables:
    print(tables.count("cases"))
assert store.stamp() != before
store.close()
"""
    command = [sys.executable, "-c", script, str(tmp_path / "register.db")]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=PATIENCE, env=environment
    )
    assert json.loads(done.stdout) == 100
