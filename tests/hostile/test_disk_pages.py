"""A disk that is full while people work: a page that says so, reading goes on, and it recovers without a restart."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from tests.support.de_linde import ORGANISATION, de_linde
from tests.support.faults import Tell
from tests.support.pages import Page, page_faults
from tests.support.site import Site, new_site

TELL = f"/{ORGANISATION}/beukenhof/melden/alles"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    store = TinyDBStore(tmp_path / "register.db", SCHEMAS)
    yield new_site(runtime=de_linde(store))
    store.close()


def fill(site: Site) -> None:
    """Give the register no more room than it has, as far as the next that writes can tell."""
    store = site.runtime.store
    assert isinstance(store, TinyDBStore)
    with store.database.storage.transaction() as session:
        (pages,) = session.connection.execute("PRAGMA page_count").fetchone()
        session.connection.execute(f"PRAGMA max_page_count = {pages}")


@contextmanager
def locked(site: Site, file: Path) -> Iterator[None]:
    """Have somebody else fail every write: what they keep in the register refuses it."""
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TRIGGER no_room BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'no'); END")
        other.commit()
    yield
    with closing(sqlite3.connect(file)) as other:
        other.execute("DROP TRIGGER no_room")
        other.commit()


def told(site: Site) -> int:
    with reading(site.runtime.store) as register:
        return register.tables.count("events", where={"kind": "opened"})


def test_a_full_disk(site: Site, fault: Tell) -> None:
    visitor = site.visitor()
    assert visitor.send(TELL, v_uiteenzetting="De soep was koud.", v_anoniem="ja").status_code == 303
    page, attempts = visitor.page(TELL), 10
    for attempt in range(attempts):
        fill(site)
        story = f"De soep was koud. {attempt} " + "Het duurde lang. " * 500
        refused = site.visitor().resend(TELL, page, v_uiteenzetting=story, v_anoniem="ja")
        assert (refused.status_code, refused.headers.get("Retry-After")) == (503, "30")
        said = Page(refused.text)
        assert "Wat eerder bewaard werd, is er nog." in said.text
        assert page_faults(said) == []
        assert visitor.get("/").status_code == 200
        assert visitor.get(TELL).status_code == 200
    assert told(site) == 1
    assert visitor.resend(TELL, page, v_uiteenzetting=story, v_anoniem="ja").status_code == 303
    assert told(site) == 2
    fault("complaints sent to a full disk", attempts, "half saved, unanswered or in the way of reading")


def test_a_write_that_fails_half_way_through_a_save(site: Site, tmp_path: Path, fault: Tell) -> None:
    page, attempts = site.visitor().page(TELL), 10
    with locked(site, tmp_path / "register.db"):
        for _ in range(attempts):
            refused = site.visitor().resend(TELL, page, v_uiteenzetting="De soep was koud.", v_anoniem="ja")
            assert refused.status_code == 503
            assert site.visitor().get("/").status_code == 200
        assert told(site) == 0
        with reading(site.runtime.store) as register:
            assert [register.tables.count(table) for table in ("counters", "submissions", "pending")] == [
                0,
                0,
                0,
            ]
    assert (
        site.visitor().resend(TELL, page, v_uiteenzetting="De soep was koud.", v_anoniem="ja").status_code
        == 303
    )
    fault("saves of which one write fails", attempts, "half saved")
