"""What is gone is not made anew by the next save or list as if nothing was lost: it is told until it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.new_accounts import NameTakenError, new_account
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.restore_damaged import restore_damaged
from gehoor.services.dossiers.assignment import Assigning, assign_many
from gehoor.services.jobs.reindex import reindex
from gehoor.services.jobs.sweep import sweep
from gehoor.services.maintenance.accepting import accept_loss
from gehoor.services.maintenance.findings import Kind
from gehoor.services.maintenance.giving_up import give_up
from gehoor.services.maintenance.repair import repair
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import DamagedError
from gehoor.services.projection.projection import project_pending, reading_projection
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.approval import NotDueError, approve, hold_back, let_go, listed
from gehoor.services.retention.carrying_out import carry_out
from gehoor.services.retention.records import record_of
from gehoor.services.retention.survey import survey
from tests.scenarios.maintenance.test_restore_damaged import hurt
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, new_runtime, open_by_phone, open_by_web, staff
from tests.support.passwords import QuickHasher
from tests.support.retention import closed_complaint, keeping_de_linde

NOW = at("2026-05-14 12:00")
LATER = at("2032-06-10 12:00")
GONE = ["DELETE FROM {}", "UPDATE {} SET crc = crc + 1"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


def findings(runtime: Runtime) -> list[tuple[Kind, str]]:
    return sorted((one.kind, one.table) for one in verify(runtime.store).findings)


def copy_of(runtime: Runtime) -> Callable[[], AbstractContextManager[Iterable[bytes]]]:
    lines = list(Backup(runtime.store, NOW).lines())
    return lambda: nullcontext(iter(lines))


@pytest.fixture
def kept(file: Path) -> tuple[Runtime, str, str]:
    """Two complaints that need not be kept any more, of which one is held back."""
    runtime = keeping_de_linde(TinyDBStore(file, SCHEMAS))
    staff(runtime, "els", "kwaliteitscoordinator")
    held, other = closed_complaint(runtime), closed_complaint(runtime)
    survey(runtime, LATER)
    hold_back(runtime, held, "Er loopt een rechtszaak.", "els", LATER)
    return runtime, held, other


@pytest.mark.parametrize("sql", GONE)
def test_that_a_dossier_was_held_back_is_not_forgotten(
    sql: str, file: Path, kept: tuple[Runtime, str, str]
) -> None:
    runtime, held, other = kept
    copy = copy_of(runtime)
    hurt(file, "retention", f"{sql} WHERE key = '{held}'")
    before = findings(runtime)
    assert held in survey(runtime, LATER).failed
    assert [one.dossier for one in listed(runtime, "els", LATER).waiting] == [other]
    with pytest.raises(NotDueError):
        approve(runtime, [held], Operator("els"), LATER)
    assert findings(runtime) == before
    approve(runtime, [other], "els", LATER)
    assert len(carry_out(runtime, None, LATER).done) == 1
    restore_damaged(runtime.store, copy)
    with reading(runtime.store) as register:
        record = record_of(register, held)
    assert record is not None
    assert (record.state, record.reason) == ("held", "Er loopt een rechtszaak.")


@pytest.mark.parametrize("sql", GONE)
def test_where_no_copy_knows_it_somebody_says_what_holds(
    sql: str, file: Path, kept: tuple[Runtime, str, str]
) -> None:
    runtime, held, _ = kept
    hurt(file, "retention", f"{sql} WHERE key = '{held}'")
    hold_back(runtime, held, "Nagekeken: er loopt nog iets.", "els", LATER)
    assert findings(runtime) == []
    let_go(runtime, held, "els", LATER)
    assert not survey(runtime, LATER).failed
    approve(runtime, [held], "els", LATER)


def test_a_code_is_not_lost_by_the_next_save(file: Path) -> None:
    runtime = de_linde(TinyDBStore(file, SCHEMAS))
    staff(runtime, "els", "kwaliteitscoordinator")
    mine, other = open_by_web(runtime, "2026-05-12 14:00"), open_by_web(runtime, "2026-05-12 14:00")
    with reading_projection(runtime) as register:
        code = register.code_hash_of(mine.dossier)
    copy = copy_of(runtime)
    hurt(file, "dossiers", f"DELETE FROM {{}} WHERE key = '{mine.dossier}'")
    for dossier in (mine.dossier, other.dossier):
        fill(runtime, dossier, "2026-05-13 09:00", onderwerp="Bel")
    project_pending(runtime)
    assert findings(runtime) == [(Kind.MISSING, "dossiers")]
    with reading(runtime.store) as register:
        assert register.summary(other.dossier) is not None
    restore_damaged(runtime.store, copy)
    repair(runtime, NOW)
    assert findings(runtime) == []
    with reading_projection(runtime) as register:
        found = register.summary(mine.dossier)
    assert found is not None
    assert (found.code_hash, found.version) == (code, 2)


def test_what_no_copy_has_of_a_code_is_told(file: Path) -> None:
    runtime = de_linde(TinyDBStore(file, SCHEMAS))
    mine = open_by_web(runtime, "2026-05-12 14:00")
    project_pending(runtime)
    hurt(file, "dossiers", "DELETE FROM {}")
    fill(runtime, mine.dossier, "2026-05-13 09:00", onderwerp="Bel")
    project_pending(runtime)
    assert repair(runtime, NOW).codes_lost == [mine.number]
    assert findings(runtime) == []


@pytest.mark.parametrize("table", ["accounts", "submissions", "messages", "retention"])
def test_what_is_damaged_and_in_no_copy_is_given_up_by_somebody_and_told_for_ever(
    table: str, file: Path, kept: tuple[Runtime, str, str]
) -> None:
    runtime, *_ = kept
    sweep(runtime, at("2026-06-30 12:00"))
    project_pending(runtime)
    assert findings(runtime) == []
    hurt(file, table)
    damaged = findings(runtime)
    assert damaged
    repair(runtime, LATER)
    assert findings(runtime) == damaged
    accepted = accept_loss(runtime.store, "De schijf was stuk.").others
    assert accepted
    assert all(one.startswith(f"{table}/") for one in accepted)
    found = verify(runtime.store)
    assert found.findings == []
    assert {key for _, key in found.accepted} == set(accepted)


def test_what_was_said_of_keeping_it_is_given_up_and_it_is_held_back_until_somebody_looks(
    file: Path, kept: tuple[Runtime, str, str]
) -> None:
    runtime, held, other = kept
    hurt(file, "retention", f"UPDATE {{}} SET crc = crc + 1 WHERE key = '{held}'")
    accept_loss(runtime.store, "De schijf was stuk.")
    assert findings(runtime) == []
    survey(runtime, LATER)
    found = {one.dossier: one for one in listed(runtime, "els", LATER).waiting}
    assert (found[held].state, found[other].state) == ("held", "kept")
    assert "is verloren" in found[held].reason
    with pytest.raises(NotDueError):
        approve(runtime, [held], "els", LATER)
    let_go(runtime, held, "els", LATER)
    approve(runtime, [held], "els", LATER)
    assert findings(runtime) == []


def test_an_account_that_is_gone_is_no_new_one_until_somebody_accepts_that(file: Path) -> None:
    runtime = de_linde(TinyDBStore(file, SCHEMAS))
    staff(runtime, "els", "kwaliteitscoordinator")
    hurt(file, "accounts", "DELETE FROM {}")
    new = Account("els", "Iemand Anders", "e@x.example", "", ("de-linde/*:onthaal",))
    with pytest.raises(NameTakenError):
        new_account(runtime, QuickHasher(), new, "een goed woord", Operator("beheerder"), NOW)
    assert findings(runtime) == [(Kind.MISSING, "accounts")]
    assert accept_loss(runtime.store, "De schijf was stuk.").others == ["accounts/els"]
    new_account(runtime, QuickHasher(), new, "een goed woord", Operator("beheerder"), NOW)
    assert findings(runtime) == []


def test_a_code_that_somebody_puts_in_the_place_of_one_that_is_gone_opens_nothing(file: Path) -> None:
    runtime = de_linde(TinyDBStore(file, SCHEMAS))
    mine = open_by_web(runtime, "2026-05-12 14:00").dossier
    project_pending(runtime)
    hurt(file, "dossiers", "DELETE FROM {}")
    theirs = "ab" * 32
    with runtime.store.transaction() as tables:
        waiting = {
            "dossier": mine,
            "version": 1,
            "saved_at": "2026-05-12T12:00:00.000000Z",
            "code_hash": theirs,
        }
        tables.put("pending", mine, waiting)
    with reading_projection(runtime) as register:
        assert register.by_code(theirs) is None
    assert findings(runtime) == [(Kind.MISSING, "dossiers")]
    assert len(repair(runtime, NOW).codes_lost) == 1
    with reading_projection(runtime) as register:
        assert register.by_code(theirs) is None
    assert findings(runtime) == []


def _filled_in(runtime: Runtime) -> None:
    with pytest.raises(DamagedError):
        fill(runtime, "dossier-1", "2026-05-13 10:00", actor="els", onderwerp="Eten")


def _given_with_others(runtime: Runtime) -> None:
    given, refused = assign_many(runtime, ["dossier-1"], Assigning("", "els", "els"), at("2026-05-13 10:00"))
    assert (given, len(refused)) == ([], 1)


def _swept(runtime: Runtime) -> None:
    sweep(runtime, at("2026-06-30 10:00"))


def _indexed(runtime: Runtime) -> None:
    assert [*reindex(runtime, at("2026-05-13 10:00")).failed] == ["dossier-1"]
    _filled_in(runtime)


def _lost_its_last(
    file: Path, *, waits: bool
) -> tuple[Runtime, Callable[[], AbstractContextManager[Iterable[bytes]]]]:
    runtime = de_linde(TinyDBStore(file, SCHEMAS))
    staff(runtime, "els", "kwaliteitscoordinator")
    open_by_phone(runtime, "2026-05-12 14:00")
    project_pending(runtime)
    fill(runtime, "dossier-1", "2026-05-13 09:00", actor="els", onderwerp="Bel")
    if not waits:
        project_pending(runtime)
    copy = copy_of(runtime)
    hurt(file, "events", "DELETE FROM {} WHERE key = 'dossier-1/000002'")
    return new_runtime(runtime.store), copy


@pytest.mark.parametrize("waits", [False, True], ids=["listed", "waiting"])
@pytest.mark.parametrize(
    "does", [_filled_in, _given_with_others, _swept, _indexed], ids=lambda one: one.__name__.strip("_")
)
def test_where_what_happened_last_is_gone_nothing_is_written_in_its_place(
    does: Callable[[Runtime], None], waits: bool, file: Path
) -> None:
    runtime, copy = _lost_its_last(file, waits=waits)
    does(runtime)
    restore_damaged(runtime.store, copy)
    assert findings(runtime) == []
    fill(new_runtime(runtime.store), "dossier-1", "2026-07-01 11:00", actor="els", onderwerp="Eten")


@pytest.mark.parametrize("waits", [False, True], ids=["listed", "waiting"])
def test_a_repair_lets_nothing_be_written_in_its_place(waits: bool, file: Path) -> None:
    runtime, copy = _lost_its_last(file, waits=waits)
    repair(runtime, at("2026-05-13 10:00"))
    with pytest.raises(DamagedError):
        fill(runtime, "dossier-1", "2026-05-13 11:00", actor="els", onderwerp="Eten")
    restore_damaged(runtime.store, copy)
    repair(runtime, at("2026-05-13 12:00"))
    assert findings(runtime) == []


@pytest.mark.parametrize("waits", [False, True], ids=["listed", "waiting"])
def test_without_a_copy_one_goes_on_with_what_is_left_after_giving_it_up(waits: bool, file: Path) -> None:
    runtime, _ = _lost_its_last(file, waits=waits)
    repair(runtime, at("2026-05-13 10:00"))
    give_up(runtime, "events", "dossier-1/000002", "De schijf was stuk.", at("2026-05-13 10:00"))
    repair(runtime, at("2026-05-13 10:00"))
    fill(runtime, "dossier-1", "2026-05-13 11:00", actor="els", onderwerp="Eten")
    project_pending(runtime)
    assert findings(runtime) == []
