"""Somebody asks what is kept about them while a dossier is damaged: they get the others, and it is said that it is not
all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.access.disclosure import Party
from gehoor.services.disclosure.finding import Person
from gehoor.services.disclosure.person import Given, about_person
from gehoor.services.disclosure.report import files_of
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import fill, open_by_web, staff
from tests.support.retention import TOLD, keeping_de_linde
from tests.support.site import new_site

NOW = at("2026-07-01 09:00")
PERSON = Person(email=TOLD["klager_email"])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def runtime(file: Path) -> Iterator[Runtime]:
    """Two complaints of one person."""
    runtime = keeping_de_linde(TinyDBStore(file, SCHEMAS))
    for name, role in (("els", "kwaliteitscoordinator"), ("an", "kwaliteitscoordinator")):
        staff(runtime, name, role)
    for day in (12, 13):
        open_by_web(runtime, f"2026-05-{day} 14:00", **TOLD)
    yield runtime
    runtime.store.close()


def hurt(file: Path, dossier: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        changed = connection.execute("UPDATE events SET crc = crc + 1 WHERE dossier = ?", (dossier,))
        assert changed.rowcount
        connection.commit()


def given(runtime: Runtime, party: Party = Party.COMPLAINANT) -> Given:
    return about_person(runtime, "de-linde", PERSON, party, "els", NOW)


def test_the_others_are_given(runtime: Runtime, file: Path) -> None:
    hurt(file, "dossier-1")
    assert [one.dossier for one in given(runtime).dossiers] == ["dossier-2"]


def test_who_gives_it_hears_which_could_not_be_read(runtime: Runtime, file: Path) -> None:
    given(runtime)  # Lists know of both by now.
    hurt(file, "dossier-1")
    assert given(runtime).damaged == ("BEU-2026-0001",)


def test_of_one_that_does_not_exist_for_who_gives_it_nothing_is_said(runtime: Runtime, file: Path) -> None:
    about = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["els"]}
    fill(runtime, "dossier-1", "2026-05-14 09:00", actor="an", **about)
    given(runtime)
    hurt(file, "dossier-1")
    assert given(runtime).damaged == ()


def test_who_asks_reads_that_it_is_not_all_and_no_number_that_may_be_of_another(
    runtime: Runtime, file: Path
) -> None:
    given(runtime)
    hurt(file, "dossier-1")
    text = dict(files_of(given(runtime), PERSON, "klager"))["inzage.txt"].decode()
    assert "Niet alles kon gelezen worden (1)." in text
    assert "BEU-2026-0001" not in text


def test_on_the_page_nobody_reads_that_nothing_was_found(runtime: Runtime, file: Path) -> None:
    site = new_site("2026-07-01 09:00", runtime)
    els = site.staff("els", "kwaliteitscoordinator")
    given(runtime)
    hurt(file, "dossier-1")
    hurt(file, "dossier-2")
    answer = els.send("/medewerker/inzage", voor="klager", email=TOLD["klager_email"])
    assert answer.status_code == 422
    assert "BEU-2026-0001, BEU-2026-0002" in answer.text
