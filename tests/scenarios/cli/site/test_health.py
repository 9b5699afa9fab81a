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
from gehoor.bootstrap import readiness
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
