"""Settings of the environment: what a website refuses, ``gehoor doctor`` refuses, and a name that is none is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gehoor.bootstrap.doctor.names import KNOWN, unknown_names
from gehoor.cli.site import serve, workers
from tests.support.cli_run import Ran, run
from tests.support.places import CHECKOUT

_NAME = re.compile(r"GEHOOR_[A-Z_]+[A-Z]")
_ODD = ("0", "maybe", "-1", "/dev/null/iets", "x" * 300)
"""Values that hardly any setting can have."""
_ELSEWHERE = frozenset({"GEHOOR_STORE", "GEHOOR_STATE", "GEHOOR_WORKSPACE"})
"""Settings that say where the register is: with another, there is none to look at."""


def started(monkeypatch: pytest.MonkeyPatch) -> Ran:
    """Start a website, up to where it would listen."""
    monkeypatch.setattr(serve, "run", lambda *_: None)
    monkeypatch.setattr(workers, "run_workers", lambda *_: None)
    return run("serve", "--port", "18999", "--no-sweep")


def refusals() -> list[str]:
    """Return what ``gehoor doctor`` refuses."""
    told = run("doctor", "--format", "json")
    if not told.out:
        return [told.err]
    return [one["text"] for check in told.json() for one in check["found"] if one["level"] == "refused"]


@pytest.mark.parametrize("name", sorted(KNOWN - _ELSEWHERE))
@pytest.mark.parametrize("value", _ODD)
def test_what_keeps_a_website_from_starting_is_told_by_doctor(
    store: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.chdir(store.parent)
    monkeypatch.setenv(name, value)
    website = started(monkeypatch)
    assert website.code == 0 or refusals(), website.err


def test_doctor_refuses_nothing_where_nothing_is_set(store: Path) -> None:
    assert refusals() == []


def test_a_name_that_is_none_is_told_when_a_website_starts(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHOOR_PROXY", "1")
    website = started(monkeypatch)
    assert website.code == 0
    assert "GEHOOR_PROXY is geen instelling van Gehoor: niemand leest ze." in website.err


def test_the_nearest_name_is_offered() -> None:
    (sentence,) = unknown_names(["GEHOOR_PROXYS", "PATH"])
    assert sentence.endswith("Bedoelde u 'GEHOOR_PROXIES'?")


def test_every_setting_that_is_read_is_known() -> None:
    read = {
        name
        for file in (CHECKOUT / "platform" / "gehoor").rglob("*.py")
        for name in _NAME.findall(file.read_text("utf-8"))
    }
    assert read == KNOWN


def test_every_setting_stands_in_the_documentation() -> None:
    told = "".join(file.read_text("utf-8") for file in (CHECKOUT / "docs").rglob("*.md"))
    assert [name for name in sorted(KNOWN) if name not in told] == []
