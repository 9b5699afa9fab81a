"""``gehoor repin``: what changes is shown first, and a refusal changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli_run import Ran, run
from tests.support.places import copy_organisations

PLACE = "de-linde/beukenhof"
NOW = ("--now", "2026-03-03T10:00")


@pytest.fixture
def workspace(tmp_path: Path, store: Path) -> Path:
    return copy_organisations(tmp_path)


def publish_with(workspace: Path, file: str, old: str, new: str) -> str:
    """Publish the files with a change; return the code of what then holds."""
    path = workspace / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    ran = run("publish", "--by", "Els", "de-linde", "--workspace", workspace, "--now", "2026-03-02T12:00")
    assert ran.code == 0, ran.err
    found = run("publications", PLACE, *NOW, "--format", "json").json()["publications"]
    return str(found[-1]["hash"])


@pytest.fixture
def quicker(workspace: Path) -> str:
    return publish_with(
        workspace, "rules/de-linde/termijnen.yaml", "binnen: 5 werkdagen", "binnen: 4 werkdagen"
    )


def repin(number: str, code: str, *words: str) -> Ran:
    return run("repin", number, "--to", code, "--reason", "Nieuw reglement", "--by", "els", *NOW, *words)


def kinds(number: str) -> list[str]:
    events = run("dossier", number, *NOW, "--format", "json").json()["events"]
    return [event["kind"] for event in events]


def test_a_rehearsal_and_the_real_thing(number: str, quicker: str) -> None:
    shown = repin(number, quicker[:8], "--what-if")
    assert shown.out.splitlines() == [
        shown.out.splitlines()[0],
        "Vervaldagen",
        "  Ontvangstmelding versturen: van maandag 9 maart 2026 naar vrijdag 6 maart 2026.",
        "Dit wordt anders",
        "  Termijnen",
        "    De termijn “Ontvangstmelding versturen” gaat van 5 naar 4 werkdagen.",
        "Niets gewijzigd: u vroeg alleen wat er zou veranderen.",
    ]
    assert kinds(number) == ["opened"]
    done = repin(number, quicker[:8])
    assert (done.code, done.out.splitlines()[:-1]) == (0, shown.out.splitlines()[:-1])
    assert kinds(number) == ["opened", "repinned"]


def test_the_dossier_tells_it(number: str, quicker: str) -> None:
    repin(number, quicker)
    lines = run("dossier", number, *NOW).out.splitlines()
    told = lines.index(
        "  dinsdag 3 maart 2026 om 10.00 uur, wie de server beheert (els): Voortaan gelden andere afspraken"
    )
    assert lines[told + 1] == "    Reden: Nieuw reglement"
    assert lines[told + 3] == f"    Nu: afspraken met code {quicker[:12]}"


def test_as_data(number: str, quicker: str) -> None:
    done = repin(number, quicker, "--format", "json").json()
    assert list(done) == [
        "dossier", "number", "from", "to", "changed", "dues", "hidden", "changes"
    ]  # fmt: skip
    assert (done["number"], done["to"], done["changed"]) == (number, quicker, True)
    assert done["dues"] == [
        {
            "term": "ontvangstmelding",
            "name": "Ontvangstmelding versturen",
            "before": "2026-03-09",
            "after": "2026-03-06",
            "late": False,
            "was_late": False,
        }
    ]


def test_an_answer_that_would_be_lost_is_named(number: str, workspace: Path) -> None:
    other = publish_with(
        workspace, "forms/basis/klager.schema.yaml", "minLength: 1\n    maxLength: 120", "maxLength: 3"
    )
    ran = repin(number, other)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Niet bewaard. Kijk dit na:\n")
    assert "(klager_naam): Dit is te lang: hoogstens 3 tekens." in ran.err
    asked = repin(number, other, "--format", "json")
    assert (asked.code, [one["field"] for one in asked.json()["refused"]]) == (1, ["klager_naam"])
    assert kinds(number) == ["opened"]


def test_the_agreement_it_has_already(number: str) -> None:
    (published,) = run("publications", PLACE, *NOW, "--format", "json").json()["publications"]
    ran = repin(number, published["hash"])
    assert ran.code == 1
    assert ran.err.splitlines()[1] == "  Dit dossier loopt al onder deze afspraken."


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--to", "abcdef0123"), 2, "er zijn geen gepubliceerde afspraken met deze code"),
        (("--to", "abc"), 2, "schrijf minstens 6 tekens van een code"),
        ((), 2, "--to: dit ontbreekt"),
    ],
)
def test_codes_that_cannot_be(number: str, words: tuple[str, ...], code: int, sentence: str) -> None:
    ran = run("repin", number, *words, "--reason", "x", "--by", "els")
    assert ran.code == code
    assert sentence in ran.err


def test_a_dossier_that_is_not_there(store: Path) -> None:
    ran = run("repin", "BEU-2026-9999", "--to", "abcdef", "--reason", "x", "--by", "els")
    assert (ran.code, ran.err) == (1, "Het dossier BEU-2026-9999 staat niet in dit register.\n")


def test_whoever_runs_the_server_did_it_whatever_name_they_give(number: str, quicker: str) -> None:
    """Also that of an account: what Els did not do herself does not stand there as hers."""
    repin(number, quicker[:8])
    events = run("dossier", number, *NOW, "--format", "json").json()["events"]
    (moved,) = [event for event in events if event["kind"] == "repinned"]
    assert moved["actor"] == "beheerder: els"
