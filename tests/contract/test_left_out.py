"""What was left out of a copy reads as a damaged row does, and all the rest as it does in any store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.ports.belonging import NOWHERE, Within
from gehoor.services.ports.store import Document, Store, Tables, Where
from gehoor.services.records.left_out import MarkedTables, leave_out, snapshot, transaction
from gehoor.services.records.tables import LEFT_OUT
from gehoor.services.records.tables import SCHEMAS as REGISTER
from tests.contract.store_contract import SCHEMAS, StoreContract

ELSEWHERE = "elsewhere"


def marked(tables: Tables) -> Tables:
    return MarkedTables(tables, {ELSEWHERE: {"x": {}}})


class MarkedMemory(MemoryStore):
    """A store in memory in which something was left out of a table that nobody asks for."""

    @contextmanager
    def snapshot(self, within: Within = NOWHERE) -> Iterator[Tables]:
        with super().snapshot(within) as tables:
            yield marked(tables)

    @contextmanager
    def transaction(self, within: Within = NOWHERE) -> Iterator[Tables]:
        with super().transaction(within) as tables:
            yield marked(tables)


class MarkedFile(TinyDBStore):
    """The same on disk."""

    @contextmanager
    def snapshot(self, within: Within = NOWHERE) -> Iterator[Tables]:
        with super().snapshot(within) as tables:
            yield marked(tables)

    @contextmanager
    def transaction(self, within: Within = NOWHERE) -> Iterator[Tables]:
        with super().transaction(within) as tables:
            yield marked(tables)


class TestMarkedMemory(StoreContract):
    durable = False

    def open_store(self, folder: Path) -> Store:
        return MarkedMemory(SCHEMAS)


class TestMarkedFile(StoreContract):
    durable = True

    def open_store(self, folder: Path) -> Store:
        return MarkedFile(folder / "register.db", SCHEMAS)


HURT = "a/000002"


def event(dossier: str, sequence: int) -> Document:
    moment = f"2026-05-12T14:00:{sequence:02}.000000Z"
    said: Document = {"dossier": dossier, "sequence": sequence, "kind": "x", "actor": "y", "at": moment}
    return {**said, **dict.fromkeys(("agreement", "previous", "hash"), "0" * 64)}


def filled(file: Path) -> Store:
    store = TinyDBStore(file, REGISTER)
    with store.transaction() as tables:
        for dossier, most in (("a", 3), ("b", 2)):
            for number in range(1, most + 1):
                tables.insert("events", f"{dossier}/{number:06}", event(dossier, number))
    return store


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Store]:
    store = filled(tmp_path / "damaged.db")
    with closing(sqlite3.connect(tmp_path / "damaged.db")) as connection:
        connection.execute("UPDATE events SET crc = crc + 1 WHERE key = ?", (HURT,))
        connection.commit()
    yield store
    store.close()


@pytest.fixture
def left_out(tmp_path: Path) -> Iterator[Store]:
    store = filled(tmp_path / "left_out.db")
    with store.transaction() as tables:
        tables.delete("events", HURT)
        leave_out(tables, "events", HURT)
    yield store
    store.close()


OF_A = {"dossier": "a"}
SOUND_A = Where(OF_A, sound_only=True)
ASKED: dict[str, Callable[[Tables], Any]] = {
    "it": lambda tables: tables.get("events", HURT),
    "another": lambda tables: tables.get("events", "a/000001"),
    "all of its dossier": lambda tables: tables.select("events", where=OF_A, order_by=("sequence",)),
    "the sound ones": lambda tables: tables.select("events", where=SOUND_A, order_by=("sequence",)),
    "the last": lambda tables: tables.select("events", where=OF_A, order_by=("-sequence",), limit=1),
    "the last two": lambda tables: tables.select("events", where=OF_A, order_by=("-sequence",), limit=2),
    "another dossier": lambda tables: tables.select("events", where={"dossier": "b"}),
    "all": lambda tables: tables.select("events"),
    "without it": lambda tables: tables.select("events", where=Where(OF_A, without=[HURT])),
    "its place": lambda tables: tables.select("events", where={**OF_A, "sequence": 2}),
    "another place": lambda tables: tables.select("events", where={**OF_A, "sequence": [1, 3]}),
    "up to its place": lambda tables: tables.select("events", where=OF_A, at_most=("sequence", 2)),
    "before its place": lambda tables: tables.select("events", where=OF_A, at_most=("sequence", 1)),
    "how many": lambda tables: tables.count("events", where=OF_A),
    "how many elsewhere": lambda tables: tables.count("events", where={"dossier": "b"}),
    "each": lambda tables: sorted(tables.scan("events"), key=lambda row: row[0]),
}
DONE: dict[str, Callable[[Tables], Any]] = {
    "added anew": lambda tables: tables.insert("events", HURT, event("a", 2)),
    "added with others": lambda tables: tables.insert_many(
        "events", [("a/000004", event("a", 4)), (HURT, event("a", 2))]
    ),
    "written over": lambda tables: tables.put("events", HURT, event("a", 2)),
    "written over with others": lambda tables: tables.put_many("events", [(HURT, event("a", 2))]),
    "taken out": lambda tables: tables.delete("events", HURT),
    "dropped": lambda tables: tables.drop_damaged("events"),
    "cleared": lambda tables: tables.clear("events"),
}


def said(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except Exception as error:
        return type(error).__name__


@pytest.mark.parametrize("what", ASKED)
def test_who_asks_gets_what_a_damaged_row_gives(what: str, damaged: Store, left_out: Store) -> None:
    answers = []
    for store in (damaged, left_out):
        with snapshot(store) as tables:
            answers.append(said(lambda tables=tables: ASKED[what](tables)))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("what", DONE)
def test_who_writes_leaves_what_they_leave_of_a_damaged_row(
    what: str, damaged: Store, left_out: Store
) -> None:
    after = []
    for store in (damaged, left_out):
        did = None
        try:
            with transaction(store) as tables:
                did = DONE[what](tables)
        except Exception as error:
            did = type(error).__name__
        with snapshot(store) as tables:
            after.append((did, sorted(tables.scan("events"), key=lambda row: row[0])))
    assert after[0] == after[1]


def test_what_was_mended_leaves_no_mark(left_out: Store) -> None:
    with transaction(left_out) as tables:
        tables.put("events", HURT, event("a", 2))
    with left_out.snapshot() as tables:
        assert tables.count(LEFT_OUT) == 0
