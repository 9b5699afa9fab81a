"""Whether a website runs and is ready, as a load balancer or a monitor asks it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from gehoor import bootstrap
from gehoor.bootstrap import SetupError, readiness
from gehoor.bootstrap.register_files.marks import mark
from gehoor.bootstrap.website import Website
from gehoor.services.ports.store import StoreUnavailableError
from gehoor.web.request.health import ALIVE, READY
from tests.support.clock import at


@pytest.fixture
def ask(store: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], TestResponse]:
    monkeypatch.setattr(bootstrap, "now", lambda: at("2026-03-02 09:00"))
    website = Website(store, "http://localhost")
    runtime = website.open()
    client = Client(website.app(runtime))
    return client.get


def test_a_website_that_does_its_work(ask: Callable[[str], TestResponse], store: Path) -> None:
    for path in (ALIVE, READY):
        answer = ask(path)
        assert (answer.status_code, answer.json) == (200, {"ok": True, "failed": []})
        assert "Set-Cookie" not in answer.headers
    assert not list(store.parent.glob("*probe*"))


def test_terms_that_nobody_looked_at_for_long_are_told_and_hinder_nobody(
    ask: Callable[[str], TestResponse], store: Path
) -> None:
    mark(store, "sweep", at("2026-03-02 08:31"))
    assert ask(READY).json == {"ok": True, "failed": []}
    mark(store, "sweep", at("2026-03-02 08:29"))
    for path in (ALIVE, READY):
        answer = ask(path)
        assert (answer.status_code, answer.json) == (200, {"ok": True, "failed": [], "late": ["sweep"]})


@pytest.mark.parametrize(
    ("swept", "status"), [("2026-03-02 08:51", 200), ("2026-03-02 08:49", 503), ("", 503)]
)
def test_where_it_was_agreed_it_is_a_failure(
    store: Path, monkeypatch: pytest.MonkeyPatch, swept: str, status: int
) -> None:
    monkeypatch.setattr(bootstrap, "now", lambda: at("2026-03-02 09:00"))
    monkeypatch.setenv("GEHOOR_SWEEP_WITHIN", "10")
    website = Website(store, "http://localhost")
    client = Client(website.app(website.open()))
    if swept:
        mark(store, "sweep", at(swept))
    answer = client.get(READY)
    assert (answer.status_code, answer.json["failed"]) == (status, ["sweep"] if status != 200 else [])
    assert client.get(ALIVE).status_code == 200


@pytest.mark.parametrize("text", ["0", "-1", "tien", "1,5", "99999"])
def test_a_setting_that_means_nothing_is_refused(
    store: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("GEHOOR_SWEEP_WITHIN", text)
    website = Website(store, "http://localhost")
    with pytest.raises(SetupError, match="GEHOOR_SWEEP_WITHIN kan niet"):
        website.app(website.open())


def failing(error: Exception) -> Any:
    def fails(*_: object, **__: object) -> None:
        raise error

    return fails


@pytest.mark.parametrize(
    ("lacks", "what"),
    [
        ("_read", "store"),
        ("_write", "disk"),
        ("_agreements", "agreements"),
    ],
)
def test_what_it_lacks_is_named_and_nothing_else_is_told(
    ask: Callable[[str], TestResponse], monkeypatch: pytest.MonkeyPatch, lacks: str, what: str
) -> None:
    monkeypatch.setattr(readiness, lacks, failing(StoreUnavailableError("/var/lib/gehoor: geheim")))
    answer = ask(READY)
    assert (answer.status_code, answer.json) == (503, {"ok": False, "failed": [what]})
    assert ask(ALIVE).status_code == 200


def test_a_disk_that_is_full_or_read_only(
    ask: Callable[[str], TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "open", failing(OSError(28, "No space left on device")))
    assert ask(READY).json == {"ok": False, "failed": ["disk"]}


def test_a_register_that_is_gone(ask: Callable[[str], TestResponse], store: Path) -> None:
    store.rename(store.with_name("elsewhere.db"))
    assert ask(READY).json["failed"] == ["store", "disk", "agreements"]  # type: ignore[index]
    store.with_name("elsewhere.db").rename(store)
    assert ask(READY).status_code == 200


def test_agreements_that_are_not_there(ask: Callable[[str], TestResponse], store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("DELETE FROM publications")
        connection.execute("DELETE FROM settings WHERE key = 'publications'")
        connection.commit()
    assert ask(READY).json == {"ok": False, "failed": ["agreements"]}


def test_it_is_only_looked_at(ask: Callable[[str], TestResponse], store: Path) -> None:
    client = Client(Website(store, "http://localhost").app(Website(store, "http://localhost").open()))
    assert client.head(READY).data == b""
    assert client.post(ALIVE).status_code != 200
    assert client.get(f"{ALIVE}/other").status_code != 200
