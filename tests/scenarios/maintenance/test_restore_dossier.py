"""One dossier comes back from a copy into a register that goes on; all else stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.dossier.events import EventKind, told
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.dump_format import BadDumpError
from gehoor.services.backups.restore_dossier import DossierRefusedError, Refusal, restore_dossier
from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.dossiers.viewing import look
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.store import Store
from gehoor.services.projection.projection import reading_projection
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.search import search
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, open_by_web, staff

NOW = at("2026-05-13 12:00")
Lines = Callable[[], AbstractContextManager[Iterable[bytes]]]


def house(store: Store | None = None) -> Runtime:
    runtime = de_linde(store)
    staff(runtime, "els", "kwaliteitscoordinator")
    return runtime


def copy_of(runtime: Runtime) -> Lines:
    lines = list(Backup(runtime.store, NOW).lines())
    return lambda: nullcontext(iter(lines))


def everything(runtime: Runtime, *, but: str = "") -> dict[str, dict[str, object]]:
    """Every document of a register, but of one dossier and what only waits to be worked out."""
    with reading(runtime.store) as register:
        return {
            schema.name: {
                key: document
                for key, document in register.tables.scan(schema.name)
                if not but or (but not in key and but not in repr(document))
            }
            for schema in SCHEMAS
            if schema.name not in ("pending", "settings")
        }


def lose(runtime: Runtime, dossier: str) -> None:
    """Take a dossier out of every table, as a mistake of whoever works on the file would."""
    with runtime.store.transaction() as tables:
        for schema in SCHEMAS:
            for key, document in list(tables.scan(schema.name)):
                if schema.name != "ledger" and (dossier in key or dossier in repr(document)):
                    tables.delete(schema.name, key)


def listed(runtime: Runtime) -> None:
    """Bring up to date what lists show."""
    with reading_projection(runtime):
        pass


def shown(runtime: Runtime, dossier: str) -> object:
    seen = look(runtime, dossier, NOW)
    return (seen.dossier, seen.decision.values, seen.events, seen.messages)


@pytest.fixture(params=["memory", "file"])
def runtime(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Runtime:
    folder = tmp_path_factory.mktemp("register")
    return house(MemoryStore(SCHEMAS) if request.param == "memory" else TinyDBStore(folder / "a.db", SCHEMAS))


def test_a_dossier_that_is_gone_comes_back_whole_and_nothing_else_changes(runtime: Runtime) -> None:
    mine = open_by_web(runtime, "2026-05-12 14:00")
    other = open_by_phone(
        runtime, "2026-05-12 15:00", klager_naam="Janssens", klager_telefoon="0470 99 99 99"
    )
    fill(runtime, mine.dossier, "2026-05-12 16:00", onderwerp="Soep is koud")
    listed(runtime)
    before = shown(runtime, mine.dossier)
    copy = copy_of(runtime)
    lose(runtime, mine.dossier)
    fill(runtime, other.dossier, "2026-05-13 09:00", onderwerp="Later gewijzigd")
    third = open_by_phone(runtime, "2026-05-13 10:00", klager_naam="Maes", klager_telefoon="0470 88 88 88")
    listed(runtime)
    rest = everything(runtime, but=mine.dossier)
    done = restore_dossier(runtime, copy, mine.number, NOW)
    assert (done.id, done.number, done.changed) == (mine.dossier, mine.number, True)
    assert shown(runtime, mine.dossier) == before
    assert everything(runtime, but=mine.dossier) == rest
    assert mine.number != third.number
    found = search(runtime, staff(runtime, "ria", "onthaal"), "soep", NOW)
    assert [hit.summary.id for hit in found.hits] == [mine.dossier]


def test_the_code_of_who_told_it_works_again(runtime: Runtime) -> None:
    mine = open_by_web(runtime, "2026-05-12 14:00")
    with reading_projection(runtime) as register:
        summary = register.summary(mine.dossier)
    assert summary is not None
    assert summary.code_hash
    copy = copy_of(runtime)
    lose(runtime, mine.dossier)
    restore_dossier(runtime, copy, mine.dossier, NOW)
    with reading_projection(runtime) as register:
        found = register.by_code(summary.code_hash)
    assert found is not None
    assert found.id == mine.dossier


def test_what_stands_there_with_other_events_stays_until_somebody_says_otherwise(runtime: Runtime) -> None:
    mine = open_by_phone(runtime, "2026-05-12 14:00")
    listed(runtime)
    before = look(runtime, mine.dossier, NOW)
    copy = copy_of(runtime)
    fill(runtime, mine.dossier, "2026-05-12 16:00", onderwerp="Verkeerd")
    listed(runtime)
    after = everything(runtime)
    with pytest.raises(DossierRefusedError) as refused:
        restore_dossier(runtime, copy, mine.number, NOW)
    assert (refused.value.refusal, refused.value.details) == (Refusal.DIFFERS, ("2", "1"))
    assert everything(runtime) == after
    assert restore_dossier(runtime, copy, mine.number, NOW, replace=True).changed
    seen = look(runtime, mine.dossier, NOW)
    assert told(seen.events)[:-1] == list(before.events)
    assert told(seen.events)[-1].kind is EventKind.PUT_BACK
    assert seen.decision.values == before.decision.values
    assert not restore_dossier(runtime, copy, mine.number, NOW).changed
    assert not verify(runtime.store).findings
    fill(runtime, mine.dossier, "2026-05-13 13:00", onderwerp="Het gaat gewoon door")
    assert not verify(runtime.store).findings


def test_what_is_sent_once_more_after_it_was_put_back_is_kept_and_told(runtime: Runtime) -> None:
    mine = open_by_web(runtime, "2026-05-12 14:00")
    copy = copy_of(runtime)
    write_to_us(runtime, mine.dossier, "De bel is weer stuk.", "blad", at("2026-05-12 16:00"))
    assert restore_dossier(runtime, copy, mine.number, NOW, replace=True).changed
    assert look(runtime, mine.dossier, NOW).dossier.conversation == ()
    write_to_us(runtime, mine.dossier, "De bel is weer stuk.", "blad", at("2026-05-13 13:00"))
    again = look(runtime, mine.dossier, at("2026-05-13 13:00"))
    assert [one.text for one in again.dossier.conversation] == ["De bel is weer stuk."]
    assert sum("/written/" in one.key for one in again.messages) == 2
    assert not verify(runtime.store).findings


def test_a_form_that_the_copy_knows_is_sent_once(runtime: Runtime) -> None:
    mine = open_by_web(runtime, "2026-05-12 14:00")
    write_to_us(runtime, mine.dossier, "De bel is weer stuk.", "blad", at("2026-05-12 16:00"))
    copy = copy_of(runtime)
    fill(runtime, mine.dossier, "2026-05-12 17:00", onderwerp="Verkeerd")
    restore_dossier(runtime, copy, mine.number, NOW, replace=True)
    write_to_us(runtime, mine.dossier, "De bel is weer stuk.", "blad", at("2026-05-13 13:00"))
    assert len(look(runtime, mine.dossier, NOW).dossier.conversation) == 1


def test_what_is_there_as_it_was_stays_as_it_is(runtime: Runtime) -> None:
    mine = open_by_phone(runtime, "2026-05-12 14:00")
    copy = copy_of(runtime)
    done = restore_dossier(runtime, copy, mine.number, NOW)
    assert not done.changed
    assert done.added == {}


def test_what_was_anonymised_since_does_not_come_back(runtime: Runtime) -> None:
    mine = open_by_phone(runtime, "2026-05-12 14:00")
    copy = copy_of(runtime)
    with writing(runtime.store) as register:
        register.tables.put(
            "retention",
            mine.dossier,
            {
                "dossier": mine.dossier, "number": mine.number, "organisation": "de-linde",
                "department": "beukenhof", "kind": "klacht", "received": "2026-05-12", "closed_at": "2026-05-12",
                "until": "2026-05-12", "state": "done", "version": 1, "agreement": "x",
            },
        )  # fmt: skip
    for replace in (False, True):
        with pytest.raises(DossierRefusedError) as refused:
            restore_dossier(runtime, copy, mine.number, NOW, replace=replace)
        assert refused.value.refusal is Refusal.ANONYMISED


def test_a_number_that_another_dossier_has_is_not_given_twice(runtime: Runtime) -> None:
    lost = open_by_phone(runtime, "2026-05-12 14:00")
    copy = copy_of(runtime)
    lose(runtime, lost.dossier)
    with writing(runtime.store) as register:
        for key, _ in list(register.tables.scan("counters")):
            register.tables.delete("counters", key)
    assert open_by_phone(runtime, "2026-05-12 15:00", klager_naam="Iemand anders").number == lost.number
    with pytest.raises(DossierRefusedError) as refused:
        restore_dossier(runtime, copy, lost.number, NOW)
    assert refused.value.refusal is Refusal.NUMBER_TAKEN


@pytest.mark.parametrize("which", ["BEU-2026-9999", "dossier-zonder-naam", ""])
def test_what_is_not_in_the_copy_is_said(runtime: Runtime, which: str) -> None:
    open_by_phone(runtime, "2026-05-12 14:00")
    with pytest.raises(DossierRefusedError) as refused:
        restore_dossier(runtime, copy_of(runtime), which, NOW)
    assert refused.value.refusal is Refusal.MISSING


def test_a_copy_that_is_not_whole_changes_nothing(runtime: Runtime) -> None:
    mine = open_by_phone(runtime, "2026-05-12 14:00")
    lines = list(Backup(runtime.store, NOW).lines())[:-1]
    lose(runtime, mine.dossier)
    before = everything(runtime)
    with pytest.raises(BadDumpError):
        restore_dossier(runtime, lambda: nullcontext(iter(lines)), mine.number, NOW)
    assert everything(runtime) == before


def test_numbers_go_on_after_it(runtime: Runtime) -> None:
    mine = open_by_phone(runtime, "2026-05-12 14:00")
    copy = copy_of(runtime)
    lose(runtime, mine.dossier)
    with writing(runtime.store) as register:
        for key, _ in list(register.tables.scan("counters")):
            register.tables.delete("counters", key)
    restore_dossier(runtime, copy, mine.number, NOW)
    assert open_by_phone(runtime, "2026-05-13 14:00").number != mine.number


def test_the_register_is_sound_afterwards(runtime: Runtime) -> None:
    mine = open_by_web(runtime, "2026-05-12 14:00")
    listed(runtime)
    copy = copy_of(runtime)
    lose(runtime, mine.dossier)
    restore_dossier(runtime, copy, mine.number, NOW)
    assert not verify(runtime.store).findings
