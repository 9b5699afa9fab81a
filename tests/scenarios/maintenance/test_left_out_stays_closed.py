"""What was damaged when a copy was made reads as damaged in the register that is filled from it: what it kept closed
stays closed, until it is mended."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.dossier_in_dump import Dump
from gehoor.services.backups.restore import restore
from gehoor.services.backups.restore_damaged import restore_damaged
from gehoor.services.backups.restore_dossier import restore_dossier
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.maintenance.findings import Kind
from gehoor.services.maintenance.repair import repair
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.store import DamagedError, Store
from gehoor.services.records.left_out import MarkedTables, leave_out, snapshot
from gehoor.services.records.tables import LEFT_OUT, SCHEMAS
from gehoor.services.register.library import Library
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.worklist import work_list
from tests.scenarios.access.test_confidentiality import NOW, account, house, kept
from tests.support.de_linde import de_linde, fill, new_runtime, open_by_phone, publish_change

ABOUT = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["koen"]}


def hurt(file: Path, table: str, key: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        names = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        column = next(one for one in ("key", "id", "name", "dossier", "place") if one in names)
        changed = connection.execute(f'UPDATE "{table}" SET crc = crc + 1 WHERE "{column}" = ?', (key,))
        assert changed.rowcount == 1
        connection.commit()


def kept_in_a_copy(store: Store) -> list[bytes]:
    made = Backup(store, NOW)
    lines = list(made.lines())
    assert made.contents().left_out
    return lines


def filled_again(lines: list[bytes]) -> Runtime:
    """A register that is filled from a copy, in a store of another kind."""
    store = MemoryStore(SCHEMAS)
    restore(store, lines)
    return replace(new_runtime(store), library=Library())


def damaged_in(runtime: Runtime) -> set[tuple[str, str]]:
    found = verify(runtime.store).findings
    return {(one.table, one.key) for one in found if one.kind is Kind.DAMAGED}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


Work = Callable[[Runtime], None]


def copy_without(file: Path, table: str, key: str, work: Work) -> Runtime:
    """Return a register that was damaged, copied, and filled from that copy."""
    runtime = house(TinyDBStore(file, SCHEMAS))
    work(runtime)
    runtime.store.close()
    hurt(file, table, key)
    store = TinyDBStore(file, SCHEMAS)
    lines = kept_in_a_copy(store)
    store.close()
    return filled_again(lines)


def one_about_koen(runtime: Runtime) -> None:
    kept(runtime, "normaal")
    fill(runtime, "dossier-1", "2026-05-12 12:00", actor="els", **ABOUT)
    sweep(runtime, NOW)


def test_a_dossier_stays_closed_of_which_the_last_that_happened_was_left_out(file: Path) -> None:
    last: list[str] = []

    def work(runtime: Runtime) -> None:
        one_about_koen(runtime)
        with reading(runtime.store) as register:
            last.append(f"dossier-1/{register.events('dossier-1')[-1].sequence:06}")

    runtime = house(TinyDBStore(file, SCHEMAS))
    work(runtime)
    runtime.store.close()
    hurt(file, "events", last[0])
    store = TinyDBStore(file, SCHEMAS)
    again = filled_again(kept_in_a_copy(store))
    store.close()
    for who in ("koen", "els", ""):
        with pytest.raises(DamagedError):
            look(again, "dossier-1", NOW, who)
    assert ("events", last[0]) in damaged_in(again)


def test_nor_is_anything_written_in_its_place(file: Path) -> None:
    again = copy_without(file, "events", "dossier-1/000002", one_about_koen)
    with pytest.raises(DamagedError):
        fill(again, "dossier-1", "2026-05-13 12:00", actor="els", onderwerp="Anders")


def test_other_dossiers_are_as_they_were(file: Path) -> None:
    def work(runtime: Runtime) -> None:
        one_about_koen(runtime)
        open_by_phone(runtime, "2026-05-12 14:00")

    again = copy_without(file, "events", "dossier-1/000002", work)
    assert look(again, "dossier-2", NOW, "els").dossier.version == 1


def test_a_publication_that_was_left_out_lets_nothing_of_before_hold_again(file: Path) -> None:
    def work(runtime: Runtime) -> None:
        publish_change(runtime, lambda document: document.update(languages=["nl"]), "2026-05-12 13:00")

    again = copy_without(file, "publications", "de-linde/beukenhof/000002", work)
    with reading(again.store) as register:
        with pytest.raises(DamagedError):
            register.publications("de-linde", "beukenhof")
        assert ("de-linde", "beukenhof") in register.published_departments()


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("exclusions", "dossier-1/koen"),
        ("dossiers", "dossier-1"),
        ("confidential", "dossier-1"),
        ("accounts", "koen"),
    ],
)
def test_whom_a_dossier_is_about_reads_it_in_no_list(file: Path, table: str, key: str) -> None:
    def work(runtime: Runtime) -> None:
        kept(runtime, "streng")
        fill(runtime, "dossier-1", "2026-05-12 12:00", actor="els", **ABOUT)
        sweep(runtime, NOW)

    again = copy_without(file, table, key, work)
    assert damaged_in(again) == {(table, key)}
    try:
        koen = account(again, "koen")
    except (DamagedError, AssertionError):
        return
    assert work_list(again, koen, NOW).lines == ()


def test_an_account_that_was_left_out_is_nobody_else(file: Path) -> None:
    again = copy_without(file, "accounts", "koen", lambda _runtime: None)
    with writing(again.store) as register:
        with pytest.raises(DamagedError):
            register.account("koen")
        assert register.has_damaged_accounts()
        assert "koen" not in {one.name for one in register.accounts()}


def test_what_is_damaged_in_one_copy_is_left_out_of_the_next(file: Path) -> None:
    again = copy_without(file, "events", "dossier-1/000002", one_about_koen)
    second = Backup(again.store, NOW)
    lines = list(second.lines())
    assert second.contents().left_out == (("events", "dossier-1/000002"),)
    assert damaged_in(filled_again(lines)) == {("events", "dossier-1/000002")}


def test_a_mark_that_is_damaged_itself_still_marks(file: Path, tmp_path: Path) -> None:
    first = copy_without(file, "events", "dossier-1/000002", one_about_koen)
    lines = list(Backup(first.store, NOW).lines())
    other = tmp_path / "other.db"
    store = TinyDBStore(other, SCHEMAS)
    restore(store, lines)
    store.close()
    hurt(other, LEFT_OUT, "events/dossier-1/000002")
    runtime = new_runtime(TinyDBStore(other, SCHEMAS))
    assert ("events", "dossier-1/000002") in damaged_in(runtime)
    repair(runtime, NOW)
    assert damaged_in(runtime) == {("events", "dossier-1/000002")}
    runtime.store.close()


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("exclusions", "dossier-1/koen"),
        ("dossiers", "dossier-1"),
        ("texts", "dossier-1/all"),
    ],
)
def test_what_follows_from_events_is_mended_by_repair(file: Path, table: str, key: str) -> None:
    if table == "texts":
        runtime = house(TinyDBStore(file, SCHEMAS))
        one_about_koen(runtime)
        with snapshot(runtime.store) as tables:
            key = next(one for one, _ in tables.scan(table))
        runtime.store.close()
        file.unlink()
    again = copy_without(file, table, key, one_about_koen)
    repair(again, NOW)
    assert verify(again.store).findings == []


def test_what_kept_somebody_out_stays_damaged_where_its_dossier_cannot_be_read(file: Path) -> None:
    runtime = house(TinyDBStore(file, SCHEMAS))
    one_about_koen(runtime)
    runtime.store.close()
    hurt(file, "events", "dossier-1/000002")
    hurt(file, "exclusions", "dossier-1/koen")
    runtime = new_runtime(TinyDBStore(file, SCHEMAS))
    done = repair(runtime, NOW)
    assert ("exclusions", "dossier-1/koen") not in done.replaced
    assert ("exclusions", "dossier-1/koen") in damaged_in(runtime)
    runtime.store.close()


def test_an_agreement_that_was_left_out_is_there_again_when_the_same_is_published() -> None:
    runtime = replace(de_linde(), library=Library())
    with writing(runtime.store) as register:
        digest = register.publications("de-linde", "beukenhof")[-1].agreement
        kept_as = register.agreement_document(digest)
        assert kept_as is not None
        leave_out(register.tables, "agreements", digest)
    with reading(runtime.store) as register, pytest.raises(DamagedError):
        register.agreement_document(digest)
    with writing(runtime.store) as register:
        register.save_agreement(digest, *kept_as)
    with reading(runtime.store) as register:
        assert register.agreement_document(digest) == kept_as


def test_a_register_of_which_nothing_was_left_out_is_read_straight_from_its_store() -> None:
    with snapshot(MemoryStore(SCHEMAS)) as tables:
        assert not isinstance(tables, MarkedTables)


def dump_of(lines: list[bytes]) -> Dump:
    return lambda: nullcontext(lines)


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("events", "dossier-1/000002"),
        ("accounts", "koen"),
        ("publications", "de-linde/beukenhof/000001"),
        ("settings", "publication-numbers"),
        ("ledger", "000000000003"),
        ("salts", "dossier-1"),
    ],
)
def test_from_an_older_copy_it_comes_back(file: Path, table: str, key: str) -> None:
    older: list[bytes] = []

    def work(runtime: Runtime) -> None:
        one_about_koen(runtime)
        older.extend(Backup(runtime.store, NOW).lines())

    again = copy_without(file, table, key, work)
    restore_damaged(again.store, dump_of(older))
    assert verify(again.store).findings == []


def test_a_dossier_is_put_back_whole_from_an_older_copy(file: Path) -> None:
    older: list[bytes] = []

    def work(runtime: Runtime) -> None:
        one_about_koen(runtime)
        older.extend(Backup(runtime.store, NOW).lines())
        fill(runtime, "dossier-1", "2026-05-13 12:00", actor="els", onderwerp="Later")

    again = copy_without(file, "events", "dossier-1/000002", work)
    restore_dossier(again, dump_of(older), "dossier-1", NOW, replace=True)
    assert verify(again.store).findings == []
    assert look(again, "dossier-1", NOW, "els").dossier.values["onderwerp"] != "Later"
