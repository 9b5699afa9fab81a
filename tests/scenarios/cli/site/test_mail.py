"""Messages that cannot go out wait, are tried again, and go out once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli_run import ANSWERS, run
from tests.support.smtp_sink import END, listening

LATE = "2026-03-05T08:00"


@pytest.fixture
def holder(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHOOR_MAIL_FROM", "gehoor@delinde.example")
    role = ("--role", "de-linde/beukenhof:kwaliteitscoordinator")
    words = (
        "user",
        "add",
        "els",
        "--name",
        "Els",
        "--email",
        "els@delinde.example",
        *role,
        "--password-stdin",
    )
    assert run(*words, text="een goed woord\n").code == 0


def states(number: str) -> list[str]:
    return [message["state"] for message in run("dossier", number, "--format", "json").json()["messages"]]


@pytest.mark.usefixtures("holder")
def test_a_server_that_dies_loses_nothing(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening({END: ""}) as dying:
        monkeypatch.setenv("GEHOOR_SMTP", f"smtp://127.0.0.1:{dying.port}")
        ran = run("sweep", "--now", LATE)
    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "0 berichten verstuurd, 2 nog te versturen."
    assert states(number) == ["waiting", "waiting"]
    # Nobody listens there any more; the first wait is a minute.
    assert run("sweep", "--now", "2026-03-05T08:02").out.splitlines()[-1] == (
        "0 berichten verstuurd, 2 nog te versturen."
    )
    with listening() as sink:
        monkeypatch.setenv("GEHOOR_SMTP", f"smtp://127.0.0.1:{sink.port}")
        assert run("sweep", "--now", "2026-03-05T08:03").code == 0
        assert sink.messages == [], "its turn had not come"
        ran = run("sweep", "--now", "2026-03-05T09:00")
        run("sweep", "--now", "2026-03-05T09:30")
    assert ran.out.splitlines()[-1] == "2 berichten verstuurd, 0 nog te versturen."
    assert len(sink.messages) == 2
    assert states(number) == ["sent", "sent"]


@pytest.mark.usefixtures("holder")
def test_sending_is_planned_beside_the_sweep(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("sweep", "--no-mail", "--now", LATE).code == 0
    with listening({END: "554 spam"}) as refusing:
        monkeypatch.setenv("GEHOOR_SMTP", f"smtp://127.0.0.1:{refusing.port}")
        ran = run("send", "--now", LATE)
    assert (ran.code, ran.out) == (1, "0 berichten verstuurd, 2 nog te versturen.\n")
    listed = run("send", "--list")
    assert listed.code == 0
    assert listed.out.splitlines()[-1] == "2 berichten niet vertrokken."
    assert (
        f"{number}  aan els@delinde.example: de mailserver weigert het bericht (554) (1 keer geprobeerd)"
        in (listed.out.splitlines())
    )
    with listening() as sink:
        monkeypatch.setenv("GEHOOR_SMTP", f"smtp://127.0.0.1:{sink.port}")
        ran = run("send", "--now", "2026-03-05T09:00", "--format", "json")
    assert (ran.code, ran.json()) == (0, {"sent": 2, "waiting": 0, "events": {"sent": 0, "waiting": 0}})
    assert len(sink.messages) == 2
    assert run("send", "--list", "--format", "json").json() == []


def test_one_run_sends_all_there_is(store: Path, tmp_path: Path) -> None:
    many = tmp_path / "in.jsonl"
    ANSWERS.to_submit(many)
    many.write_text(f"{many.read_text()}\n" * 60)
    run("submit", *ANSWERS.where, many, "--now", "2026-03-02")
    run("sweep", "--now", LATE)
    # Nobody holds the role; every one of them was looked at, more than go in one batch.
    assert [states(f"BEU-2026-{number:04}") for number in (1, 60)] == [["nobody", "nobody"]] * 2


def test_settings_that_cannot_be_used_stop_before_anything_is_done(
    number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHOOR_SMTP", "mail.delinde.example")
    ran = run("sweep", "--now", LATE)
    assert (ran.code, ran.out) == (2, "")
    assert "GEHOOR_SMTP kan niet" in ran.err
    assert run("dossier", number, "--format", "json").json()["version"] == 1
