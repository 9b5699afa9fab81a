"""``gehoor webhook``: programs that hear what happens, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli_run import Ran, run

ADDRESS = "https://portaal.example/gehoor"


def add(address: str = ADDRESS, organisation: str = "de-linde", *more: str) -> Ran:
    return run("webhook", "add", organisation, address, "--name", "Portaal", *more)


def test_a_program_comes_stands_still_goes_on_and_goes(store: Path) -> None:
    made = add()
    assert made.code == 0, made.err
    assert "whsec_" in made.out
    (one,) = run("webhook", "list", "--format", "json").json()
    assert (one["address"], one["paused_at"], len(one["events"])) == (ADDRESS, "", 4)
    assert run("webhook", "pause", one["id"]).code == 0
    assert "(staat stil)" in run("webhook", "list").out
    assert run("webhook", "again", one["id"]).code == 0
    assert run("webhook", "remove", one["id"]).code == 0
    assert "Er is nog geen webhook" in run("webhook", "list").out


@pytest.mark.parametrize("address", ["portaal", "http://portaal.example/", "https://10.0.0.1/"])
def test_an_address_that_cannot_be_is_refused(address: str, store: Path) -> None:
    ran = add(address)
    assert (ran.code, "ADRES" in ran.err) == (2, True)


def test_a_setting_lets_it_be(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHOOR_WEBHOOK_PRIVATE", "1")
    monkeypatch.setenv("GEHOOR_WEBHOOK_HTTP", "1")
    assert add("http://10.0.0.1/").code == 0


def test_a_setting_is_a_yes_or_a_no(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHOOR_WEBHOOK_HTTP", "misschien")
    ran = add()
    assert (ran.code, "GEHOOR_WEBHOOK_HTTP kan niet" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [(("add", "niemand", ADDRESS, "--name", "x"), 1), (("add", "de-linde", ADDRESS), 2), (("pause", "x"), 1),
     (("add", "de-linde", ADDRESS, "--name", "x", "--event", "iets"), 2)],
)  # fmt: skip
def test_what_is_not_there_is_said(words: tuple[str, ...], code: int, store: Path) -> None:
    assert run("webhook", *words).code == code


def test_nothing_is_told_where_nobody_hears(store: Path) -> None:
    assert run("send", "--format", "json").json()["events"] == {"sent": 0, "waiting": 0}
