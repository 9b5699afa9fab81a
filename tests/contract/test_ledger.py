"""The ledger is the same on every store: a row for each transaction that wrote, each following on the one before it."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.text.canonical_json import load
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.restore import restore
from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import Document, DuplicateKeyError, Store
from gehoor.services.records.ledger import add_row, head
from gehoor.services.records.ledger_entries import BEGUN, LEDGER
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import writing
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, new_runtime, open_by_phone

NOON = at("2026-05-12 12:00")


def rows(store: Store) -> list[Document]:
    with store.snapshot() as tables:
        return [row for _, row in tables.scan(LEDGER) if row is not None]


def write(store: Store, name: str, value: str) -> None:
    with writing(store) as register:
        register.save_setting(name, value)


def test_a_transaction_that_wrote_adds_one_row(store: Store) -> None:
    with writing(store) as register:
        register.save_setting("a", "1")
        register.save_setting("b", "1")
        register.next_number("BEU-2026")
    (row,) = rows(store)
    assert row["place"] == "000000000001"
    assert set(load(row["entries"])[""]) == {
        "settings/a", "settings/b", "settings/ledger", "counters/BEU-2026",
    }  # fmt: skip


def test_one_that_only_read_or_was_undone_adds_none(store: Store) -> None:
    with writing(store) as register:
        assert register.setting("a") is None
    with suppress(RuntimeError), writing(store) as register:
        register.save_setting("a", "1")
        raise RuntimeError
    assert rows(store) == []


def test_what_was_there_and_is_written_again_is_named_the_same(store: Store) -> None:
    for value in ("1", "2", "1"):
        write(store, "a", value)
    first, second, third = (load(row["entries"]) for row in rows(store))
    assert first[""]["settings/a"] == third[""]["settings/a"] != second[""]["settings/a"]


def test_no_two_rows_follow_on_the_same(store: Store) -> None:
    """Where a store lets several write at once, as others may, one of them has to try again."""
    write(store, "a", "1")
    with store.transaction() as tables:
        last = head(tables)
        assert last is not None
        again = {**last, "place": "000000000002"}
        tables.insert(LEDGER, "000000000002", again)
        with pytest.raises(DuplicateKeyError):
            tables.insert(LEDGER, "000000000002", again)


def test_many_who_write_at_once_follow_on_each_other(store: Store) -> None:
    write(store, BEGUN, "start")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: write(store, f"s{number}", "1"), range(40)))
    assert [row["place"] for row in rows(store)] == [f"{number:012}" for number in range(1, 42)]
    assert verify(store).findings == []


def test_who_writes_on_after_an_earlier_copy_was_put_back_follows_on_what_is_there(store: Store) -> None:
    runtime = de_linde(store)
    open_by_phone(runtime, "2026-05-12 14:00")
    copy = list(Backup(store, NOON).lines())
    for number in range(3):
        fill(runtime, "dossier-1", f"2026-05-12 15:0{number}", onderwerp=f"Bel {number}")
    restore(store, copy)
    open_by_phone(runtime, "2026-05-12 16:00")
    assert verify(store).findings == []


def test_another_who_wrote_meanwhile_is_followed_on(tmp_path: Path) -> None:
    first, second = (TinyDBStore(tmp_path / "register.db", SCHEMAS) for _ in range(2))
    one = replace(de_linde(first), new_id=iter("abcdef").__next__)
    other = replace(new_runtime(second), new_id=iter("uvwxyz").__next__)
    for number in range(3):
        open_by_phone(one, f"2026-05-12 14:0{number}")
        open_by_phone(other, f"2026-05-12 15:0{number}")
    assert verify(first).findings == []
    first.close()
    second.close()


def test_a_row_that_is_damaged_keeps_nobody_from_writing(tmp_path: Path) -> None:
    file = tmp_path / "register.db"
    store = TinyDBStore(file, SCHEMAS)
    runtime = de_linde(store)
    open_by_phone(runtime, "2026-05-12 14:00")
    last = rows(store)[-1]["place"]
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE ledger SET crc = crc + 1 WHERE place = ?", (last,))
        connection.commit()
    fill(runtime, "dossier-1", "2026-05-12 15:00", onderwerp="Bel")
    open_by_phone(runtime, "2026-05-12 16:00")
    found = verify(store).findings
    assert Finding(Kind.DAMAGED, LEDGER, last) in found
    assert not [one for one in found if one.kind is Kind.LEDGER]
    store.close()


def test_a_row_that_would_be_the_last_and_is_not_is_not_followed(store: Store) -> None:
    for number in range(3):
        write(store, "a", str(number))
    early = rows(store)[0]
    with store.transaction() as tables:
        added = add_row(tables, {"": {}}, early)
    assert added["place"] == "000000000004"


def test_a_register_in_which_nothing_was_published_yet_has_one_too(store: Store) -> None:
    with writing(store) as register:
        register.save_account(Account("els", "Els", "els@linde.example", "", ()))
    assert verify(store).findings == []
    de_linde(store)
    assert verify(store).findings == []
