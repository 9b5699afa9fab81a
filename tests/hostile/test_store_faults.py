"""What the embedded store acknowledged is there, whatever happens to the process, the disk or the file."""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.ports.store import Column, ColumnKind, StoreUnavailableError, TableSchema
from tests.hostile.store_worker import SCHEMAS
from tests.support.faults import Tell
from tests.support.patience import PATIENCE
from tests.support.places import SOURCE

WORKER = Path(__file__).with_name("store_worker.py")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SOURCE)}


def _worker(task: str, file: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(WORKER), task, str(file), name, str(count)]
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TinyDBStore]:
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    yield store
    store.close()


def _write(store: TinyDBStore, key: str, size: int = 10) -> None:
    with store.transaction() as tables:
        tables.insert("cases", key, {"number": 1, "text": "x" * size})


def _keys(store: TinyDBStore, table: str = "cases") -> set[str]:
    return {document["_key"] for document in store.database.table(table)}


# Killed


@pytest.mark.parametrize("kills", [15, pytest.param(300, marks=pytest.mark.soak)])
def test_a_killed_process_loses_nothing_it_acknowledged(tmp_path: Path, kills: int, fault: Tell) -> None:
    file = tmp_path / "register.db"
    chance = random.Random(kills)
    acknowledged: set[str] = set()
    for round_ in range(kills):
        worker = _worker("pairs", file, f"w{round_}", 100_000)
        assert worker.stdout is not None
        # The first line shows that it has opened the file; then the blow falls anywhere in its work.
        first = worker.stdout.readline()
        time.sleep(chance.uniform(0, 0.1))
        worker.kill()
        # Not communicate(): it passes over what readline() has read ahead.
        rest = worker.stdout.read()
        worker.stdout.close()
        worker.wait(timeout=PATIENCE)
        acknowledged.update(line for line in (first + rest).split("\n")[:-1])
    assert len(acknowledged) >= kills
    store = TinyDBStore(file, SCHEMAS)
    cases, events = _keys(store), _keys(store, "events")
    counted = sum(document["n"] for document in store.database.table("counters"))
    assert store.problems() == []
    store.close()
    assert acknowledged <= cases, "acknowledged, and lost"
    assert cases == events, "half a transaction"
    assert counted == len(cases)
    assert len(cases - acknowledged) <= kills, "only the last of each may be unknown to the one who wrote it"
    fault("kill -9 of a process that writes", kills, "acknowledged writes lost")


def test_processes_draw_numbers_without_gap_or_double(tmp_path: Path) -> None:
    processes, each = 8, 25
    workers = [_worker("numbers", tmp_path / "register.db", str(number), each) for number in range(processes)]
    for worker in workers:
        worker.communicate(timeout=PATIENCE)
        assert worker.returncode == 0
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    with store.snapshot() as tables:
        drawn = [row["number"] for row in tables.select("cases", order_by=["number"])]
        assert tables.get("counters", "series") == {"n": processes * each}
    store.close()
    assert drawn == list(range(1, processes * each + 1))


# The disk


def test_a_full_disk_is_reported_and_outlived(store: TinyDBStore) -> None:
    _write(store, "before")
    with store.database.storage.transaction() as session:
        pages = session.connection.execute("PRAGMA page_count").fetchone()[0]
        session.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreUnavailableError, match="the disk is full"):
        _write(store, "too much", size=100_000)
    assert _keys(store) == {"before"}
    _write(store, "after", size=100_000)
    assert _keys(store) == {"before", "after"}


def test_after_a_failure_inside_it_a_transaction_can_only_be_undone(store: TinyDBStore) -> None:
    def carry_on() -> None:
        with store.transaction() as tables:
            tables.insert("cases", "before", {})
            pages = store.database.storage.current.connection.execute("PRAGMA page_count").fetchone()[0]
            store.database.storage.current.connection.execute(f"PRAGMA max_page_count = {pages}")
            with pytest.raises(StoreUnavailableError):
                tables.insert("cases", "too much", {"text": "x" * 100_000})
            with pytest.raises(StoreUnavailableError):
                tables.get("cases", "before")

    with pytest.raises(StoreUnavailableError):
        carry_on()
    assert _keys(store) == set()


