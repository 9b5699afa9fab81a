"""Everything that is damaged, missing or gone is found; what follows from events is made again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.backups.backup import Backup
from gehoor.services.maintenance.entering import begin_ledger
from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.maintenance.repair import repair
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.store import Document, StoreUnavailableError
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, open_by_web, staff

NOW = at("2026-05-13 12:00")
DERIVED = ("dossiers", "texts", "exclusions", "match_keys")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def runtime(file: Path) -> Iterator[Runtime]:
    """A complaint from the website with an answer added, and one by phone about somebody who works there."""
    runtime = de_linde(TinyDBStore(file, SCHEMAS))
    for name in ("els", "koen"):
        staff(runtime, name, "kwaliteitscoordinator")
    open_by_web(runtime, "2026-05-12 14:00")
    fill(runtime, "dossier-1", "2026-05-12 15:00", onderwerp="Bel")
    open_by_phone(runtime, "2026-05-12 14:00")
    fill(
        runtime, "dossier-2", "2026-05-12 16:00", actor="els",
        voorwerp="persoon", aangeklaagde_medewerkers=["koen"],
    )  # fmt: skip
    project_pending(runtime)
    yield runtime
    runtime.store.close()


def hurt(file: Path, *statements: str) -> None:
    """Change the file as a disk would: what keeps the index of words is not told."""
    with closing(sqlite3.connect(file)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        for sql in statements:
            assert connection.execute(sql).rowcount > 0, sql
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


def found(runtime: Runtime) -> list[Finding]:
    return sorted(verify(runtime.store).findings)


def derived(runtime: Runtime) -> dict[str, list[tuple[str, Document | None]]]:
    with runtime.store.snapshot() as tables:
        return {name: sorted(tables.scan(name), key=lambda one: one[0]) for name in DERIVED}


def test_of_a_sound_register_all_is_read_and_nothing_found(runtime: Runtime) -> None:
    verified = verify(runtime.store)
    with runtime.store.snapshot() as tables:
        documents = sum(tables.count(schema.name) for schema in SCHEMAS)
    assert (verified.findings, verified.documents, verified.dossiers) == ([], documents, 2)


def test_each_damaged_document_is_named_with_its_key(runtime: Runtime, file: Path) -> None:
    with runtime.store.snapshot() as tables:
        there = {(schema.name, key) for schema in SCHEMAS for key, _ in tables.scan(schema.name)}
    filled = {table for table, _ in there}
    assert len(filled) > 8
    hurt(file, *(f"UPDATE {table} SET crc = crc + 1" for table in filled))
    assert {(one.table, one.key) for one in found(runtime) if one.kind is Kind.DAMAGED} == there


@pytest.mark.parametrize("schema", ["events", "accounts", "agreements", "settings"])
def test_a_backup_does_without_what_is_damaged_and_names_it(
    schema: str, runtime: Runtime, file: Path
) -> None:
    hurt(file, f"UPDATE {schema} SET crc = crc + 1")
    made = Backup(runtime.store, NOW)
    assert len(list(made.lines())) > 10
    with runtime.store.snapshot() as tables:
        assert made.contents().left_out == tuple((schema, key) for key, _ in tables.scan(schema))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {} SET crc = crc + 1",
        "DELETE FROM {}",
        "UPDATE texts SET body = '{{' /* {} */",
        "UPDATE dossiers SET body = cast(X'ff' AS TEXT) /* {} */",
    ],
)
@pytest.mark.parametrize("table", ["dossiers", "texts", "match_keys"])
def test_what_follows_from_events_is_made_again(sql: str, table: str, runtime: Runtime, file: Path) -> None:
    before = derived(runtime)
    code = _code(runtime, "dossier-1")
    hurt(file, sql.format(table))
    done = repair(runtime, NOW)
    assert (done.done, done.failed) == (2, {})
    assert found(runtime) == []
    after = derived(runtime)
    if _code(runtime, "dossier-1") == code:
        assert done.codes_lost == []
        assert after == before
    else:
        # Nothing but the summary knew the code.
        assert len(done.codes_lost) == 2
        assert {name: after[name] for name in DERIVED[1:]} == {name: before[name] for name in DERIVED[1:]}


def _code(runtime: Runtime, dossier: str) -> str | None:
    with reading(runtime.store) as register:
        summary = register.summary(dossier)
    return summary.code_hash if summary else None


def test_for_whom_a_dossier_does_not_exist_is_made_again(runtime: Runtime, file: Path) -> None:
    hurt(file, "UPDATE exclusions SET crc = crc + 1")
    with reading(runtime.store) as register:
        with pytest.raises(StoreUnavailableError):
            register.excluded_from("dossier-2")
        assert register.excluded_dossiers("koen") == {"dossier-2"}
    repair(runtime, NOW)
    with reading(runtime.store) as register:
        assert register.excluded_dossiers("koen") == {"dossier-2"}
    assert found(runtime) == []


@pytest.mark.parametrize("table", ["events", "accounts", "agreements"])
def test_what_does_not_follow_from_events_is_left_and_named(table: str, runtime: Runtime, file: Path) -> None:
    hurt(file, f"UPDATE {table} SET crc = crc + 1 WHERE doc_id = (SELECT min(doc_id) FROM {table})")
    before = found(runtime)
    repair(runtime, NOW)
    assert [one.kind for one in before] == [Kind.DAMAGED]
    assert not before[0].can_be_made_again
    assert found(runtime) == before


def test_the_last_event_that_is_gone_is_missed(runtime: Runtime, file: Path) -> None:
    hurt(file, "DELETE FROM events WHERE key = 'dossier-1/000002'")
    lost = [one for one in found(runtime) if one.kind is Kind.EVENTS_LOST]
    assert lost == [Finding(Kind.EVENTS_LOST, "events", "dossier-1", "1/2")]
    repair(runtime, NOW)
    still = found(runtime)
    assert still == [Finding(Kind.DAMAGED, "events", "dossier-1/000002")], "a repair does not hide it"


def test_a_dossier_without_any_event_left_is_missed(runtime: Runtime, file: Path) -> None:
    hurt(file, "DELETE FROM events WHERE dossier = 'dossier-2'")
    kinds = {
        one.kind for one in found(runtime) if one.key.startswith("dossier-2") or "dossier-2" in one.detail
    }
    assert Kind.EVENTS_LOST in kinds


def test_who_takes_the_last_of_the_ledger_away_too_is_noticed(runtime: Runtime, file: Path) -> None:
    hurt(
        file,
        "DELETE FROM events WHERE key = 'dossier-1/000002'",
        'DELETE FROM ledger WHERE entries LIKE \'%"dossier-1":{"events":"2:%\'',
    )
    assert Kind.LEDGER in {one.kind for one in found(runtime)}


def test_an_event_that_was_changed_with_its_checksum_breaks_the_chain(runtime: Runtime) -> None:
    with writing(runtime.store) as register:
        first = register.tables.get("events", "dossier-1/000001")
        assert first is not None
        register.tables.put("events", "dossier-1/000001", {**first, "actor": "iemand anders"})
    assert [(one.kind, one.key) for one in found(runtime)] == [(Kind.CHAIN, "dossier-1")]


def test_a_register_of_before_ledgers_begins_one_with_what_stands(runtime: Runtime, file: Path) -> None:
    before = derived(runtime)
    hurt(file, "DELETE FROM ledger", "DELETE FROM salts", "DELETE FROM settings WHERE key = 'ledger'")
    assert found(runtime) == [Finding(Kind.LEDGER, "ledger", detail="none")]
    assert begin_ledger(runtime.store)
    assert (found(runtime), derived(runtime)) == ([], before)
    fill(runtime, "dossier-1", "2026-05-12 17:00", onderwerp="Bel en soep")
    project_pending(runtime)
    assert found(runtime) == []
    hurt(file, "DELETE FROM events WHERE dossier = 'dossier-1'")
    assert [(one.kind, one.key, one.detail) for one in found(runtime)] == [
        (Kind.EVENTS_LOST, "dossier-1", "0/3")
    ]


def test_a_ledger_that_was_emptied_does_not_begin_anew(runtime: Runtime, file: Path) -> None:
    hurt(file, "DELETE FROM ledger")
    assert not begin_ledger(runtime.store)
    repair(runtime, NOW)
    assert found(runtime) == [Finding(Kind.LEDGER, "ledger", detail="none")]


def test_a_code_that_somebody_put_in_a_summary_is_no_code(runtime: Runtime) -> None:
    with runtime.store.transaction() as tables:
        summary = tables.get("dossiers", "dossier-1")
        assert summary is not None
        tables.put("dossiers", "dossier-1", {**summary, "code_hash": "0" * 64})
    assert found(runtime) == [Finding(Kind.CHANGED, "dossiers", "dossier-1")]
    assert len(repair(runtime, NOW).codes_lost) == 1
    assert _code(runtime, "dossier-1") is None
    assert found(runtime) == []


@pytest.mark.parametrize("table", sorted(DERIVED))
def test_what_was_changed_or_emptied_unseen_is_made_again(table: str, runtime: Runtime) -> None:
    before = derived(runtime)[table]
    with runtime.store.transaction() as tables:
        tables.clear(table)
    assert all(one.can_be_made_again for one in found(runtime))
    assert found(runtime)
    repair(runtime, NOW)
    assert found(runtime) == []
    after = derived(runtime)[table]
    assert [key for key, _ in after] == [key for key, _ in before]


def test_what_belongs_to_nothing_is_named(runtime: Runtime) -> None:
    with writing(runtime.store) as register:
        register.tables.put("submissions", "k", {"dossier": "gone"})
        register.tables.put("exclusions", "gone/els", {"dossier": "gone", "account": "els"})
        register.tables.put("attachments", "a", {"waits": False, "dossier": "dossier-1"})
    assert {(one.kind, one.table) for one in found(runtime)} == {
        (Kind.ORPHAN, "exclusions"),
        (Kind.ORPHAN, "attachments"),
    }


def test_a_summary_that_lags_behind_is_named_unless_it_is_to_be_made(runtime: Runtime, file: Path) -> None:
    fill(runtime, "dossier-1", "2026-05-12 17:00", onderwerp="Bel en soep")
    assert found(runtime) == []
    hurt(file, "DELETE FROM pending")
    assert found(runtime) == [Finding(Kind.SUMMARY, "dossiers", "dossier-1")]
    repair(runtime, NOW)
    assert found(runtime) == []


# What stands under another key than it says


def moved(runtime: Runtime, table: str, key: str, to: str) -> None:
    """Move a document with all that belongs to it, as somebody does who knows how it is kept."""
    with runtime.store.transaction() as tables:
        document = tables.get(table, key)
        assert document is not None
        tables.delete(table, key)
        tables.insert(table, to, document)


def test_an_event_that_was_moved_is_found(runtime: Runtime) -> None:
    moved(runtime, "events", "dossier-1/000001", "dossier-1/000009")
    assert Finding(Kind.MISPLACED, "events", "dossier-1/000009") in verify(runtime.store).findings


def test_a_dossier_that_was_invented_under_another_is_found_and_not_made(
    runtime: Runtime, file: Path
) -> None:
    with runtime.store.transaction() as tables:
        for sequence, event in enumerate(tables.select("events", where={"dossier": "dossier-1"}), 1):
            tables.insert("events", f"dossier-1/g{sequence}", {**event, "dossier": "invented"})
    found = verify(runtime.store).findings
    assert [one for one in found if one.kind is Kind.MISPLACED and "/g" in one.key]
    repair(runtime, NOW)
    with reading(runtime.store) as register:
        assert register.summary("invented") is None


def test_words_that_were_moved_are_put_back_by_repair(runtime: Runtime) -> None:
    moved(runtime, "texts", "dossier-1/", "dossier-1/elsewhere")
    assert Finding(Kind.MISPLACED, "texts", "dossier-1/elsewhere") in verify(runtime.store).findings
    repair(runtime, NOW)
    assert verify(runtime.store).findings == []


LOST = [
    "UPDATE counters SET crc = crc + 1",
    "DELETE FROM counters",
]


@pytest.mark.parametrize("sql", LOST)
def test_without_its_counter_a_series_goes_on_from_the_numbers_that_dossiers_have(
    sql: str, runtime: Runtime, file: Path
) -> None:
    hurt(file, sql)
    assert open_by_web(runtime, "2026-05-13 09:00").number == "BEU-2026-0003"
    assert open_by_web(runtime, "2026-05-13 10:00").number == "BEU-2026-0004"
    repair(runtime, NOW)
    assert found(runtime) == []


@pytest.mark.parametrize("sql", LOST)
def test_a_counter_is_made_again_from_the_numbers_that_dossiers_have(
    sql: str, runtime: Runtime, file: Path
) -> None:
    hurt(file, sql)
    assert all(one.can_be_made_again for one in found(runtime))
    repair(runtime, NOW)
    assert found(runtime) == []
    assert open_by_web(runtime, "2026-05-13 09:00").number == "BEU-2026-0003"


def test_a_counter_that_somebody_put_back_gives_no_number_twice(runtime: Runtime) -> None:
    with runtime.store.transaction() as tables:
        for series, _ in list(tables.scan("counters")):
            tables.put("counters", series, {"series": series, "last": 0})
    assert open_by_web(runtime, "2026-05-13 09:00").number == "BEU-2026-0003"


def test_a_number_is_not_given_twice_while_what_lists_show_is_damaged_too(
    runtime: Runtime, file: Path
) -> None:
    hurt(file, "DELETE FROM counters", "UPDATE dossiers SET crc = crc + 1")
    assert open_by_web(runtime, "2026-05-13 09:00").number == "BEU-2026-0003"
