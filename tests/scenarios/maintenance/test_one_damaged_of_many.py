"""One damaged dossier among those that somebody works with at once: with all others it goes on, and it is named."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.open_work import hand_over, open_work
from gehoor.services.dossiers.assignment import Assigning, assign, assign_many
from gehoor.services.dossiers.viewing import look
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.alike import alike
from gehoor.services.search.called_otherwise import called_otherwise
from gehoor.services.search.duplicate_detection import told_before
from tests.support.clock import at
from tests.support.de_linde import (
    PHONE,
    agreement,
    de_linde,
    fill,
    new_runtime,
    open_by_phone,
    publish_change,
    staff,
)

NOW = at("2026-05-20 09:00")
BOSS = Operator("beheerder")
DAMAGED, SOUND, ANOTHER = "dossier-1", "dossier-2", "dossier-3"


def asking_why(document: dict[str, Any]) -> None:
    document["forms"]["dossier"]["properties"]["type_bericht"]["reason-on-change"] = True


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three complaints of one person about the same, that Els handles; the first two were called something else."""
    file = tmp_path_factory.mktemp("whole") / "register.db"
    runtime = de_linde(TinyDBStore(file, SCHEMAS))
    publish_change(runtime, asking_why, "2026-05-01 09:00")
    for name in ("els", "rita"):
        staff(runtime, name, "kwaliteitscoordinator")
    for name in ("tom", "tom2"):
        staff(runtime, name, "teamverantwoordelijke")
    for dossier in (DAMAGED, SOUND, ANOTHER):
        open_by_phone(runtime, "2026-05-12 14:00")
        assign(runtime, Assigning(dossier, "els", BOSS), at("2026-05-12 15:00"))
    about = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["tom"]}
    fill(runtime, DAMAGED, "2026-05-12 16:00", actor="els", **about)
    for dossier in (DAMAGED, SOUND):
        fill(runtime, dossier, "2026-05-13 09:00", actor="els", reason="Zo.", type_bericht="opmerking")
    project_pending(runtime)
    runtime.store.close()
    return file


def damaged(whole: Path, tmp_path: Path, how: str = "UPDATE events SET crc = crc + 1") -> Runtime:
    """The same where one event of the first cannot be read, or is gone."""
    file = tmp_path / "register.db"
    shutil.copy(whole, file)
    with closing(sqlite3.connect(file)) as connection:
        hurt = connection.execute(f"{how} WHERE key = '{DAMAGED}/000002'")
        assert hurt.rowcount == 1
        connection.commit()
    return new_runtime(TinyDBStore(file, SCHEMAS))


@pytest.fixture(params=["UPDATE events SET crc = crc + 1", "DELETE FROM events"])
def runtime(request: pytest.FixtureRequest, whole: Path, tmp_path: Path) -> Iterator[Runtime]:
    made = damaged(whole, tmp_path, request.param)
    yield made
    made.store.close()


def account(runtime: Runtime, name: str = "els") -> Account:
    with reading(runtime.store) as register:
        found = register.account(name)
    assert found is not None
    return found


def handler(runtime: Runtime, dossier: str) -> str:
    return look(runtime, dossier, NOW).dossier.handler


def test_who_registers_is_told_in_which_others_the_same_person_told_it(runtime: Runtime) -> None:
    found = told_before(runtime, agreement(), account(runtime), PHONE, NOW)
    assert {one.id for one in found} == {SOUND, ANOTHER}


def test_the_others_in_which_nearly_the_same_is_told_are_shown(runtime: Runtime) -> None:
    opened = look(runtime, SOUND, NOW, "els")
    assert [one.id for one in alike(runtime, opened, account(runtime), NOW)] == [ANOTHER]


def test_of_the_others_it_is_told_by_whom_and_why_they_were_called_otherwise(runtime: Runtime) -> None:
    found = called_otherwise(runtime, agreement(), account(runtime), NOW)
    assert [one.dossier for one in found.latest] == [SOUND]


def test_the_others_are_given_to_somebody(runtime: Runtime) -> None:
    assign_many(runtime, [DAMAGED, SOUND], Assigning("", "rita", "els"), NOW)
    assert handler(runtime, SOUND) == "rita"


def test_who_leaves_hands_over_the_others(runtime: Runtime) -> None:
    hand_over(runtime, open_work(runtime, account(runtime), NOW), ("els", "rita"), BOSS, NOW)
    assert {handler(runtime, one) for one in (SOUND, ANOTHER)} == {"rita"}


def test_two_accounts_become_one_person_and_what_is_about_them_exists_for_neither(runtime: Runtime) -> None:
    change_account(runtime, AccountChange("tom2", same_person_as="tom"), BOSS, NOW)
    with reading(runtime.store) as register:
        assert register.excluded_from(DAMAGED) == {"tom", "tom2"}


def test_what_cannot_be_read_is_named_to_who_sees_it_in_lists(whole: Path, tmp_path: Path) -> None:
    runtime = damaged(whole, tmp_path)
    _given, refused = assign_many(runtime, [DAMAGED, SOUND], Assigning("", "rita", "els"), NOW)
    assert [(one.number, one.objection.code) for one in refused] == [("BEU-2026-0001", "assign-damaged")]


def test_what_cannot_be_read_is_not_named_to_whom_it_does_not_exist_for(whole: Path, tmp_path: Path) -> None:
    runtime = damaged(whole, tmp_path)
    _given, refused = assign_many(runtime, [DAMAGED], Assigning("", "rita", "tom"), NOW)
    assert [one.number for one in refused] == [""]


def test_who_told_one_that_is_gone_tells_another(whole: Path, tmp_path: Path) -> None:
    runtime = damaged(whole, tmp_path)
    with closing(sqlite3.connect(tmp_path / "register.db")) as connection:
        connection.execute(f"DELETE FROM events WHERE key LIKE '{ANOTHER}/%'")
        connection.commit()
    later = replace(runtime, new_id=lambda: "dossier-4")
    receipt = open_by_phone(later, "2026-05-20 09:00", uiteenzetting="De lift staat weer stil.")
    assert receipt.number == "BEU-2026-0004"