def test_a_write_that_fails_is_reported_and_outlived(tmp_path: Path) -> None:
    # A process of its own, since the limit on file sizes holds for all that a process writes.
    script = f"""
import resource, sys
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.ports.store import StoreUnavailableError, TableSchema
store = TinyDBStore(sys.argv[1], [TableSchema("cases")])
def write(key, size):
    with store.transaction() as tables:
        tables.insert("cases", key, {{"text": "x" * size}})
write("before", 10)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, {resource.RLIM_INFINITY}))
for _ in range(2):
    try:
        write("too much", 1_000_000)
    except StoreUnavailableError as error:
        print(error)
with store.snapshot() as tables:
    assert tables.get("cases", "before") and not tables.get("cases", "too much")
write("small", 10)
resource.setrlimit(resource.RLIMIT_FSIZE, ({resource.RLIM_INFINITY}, {resource.RLIM_INFINITY}))
write("after", 1_000_000)
with store.snapshot() as tables:
    print(tables.count("cases"))
store.close()
"""
    assert _run(script, tmp_path / "register.db") == ["reading or writing the disk failed"] * 2 + ["3"]


def test_a_read_only_file_is_reported_and_outlived() -> None:
    # Not in tmp_path: to an administrator nothing is read-only, so the child takes another identity first.
    folder = Path(tempfile.mkdtemp(prefix="gehoor-"))
    # What the standard library imports late is imported before: the other identity may not read it.
    script = """
import os, sys, urllib.parse
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.ports.store import StoreUnavailableError, TableSchema
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
folder, file = os.path.dirname(sys.argv[1]), sys.argv[1]
def write(key):
    with store.transaction() as tables:
        tables.insert("cases", key, {})
def read():
    with store.snapshot() as tables:
        return tables.count("cases")
store = TinyDBStore(file, [TableSchema("cases")])
write("before")
store.close()
os.chmod(file, 0o400)
store = TinyDBStore(file, [TableSchema("cases")])
store.stamp()
for _ in range(2):
    try:
        write("refused")
    except StoreUnavailableError as error:
        print(error)
print(read())
os.chmod(file, 0o600)
write("after")
print(read())
store.close()
os.chmod(folder, 0o500)
try:
    TinyDBStore(os.path.join(folder, "new.db"), [])
except StoreUnavailableError as error:
    print(error)
os.chmod(folder, 0o700)
"""
    try:
        if os.geteuid() == 0:
            os.chown(folder, 65534, 65534)
        lines = _run(script, folder / "register.db")
    finally:
        shutil.rmtree(folder)
    assert lines == [
        "the file is read-only",
        "the file is read-only",
        "1",
        "2",
        "the file cannot be made: Permission denied",
    ]


