"""A child process with limits: it answers, or it is stopped, and who asked goes on."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.sandbox.child import Limits
from gehoor.adapters.sandbox.process import TooHeavy, TooHeavyError, run_confined
from tests.hostile.confined import CHILD_PATH

_WORKER = "tests.hostile.confined_worker"
LIMITS = Limits(100_000)


@pytest.fixture(autouse=True)
def _children_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gehoor.adapters.sandbox.process._SOURCE", CHILD_PATH)


def ask(task: str, limits: Limits = LIMITS, **request: Any) -> Any:
    return run_confined(_WORKER, {"task": task, **request}, limits).answer


def stopped(task: str, limits: Limits = LIMITS, **request: Any) -> TooHeavy:
    with pytest.raises(TooHeavyError) as error:
        ask(task, limits, **request)
    return error.value.reason


def test_it_answers_what_it_was_asked() -> None:
    value = {"naam": "Zoë\u2028", "n": [1, 2.5, None, True]}
    assert ask("echo", value=value) == value


def test_it_says_what_that_took() -> None:
    answered = run_confined(_WORKER, {"task": "remember", "bytes": 50_000_000}, LIMITS)
    assert 50_000_000 < answered.memory < LIMITS.memory
    assert 0 < answered.steps < LIMITS.steps


def test_the_same_work_takes_the_same_steps() -> None:
    once, again = (run_confined(_WORKER, {"task": "path"}, LIMITS).steps for _ in range(2))
    assert once == again


def test_endless_steps_are_stopped() -> None:
    assert stopped("step") is TooHeavy.STEPS


def test_one_step_without_end_is_stopped_as_well() -> None:
    assert stopped("compute") is TooHeavy.TIME


def test_waiting_for_ever_is_stopped_as_well() -> None:
    assert stopped("sleep", Limits(100_000, standstill=2)) is TooHeavy.STANDSTILL


def test_too_much_memory_is_refused() -> None:
    assert stopped("remember", bytes=LIMITS.memory) is TooHeavy.MEMORY


def test_a_child_without_memory_to_say_so_had_too_little_too() -> None:
    assert stopped("speechless") is TooHeavy.MEMORY


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


def test_it_reads_only_the_folder_that_it_was_given(tmp_path: Path) -> None:
    given, other = tmp_path / "map", tmp_path / "map-van-een-ander"
    for folder in (given, other):
        folder.mkdir()
        (folder / "bestand.txt").touch()
    (given / "weg.txt").symlink_to(other / "bestand.txt")
    place = {"workspace": str(given)}
    assert ask("read", file=str(given / "bestand.txt"), **place) == "allowed"
    assert ask("list", file=str(given), **place) == "allowed"
    for odd in (other / "bestand.txt", given / ".." / other.name / "bestand.txt", given / "weg.txt"):
        assert ask("read", file=str(odd), **place) == "refused"
    assert ask("list", file=str(tmp_path), **place) == "refused"
    assert ask("read", file=str(given / "bestand.txt")) == "refused"


def test_it_knows_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHOOR_SMTP", "smtp://naam:wachtwoord@server.example")
    assert not [name for name in ask("environment") if name.startswith("GEHOOR")]


def test_it_imports_nothing_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('imported')", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert {"", os.curdir, str(tmp_path)}.isdisjoint(ask("path"))
    assert ask("echo", value=1) == 1
