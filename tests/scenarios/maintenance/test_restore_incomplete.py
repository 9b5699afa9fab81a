"""A dossier that is not whole in a copy is not put back from it, and what is damaged beside it opens nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext

import pytest

from gehoor.services.backups.backup import Backup
from gehoor.services.backups.restore_dossier import DossierRefusedError, Refusal, restore_dossier
from gehoor.services.maintenance.findings import Kind
from gehoor.services.maintenance.verify import verify
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.left_out import leave_out
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.records import held_unknown, record_of, save_record
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, staff

NOW = at("2026-05-20 12:00")
LAST = "dossier-1/000003"
Lines = Callable[[], AbstractContextManager[Iterable[bytes]]]


@pytest.fixture
def runtime() -> Runtime:
    runtime = de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    open_by_phone(runtime, "2026-05-12 14:00")
    for subject in ("Bel", "De bel"):
        fill(runtime, "dossier-1", "2026-05-13 14:00", actor="els", onderwerp=subject)
    project_pending(runtime)
    return runtime


def copy_of(runtime: Runtime) -> Lines:
    lines = list(Backup(runtime.store, NOW).lines())
    return lambda: nullcontext(iter(lines))


def lost(runtime: Runtime, table: str, key: str, *, marked: bool = True) -> None:
    with runtime.store.transaction() as tables:
        tables.delete(table, key)
        if marked:
            leave_out(tables, table, key)


def held(runtime: Runtime) -> None:
    """Have somebody hold the dossier back."""
    with writing(runtime.store) as register:
        save_record(register, held_unknown(register.dossier("dossier-1")))


def state(runtime: Runtime) -> str:
    with reading(runtime.store) as register:
        record = record_of(register, "dossier-1")
    return record.state if record else ""


@pytest.mark.parametrize("marked", [True, False], ids=["left out", "gone"])
@pytest.mark.parametrize("key", [LAST, "dossier-1/000002"])
def test_it_is_not_put_back_without_an_event_that_the_copy_was_without(
    runtime: Runtime, key: str, marked: bool
) -> None:
    whole = copy_of(runtime)
    lost(runtime, "events", key, marked=marked)
    copy = copy_of(runtime)
    with pytest.raises(DossierRefusedError) as refused:
        restore_dossier(runtime, copy, "dossier-1", NOW, replace=True)
    assert (refused.value.refusal, refused.value.details) == (Refusal.INCOMPLETE, (key,))
    restore_dossier(runtime, whole, "dossier-1", NOW, replace=True)
    assert verify(runtime.store).findings == []


@pytest.mark.parametrize("marked", [True, False], ids=["damaged", "gone"])
def test_a_dossier_that_somebody_held_back_stays_so_when_that_is_lost(runtime: Runtime, marked: bool) -> None:
    copy = copy_of(runtime)
    held(runtime)
    fill(runtime, "dossier-1", "2026-05-14 14:00", actor="els", onderwerp="Later")
    lost(runtime, "retention", "dossier-1", marked=marked)
    restore_dossier(runtime, copy, "dossier-1", NOW, replace=True)
    assert state(runtime) == "held"


def test_what_the_copy_has_of_it_as_it_was_last_comes_back(runtime: Runtime) -> None:
    held(runtime)
    copy = copy_of(runtime)
    fill(runtime, "dossier-1", "2026-05-14 14:00", actor="els", onderwerp="Later")
    lost(runtime, "retention", "dossier-1")
    restore_dossier(runtime, copy, "dossier-1", NOW, replace=True)
    assert (state(runtime), verify(runtime.store).findings) == ("held", [])


def test_what_the_copy_was_without_beside_it_reads_as_damaged_after_it(runtime: Runtime) -> None:
    held(runtime)
    lost(runtime, "retention", "dossier-1")
    copy = copy_of(runtime)
    lost(runtime, "events", LAST)
    other = de_linde()
    restore_dossier(other, copy, "dossier-1", NOW)
    assert (Kind.DAMAGED, "retention", "dossier-1") in {
        (one.kind, one.table, one.key) for one in verify(other.store).findings
    }


def test_who_read_it_stays_as_damaged_as_it_is(runtime: Runtime) -> None:
    copy = copy_of(runtime)
    fill(runtime, "dossier-1", "2026-05-14 14:00", actor="els", onderwerp="Later")
    key = "dossier-1/2026-05-14T14+0200/page/els"
    with runtime.store.transaction() as tables:
        leave_out(tables, "access_log", key)
    restore_dossier(runtime, copy, "dossier-1", NOW, replace=True)
    assert [(one.table, one.key) for one in verify(runtime.store).findings] == [("access_log", key)]
