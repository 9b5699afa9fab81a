"""What somebody gives to a command has an end, whichever command: what is kept of it, is kept for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli_run import run

LONG = "x" * 100_000


@pytest.mark.parametrize(
    "command",
    [
        ("end", "de-linde/beukenhof", "--by", LONG),
        ("publish", "de-linde", "--by", LONG),
        ("proposal", "publish", "iets", "--by", LONG),
        ("sources", "import", "de-linde", "--title", LONG),
        ("user", "coordinator", "els", LONG),
        ("user", "off", LONG),
        ("user", "change", "els", "--role", LONG),
        ("repair", "--give-up", "accounts/els", "--reason", LONG),
        ("dossier", "NUMMER", "--reason", LONG),
    ],
    ids=lambda command: " ".join(command)[:24],
)
def test_what_is_too_long_is_refused(store: Path, command: tuple[str, ...]) -> None:
    ran = run(*command)
    assert ran.code == 2
    assert "100000 tekens is te lang: hoogstens" in ran.err


def test_what_is_kept_of_a_name_steers_no_terminal(store: Path) -> None:
    assert run("end", "de-linde/beukenhof", "--by", "di\x1b[2Jrectie\u202e").code == 0
    listed = run("publications", "de-linde/beukenhof", "--format", "json").out
    assert "di[2Jrectie" in listed


@pytest.mark.parametrize(("named", "code"), [("de-linde", 0), ("de-lind", 2), ("x" * 101, 2)])
def test_who_coordinates_does_so_for_an_organisation_that_is_there(
    store: Path, named: str, code: int
) -> None:
    els = ("els", "--name", "Els", "--email", "els@delinde.example", "--role", "de-linde/beukenhof:onthaal")
    assert run("user", "add", *els, "--password-stdin", text="een lang wachtwoord van Els\n").code == 0
    ran = run("user", "coordinator", "els", named)
    assert ran.code == code, ran.err
    assert run("user", "coordinator", "els", "--none").code == 0
