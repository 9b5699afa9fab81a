"""Whom the last that happened in a dossier shut out stays out when that is gone, whatever is made again or copied."""

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
from gehoor.services.backups.restore import restore
from gehoor.services.backups.restore_damaged import restore_damaged
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.reindex import reindex
from gehoor.services.jobs.sweep import sweep
from gehoor.services.maintenance.giving_up import give_up
from gehoor.services.maintenance.repair import repair
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.store import DamagedError
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.library import Library
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.worklist import work_list
from tests.scenarios.access.test_confidentiality import NOW, account, house, kept
from tests.support.de_linde import fill, new_runtime

ABOUT = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["koen"]}
GONE = "DELETE FROM events WHERE key = '{}'"
KEY_GONE = "UPDATE events SET key = replace(key, 'dossier-1/0000', 'dossier-1/00z0') WHERE key = '{}'"
OWNER_GONE = "UPDATE events SET key = replace(key, 'dossier', 'd@ssier') WHERE key = '{}'"
LINE_TOO = "DELETE FROM events WHERE key = '{}'; UPDATE dossiers SET crc = crc + 1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


def shut_out(file: Path) -> tuple[str, list[bytes]]:
    """Koen read a dossier until it was said to be about him. Return the key of that event, and a copy."""
    runtime = house(TinyDBStore(file, SCHEMAS))
    kept(runtime, "normaal")
    fill(runtime, "dossier-1", "2026-05-12 12:00", actor="els", **ABOUT)
    sweep(runtime, NOW)
    with reading(runtime.store) as register:
        last = register.events("dossier-1")[-1].sequence
    copy = list(Backup(runtime.store, NOW).lines())
    runtime.store.close()
    return f"dossier-1/{last:06}", copy


def hurt(file: Path, sql: str) -> Runtime:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(sql)
        connection.commit()
    return replace(new_runtime(TinyDBStore(file, SCHEMAS)), library=Library())


def repaired(runtime: Runtime) -> Runtime:
    repair(runtime, NOW)
    return runtime


def indexed(runtime: Runtime) -> Runtime:
    reindex(runtime, NOW)
    return runtime


def copied(runtime: Runtime) -> Runtime:
    lines = list(Backup(runtime.store, NOW).lines())
    store = MemoryStore(SCHEMAS)
    restore(store, lines)
    return replace(new_runtime(store), library=Library())


def copied_and_repaired(runtime: Runtime) -> Runtime:
    return repaired(copied(runtime))


DONE = (repaired, indexed, copied, copied_and_repaired)


@pytest.mark.parametrize("done", DONE)
@pytest.mark.parametrize(
    "sql", [GONE, KEY_GONE, OWNER_GONE, LINE_TOO], ids=["row", "key", "owner", "line too"]
)
def test_whom_it_shut_out_stays_out(file: Path, sql: str, done: Callable[[Runtime], Runtime]) -> None:
    key, _copy = shut_out(file)
    hurt_one = hurt(file, sql.format(key))
    after = done(hurt_one)
    with pytest.raises((DamagedError, LookupError)):
        look(after, "dossier-1", NOW, "koen")
    assert work_list(after, account(after, "koen"), NOW).lines == ()
    hurt_one.store.close()


@pytest.mark.parametrize("done", DONE)
def test_nothing_takes_its_place_and_an_older_copy_brings_it_back(
    file: Path, done: Callable[[Runtime], Runtime]
) -> None:
    key, copy = shut_out(file)
    hurt_one = hurt(file, GONE.format(key))
    after = done(hurt_one)
    with pytest.raises(DamagedError):
        fill(after, "dossier-1", "2026-05-13 12:00", actor="els", onderwerp="Anders")
    restore_damaged(after.store, lambda: nullcontext(copy))
    repair(after, NOW)
    assert verify(after.store).findings == []
    hurt_one.store.close()


def went_on(file: Path) -> None:
    runtime = new_runtime(TinyDBStore(file, SCHEMAS))
    fill(runtime, "dossier-1", "2026-05-12 13:00", actor="els", onderwerp="Later")
    sweep(runtime, NOW)
    runtime.store.close()


def test_an_event_that_is_gone_before_others_is_missed_at_once(file: Path) -> None:
    key, _copy = shut_out(file)
    went_on(file)
    after = hurt(file, GONE.format(key))
    for _ in range(2):
        with pytest.raises(DamagedError):
            look(after, "dossier-1", NOW, "koen")
        repair(after, NOW)
    after.store.close()


def test_what_is_restored_says_which_events_it_is_without(file: Path) -> None:
    key, _copy = shut_out(file)
    runtime = hurt(file, GONE.format(key))
    assert restore(MemoryStore(SCHEMAS), list(Backup(runtime.store, NOW).lines())).left_out == (
        ("events", key),
    )
    runtime.store.close()


def test_who_gives_it_up_goes_on_with_what_is_left(file: Path) -> None:
    key, _copy = shut_out(file)
    runtime = hurt(file, GONE.format(key))
    repair(runtime, NOW)
    give_up(runtime, "events", key, "Geen kopie had het nog.", NOW)
    repair(runtime, NOW)
    fill(runtime, "dossier-1", "2026-05-13 12:00", actor="els", onderwerp="Anders")
    sweep(runtime, NOW)
    assert verify(runtime.store).findings == []
    runtime.store.close()
