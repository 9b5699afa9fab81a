"""A child process with limits: it answers, or it is stopped, and who asked goes on."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.sandbox.process import MEMORY, TooHeavy, TooHeavyError, run_confined
from tests.hostile.confined import CHILD_PATH

_WORKER = "tests.hostile.confined_worker"


@pytest.fixture(autouse=True)
def _children_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gehoor.adapters.sandbox.process._SOURCE", CHILD_PATH)


def ask(task: str, seconds: float = 2.0, memory: int = MEMORY, **request: Any) -> Any:
    return run_confined(_WORKER, {"task": task, **request}, seconds, memory).answer


def stopped(task: str, seconds: float = 2.0, **request: Any) -> TooHeavy:
    with pytest.raises(TooHeavyError) as error:
        ask(task, seconds, **request)
    return error.value.reason


def test_it_answers_what_it_was_asked() -> None:
    value = {"naam": "Zoë\u2028", "n": [1, 2.5, None, True]}
    assert ask("echo", value=value) == value


def test_it_says_what_that_took() -> None:
    answered = run_confined(_WORKER, {"task": "remember", "bytes": 50_000_000}, 2.0)
    assert 50_000_000 < answered.memory < MEMORY
    assert 0 <= answered.seconds < 2


def test_endless_computing_is_stopped_in_time() -> None:
    began = time.monotonic()
    assert stopped("compute", 0.5) is TooHeavy.TIME
    assert time.monotonic() - began < 10


def test_waiting_for_ever_is_stopped_as_well() -> None:
    assert stopped("sleep", 0.4) is TooHeavy.TIME


def test_too_much_memory_is_refused() -> None:
    assert stopped("remember", bytes=MEMORY) is TooHeavy.MEMORY


@pytest.mark.parametrize("task", ["crash", "raise", "babble"])
def test_a_child_that_fails_is_no_answer(task: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert stopped(task) is TooHeavy.STOPPED
    assert capfd.readouterr() == ("", "")


def test_it_connects_to_nothing() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert ask("connect", port=listening.getsockname()[1]) == "refused"
    assert ask("resolve") == "refused"


def test_it_writes_removes_and_starts_nothing(tmp_path: Path) -> None:
    file = tmp_path / "bestand.txt"
    assert ask("write", file=str(file)) == "refused"
    assert not file.exists()
    file.touch()
    assert ask("remove", file=str(file)) == "refused"
    assert file.exists()
    assert ask("start") == "refused"


def test_it_knows_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHOOR_SMTP", "smtp://naam:wachtwoord@server.example")
    assert not [name for name in ask("environment") if name.startswith("GEHOOR")]


def test_it_imports_nothing_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('imported')", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert {"", os.curdir, str(tmp_path)}.isdisjoint(ask("path"))
    assert ask("echo", value=1) == 1
