"""Who read a dossier: each opening is in its log, which nobody can change unseen, and which keeps nobody waiting."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.access_log import Way, hour_of
from gehoor.core.dossier.events import BrokenChainError
from gehoor.core.dossier.log_chain import verify_entries
from gehoor.services.access.access_log import log_access, readers_of
from gehoor.services.access.authorisation import Operator
from gehoor.services.maintenance.findings import Kind
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.belonging import NOWHERE, Within
from gehoor.services.ports.store import Store, StoreUnavailableError
from gehoor.services.projection.projection import reading_projection
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.scenarios.access.test_who_reaches_what import keeping
from tests.support.clock import at
from tests.support.de_linde import de_linde, open_by_phone, open_by_web, publish_change, staff
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

NOW = "2026-05-12 14:00"
ZONE = "Europe/Brussels"
KEEPER = "kwaliteitscoordinator"


def house() -> tuple[Site, Visitor, str]:
    site = new_site(NOW)
    publish_change(site.runtime, keeping(Action.READ_ACCESS_LOG), "2026-05-12 09:30")
    return site, site.staff("els", KEEPER), open_by_phone(site.runtime, "2026-05-12 10:00").dossier


def shown(visitor: Visitor, path: str, method: str = "GET", **data: Any) -> int:
    """Ask for a page and read it to its end, as a browser does."""
    answer = visitor.client.open(path, method=method, data=data or None)
    answer.close()
    return answer.status_code


def logged(runtime: Runtime, dossier: str) -> list[tuple[str, str]]:
    return [(one.access.reader, one.access.way) for one in reversed(readers_of(runtime, dossier, at(NOW)))]


def test_each_way_of_opening_is_in_the_log() -> None:
    site, els, dossier = house()
    home = f"/medewerker/dossiers/{dossier}"
    for path in (home, f"{home}/afdruk", f"{home}/inzage"):
        assert shown(els, path) == 200
    assert logged(site.runtime, dossier) == [("els", "page"), ("els", "print"), ("els", "access-log")]


def test_it_is_there_once_an_hour_on_the_clock_of_the_organisation() -> None:
    site, els, dossier = house()
    for when in ("2026-05-12 14:00", "2026-05-12 14:59", "2026-05-12 15:00"):
        site.clock.now = at(when)
        shown(els, f"/medewerker/dossiers/{dossier}")
    log_access(site.runtime, dossier, "els", Way.PAGE, at("2026-05-13 14:05"), ZONE)
    times = [one.access.hour for one in readers_of(site.runtime, dossier, at(NOW))]
    assert times == ["2026-05-13T14+0200", "2026-05-12T15+0200", "2026-05-12T14+0200"]


def test_the_hour_that_a_clock_shows_twice_is_two() -> None:
    hours = {hour_of(datetime(2026, 10, 25, hour, 30, tzinfo=UTC), ZONE) for hour in (0, 1)}
    assert hours == {"2026-10-25T02+0200", "2026-10-25T02+0100"}


def test_who_is_shown_nothing_is_not_in_it() -> None:
    site, _, dossier = house()
    ria, koen = site.staff("ria", "onthaal"), site.staff("koen", "de-linde/eikenrode:onthaal")
    home = f"/medewerker/dossiers/{dossier}"
    assert shown(koen, home) == 404
    assert shown(ria, f"{home}/inzage") == 403
    assert shown(ria, f"{home}/bijlagen/x") == 404
    shown(ria, home, "HEAD")
    assert [way for _, way in logged(site.runtime, dossier)] == ["refused read-access-log"]


def test_what_was_refused_is_in_it_by_who_and_what_and_says_nothing_of_what_was_typed() -> None:
    site, els, dossier = house()
    both = (Action.READ_ACCESS_LOG, Action.WRITE_MESSAGES)
    publish_change(site.runtime, keeping(*both), "2026-05-12 09:40")
    dossier = open_by_phone(site.runtime, "2026-05-12 10:00").dossier
    ria = site.staff("ria", "onthaal")
    home = f"/medewerker/dossiers/{dossier}"
    token = ria.page(home).value("csrf_token")
    typed = {"csrf_token": token, "brief-tekst": "Dit mag ik niet schrijven."}
    answer = ria.post(f"{home}/brieven/stand-van-zaken", typed)
    assert answer.status_code == 403
    answer.close()
    assert ("ria", "refused write-messages") in logged(site.runtime, dossier)
    with reading(site.runtime.store) as register:
        assert "Dit mag ik niet" not in str(list(register.tables.scan("access_log")))
    page = els.page(f"{home}/inzage")
    assert "geweigerd: een bericht aan de melder schrijven" in page.text
    assert page_faults(page) == []


def test_a_page_that_shows_a_form_again_is_in_it() -> None:
    site, els, dossier = house()
    home = f"/medewerker/dossiers/{dossier}"
    page = els.page(home)
    answer = els.resend(home, page, v_ontvangstdatum="geen dag")
    answer.close()
    assert answer.status_code == 422
    assert logged(site.runtime, dossier) == [("els", "page")]


def test_whoever_follows_their_own_message_is_never_in_it() -> None:
    site, _, _ = house()
    receipt = open_by_web(site.runtime, "2026-05-12 11:00")
    visitor = site.visitor()
    visitor.send("/volgen", code=receipt.code).close()
    assert receipt.code
    assert logged(site.runtime, receipt.dossier) == []
    with reading(site.runtime.store) as register:
        assert list(register.tables.scan("access_log")) == []


def test_reading_changes_nothing_of_the_dossier() -> None:
    site, els, dossier = house()
    with reading_projection(site.runtime) as register:
        before = register.events(dossier), register.summary(dossier)
    shown(els, f"/medewerker/dossiers/{dossier}")
    with reading(site.runtime.store) as register:
        assert (register.events(dossier), register.summary(dossier)) == before


def test_the_page_tells_who_by_name_and_only_to_who_may() -> None:
    site, els, dossier = house()
    ria = site.staff("ria", "onthaal")
    home = f"/medewerker/dossiers/{dossier}"
    shown(ria, home)
    log_access(site.runtime, dossier, Operator("Beheer"), Way.COMMAND, at(NOW), ZONE)
    page = els.page(f"{home}/inzage")
    assert page_faults(page) == []
    rows = [row.text for row in page.all("tr")][1:]
    assert len(rows) == 2
    assert "Beheer" in rows[0]
    assert "Ria" in rows[1]
    assert "12 mei 2026 14:00" in rows[1]
    assert f"{home}/inzage" in els.page(home).html
    assert f"{home}/inzage" not in Page(ria.get(home).text).html


# Nothing waits, and nothing fails


class ReadOnly:
    """A store on a disk where nothing can be written."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def transaction(self, within: Within = NOWHERE) -> Any:
        raise StoreUnavailableError("read-only")


