"""A dossier that is put back from a copy: nothing of what happened since is taken for what stands there now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.dossier.events import EventKind, told
from gehoor.services.access.authorisation import Operator
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.restore_damaged import restore_damaged
from gehoor.services.backups.restore_dossier import restore_dossier
from gehoor.services.backups.what_stays import THEN
from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.dossiers.editing import EditConflictError, Filling, fill_in
from gehoor.services.dossiers.viewing import look
from gehoor.services.maintenance.references import OWNERS
from gehoor.services.maintenance.verify import verify
from gehoor.services.projection.projection import project_pending, reading_projection
from gehoor.services.recording.attachments import NewFile
from gehoor.services.records.ledger_entries import OF_DOSSIER
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.pending import PendingDossiers
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.approval import approve
from gehoor.services.retention.carrying_out import carry_out
from gehoor.services.retention.records import record_of
from gehoor.services.retention.survey import survey
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, open_by_web, staff
from tests.support.retention import closed_complaint, keeping_de_linde

NIGHT = at("2026-05-13 02:00")
NOW = at("2026-05-13 12:00")
LATER = at("2032-06-10 12:00")
Lines = Callable[[], AbstractContextManager[Iterable[bytes]]]
SECRET = b"%PDF-1.4 van een getuige"


@pytest.fixture
def runtime(tmp_path: Path) -> Runtime:
    runtime = de_linde(TinyDBStore(tmp_path / "register.db", SCHEMAS))
    for name in ("els", "koen"):
        staff(runtime, name, "kwaliteitscoordinator")
    return runtime


def copy_of(runtime: Runtime) -> Lines:
    lines = list(Backup(runtime.store, NIGHT).lines())
    return lambda: nullcontext(iter(lines))


def put_back(runtime: Runtime, copy: Lines, dossier: str) -> None:
    assert restore_dossier(runtime, copy, dossier, NOW, replace=True).changed
    assert verify(runtime.store).findings == []


def version(runtime: Runtime, dossier: str) -> int:
    with reading(runtime.store) as register:
        return register.dossier(dossier).version


def keys_of(runtime: Runtime, table: str, dossier: str) -> set[str]:
    with runtime.store.snapshot() as tables:
        return {key for key, one in tables.scan(table) if dossier in key or dossier in repr(one)}


def test_of_every_table_that_a_dossier_has_something_in_it_is_said_what_becomes_of_it() -> None:
    owned = {table for table, owners in OWNERS.items() if any(one.table == "events" for one in owners)}
    named = {
        schema.name for schema in SCHEMAS if "dossier" in {schema.key, *(one.name for one in schema.columns)}
    }
    assert set(THEN) >= (owned | named | set(OF_DOSSIER)) - {"events"}


def test_no_version_that_anybody_saw_is_given_again(runtime: Runtime) -> None:
    mine = open_by_phone(runtime, "2026-05-12 14:00").dossier
    copy = copy_of(runtime)
    for text in ("Een", "Twee", "Drie"):
        fill(runtime, mine, "2026-05-12 16:00", onderwerp=text)
    seen = version(runtime, mine)
    put_back(runtime, copy, mine)
    assert version(runtime, mine) > seen
    happened = told(look(runtime, mine, NOW).events)
    assert [one.kind for one in happened] == [EventKind.OPENED, EventKind.PUT_BACK]
    assert (happened[-1].actor, happened[-1].data["copy"][:10]) == ("beheerder", "2026-05-13")


def test_nor_when_events_of_it_are_gone_and_a_copy_of_before_is_all_there_is(runtime: Runtime) -> None:
    mine = open_by_phone(runtime, "2026-05-12 14:00").dossier
    copy = copy_of(runtime)
    fill(runtime, mine, "2026-05-12 16:00", onderwerp="Een")
    seen = version(runtime, mine)
    with runtime.store.transaction() as tables:
        for table in ("events", "dossiers", "pending"):
            for key in [key for key, _ in tables.scan(table) if key.startswith(mine)]:
                tables.delete(table, key)
    put_back(runtime, copy, mine)
    assert version(runtime, mine) > seen


def test_a_page_from_before_overwrites_nothing(runtime: Runtime) -> None:
    mine = open_by_phone(runtime, "2026-05-12 14:00").dossier
    copy = copy_of(runtime)
    fill(runtime, mine, "2026-05-12 16:00", onderwerp="A")
    seen = version(runtime, mine)
    put_back(runtime, copy, mine)
    with pytest.raises(EditConflictError):
        fill(runtime, mine, "2026-05-13 12:30", version=seen, onderwerp="A", klager_naam="Rosa Maes")
    fill(runtime, mine, "2026-05-13 13:00", onderwerp="B")
    with pytest.raises(EditConflictError):
        fill(runtime, mine, "2026-05-13 13:30", version=seen, onderwerp="A", klager_naam="Rosa Maes")
    assert look(runtime, mine, NOW).dossier.values["onderwerp"] == "B"


def test_what_a_process_remembers_of_before_is_not_what_lists_show(runtime: Runtime) -> None:
    mine = open_by_phone(runtime, "2026-05-12 14:00").dossier
    project_pending(runtime)
    copy = copy_of(runtime)
    elsewhere = replace(runtime, pending=PendingDossiers())
    fill(runtime, mine, "2026-05-12 16:00", onderwerp="Oud")
    put_back(elsewhere, copy, mine)
    fill(elsewhere, mine, "2026-05-13 13:00", onderwerp="Nieuw")
    with reading_projection(runtime) as register:
        summary, head = register.summary(mine), register.dossier(mine).head
    assert summary is not None
    assert summary.head == head


def test_a_summary_that_is_of_other_events_is_found(runtime: Runtime) -> None:
    mine = open_by_phone(runtime, "2026-05-12 14:00").dossier
    with reading_projection(runtime) as register:
        summary = register.summary(mine)
    assert summary is not None
    with writing(runtime.store) as register:
        register.save_summary(replace(summary, head="0" * 64))
    assert [one.table for one in verify(runtime.store).findings] == ["dossiers"]


def test_what_was_sent_is_sent_anew_and_no_damage(runtime: Runtime) -> None:
    mine = open_by_web(runtime, "2026-05-12 14:00").dossier
    night = copy_of(runtime)
    write_to_us(runtime, mine, "De bel is stuk.", "blad", at("2026-05-13 09:00"))
    just_before = copy_of(runtime)
    put_back(runtime, night, mine)
    for copy in (just_before, night):
        assert restore_damaged(runtime.store, copy).put_back == []
    write_to_us(runtime, mine, "De bel is stuk.", "blad", at("2026-05-13 13:00"))
    assert [one.text for one in look(runtime, mine, NOW).dossier.conversation] == ["De bel is stuk."]
    assert verify(runtime.store).findings == []
    # What the later copy knows was sent there.
    put_back(runtime, just_before, mine)
    write_to_us(runtime, mine, "De bel is stuk.", "blad", at("2026-05-13 14:00"))
    assert len(look(runtime, mine, NOW).dossier.conversation) == 1


def test_who_came_under_a_conflict_of_interest_since_is_entered_as_it_stands(runtime: Runtime) -> None:
    mine = open_by_phone(
        runtime, "2026-05-12 14:00", voorwerp="persoon", aangeklaagde_medewerkers=["koen"]
    ).dossier
    copy = copy_of(runtime)
    fill(runtime, mine, "2026-05-12 16:00", aangeklaagde_medewerkers=["koen", "els"])
    put_back(runtime, copy, mine)
    with reading(runtime.store) as register:
        assert register.excluded_from(mine) == {"koen"}


def test_an_answer_of_after_the_copy_finds_it_no_more(runtime: Runtime) -> None:
    mine = open_by_phone(runtime, "2026-05-12 14:00").dossier
    copy = copy_of(runtime)
    before = keys_of(runtime, "match_keys", mine)
    fill(runtime, mine, "2026-05-12 16:00", klager_email="rosa.maes@voorbeeld.be")
    assert keys_of(runtime, "match_keys", mine) > before
    put_back(runtime, copy, mine)
    assert keys_of(runtime, "match_keys", mine) == before


def test_the_code_that_only_waited_in_the_copy_still_works(runtime: Runtime) -> None:
    mine = open_by_web(runtime, "2026-05-12 14:00")
    copy = copy_of(runtime)
    with reading_projection(runtime) as register:
        code = register.code_hash_of(mine.dossier)
    with runtime.store.transaction() as tables:
        for table in ("dossiers", "events"):
            for key in [key for key, _ in tables.scan(table) if key.startswith(mine.dossier)]:
                tables.delete(table, key)
    assert code
    assert not restore_dossier(runtime, copy, mine.number, NOW).code_lost
    with reading_projection(runtime) as register:
        assert register.code_hash_of(mine.dossier) == code


def test_the_code_that_only_the_register_knows_still_works(runtime: Runtime) -> None:
    mine = open_by_web(runtime, "2026-05-12 14:00")
    with reading_projection(runtime) as register:
        code = register.code_hash_of(mine.dossier)
    with runtime.store.transaction() as tables:
        tables.delete("dossiers", mine.dossier)
    without = copy_of(runtime)
    fill(runtime, mine.dossier, "2026-05-12 16:00", onderwerp="Bel")
    done = restore_dossier(runtime, without, mine.number, NOW, replace=True)
    assert code
    assert done.code_lost


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Runtime, str]:
    """A complaint that was closed, of which the time to keep it ends."""
    runtime = keeping_de_linde(TinyDBStore(tmp_path / "kept.db", SCHEMAS))
    staff(runtime, "els", "kwaliteitscoordinator")
    return runtime, closed_complaint(runtime)


def test_an_approval_is_of_what_stood_there_then(kept: tuple[Runtime, str]) -> None:
    runtime, mine = kept
    project_pending(runtime)
    copy = copy_of(runtime)
    fill(runtime, mine, "2026-06-10 10:00", onderwerp="Gezien")
    survey(runtime, LATER)
    approve(runtime, [mine], "els", LATER)
    put_back(runtime, copy, mine)
    write_to_us(runtime, mine, "Ik wil nog iets melden.", "blad", at("2026-06-11 10:00"))
    done = carry_out(runtime, None, LATER)
    assert (done.done, len(done.lapsed)) == ([], 1)
    with reading(runtime.store) as register:
        record = record_of(register, mine)
        assert [one.text for one in register.dossier(mine).conversation][-1] == "Ik wil nog iets melden."
    assert record is not None
    assert record.state == "kept"


def with_a_file(runtime: Runtime, dossier: str) -> None:
    file = NewFile("bestand-1", "brief.pdf", "pdf", SECRET)
    answers = {"bewijsstukken": [file.value]}
    fill_in(
        runtime,
        Filling(dossier, answers, version(runtime, dossier), Operator("ria"), "sleutel", (file,)),
        at("2026-06-10 10:00"),
    )


def test_a_file_of_after_the_copy_goes(kept: tuple[Runtime, str]) -> None:
    runtime, mine = kept
    copy = copy_of(runtime)
    with_a_file(runtime, mine)
    put_back(runtime, copy, mine)
    for table in ("attachments", "attachment_contents"):
        with runtime.store.snapshot() as tables:
            assert tables.get(table, "bestand-1") is None


def test_a_file_and_a_key_that_no_event_tells_of_are_anonymised_too(kept: tuple[Runtime, str]) -> None:
    runtime, mine = kept
    with_a_file(runtime, mine)
    # As a register that was put back by an earlier Gehoor has them.
    with runtime.store.transaction() as tables:
        row = tables.get("attachments", "bestand-1")
        content = tables.get("attachment_contents", "bestand-1")
        assert row is not None
        assert content is not None
        tables.put("attachments", "bestand-2", row)
        tables.put("attachment_contents", "bestand-2", content)
        tables.put(
            "match_keys",
            f"{mine}/iets 1",
            {"id": f"{mine}/iets 1", "key": "0" * 64, "kind": "klacht", "ago": 1},
        )
    survey(runtime, LATER)
    approve(runtime, [mine], "els", LATER)
    assert carry_out(runtime, None, LATER).done
    assert keys_of(runtime, "attachments", mine) == set()
    assert f"{mine}/iets 1" not in keys_of(runtime, "match_keys", mine)
    with runtime.store.snapshot() as tables:
        assert tables.get("attachment_contents", "bestand-2") is None
