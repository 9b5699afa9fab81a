"""The whole path on the command line, on a clock of our own: from files to a message in the outbox."""

from __future__ import annotations

import email
import email.policy
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gehoor import bootstrap
from tests.support.cli_run import ANSWERS, run
from tests.support.places import copy_organisations

HOLDER = ("--role", "de-linde/beukenhof:kwaliteitscoordinator", "--password-stdin")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for setting in ("GEHOOR_SMTP", "GEHOOR_STORE", "GEHOOR_URL"):
        monkeypatch.delenv(setting, raising=False)
    place = copy_organisations(tmp_path / "eigen")
    monkeypatch.setenv("GEHOOR_WORKSPACE", str(place))
    return place


def test_from_files_to_a_message_in_the_outbox(workspace: Path, tmp_path: Path) -> None:
    checked = run("check", "--format", "json")
    assert (checked.code, checked.json()) == (
        0,
        {"problems": [], "organisations": ["de-linde", "waterhof"], "departments": 6},
    )
    published = run("publish", "--by", "Els", "--now", "2026-03-01", "--format", "json").json()["published"]
    assert [(item["organisation"], item["department"], item["changed"]) for item in published] == [
        ("de-linde", "beukenhof", True), ("de-linde", "eikenrode", True), ("de-linde", "thuis", True),
        ("waterhof", "wijk", True), ("waterhof", "verpleeghuis", True), ("waterhof", "dagbesteding", True),
    ]  # fmt: skip
    assert all(list(item) == ["organisation", "department", "hash", "changed"] for item in published)
    assert all(len(item["hash"]) == 64 for item in published)
    added = run(
        "user",
        "add",
        "els",
        "--name",
        "Els V",
        "--email",
        "els@delinde.example",
        *HOLDER,
        text="een goed woord\n",
    )
    assert added.code == 0, added.err

    receipt = run(
        *ANSWERS.to_submit(tmp_path / "a.json"), "--now", "2026-03-02T09:00", "--format", "json"
    ).json()
    assert list(receipt) == ["dossier", "number", "code"]
    assert receipt["number"] == "BEU-2026-0001"

    # Two working days after Monday is Wednesday; it is too late at midnight, and not a moment before.
    assert run("sweep", "--now", "2026-03-04T23:59:59", "--format", "json").json() == {"flagged": []}
    swept = run("sweep", "--now", "2026-03-05T00:00", "--format", "json")
    assert swept.code == 0
    assert swept.json() == {
        "flagged": [
            {
                "dossier": receipt["dossier"],
                "number": "BEU-2026-0001",
                "deadline": "registratie",
                "due": "2026-03-04",
                "level": 1,
                "row": None,
            }
        ]
    }
    assert run("sweep", "--now", "2026-03-05T00:00", "--format", "json").json() == {"flagged": []}

    messages = [
        email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        for file in (workspace / ".gehoor" / "outbox").glob("*.eml")
    ]
    late = [message for message in messages if "te laat" in message["Subject"]]
    assert [message["To"] for message in late] == ["els@delinde.example"]
    text = late[0].get_content()
    assert "woensdag 4 maart 2026" in text
    assert f"http://127.0.0.1:8000/medewerker/dossiers/{receipt['dossier']}" in text
    assert "Moeder wachtte" not in text


def test_a_sweep_in_words(store: Path, number: str) -> None:
    ran = run("sweep", "--now", "2026-03-05", "--no-mail")
    assert ran.out.splitlines() == [
        f"{number}  Registratie volledig maken: te laat, moest klaar zijn op woensdag 4 maart 2026",
        "1 termijn te laat, 1 herinnering.",
    ]
    assert not (store.parent / "outbox").exists()


def test_a_rehearsal_says_what_a_sweep_would_do_and_writes_nothing(store: Path, number: str) -> None:
    shown = run("sweep", "--what-if", "--now", "2026-03-05").out.splitlines()
    assert shown[0].startswith(f"{number}  Registratie volledig maken: te laat")
    told = [one for one in shown if one.startswith("Melding aan ")]
    assert told
    assert shown[-2:] == ["1 termijn te laat, 2 meldingen.", "Er is niets bewaard of verstuurd."]
    assert len(told) == 2
    assert not (store.parent / "outbox").exists()
    rehearsed = run("sweep", "--what-if", "--now", "2026-03-05", "--format", "json").json()
    done = run("sweep", "--no-mail", "--now", "2026-03-05", "--format", "json").json()
    assert rehearsed["flagged"] == done["flagged"] != []
    assert [one["dossier"] for one in rehearsed["told"]] != []
    assert run("sweep", "--what-if", "--now", "2026-03-05", "--format", "json").json() == {
        "flagged": [],
        "told": [],
    }


@pytest.mark.parametrize("command", ["sweep", "send"])
def test_what_is_still_to_come_is_not_written_by_accident(
    store: Path, number: str, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(bootstrap, "now", lambda: datetime(2026, 3, 4, 9, tzinfo=UTC))
    before = run("dossier", number, "--format", "json").json()["events"]
    refused = run(command, "--now", "2026-03-05")
    assert refused.code != 0
    assert refused.err.startswith("Fout bij --now: dit moment moet nog komen")
    assert run("dossier", number, "--format", "json").json()["events"] == before
    assert not (store.parent / "outbox").exists()
    assert run(command, "--now", "2026-03-05", "--future").code == 0


def test_publishing_again_changes_nothing(workspace: Path) -> None:
    assert [line.split()[2] for line in run("publish", "--by", "Els").out.splitlines()] == [
        "gepubliceerd"
    ] * 6
    assert [line.split()[2] for line in run("publish", "--by", "Els").out.splitlines()] == ["ongewijzigd"] * 6


def test_nothing_is_published_when_there_is_an_error(workspace: Path) -> None:
    rules = workspace / "rules" / "de-linde" / "termijnen.yaml"
    rules.write_text(rules.read_text("utf-8").replace("binnen: 2 werkdagen", "binnen: 2 dagen", 1), "utf-8")
    checked = run("check")
    assert checked.code == 1
    assert checked.out.startswith("rules/de-linde/termijnen.yaml:")
    assert checked.out.splitlines()[-2].endswith("Zo kan dit niet gepubliceerd worden.")
    problem = run("check", "--format", "json").json()["problems"][0]
    assert list(problem) == ["file", "line", "column", "code", "severity", "message"]
    assert (problem["file"], problem["severity"]) == ("rules/de-linde/termijnen.yaml", "error")
    refused = run("publish", "--by", "Els", "--format", "json")
    assert (refused.code, refused.json()) == (1, {"published": []})
    assert "Niets gepubliceerd" in refused.err
    assert not (workspace / ".gehoor" / "register.db").exists()


def test_the_current_folder_is_a_workspace_when_it_looks_like_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_organisations(tmp_path / "hier")
    shutil.rmtree(tmp_path / "hier" / "definitions")
    (tmp_path / "hier" / "definitions").mkdir()
    monkeypatch.delenv("GEHOOR_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path / "hier")
    ran = run("check")
    assert ran.code == 1
    assert "nog geen organisatie" in ran.err
