"""Where the line of a dossier for lists cannot be read, who asks what is left to be done hears that it is not all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.open_work import OpenWork, open_work
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.intake.ending import plan_ending
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import (
    de_linde,
    fill,
    new_runtime,
    open_by_phone,
    publish_change,
    registered,
    staff,
)
from tests.support.site import new_site

NOW = at("2026-05-20 09:00")
BOSS = Operator("beheerder")
LOST, SOUND, CLOSED = "dossier-1", "dossier-2", "dossier-3"
LINES = f"WHERE key IN ('{LOST}', '{CLOSED}')"


def managing(document: dict[str, Any]) -> None:
    document["rights"]["manage-accounts"] = ["kwaliteitscoordinator"]


@pytest.fixture(params=["UPDATE dossiers SET crc = crc + 1", "DELETE FROM dossiers"])
def runtime(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Runtime]:
    """Two complaints and a remark that is closed, that Els handled; one complaint and the remark have no line that can
    be read."""
    file = tmp_path / "register.db"
    made = de_linde(TinyDBStore(file, SCHEMAS), ("beukenhof", "eikenrode"))
    publish_change(made, managing, "2026-05-11 09:00")
    staff(made, "els", "kwaliteitscoordinator")
    for dossier in (LOST, SOUND):
        open_by_phone(made, "2026-05-12 14:00")
        assign(made, Assigning(dossier, "els", BOSS), at("2026-05-12 15:00"))
    assert registered(made, type_bericht="opmerking") == CLOSED
    assign(made, Assigning(CLOSED, "els", BOSS), at("2026-05-13 09:30"))
    fill(
        made, CLOSED, "2026-05-13 10:00", afgesloten_op="2026-05-13", afsluitreden="geen_klacht",
        reason="Wat nog liep, hoeft niet meer.",
    )  # fmt: skip
    project_pending(made)
    made.store.close()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute(f"{request.param} {LINES}").rowcount == 2
        connection.commit()
    hurt = new_runtime(TinyDBStore(file, SCHEMAS))
    yield hurt
    hurt.store.close()


def work(runtime: Runtime, name: str = "els") -> OpenWork:
    with reading(runtime.store) as register:
        account = register.account(name)
    assert account is not None
    return open_work(runtime, account, NOW)


def test_who_leaves_may_have_more_than_is_listed(runtime: Runtime) -> None:
    found = work(runtime)
    assert ([one for one, _number in found.handled], found.unread) == ([SOUND], (LOST,))


def test_what_ends_with_a_department_may_be_more_than_is_listed(runtime: Runtime) -> None:
    found = plan_ending(runtime, ("de-linde", "beukenhof"), NOW)
    assert ([one.id for one in found.running], LOST in found.unread) == ([SOUND], True)


def test_of_another_department_it_is_all(runtime: Runtime) -> None:
    assert plan_ending(runtime, ("de-linde", "eikenrode"), NOW).unread == ()


def test_who_closes_an_account_reads_it(runtime: Runtime) -> None:
    boss = new_site("2026-05-20 09:00", runtime).staff("baas", "kwaliteitscoordinator")
    shown = boss.get("/medewerker/beheer/accounts/els/afsluiten").text
    assert "Van 1 dossier is niet te lezen of" in shown
