"""Where SQLite has the WAL-reset bug, no checkpoint runs while another writes, and nothing is lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from gehoor.adapters.stores.sqlite.connections.reset_bug import WriteLock
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.ports.store import StoreUnavailableError
from tests.hostile.store_worker import SCHEMAS
from tests.support.patience import PATIENCE
from tests.support.processes import environment

_PAGES = 8
"""Pages in the log at which it is copied: so few that each worker does so again and again."""
_WORKER = f"""
import sys
from gehoor.adapters.stores.sqlite import register_file
from gehoor.adapters.stores.sqlite.connections import reset_bug
reset_bug.GUARDED, register_file.CHECKPOINT_PAGES = True, {_PAGES}
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from tests.hostile.store_worker import SCHEMAS, pairs
store = TinyDBStore(sys.argv[1], SCHEMAS)
pairs(store, sys.argv[2], int(sys.argv[3]))
store.close()
"""


@pytest.fixture(autouse=True)
def guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gehoor.adapters.stores.sqlite.connections.reset_bug.GUARDED", True)
    monkeypatch.setattr("gehoor.adapters.stores.sqlite.register_file.CHECKPOINT_PAGES", _PAGES)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TinyDBStore]:
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    yield store
    store.close()


def _write(store: TinyDBStore, key: str) -> None:
    with store.transaction() as tables:
        tables.insert("cases", key, {"number": 1, "text": "x" * 2000})


@pytest.mark.parametrize("each", [60, pytest.param(4000, marks=pytest.mark.soak)])
def test_processes_that_write_and_copy_the_log_lose_nothing(
    store: TinyDBStore, tmp_path: Path, each: int
) -> None:
    file = tmp_path / "register.db"
    workers = [
        Popen([sys.executable, "-c", _WORKER, str(file), f"w{number}", str(each)], env=environment(),
              stdout=PIPE, text=True)
        for number in range(5)
    ]  # fmt: skip
    said = [worker.communicate(timeout=PATIENCE * 10)[0].split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * len(workers)
    acknowledged = {key for keys in said for key in keys}
    kept = {document["_key"] for document in store.database.table("cases")}
    assert acknowledged == kept
    assert len(kept) == len(workers) * each
    assert store.problems() == []


def test_the_log_does_not_grow_beyond_its_bound(store: TinyDBStore, tmp_path: Path) -> None:
    log = tmp_path / "register.db-wal"
    sizes = []
    for number in range(60):
        _write(store, str(number))
        sizes.append(log.stat().st_size)
    # A write adds some six pages to those at which the log is copied.
    assert max(sizes) < 4 * _PAGES * 4120
    assert sizes[-1] == sizes[len(sizes) // 2], "written over from its beginning"


def test_a_reader_keeps_what_it_reads_and_the_log_grows_no_more_after_it(
    store: TinyDBStore, tmp_path: Path
) -> None:
    log = tmp_path / "register.db-wal"
    _write(store, "before")
    with store.snapshot() as tables:
        with ThreadPoolExecutor(1) as pool:
            list(pool.map(lambda number: _write(store, str(number)), range(30)))
        assert tables.count("cases") == 1
    for number in range(30, 40):
        _write(store, str(number))
    grown = log.stat().st_size
    for number in range(40, 90):
        _write(store, str(number))
    assert log.stat().st_size == grown


def test_the_log_is_copied_only_by_who_holds_the_lock(store: TinyDBStore, tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "register.db")
    held: list[bool] = []

    def look(statement: str) -> None:
        if "wal_checkpoint" in statement:
            try:
                with lock.held(0):
                    held.append(False)
            except StoreUnavailableError:
                held.append(True)

    with store.database.storage.snapshot() as session:
        session.connection.set_trace_callback(look)
    for number in range(30):
        _write(store, str(number))
    assert held
    assert all(held)


def test_nobody_writes_while_another_holds_the_lock(
    store: TinyDBStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gehoor.adapters.stores.sqlite.register_file.PATIENCE", 0.05)
    with (
        WriteLock(tmp_path / "register.db").held(1),
        pytest.raises(StoreUnavailableError, match="locked too long"),
    ):
        _write(store, "refused")
    _write(store, "after")
    assert [document["_key"] for document in store.database.table("cases")] == ["after"]


def test_a_lock_whose_file_was_taken_away_is_none(tmp_path: Path) -> None:
    (tmp_path / "register.db").touch()
    first, second = WriteLock(tmp_path / "register.db"), WriteLock(tmp_path / "register.db")
    with first.held(0):
        second.remove()
        assert first.file.exists(), "it is in use"
        first.file.unlink()
        # Whoever comes now locks another file, and whoever waited for the first one finds it is no longer there.
        with second.held(1):
            assert second.file.exists()
