"""One damaged row stays with what is damaged: everything else of the register goes on, and the log says its key."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gehoor.adapters.stores.sql import damage
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.jobs.reindex import reindex
from gehoor.services.jobs.sweep import sweep
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import DamagedError
from gehoor.services.projection.projection import project_pending, reading_projection
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, open_by_phone
from tests.support.pages import Page
from tests.support.site import new_site

OPENED = "2026-05-12 14:00"
LATE = "2026-05-16 00:00"
"""Registration was due on Friday the 15th."""
NO_TEXT = "cast(X'fffe41' AS TEXT)"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def runtime(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runtime]:
    """Four complaints of one day, and two people."""
    monkeypatch.setattr(damage, "_reported", set())
    runtime = de_linde(TinyDBStore(file, SCHEMAS))
    for _ in range(4):
        open_by_phone(runtime, OPENED)
    with writing(runtime.store) as register:
        for name in ("ria", "tom"):
            register.save_account(Account(name, name.title(), f"{name}@linde.example", "", ()))
    project_pending(runtime)
    yield runtime
    runtime.store.close()


def hurt(file: Path, sql: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute(sql).rowcount > 0
        connection.commit()


@pytest.mark.parametrize("how", ["crc = crc + 1", "body = '{'", f"body = {NO_TEXT}", "subject"])
def test_one_summary_keeps_no_other_from_being_swept_and_listed(
    how: str, runtime: Runtime, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    change = "body = replace(body, 'Bel', 'Nel')" if how == "subject" else how
    hurt(file, f"UPDATE dossiers SET {change} WHERE key = 'dossier-1'")
    swept = sweep(runtime, at(LATE))
    assert sorted(flag.dossier for flag in swept.missed) == ["dossier-2", "dossier-3", "dossier-4"]
    with reading_projection(runtime) as register:
        listed = register.summaries(register.published_departments())
    assert sorted(one.id for one in listed) == ["dossier-2", "dossier-3", "dossier-4"]
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR] == [
        "Beschadigd in het register: dossiers, dossier-1. Al het andere gaat door. Kijk na met: gehoor verify"
    ]


def test_of_the_first_so_many_as_many_are_read_when_one_is_damaged(runtime: Runtime, file: Path) -> None:
    hurt(file, "UPDATE dossiers SET crc = crc + 1 WHERE key IN ('dossier-1', 'dossier-2')")
    with reading(runtime.store) as register:
        assert [one.id for one in register.attention_before(at(LATE), 1)] == ["dossier-3"]


def test_a_damaged_event_makes_one_dossier_unreadable(runtime: Runtime, file: Path) -> None:
    hurt(file, "UPDATE events SET crc = crc + 1 WHERE dossier = 'dossier-1'")
    # Not foreseen, so that each has to be decided from its events.
    with writing(runtime.store) as register:
        for document in register.tables.select("dossiers"):
            register.tables.put("dossiers", document["id"], {**document, "head": None})
    swept = sweep(runtime, at(LATE))
    assert sorted(flag.dossier for flag in swept.missed) == ["dossier-2", "dossier-3", "dossier-4"]
    assert swept.failed.keys() == {"dossier-1"}
    with reading(runtime.store) as register, pytest.raises(DamagedError) as caught:
        register.dossier("dossier-1")
    assert (caught.value.table, caught.value.key) == ("events", "dossier-1/000001")
    assert reindex(runtime, at(LATE)).failed.keys() == {"dossier-1"}


def test_a_damaged_account_keeps_only_that_person_out(runtime: Runtime, file: Path) -> None:
    hurt(file, f"UPDATE accounts SET body = {NO_TEXT} WHERE key = 'tom'")
    with reading(runtime.store) as register:
        assert [one.name for one in register.accounts()] == ["ria"]
        assert register.account("ria") is not None
        with pytest.raises(DamagedError):
            register.account("tom")
    assert len(sweep(runtime, at(LATE)).missed) == 4


def test_a_damaged_message_keeps_no_other_from_being_sent(runtime: Runtime, file: Path) -> None:
    sweep(runtime, at(LATE))
    with reading(runtime.store) as register:
        waiting = register.messages_to_send(at(LATE), 100)
    hurt(file, f"UPDATE messages SET crc = crc + 1 WHERE key = '{waiting[0].key}'")
    with reading(runtime.store) as register:
        assert register.messages_to_send(at(LATE), 100) == waiting[1:]


@pytest.mark.parametrize("how", ["crc = crc + 1", "body = '{'"])
def test_damaged_words_keep_nothing_else_from_being_found(how: str, runtime: Runtime, file: Path) -> None:
    # As a disk would: what keeps the index of words is not told.
    with closing(sqlite3.connect(file)) as connection:
        for event in ("insert", "update", "delete"):
            connection.execute(f'DROP TRIGGER "words-of:texts:{event}"')
        connection.execute(f"UPDATE texts SET {how} WHERE dossier = 'dossier-1'")
        connection.commit()
    with reading_projection(runtime) as register:
        found = register.tables.search("texts", ["pyjama"])
    assert {one["dossier"] for one in found} == {"dossier-2", "dossier-3", "dossier-4"}


def test_what_waits_to_be_worked_out_is_worked_out_beside_damage(runtime: Runtime, file: Path) -> None:
    open_by_phone(runtime, OPENED)
    open_by_phone(runtime, OPENED)
    hurt(file, "UPDATE pending SET crc = crc + 1 WHERE dossier = 'dossier-5'")
    with reading_projection(runtime) as register:
        assert register.summary("dossier-6") is not None
        assert register.summary("dossier-5") is None


def test_a_damaged_dossier_has_a_page_that_says_so_and_the_list_goes_on(runtime: Runtime, file: Path) -> None:
    site = new_site("2026-05-13 09:00", runtime)
    browser = site.staff()
    hurt(file, "UPDATE events SET crc = crc + 1 WHERE dossier = 'dossier-1'")
    answer = browser.get("/medewerker/dossiers/dossier-1")
    assert answer.status_code == 500
    assert Page(answer.text).one("h1").text == "Wat hier hoort te staan, is beschadigd"
    assert "Retry-After" not in answer.headers
    assert browser.get("/medewerker/dossiers/dossier-2").status_code == 200
    assert browser.get("/medewerker/").status_code == 200
