"""``gehoor diff``, and what ``gehoor publish`` says will change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli_run import Ran, run
from tests.support.places import ORGANISATIONS, copy_organisations

QUICKER = "De termijn “Ontvangstmelding versturen” gaat van 5 naar 4 werkdagen."


@pytest.fixture
def workspace(tmp_path: Path, store: Path) -> Path:
    """Return the working files beside a register in which they were published, with one term made shorter."""
    copy_organisations(tmp_path)
    file = tmp_path / "rules/de-linde/termijnen.yaml"
    file.write_text(file.read_text("utf-8").replace("binnen: 5 werkdagen", "binnen: 4 werkdagen"), "utf-8")
    return tmp_path


def diff(*words: str | Path) -> Ran:
    return run("diff", *words)


def hash_of(store: Path, department: str = "beukenhof") -> str:
    found = run(
        "publish", "--workspace", ORGANISATIONS, "--store", store, "--what-if", "--format", "json"
    ).json()
    return next(str(one["hash"]) for one in found["would-publish"] if one["department"] == department)


def test_nothing_is_different_from_itself() -> None:
    ran = diff("de-linde/beukenhof", "de-linde/beukenhof", "--workspace", ORGANISATIONS)
    assert (ran.code, ran.out) == (0, "Er is geen verschil.\n")


def test_two_departments_differ_in_sentences_by_subject() -> None:
    ran = diff("de-linde/beukenhof", "de-linde/thuis", "--workspace", ORGANISATIONS)
    lines = ran.out.splitlines()
    assert ran.code == 1
    assert "  De termijn “Ontvangstmelding versturen” gaat van 5 naar 3 werkdagen." in lines
    assert lines.index("Termijnen") < lines.index("Formulier Dossier")
    assert "  Nieuw veld op het formulier Dossier: Zorgroute." in lines
    assert "    - Dit hoort bij de fase “Registratie”." in lines


def test_the_other_way_round_the_field_is_gone() -> None:
    ran = diff("de-linde/thuis", "de-linde/beukenhof", "--workspace", ORGANISATIONS)
    assert "  Het veld “Zorgroute” op het formulier Dossier is weg." in ran.out.splitlines()


def test_the_working_files_against_what_is_in_force(workspace: Path) -> None:
    ran = diff("in-force:de-linde/beukenhof", "de-linde/beukenhof", "--workspace", workspace)
    assert (ran.code, ran.out.splitlines()) == (1, ["Termijnen", f"  {QUICKER}"])


def test_a_published_agreement_by_the_beginning_of_its_hash(workspace: Path, store: Path) -> None:
    beginning = hash_of(store)[:6]
    ran = diff(beginning, "de-linde/beukenhof", "--workspace", workspace, "--format", "json")
    assert ran.code == 1
    found = ran.json()
    assert found["equal"] is False
    assert found["changes"] == [
        {
            "subject": "Termijnen",
            "key": "terms/ontvangstmelding/within",
            "sentence": QUICKER,
            "details": [],
        }
    ]
    assert diff(beginning, "in-force:de-linde/beukenhof").code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("abc", "de-linde/thuis"), "minstens 6 tekens van een code"),
        (("abcdef0123456", "de-linde/thuis"), "er zijn geen gepubliceerde afspraken met deze code"),
        (("beukenhof", "de-linde/thuis"), "schrijf een afdeling zoals de-linde/beukenhof"),
        (("in-force:de-linde/thui", "de-linde/thuis"), 'bedoelde u "thuis"?'),
        (("in-force:x", "de-linde/thuis"), "schrijf de organisatie en de afdeling zo"),
    ],
)
def test_what_cannot_be_compared_ends_with_2(store: Path, words: tuple[str, str], sentence: str) -> None:
    ran = diff(*words, "--workspace", ORGANISATIONS)
    assert ran.code == 2
    assert sentence in ran.err


def test_without_a_register_comparing_ends_with_2(tmp_path: Path) -> None:
    missing = tmp_path / "register.db"
    ran = diff("in-force:de-linde/thuis", "de-linde/thuis", "--workspace", ORGANISATIONS, "--store", missing)
    assert ran.code == 2
    assert "Er is nog geen register" in ran.err
    assert not missing.exists()


def test_publishing_first_says_what_changes(workspace: Path) -> None:
    lines = run("publish", "--by", "Els", "--workspace", workspace).out.splitlines()
    assert lines[:3] == ["de-linde/beukenhof: dit verandert", "  Termijnen", f"    {QUICKER}"]
    states = {line.split()[0]: line.split()[-1] for line in lines if line.startswith("de-linde/")}
    assert states["de-linde/beukenhof"] == "gepubliceerd"
    assert states["de-linde/thuis"] == "ongewijzigd"


def test_a_what_if_shows_it_and_publishes_nothing(workspace: Path) -> None:
    first = run("publish", "--workspace", workspace, "--what-if")
    assert first.code == 0
    assert f"    {QUICKER}" in first.out.splitlines()
    assert first.out.splitlines()[-1].startswith("Niets gepubliceerd")
    assert run("publish", "--workspace", workspace, "--what-if").out == first.out


def test_a_what_if_makes_no_register(tmp_path: Path) -> None:
    missing = tmp_path / "register.db"
    ran = run("publish", "--workspace", ORGANISATIONS, "--store", missing, "--what-if")
    assert ran.code == 0
    assert "zou gepubliceerd worden" in ran.out
    assert not missing.exists()


def test_json_of_publishing_has_no_sentences(workspace: Path) -> None:
    ran = run("publish", "--by", "Els", "--workspace", workspace, "--format", "json")
    assert {one["changed"] for one in ran.json()["published"]} == {True, False}
