"""An agreement of before that is damaged harms the dossiers under it: others are flagged, listed, found and told of."""

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
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.jobs.sweep import sweep
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.library import Library
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.search import search
from gehoor.services.search.worklist import work_list
from tests.support.clock import at
from tests.support.de_linde import (
    agreement,
    de_linde,
    fill,
    new_runtime,
    open_by_phone,
    publish_change,
    staff,
)

LATE = at("2026-06-30 12:00")


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One dossier under an agreement that is no longer in force and is damaged, and one under what took its place."""
    file = tmp_path_factory.mktemp("damaged") / "register.db"
    runtime = de_linde(TinyDBStore(file, SCHEMAS))
    staff(runtime, "els", "kwaliteitscoordinator")
    open_by_phone(runtime, "2026-05-12 14:00")
    fill(runtime, "dossier-1", "2026-05-12 15:00", vertrouwelijkheid="beperkt")
    assign(runtime, Assigning("dossier-1", "els", Operator("ria")), at("2026-05-12 16:00"))
    publish_change(runtime, _renamed, "2026-05-13 09:00")
    open_by_phone(runtime, "2026-05-13 14:00", onderwerp="De lift staat stil")
    fill(runtime, "dossier-2", "2026-05-13 15:00", vertrouwelijkheid="beperkt")
    project_pending(runtime)
    runtime.store.close()
    with closing(sqlite3.connect(file)) as connection:
        hurt = connection.execute(
            "UPDATE agreements SET crc = crc + 1 WHERE key = ?", (agreement("beukenhof").hash,)
        )
        assert hurt.rowcount == 1
        connection.commit()
    return file


@pytest.fixture
def runtime(damaged: Path, tmp_path: Path) -> Iterator[Runtime]:
    """The same in another process, which read nothing yet."""
    file = tmp_path / "register.db"
    shutil.copy(damaged, file)
    runtime = replace(new_runtime(TinyDBStore(file, SCHEMAS)), library=Library(), new_id=lambda: "dossier-3")
    yield runtime
    runtime.store.close()


def _renamed(document: dict[str, Any]) -> None:
    document["department"]["name"] = "Huis Beukenhof"


def els(runtime: Runtime) -> Account:
    with reading(runtime.store) as register:
        found = register.account("els")
    assert found is not None
    return found


def test_the_others_are_flagged(runtime: Runtime) -> None:
    assert {one.dossier for one in sweep(runtime, LATE).missed} == {"dossier-2"}


def test_those_under_it_wait_and_are_named(runtime: Runtime) -> None:
    assert list(sweep(runtime, LATE).failed) == ["dossier-1"]


def test_who_sees_the_others_sees_them_in_the_list(runtime: Runtime) -> None:
    assert [one.summary.id for one in work_list(runtime, els(runtime), LATE).lines] == ["dossier-2"]


def test_the_others_are_found(runtime: Runtime) -> None:
    assert [one.summary.id for one in search(runtime, els(runtime), "pyjama", LATE).hits] == ["dossier-2"]


def test_a_new_message_of_who_told_one_of_those_comes_in(runtime: Runtime) -> None:
    receipt = open_by_phone(runtime, "2026-06-01 10:00", onderwerp="Nog eens de bel", uiteenzetting="Weer.")
    assert receipt.number == "BEU-2026-0003"


def test_who_is_to_hear_that_a_term_is_late_hears_it_where_what_lists_knew_of_that_is_damaged(
    runtime: Runtime, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "register.db")) as connection:
        connection.execute("UPDATE clearances SET crc = crc + 1")
        connection.commit()
    sweep(runtime, LATE)
    with reading(runtime.store) as register:
        told = {name for one in register.messages_of("dossier-2") for name in one.people}
    assert told == {"els"}
