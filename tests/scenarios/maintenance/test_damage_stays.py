"""One damaged document harms what it is of, and nobody else: complaints come in, lists are read, terms are flagged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.agreements.comparison import published
from gehoor.services.agreements.publishing import publish
from gehoor.services.jobs.sweep import sweep
from gehoor.services.maintenance.repair import repair
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.records import Message
from gehoor.services.ports.store import DamagedError
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.approval import listed
from gehoor.services.search.undelivered import undelivered_for
from gehoor.services.search.worklist import work_list
from tests.support.clock import at
from tests.support.de_linde import agreement, de_linde, fill, open_by_phone, open_by_web, proposal, staff

LATE = at("2026-06-30 12:00")
OF_BEUKENHOF = ("dossier-1", "beukenhof", "els", "accounts", "publications", "start")
"""What the key of a document of Beukenhof, or of the whole register, has in it."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def runtime(file: Path) -> Iterator[Runtime]:
    """Two departments of one organisation, each with a complaint and somebody who works on it."""
    runtime = de_linde(TinyDBStore(file, SCHEMAS), ("beukenhof", "eikenrode"))
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "rita", "de-linde/eikenrode:kwaliteitscoordinator")
    open_by_web(runtime, "2026-05-12 14:00")
    fill(runtime, "dossier-1", "2026-05-12 15:00", onderwerp="Bel")
    open_by_phone(runtime, "2026-05-12 14:00", department="eikenrode")
    project_pending(runtime)
    yield runtime
    runtime.store.close()


def damage(file: Path, table: str, key: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        # The column ``key`` of the match keys is not the key of their documents.
        names = ("id",) if table == "match_keys" else ("key", "dossier", "id", "series", "place")
        name = next(one for one in names if one in columns)
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        changed = connection.execute(f'UPDATE "{table}" SET crc = crc + 1 WHERE "{name}" = ?', (key,))
        assert changed.rowcount > 0, (table, key)
        connection.commit()


def keys(runtime: Runtime) -> list[tuple[str, str]]:
    with runtime.store.snapshot() as tables:
        return [(schema.name, key) for schema in SCHEMAS for key, _ in tables.scan(schema.name)]


def works_in_eikenrode(runtime: Runtime) -> None:
    """Everything that somebody of the other department counts on."""
    open_by_web(runtime, "2026-06-01 10:00", department="eikenrode")
    project_pending(runtime)
    missed = {one.dossier for one in sweep(runtime, LATE).missed}
    assert "dossier-2" in missed
    with reading(runtime.store) as register:
        rita = register.account("rita")
    assert rita is not None
    assert {line.summary.department for line in work_list(runtime, rita, LATE).lines} == {"eikenrode"}
    listed(runtime, "rita", LATE)
    with reading(runtime.store) as register:
        assert (
            published(register, runtime.library, agreement("eikenrode").hash[:12]).department == "eikenrode"
        )
    publish(runtime, [proposal("eikenrode", _renamed)], LATE, "rita")


def _renamed(document: dict[str, object]) -> None:
    document["naam"] = "Eikenrode"


@pytest.mark.share(3)
@pytest.mark.parametrize("table", [schema.name for schema in SCHEMAS])
def test_what_is_damaged_of_one_department_keeps_no_other_from_working(
    table: str, runtime: Runtime, file: Path
) -> None:
    hurt = [key for name, key in keys(runtime) if name == table and any(of in key for of in OF_BEUKENHOF)]
    for key in hurt:
        damage(file, table, key)
    works_in_eikenrode(runtime)


@pytest.mark.parametrize("mark", ["accounts", "publications"])
def test_a_mark_that_only_says_whether_something_changed_is_made_anew(
    mark: str, runtime: Runtime, file: Path
) -> None:
    damage(file, "settings", mark)
    repair(runtime, LATE)
    assert verify(runtime.store).findings == []


def test_of_a_department_whose_publication_is_damaged_the_dossiers_still_go_on(
    runtime: Runtime, file: Path
) -> None:
    damage(file, "publications", "de-linde/beukenhof/000001")
    assert "dossier-1" in {one.dossier for one in sweep(runtime, LATE).missed}
    fill(runtime, "dossier-1", "2026-07-01 09:00", onderwerp="De bel")


def test_an_event_under_another_key_keeps_only_its_own_dossier_from_being_saved(
    runtime: Runtime, file: Path
) -> None:
    with reading(runtime.store) as register:
        last = register.dossier("dossier-1").version
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "UPDATE events SET key = ? WHERE key = 'dossier-1/000001'", (f"dossier-1/{last + 1:06}",)
        )
        connection.commit()
    swept = sweep(runtime, LATE)
    assert "dossier-2" in {one.dossier for one in swept.missed}
    assert list(swept.failed) == ["dossier-1"]
    with pytest.raises(DamagedError):
        fill(runtime, "dossier-1", "2026-07-01 09:00", onderwerp="De bel")


def test_a_list_of_what_did_not_go_out_goes_on_without_a_damaged_summary(
    runtime: Runtime, file: Path
) -> None:
    other = open_by_web(runtime, "2026-05-13 14:00").dossier
    project_pending(runtime)
    with writing(runtime.store) as register:
        for dossier in ("dossier-1", other):
            message = Message(
                f"{dossier}/x", dossier, "de-linde", "beukenhof", "kwaliteitscoordinator", (), "Onderwerp", "Tekst",
                "2026-05-13T12:00:00.000000Z", state="nobody",
            )  # fmt: skip
            register.queue(message)
    damage(file, "dossiers", "dossier-1")
    with reading(runtime.store) as register:
        els = register.account("els")
        assert els is not None
        told = {one.dossier for one, _ in undelivered_for(runtime, register, els, LATE)}
    assert "dossier-1" not in told
    assert other in told


def test_a_note_to_count_anew_that_is_damaged_keeps_no_other_waiting_and_is_made_again(
    file: Path, runtime: Runtime
) -> None:
    with reading(runtime.store) as register:
        other = register.by_number("EIK-2026-0001")[0].id
    with writing(runtime.store) as register:
        register.note_recounts(["dossier-1", other], LATE)
    damage(file, "recounts", "dossier-1")
    sweep(runtime, LATE)
    with reading(runtime.store) as register:
        assert register.recounts(9) == []
    repair(runtime, LATE)
    with reading(runtime.store) as register:
        assert register.recounts(9) == ["dossier-1"]
