"""What is damaged comes back from a copy as the ledger says that it was, or the ledger says that it is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.bootstrap.register_files.key import vault_of
from gehoor.core.dossier.events import instant_text
from gehoor.services.accounts.throttling import FREE, WaitError, count_try
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.dossier_in_dump import Dump
from gehoor.services.backups.restore import restore
from gehoor.services.backups.restore_damaged import restore_damaged
from gehoor.services.backups.restore_dossier import restore_dossier
from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.dossiers import autosave
from gehoor.services.intake.status_page import dossier_of_code
from gehoor.services.intake.visits import begin_visit, visited
from gehoor.services.maintenance.accepting import accept_loss
from gehoor.services.maintenance.findings import Kind
from gehoor.services.maintenance.repair import repair
from gehoor.services.maintenance.seals import Seal
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.records import SignIn
from gehoor.services.ports.store import ColumnKind, DamagedError
from gehoor.services.projection.projection import project_pending, reading_projection
from gehoor.services.records.ledger_entries import HOW, LEDGER, PASSING, SALTS
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.follow_up_codes import code_secret
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.secrets import SIGNING, RegisterSecrets
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, open_by_web, staff

NOW = at("2026-05-14 12:00")
ENTERED = [LEDGER, SALTS, *HOW]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def runtime(file: Path) -> Iterator[Runtime]:
    """Two complaints, of which one is worked on after the copy of that night."""
    runtime = de_linde(TinyDBStore(file, SCHEMAS))
    staff(runtime, "els", "kwaliteitscoordinator")
    open_by_web(runtime, "2026-05-12 14:00")
    open_by_phone(runtime, "2026-05-12 14:00")
    project_pending(runtime)
    yield runtime
    runtime.store.close()


@pytest.fixture
def copy(runtime: Runtime) -> Dump:
    lines = list(Backup(runtime.store, at("2026-05-13 02:00")).lines())

    @contextmanager
    def opened() -> Iterator[Iterator[bytes]]:
        yield iter(lines)

    return opened


def hurt(file: Path, table: str, sql: str = "UPDATE {} SET crc = crc + 1") -> None:
    """Change the file as a disk would: what keeps the index of words is not told."""
    with closing(sqlite3.connect(file)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(sql.format(table))
        for _, made in triggers:
            connection.execute(made)
        connection.commit()


def work_on(runtime: Runtime) -> None:
    fill(runtime, "dossier-1", "2026-05-13 09:00", actor="els", onderwerp="Bel")
    project_pending(runtime)


def findings(runtime: Runtime) -> list[tuple[Kind, str]]:
    return sorted((one.kind, one.table) for one in verify(runtime.store).findings)


@pytest.mark.parametrize("table", sorted(PASSING - {LEDGER, SALTS}))
def test_what_passes_and_is_damaged_gives_way(table: str, runtime: Runtime, file: Path) -> None:
    schema = next(one for one in SCHEMAS if one.name == table)
    some = {
        ColumnKind.TEXT: "x",
        ColumnKind.INTEGER: 1,
        ColumnKind.HASH: "ab" * 32,
        ColumnKind.INSTANT: "2026-05-12T14:00:00.000000Z",
    }
    document = {one.name: some[one.kind] for one in schema.columns if one.kind in some}
    with runtime.store.transaction() as tables:
        tables.insert(table, "dossier-1", document | ({schema.key: "dossier-1"} if schema.key else {}))
    hurt(file, table)
    assert (Kind.DAMAGED, table) in findings(runtime)
    repair(runtime, NOW)
    assert findings(runtime) == []


@pytest.mark.share(3)
@pytest.mark.parametrize("sql", ["UPDATE {} SET crc = crc + 1", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ENTERED)
def test_what_is_damaged_or_gone_comes_back_from_a_copy(
    table: str, sql: str, runtime: Runtime, file: Path, copy: Dump
) -> None:
    # Rows of the ledger prove themselves by those around them.
    hurt(file, table, f"{sql} WHERE place = '000000000002'" if table == LEDGER else sql)
    restore_damaged(runtime.store, copy)
    repair(runtime, NOW)
    assert findings(runtime) == []


@pytest.mark.parametrize("sql", ["UPDATE {} SET crc = crc + 1", "DELETE FROM {}"])
@pytest.mark.parametrize(
    "table", ["events", "accounts", "agreements", "access_log", "counters", SALTS, LEDGER]
)
def test_what_happened_since_the_copy_stays(
    table: str, sql: str, runtime: Runtime, file: Path, copy: Dump
) -> None:
    work_on(runtime)
    first = {"events": "dossier = 'dossier-1' AND sequence = 1", LEDGER: "place = '000000000002'"}
    hurt(file, table, f"{sql} WHERE {first.get(table, '1')}")
    restore_damaged(runtime.store, copy)
    repair(runtime, NOW)
    assert findings(runtime) == []
    with reading(runtime.store) as register:
        assert register.dossier("dossier-1").values["onderwerp"] == "Bel"


def test_what_was_written_after_the_copy_and_damaged_is_not_made_up(
    runtime: Runtime, file: Path, copy: Dump
) -> None:
    work_on(runtime)
    hurt(file, "events", "UPDATE {} SET crc = crc + 1 WHERE dossier = 'dossier-1' AND sequence = 2")
    assert restore_damaged(runtime.store, copy).put_back == []
    assert (Kind.DAMAGED, "events") in findings(runtime)


def test_what_the_ledger_does_not_vouch_for_is_not_put_back(runtime: Runtime, file: Path, copy: Dump) -> None:
    staff(runtime, "els", "teamverantwoordelijke")
    hurt(file, "accounts")
    assert restore_damaged(runtime.store, copy).put_back == []


def test_a_copy_of_another_ledger_mends_nothing(runtime: Runtime, file: Path, copy: Dump) -> None:
    hurt(file, LEDGER, "UPDATE {} SET crc = crc + 1 WHERE place = '000000000002'")
    before = findings(runtime)
    other = de_linde(TinyDBStore(file.with_name("other.db"), SCHEMAS))
    staff(other, "koen", "kwaliteitscoordinator")
    open_by_web(other, "2026-05-12 14:00")
    lines = list(Backup(other.store, NOW).lines())
    other.store.close()

    @contextmanager
    def opened() -> Iterator[Iterator[bytes]]:
        yield iter(lines)

    assert restore_damaged(runtime.store, opened).put_back == []
    assert findings(runtime) == before


def test_a_copy_that_goes_on_after_the_last_row_brings_in_nothing(runtime: Runtime, tmp_path: Path) -> None:
    """Anybody can make a row that follows on the last one, with what it enters."""
    plain = list(Backup(runtime.store, NOW).lines())
    other = TinyDBStore(tmp_path / "hostile.db", SCHEMAS)
    restore(other, iter(plain))
    with writing(other) as register:
        els = register.account("els")
        assert els is not None
        register.save_account(replace(els, name="mallory"))
    hostile = list(Backup(other, NOW).lines())
    other.close()

    @contextmanager
    def opened() -> Iterator[Iterator[bytes]]:
        yield iter(hostile)

    assert restore_damaged(runtime.store, opened).put_back == []
    assert findings(runtime) == []


def test_work_goes_on_after_a_damaged_last_row_which_nothing_proves(
    runtime: Runtime, file: Path, copy: Dump
) -> None:
    hurt(file, LEDGER, "UPDATE {0} SET crc = crc + 1 WHERE place = (SELECT max(place) FROM {0})")
    work_on(runtime)
    assert LEDGER not in {table for table, _ in restore_damaged(runtime.store, copy).put_back}
    accept_loss(runtime.store, "De schijf was stuk.")
    repair(runtime, NOW)
    assert findings(runtime) == []


@pytest.mark.parametrize("act", ["salt", "ledger", "dossier"])
def test_what_is_set_aside_after_a_seal_is_told_by_the_seal(
    act: str, runtime: Runtime, file: Path, copy: Dump
) -> None:
    with runtime.store.snapshot() as tables:
        kept = Seal.of(tables)
    assert kept is not None
    work_on(runtime)
    if act == "salt":
        hurt(file, SALTS, "DELETE FROM {} WHERE dossier = 'dossier-1'")
        accept_loss(runtime.store, "De schijf was stuk.")
    elif act == "ledger":
        hurt(file, LEDGER, "DELETE FROM {} WHERE place = '000000000003'")
        accept_loss(runtime.store, "De schijf was stuk.")
    else:
        restore_dossier(runtime, copy, "dossier-1", NOW, replace=True)
    assert verify(runtime.store).findings == []
    told = verify(runtime.store, against=[kept]).findings
    assert {(one.kind, one.detail) for one in told} == {(Kind.LEDGER, "unsealed")}
    with runtime.store.snapshot() as tables:
        fresh = Seal.of(tables)
    assert fresh is not None
    assert verify(runtime.store, against=[fresh]).findings == []


@pytest.mark.parametrize("sql", ["UPDATE {} SET crc = crc + 1", "DELETE FROM {}"])
def test_work_goes_on_without_a_salt_and_makes_it_no_worse(sql: str, runtime: Runtime, file: Path) -> None:
    hurt(file, SALTS, f"{sql} WHERE dossier = 'dossier-1'")
    work_on(runtime)
    assert findings(runtime) == [(Kind.LEDGER, SALTS)]
    repair(runtime, NOW)
    assert findings(runtime) == [(Kind.LEDGER, SALTS)]


def test_a_dossier_that_lost_its_salt_is_vouched_for_again_by_a_copy(
    runtime: Runtime, file: Path, copy: Dump
) -> None:
    hurt(file, SALTS)
    work_on(runtime)
    restore_dossier(runtime, copy, "dossier-1", NOW, replace=True)
    restore_damaged(runtime.store, copy)
    assert findings(runtime) == []
    assert list(verify(runtime.store).replaced) == ["dossier-1"]


def test_events_that_were_taken_out_while_the_salt_was_lost_are_still_missed(
    runtime: Runtime, file: Path
) -> None:
    work_on(runtime)
    hurt(file, SALTS)
    hurt(file, "events", "DELETE FROM {} WHERE dossier = 'dossier-1' AND sequence = 2")
    fill(runtime, "dossier-2", "2026-05-13 10:00", actor="els", onderwerp="Bel")
    repair(runtime, NOW)
    assert (Kind.DAMAGED, "events") in findings(runtime)


@pytest.mark.parametrize("table", [LEDGER, SALTS])
@pytest.mark.parametrize("sql", ["UPDATE {} SET crc = crc + 1", "DELETE FROM {}"])
def test_what_no_copy_has_is_accepted_and_told_for_ever(
    table: str, sql: str, runtime: Runtime, file: Path
) -> None:
    work_on(runtime)
    where = {LEDGER: "place = '000000000003'", SALTS: "dossier = 'dossier-1'"}[table]
    hurt(file, table, f"{sql} WHERE {where}")
    repair(runtime, NOW)
    assert findings(runtime) != []
    accept_loss(runtime.store, "De schijf was stuk.")
    assert findings(runtime) == []
    accepted = verify(runtime.store).accepted
    assert accepted != []
    fill(runtime, "dossier-1", "2026-05-14 09:00", actor="els", onderwerp="De bel")
    assert verify(runtime.store).accepted == accepted


def test_what_stands_otherwise_beside_a_loss_is_told_ever_after(runtime: Runtime, file: Path) -> None:
    """Whoever puts an account in and damages a row of the ledger makes it no account like any other."""
    with runtime.store.transaction() as tables:
        els = tables.get("accounts", "els")
        assert els is not None
        tables.insert("accounts", "evil", {**els, "name": "evil"})
    hurt(file, LEDGER, "UPDATE {} SET crc = crc + 1 WHERE place = '000000000003'")
    accept_loss(runtime.store, "De schijf was stuk.")
    assert (LEDGER, "accounts/evil") in verify(runtime.store).accepted


def test_after_a_loss_is_accepted_a_copy_is_whole_again(runtime: Runtime, file: Path) -> None:
    hurt(file, LEDGER, "UPDATE {} SET crc = crc + 1 WHERE place = '000000000003'")
    accept_loss(runtime.store, "De schijf was stuk.")
    made = Backup(runtime.store, NOW)
    assert list(made.lines())
    assert made.contents().left_out == ()


LOST: Final = pytest.mark.parametrize("sql", ["UPDATE {} SET crc = crc + 1", "DELETE FROM {}"])


@LOST
def test_a_secret_that_is_lost_is_not_made_anew_unseen(sql: str, runtime: Runtime, file: Path) -> None:
    before = code_secret(runtime)
    hurt(file, "settings", f"{sql} WHERE key = 'follow-up-key'")
    with writing(runtime.store) as register, pytest.raises(DamagedError):
        register.secret("follow-up-key")
    repair(runtime, NOW)
    assert findings(runtime) != []
    accept_loss(runtime.store, "De schijf was stuk.")
    assert findings(runtime) == []
    assert verify(runtime.store).accepted == [(LEDGER, "settings/follow-up-key")]
    assert code_secret(replace(runtime, secrets=RegisterSecrets())) != before


def signing(runtime: Runtime, file: Path) -> str:
    """What a process that begins now signs cookies with."""
    secrets = RegisterSecrets(beside=lambda: vault_of(file.with_name("register.db.key")))
    return secrets.of(runtime.store, SIGNING)


@LOST
def test_a_website_starts_without_the_key_that_signs_cookies(sql: str, runtime: Runtime, file: Path) -> None:
    before = signing(runtime, file)
    hurt(file, "settings", f"{sql} WHERE key = 'secret-key'")
    instead = signing(runtime, file)
    assert instead != before
    assert signing(runtime, file) == instead, "each process of a website signs in the same way"
    (file.parent / "elders").mkdir()
    elsewhere = signing(runtime, file.parent / "elders" / "register.db")
    assert elsewhere != instead, "whoever has a copy of the register alone signs nothing"


@LOST
def test_repair_makes_a_new_key_that_signs_cookies_and_tells(sql: str, runtime: Runtime, file: Path) -> None:
    before = signing(runtime, file)
    hurt(file, "settings", f"{sql} WHERE key = 'secret-key'")
    instead = signing(runtime, file)
    assert ("settings", SIGNING) in repair(runtime, NOW).replaced
    assert findings(runtime) == []
    assert signing(runtime, file) not in {before, instead}


def test_repair_leaves_a_key_that_is_there_as_it_is(runtime: Runtime, file: Path) -> None:
    before = signing(runtime, file)
    assert repair(runtime, NOW).replaced == []
    assert signing(runtime, file) == before


@LOST
def test_what_is_told_is_taken_in_without_either_key(sql: str, runtime: Runtime, file: Path) -> None:
    signing(runtime, file)
    for lost in ("follow-up-key", "secret-key"):
        hurt(file, "settings", f"{sql} WHERE key = '{lost}'")
    beside = RegisterSecrets(beside=lambda: vault_of(file.with_name("register.db.key")))
    later = replace(runtime, secrets=beside)
    receipt = open_by_web(later, "2026-05-13 09:00")
    with reading_projection(later) as register:
        assert dossier_of_code(register, receipt.code) == receipt.dossier


@pytest.mark.parametrize("sql", ["UPDATE {} SET crc = crc + 1", "DELETE FROM {}"])
def test_what_is_told_is_taken_in_without_the_key_of_follow_up_codes(
    sql: str, runtime: Runtime, file: Path
) -> None:
    with writing(runtime.store) as register:
        register.secret("secret-key")
    hurt(file, "settings", f"{sql} WHERE key = 'follow-up-key'")
    later, elsewhere = (replace(runtime, secrets=RegisterSecrets()) for _ in range(2))
    receipt = open_by_web(later, "2026-05-13 09:00")
    assert code_secret(later) == code_secret(elsewhere), "each process of a website gives the same code"
    with reading_projection(later) as register:
        assert dossier_of_code(register, receipt.code) == receipt.dossier
    assert (Kind.DAMAGED, "settings") in findings(runtime) or (Kind.MISSING, "settings") in findings(runtime)


@pytest.mark.parametrize("sql", ["UPDATE {} SET crc = crc + 1", "DELETE FROM {}"])
def test_people_go_on_signing_in_without_the_key_that_hides_names_in_counts(
    sql: str, runtime: Runtime, file: Path
) -> None:
    count_try(runtime, "els", at("2026-05-13 09:00"))
    hurt(file, "settings", f"{sql} WHERE key = 'tries-key'")
    for minute in range(FREE):
        count_try(runtime, "els", at(f"2026-05-13 10:0{minute}"))
    with pytest.raises(WaitError):
        count_try(runtime, "els", at("2026-05-13 10:04"))


@pytest.mark.parametrize("sql", ["UPDATE {} SET crc = crc + 1", "DELETE FROM {}"])
def test_that_a_ledger_has_begun_is_known_by_the_ledger(sql: str, runtime: Runtime, file: Path) -> None:
    hurt(file, "settings", f"{sql} WHERE key = 'ledger'")
    repair(runtime, NOW)
    assert findings(runtime) == []


def test_of_a_sound_register_nothing_is_accepted(runtime: Runtime) -> None:
    accepted = accept_loss(runtime.store, "De schijf was stuk.")
    assert (accepted.places, accepted.dossiers, accepted.others) == ([], [], [])
    assert verify(runtime.store).accepted == []


# What passes


def _unsaved(runtime: Runtime) -> Callable[[], object]:
    autosave.keep(runtime, "dossier-1", "els", autosave.Unsaved(1, (("v_onderwerp", "Bel"),), NOW))
    return lambda: autosave.unsaved_of(runtime, "dossier-1", "els", NOW)


def _visit(runtime: Runtime) -> Callable[[], object]:
    token = begin_visit(runtime, "dossier-1", NOW)
    return lambda: visited(runtime, token, NOW)


def _session(runtime: Runtime) -> Callable[[], object]:
    with writing(runtime.store) as register:
        register.save_session(SignIn("token", "els", instant_text(NOW), instant_text(NOW)))

    def found() -> object:
        with reading(runtime.store) as register:
            return register.session("token")

    return found


@pytest.mark.parametrize(
    ("table", "kept"), [("unsaved", _unsaved), ("visits", _visit), ("sessions", _session)]
)
def test_what_passes_and_is_damaged_is_as_if_it_were_not_there(
    table: str, kept: Callable[[Runtime], Callable[[], object]], runtime: Runtime, file: Path
) -> None:
    look_again = kept(runtime)
    assert look_again() is not None
    hurt(file, table)
    assert look_again() is None
    autosave.forget(runtime, "dossier-1", "els")
    kept(runtime)
    assert look_again() is not None or table == "visits"


@pytest.mark.parametrize("table", ["messages", "accounts", "submissions", "events"])
def test_what_a_ledger_with_a_hole_may_have_told_of_is_not_thrown_away(
    table: str, runtime: Runtime, file: Path, copy: Dump
) -> None:
    with runtime.store.snapshot() as tables:
        last = max(place for place, _ in tables.scan(LEDGER))
        before = {key for key, _ in tables.scan(table)}
    if table == "accounts":
        staff(runtime, "koen", "kwaliteitscoordinator")
    else:
        write_to_us(runtime, "dossier-1", "Er is gevaar.", "blad", at("2026-05-13 09:00"))
    with runtime.store.snapshot() as tables:
        new = sorted({key for key, _ in tables.scan(table)} - before)
    assert new
    column = {"messages": "key", "accounts": "name"}.get(table, "key")
    with closing(sqlite3.connect(file)) as connection:
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    column = column if column in columns else "key"
    names = ", ".join(f"'{key}'" for key in new)
    hurt(file, table, f"UPDATE {{}} SET crc = crc + 1 WHERE {column} IN ({names})")
    hurt(file, LEDGER, f"UPDATE {{}} SET crc = crc + 1 WHERE place > '{last}'")
    done = restore_damaged(runtime.store, copy)
    assert (done.dropped, sorted(done.left)) == ([], [(table, key) for key in new])
    assert (Kind.DAMAGED, table) in findings(runtime)


def test_what_was_damaged_under_a_key_of_its_own_gives_way_and_is_named(
    runtime: Runtime, file: Path, copy: Dump
) -> None:
    hurt(file, "accounts", "UPDATE {} SET key = 'elz', crc = crc + 1")
    done = restore_damaged(runtime.store, copy)
    assert (done.dropped, done.left) == ([("accounts", "elz")], [])
    assert ("accounts", "els") in done.put_back
    repair(runtime, NOW)
    assert findings(runtime) == []
