"""Children that stay: they answer again and again, none of them keeps anybody waiting for ever, and none is left."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from gehoor.adapters.sandbox.child import Limits
from gehoor.adapters.sandbox.process import TooHeavy, TooHeavyError
from gehoor.adapters.sandbox.workers import ConfinedWorkers
from tests.hostile.confined import CHILD_PATH
from tests.support.patience import PATIENCE

_SERVER = "tests.hostile.confined_server"
LIMITS = Limits(100_000, standstill=2)


@pytest.fixture(autouse=True)
def _children_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gehoor.adapters.sandbox.process._SOURCE", CHILD_PATH)


@pytest.fixture
def workers() -> Iterator[ConfinedWorkers]:
    found = ConfinedWorkers(_SERVER, LIMITS, most=1, waiting=1)
    yield found
    found.close()


def stopped(workers: ConfinedWorkers, task: str) -> TooHeavy:
    with pytest.raises(TooHeavyError) as error:
        workers.ask({"task": task})
    return error.value.reason


@pytest.mark.parametrize(
    ("task", "reason"),
    [("sleep", TooHeavy.STANDSTILL), ("compute", TooHeavy.TIME), ("crash", TooHeavy.STOPPED)],
)
def test_after_one_that_hangs_the_next_is_answered(
    workers: ConfinedWorkers, task: str, reason: TooHeavy
) -> None:
    assert stopped(workers, task) is reason
    assert workers.ask({"task": "echo", "value": 1}) == 1


def test_each_request_reads_its_own_folder(workers: ConfinedWorkers, tmp_path: Path) -> None:
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "bestand.txt").touch()
    first, second = (str(tmp_path / name / "bestand.txt") for name in ("een", "twee"))
    place = str(tmp_path / "een")
    assert workers.ask({"task": "read", "file": first, "workspace": place}) == "allowed"
    assert workers.ask({"task": "read", "file": second, "workspace": place}) == "refused"
    assert workers.ask({"task": "read", "file": first, "workspace": str(tmp_path / "twee")}) == "refused"
    assert workers.ask({"task": "read", "file": first}) == "refused"


def test_whoever_asks_when_enough_wait_is_told_at_once(workers: ConfinedWorkers) -> None:
    reasons: list[TooHeavy] = []

    def ask() -> None:
        with pytest.raises(TooHeavyError) as error:
            workers.ask({"task": "sleep"})
        reasons.append(error.value.reason)

    asking = [Thread(target=ask) for _ in range(6)]
    for one in asking:
        one.start()
    for one in asking:
        one.join(PATIENCE)
    assert sorted(reasons) == sorted([TooHeavy.STANDSTILL] * 2 + [TooHeavy.BUSY] * 4)
    assert workers.ask({"task": "echo", "value": 1}) == 1


def test_an_answer_without_end_is_no_answer(
    workers: ConfinedWorkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gehoor.adapters.sandbox.workers._LONGEST_ANSWER", 1000)
    with pytest.raises(TooHeavyError):
        workers.ask({"task": "echo", "value": "x" * 2000})
    assert workers.ask({"task": "echo", "value": 1}) == 1


def children_of(workers: ConfinedWorkers) -> list[subprocess.Popen[str]]:
    return [one._child for one in list(workers._free.queue) if one._child is not None]


def test_whoever_forgets_to_close_leaves_no_child() -> None:
    workers = ConfinedWorkers(_SERVER, LIMITS)
    workers.ask({"task": "echo", "value": 1})
    (child,) = children_of(workers)
    del workers
    gc.collect()
    assert child.wait(PATIENCE) == 0


_FORGETS = f"""
from gehoor.adapters.sandbox.child import Limits
from gehoor.adapters.sandbox.workers import ConfinedWorkers
from gehoor.adapters.sandbox import process
process._SOURCE = {CHILD_PATH!r}
workers = ConfinedWorkers({_SERVER!r}, Limits(100_000))
workers.ask({{"task": "echo", "value": 1}})
print(workers._free.queue[-1]._child.pid)
"""


def test_a_process_that_ends_leaves_no_child() -> None:
    ended: Any = subprocess.run(
        [sys.executable, "-c", _FORGETS], stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE
    )
    assert not Path(f"/proc/{int(ended.stdout)}").exists()