def _run(script: str, file: Path) -> list[str]:
    command = [sys.executable, "-c", script, str(file)]
    done = subprocess.run(
        command, env=ENVIRONMENT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_register_somebody_keeps_locked_is_reported(
    store: TinyDBStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(store, "before")
    other = sqlite3.connect(tmp_path / "register.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("gehoor.adapters.stores.sqlite.register_file.PATIENCE", 0.05)
    with pytest.raises(StoreUnavailableError, match="locked too long"):
        _write(store, "waiting")
    assert _keys(store) == {"before"}
    other.close()
    # And by a thread of our own.
    with store.transaction(), ThreadPoolExecutor(1) as pool:
        refused = pool.submit(_write, store, "waiting").exception()
    assert isinstance(refused, StoreUnavailableError)
    _write(store, "after")


# The file


def test_what_is_no_register_is_reported(tmp_path: Path) -> None:
    (tmp_path / "register.db").write_text("Dear sir, " * 1000)
    with pytest.raises(StoreUnavailableError, match="no register"):
        TinyDBStore(tmp_path / "register.db", SCHEMAS)
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(StoreUnavailableError, match="cannot be opened"):
        TinyDBStore(tmp_path / "folder.db", SCHEMAS)


def test_a_changed_letter_in_a_document_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "register.db"
    store = TinyDBStore(file, SCHEMAS)
    with store.transaction() as tables:
        tables.insert("cases", "good", {"text": "nothing the matter"})
        tables.insert("cases", "bad", {"text": "the original words"})
    store.close()
    content = file.read_bytes()
    assert content.count(b"original") == 1
    file.write_bytes(content.replace(b"original", b"0riginal"))
    store = TinyDBStore(file, SCHEMAS)
    with store.snapshot() as tables:
        assert tables.get("cases", "good") == {"text": "nothing the matter"}
        with pytest.raises(StoreUnavailableError, match="document 2 is damaged"):
            tables.get("cases", "bad")
    assert store.problems() == ["cases: document 2 is damaged"]
    store.close()


COLUMNS = (
    TableSchema(
        "lines",
        (("place", "due_at"),),
        columns=(
            Column("place", required=True), Column("n", ColumnKind.INTEGER), Column("open", ColumnKind.BOOLEAN),
            Column("due_at", ColumnKind.INSTANT), Column("hash", ColumnKind.HASH), Column("marks", ColumnKind.TEXTS),
        ),
        key="id",
    ),
    TableSchema(
        "links",
        columns=(Column("hash", ColumnKind.HASH, required=True), Column("ago", ColumnKind.INTEGER, required=True)),
        key="id",
        narrow=True,
        clustered=("hash", "ago"),
    ),
)  # fmt: skip


def _line(number: int) -> dict[str, object]:
    return {
        "id": f"{number:02}", "place": f"place {number % 3}", "n": number, "open": number % 2 == 0,
        "due_at": f"2026-03-{number % 28 + 1:02}T09:00:00.000000Z", "hash": f"{number:064x}",
        "marks": ["late"] * (number % 2), "text": "words " * 10,
    }  # fmt: skip


def _link(number: int) -> dict[str, object]:
    return {"id": f"{number:02}", "hash": f"{number % 7:064x}", "ago": -number}


@pytest.mark.parametrize("flips", [150, pytest.param(3000, marks=pytest.mark.soak)])
def test_a_flipped_bit_in_a_column_gives_an_error_or_the_truth(
    tmp_path: Path, flips: int, fault: Tell
) -> None:
    file = tmp_path / "register.db"
    truth = {"lines": [_line(n) for n in range(60)], "links": [_link(n) for n in range(60)]}
    store = TinyDBStore(file, COLUMNS)
    with store.transaction() as tables:
        for table, documents in truth.items():
            tables.insert_many(table, ((str(one["id"]), one) for one in documents))
    store.close()
    content = file.read_bytes()
    chance = random.Random(flips)
    noticed = 0
    for _ in range(flips):
        position = chance.randrange(len(content))
        damaged = bytearray(content)
        damaged[position] ^= 1 << chance.randrange(8)
        file.write_bytes(damaged)
        try:
            store = TinyDBStore(file, COLUMNS)
        except StoreUnavailableError:
            noticed += 1
            continue
        reported = bool(store.problems())
        found: dict[str, list[dict[str, object]]] = {}
        try:
            with store.snapshot() as tables:
                for table, documents in truth.items():
                    found[table] = tables.select(table)
                    assert [one for one in found[table] if one not in documents] == [], (
                        f"garbage at {position}"
                    )
        except StoreUnavailableError:
            assert reported
        finally:
            store.close()
        assert reported or found == truth, f"not noticed after a change at {position}"
        noticed += reported
    assert noticed
    fault("bits flipped in a column", flips, "untruths told")


@pytest.mark.parametrize("flips", [150, pytest.param(3000, marks=pytest.mark.soak)])
def test_a_flipped_bit_gives_an_error_or_the_truth(tmp_path: Path, flips: int, fault: Tell) -> None:
    file = tmp_path / "register.db"
    store = TinyDBStore(file, SCHEMAS)
    with store.transaction() as tables:
        for number in range(60):
            tables.insert("cases", f"{number:02}", {"number": number, "text": f"text {number} " * 20})
    store.close()
    content = file.read_bytes()
    chance = random.Random(flips)
    truth = {f"{number:02}": f"text {number} " * 20 for number in range(60)}
    noticed = 0
    for _ in range(flips):
        position = chance.randrange(len(content))
        damaged = bytearray(content)
        damaged[position] ^= 1 << chance.randrange(8)
        file.write_bytes(damaged)
        try:
            store = TinyDBStore(file, SCHEMAS)
        except StoreUnavailableError:
            noticed += 1
            continue
        found: dict[str, str] = {}
        reported = bool(store.problems())
        try:
            found = {document["_key"]: document["text"] for document in store.database.table("cases")}
            assert found.items() <= truth.items(), f"garbage after a change at {position}"
        except StoreUnavailableError:
            assert reported
        finally:
            store.close()
        # A bit in the unused part of a page harms nobody.
        assert reported or found == truth, f"not noticed after a change at {position}"
        noticed += reported
    assert noticed
    fault("bits flipped in a file", flips, "untruths told")
