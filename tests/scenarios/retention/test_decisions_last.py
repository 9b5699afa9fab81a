"""What somebody decided about keeping a dossier lasts while nobody can read whether that is still closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.maintenance.repair import repair
from gehoor.services.ports.records import RetentionRecord
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.approval import NotDueError, approve, hold_back, let_go, listed
from gehoor.services.retention.records import sound_record
from gehoor.services.retention.survey import UNLISTED, survey
from tests.support.clock import at
from tests.support.de_linde import fill, staff
from tests.support.retention import closed_complaint, keeping_de_linde
from tests.support.site import new_site

NOW = at("2031-06-11 09:00")
NEXT_DAY = at("2031-06-12 09:00")
DOSSIER = "dossier-1"
LOST = ["UPDATE dossiers SET crc = crc + 1", "DELETE FROM dossiers"]


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    """One complaint, that need not be kept any more."""
    made = keeping_de_linde(TinyDBStore(tmp_path / "register.db", SCHEMAS))
    staff(made, "els", "kwaliteitscoordinator")
    assert closed_complaint(made) == DOSSIER
    survey(made, NOW)
    yield made
    made.store.close()


def lost(runtime: Runtime, tmp_path: Path, how: str) -> Runtime:
    """The same register, in which the line of the complaint for lists is damaged or gone."""
    runtime.store.close()
    with closing(sqlite3.connect(tmp_path / "register.db")) as connection:
        assert connection.execute(how).rowcount == 1
        connection.commit()
    return replace(runtime, store=TinyDBStore(tmp_path / "register.db", SCHEMAS))


def record(runtime: Runtime) -> RetentionRecord | None:
    with reading(runtime.store) as register:
        return sound_record(register, DOSSIER)


@pytest.mark.parametrize("how", LOST)
def test_what_is_held_back_stays_so_and_is_named(runtime: Runtime, tmp_path: Path, how: str) -> None:
    hold_back(runtime, DOSSIER, "De rechtbank vraagt het.", "els", NOW)
    before = record(runtime)
    hurt = lost(runtime, tmp_path, how)
    assert survey(hurt, NEXT_DAY).failed == {DOSSIER: UNLISTED}
    assert record(hurt) == before
    hurt.store.close()


@pytest.mark.parametrize("how", LOST)
def test_once_it_is_mended_it_is_still_held_back(runtime: Runtime, tmp_path: Path, how: str) -> None:
    hold_back(runtime, DOSSIER, "De rechtbank vraagt het.", "els", NOW)
    hurt = lost(runtime, tmp_path, how)
    survey(hurt, NEXT_DAY)
    repair(hurt, NEXT_DAY)
    survey(hurt, NEXT_DAY)
    with pytest.raises(NotDueError):
        approve(hurt, [DOSSIER], "els", NEXT_DAY)
    hurt.store.close()


@pytest.mark.parametrize("how", LOST)
def test_an_approval_stays_too(runtime: Runtime, tmp_path: Path, how: str) -> None:
    approve(runtime, [DOSSIER], "els", NOW)
    before = record(runtime)
    hurt = lost(runtime, tmp_path, how)
    survey(hurt, NEXT_DAY)
    assert record(hurt) == before
    hurt.store.close()


def test_who_opens_the_list_reads_that_it_may_not_be_all(runtime: Runtime, tmp_path: Path) -> None:
    hurt = lost(runtime, tmp_path, LOST[0])
    els = new_site("2031-06-12 09:00", hurt).staff("els", "kwaliteitscoordinator")
    assert "Van 1 dossier kon niet nagekeken worden" in els.get("/medewerker/bewaring").text
    hurt.store.close()


@pytest.fixture
def reopened(runtime: Runtime) -> Runtime:
    """The complaint was held back, and opened again."""
    hold_back(runtime, DOSSIER, "De rechtbank vraagt het.", "els", NOW)
    reopen(runtime, DOSSIER, "Er kwam iets bij.", "els", NEXT_DAY)
    survey(runtime, NEXT_DAY)
    return runtime


def closed_again(runtime: Runtime) -> Runtime:
    fill(
        runtime, DOSSIER, "2031-06-13 09:00", actor="els", reason="Zij wilde geen nazorg.",
        afgesloten_op="2031-06-13", afsluitreden="beantwoord",
    )  # fmt: skip
    project_pending(runtime)
    survey(runtime, at("2031-06-13 10:00"))
    return runtime


def test_what_is_open_again_is_on_no_list_although_it_is_held_back(reopened: Runtime) -> None:
    assert listed(reopened, "els", NEXT_DAY).waiting == ()


def test_what_is_closed_again_is_still_held_back(reopened: Runtime) -> None:
    later = at("2036-06-16 09:00")
    survey(closed_again(reopened), later)
    (found,) = listed(reopened, "els", later).waiting
    assert (found.state, found.reason) == ("held", "De rechtbank vraagt het.")


def test_what_is_closed_again_goes_once_somebody_lets_it_go(reopened: Runtime) -> None:
    later = at("2036-06-16 09:00")
    survey(closed_again(reopened), later)
    let_go(reopened, DOSSIER, "els", later)
    (made,) = approve(reopened, [DOSSIER], "els", later)
    assert made.state == "approved"


def test_an_approval_of_what_is_opened_again_lapses(runtime: Runtime) -> None:
    approve(runtime, [DOSSIER], "els", NOW)
    reopen(runtime, DOSSIER, "Er kwam iets bij.", "els", NEXT_DAY)
    survey(runtime, NEXT_DAY)
    assert record(runtime) is None