def test_where_nothing_can_be_written_the_page_is_there_and_the_server_log_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    site, els, dossier = house()
    els.page("/medewerker/")
    runtime = site.runtime
    site.app.extensions["gehoor"] = replace(
        site.app.extensions["gehoor"],
        runtime=replace(runtime, store=ReadOnly(runtime.store)),  # type: ignore[arg-type]
    )
    with caplog.at_level(logging.ERROR):
        assert shown(els, f"/medewerker/dossiers/{dossier}") == 200
    assert "not in the access log" in caplog.text
    assert dossier in caplog.text
    assert logged(runtime, dossier) == []


def test_once_it_can_be_written_again_it_is() -> None:
    site, _, dossier = house()
    broken = replace(site.runtime, store=ReadOnly(site.runtime.store))  # type: ignore[arg-type]
    log_access(broken, dossier, "els", Way.PAGE, at(NOW), ZONE)
    log_access(site.runtime, dossier, "els", Way.PAGE, at(NOW), ZONE)
    assert logged(site.runtime, dossier) == [("els", "page")]


# Nobody changes it unseen


@pytest.fixture(params=["memory", "file"])
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Runtime, str]]:
    """A register in which a dossier was opened five times, in each store."""
    store = (
        TinyDBStore(tmp_path / "register.db", SCHEMAS) if request.param == "file" else MemoryStore(SCHEMAS)
    )
    runtime = de_linde(store)
    staff(runtime, "els", KEEPER)
    dossier = open_by_phone(runtime, "2026-05-12 10:00").dossier
    for hour in range(5):
        log_access(runtime, dossier, "els", Way.PAGE, at(f"2026-05-12 1{hour}:00"), ZONE)
    yield runtime, dossier
    store.close()


def found(runtime: Runtime) -> set[Kind]:
    return {one.kind for one in verify(runtime.store).findings}


def test_a_log_that_nobody_touched_is_in_order(read: tuple[Runtime, str]) -> None:
    runtime, dossier = read
    with reading(runtime.store) as register:
        entries = register.access_log(dossier)
    verify_entries(entries, dossier)
    assert [one.sequence for one in entries] == [1, 2, 3, 4, 5]
    assert found(runtime) == set()


@pytest.mark.parametrize("place", range(5))
def test_an_entry_that_is_taken_out_is_missed(read: tuple[Runtime, str], place: int) -> None:
    runtime, _ = read
    with writing(runtime.store) as register:
        register.tables.delete("access_log", keys_in(register, place))
    assert Kind.ACCESS_LOG in found(runtime)


@pytest.mark.parametrize("member", ["reader", "at", "way", "hour"])
def test_an_entry_that_is_changed_is_noticed(read: tuple[Runtime, str], member: str) -> None:
    runtime, dossier = read
    with writing(runtime.store) as register:
        key = keys_in(register, 2)
        document = register.tables.get("access_log", key)
        assert document is not None
        other = "2020-01-01T00:00:00.000000Z" if member == "at" else "anders"
        register.tables.put("access_log", key, {**document, member: other})
    # What its key is made of, tells it by itself.
    assert found(runtime) & {Kind.ACCESS_LOG, Kind.MISPLACED}
    with reading(runtime.store) as register, pytest.raises(BrokenChainError):
        verify_entries(register.access_log(dossier), dossier)


def keys_in(register: Any, place: int) -> str:
    return sorted((document["sequence"], key) for key, document in register.tables.scan("access_log"))[place][
        1
    ]
