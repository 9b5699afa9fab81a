"""Looking ahead: ``sweep --what-if`` and ``due`` tell what would be called for, when and whom, and write nothing."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.cli_run import ANSWERS, run

FAR = ("--now", "2030-01-31")


def fingerprint(store: Path) -> dict[str, str]:
    """Return each file of the register with what is in it, byte by byte."""
    return {
        str(file.relative_to(store.parent)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in store.parent.rglob("*")
        if file.is_file()
    }


@pytest.mark.parametrize("form", ["text", "json"])
def test_looking_ahead_leaves_every_byte_of_the_register(store: Path, number: str, form: str) -> None:
    before = fingerprint(store)
    assert before
    assert run("sweep", "--what-if", *FAR, "--format", form).code == 0
    assert run("due", number, *FAR, "--format", form).code == 0
    example = ("due", "de-linde/beukenhof", "De heup is gebroken", "--from", "2026-03-02")
    assert run(*example, *FAR, "--format", form).code == 0
    assert fingerprint(store) == before


def test_what_if_says_what_would_be_flagged_when_and_whom_it_would_be_told(number: str) -> None:
    told = run("sweep", "--what-if", "--now", "2026-03-11", "--format", "json").json()
    flagged = [(one["number"], one["deadline"], one["due"], one["level"]) for one in told["flagged"]]
    assert flagged == [
        (number, "registratie", "2026-03-04", 1),
        (number, "ontvangstmelding", "2026-03-09", 1),
    ]
    assert all({"to", "subject"} <= set(one) for one in told["told"])


def test_due_of_a_dossier_says_each_moment_and_who_hears_of_it(number: str) -> None:
    shown = run("due", number, "--now", "2026-03-02T11:00").out
    lines = shown.splitlines()
    assert lines[0].startswith(f"{number}, zoals het staat op maandag 2 maart 2026")
    begin = lines.index("Registratie volledig maken: uiterlijk woensdag 4 maart 2026")
    assert lines[begin + 1] == "  Klacht ontvangen op maandag 2 maart 2026; die dag telt niet mee."
    assert (
        "  donderdag 5 maart 2026 om 00.00 uur: te laat, bericht aan Kwaliteitscoördinator" in lines[begin:]
    )
    assert lines[-1] == "Er is niets bewaard of verstuurd."


def test_due_says_what_happened_already(number: str) -> None:
    run("sweep", "--no-mail", "--now", "2026-03-05")
    terms = run("due", number, "--now", "2026-03-05", "--format", "json").json()["terms"]
    (registration,) = [one for one in terms if one["term"] == "registratie"]
    assert registration["status"] == "late"
    assert [(one["what"], one["level"], one["tell"], one["done"]) for one in registration["expected"]] == [
        ("deadline-missed", 1, "kwaliteitscoordinator", True)
    ]


def test_due_of_an_example_is_what_would_hold_if_it_came_in_then(store: Path) -> None:
    told = run(
        "due", "de-linde/beukenhof", "Iemand wordt 's nachts vastgebonden",
        "--from", "2026-03-02T22:30:00+01:00", "--now", "2026-03-03", "--format", "json",
    ).json()  # fmt: skip
    (danger,) = [one for one in told["terms"] if one["term"] == "gevaar"]
    assert danger["due"] == "2026-03-03T22:30:00+01:00"
    assert [one["tell"] for one in danger["expected"]] == ["algemeen-directeur"]


def test_a_word_that_is_no_term_and_no_example_is_answered_with_what_was_meant(store: Path) -> None:
    refused = run("due", "de-linde/beukenhof", "Koude soepp", "--from", "2026-03-02")
    assert refused.code != 0
    assert "Koude soep" in refused.err


def test_a_dossier_that_is_not_there_is_said(number: str) -> None:
    refused = run("due", "BEU-2026-0999")
    assert refused.code != 0
    assert "Het dossier BEU-2026-0999 staat niet in dit register." in refused.err


def test_looking_ahead_needs_something_published_and_says_what_to_do(tmp_path: Path) -> None:
    ran = run("sweep", "--what-if", "--store", tmp_path / "register.sqlite")
    assert ran.code != 0
    assert ran.err.startswith("Er is nog geen register")
    assert "Publiceer eerst: gehoor publish." in ran.err
    assert "gehoor due" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_dossier_that_waits_keeps_nobody_from_the_terms_of_another(store: Path) -> None:
    numbers = [
        run(
            *ANSWERS.to_submit(store.parent / "a.json"), "--now", "2026-03-02T09:00", "--format", "json"
        ).json()["number"]
        for _ in range(2)
    ]
    with closing(sqlite3.connect(store)) as connection:
        (hurt,) = connection.execute(
            "SELECT key FROM events WHERE body LIKE ?", (f'%"{numbers[0]}"%',)
        ).fetchone()
        connection.execute("UPDATE events SET crc = crc + 1 WHERE key = ?", (hurt,))
        connection.commit()
    shown = run("due", numbers[1], "--now", "2026-03-02T11:00")
    assert shown.err == ""
    assert shown.out.startswith(f"{numbers[1]}, zoals het staat op")
