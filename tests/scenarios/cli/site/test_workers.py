"""``gehoor serve --workers``: more processes than one, one sweep beside them."""

from __future__ import annotations

import json
import os
import signal
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.scenarios.cli.site.test_serve import free_port, wait_for
from tests.support.cli_run import NOTICE, run, start
from tests.support.patience import PATIENCE
from tests.support.places import ORGANISATIONS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the system for the processes below one")


def status(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as answer:
        found: int = answer.status
        return found


def workers_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sorted(int(word) for task in tasks for word in (task / "children").read_text().split())


def kinds(number: str) -> list[str]:
    events = json.loads(run("dossier", number, "--format", "json").out)["events"]
    return [event["kind"] for event in events]


def test_two_answer_one_sweeps_and_one_that_dies_is_replaced(store: Path, number: str) -> None:
    port = free_port()
    process = start("serve", "--port", str(port), "--workers", "2", "--sweep-every", "1")
    try:
        assert process.stdout is not None
        process.stdout.readline()
        assert status(port) == 200
        first = workers_of(process.pid)
        assert len(first) == 2
        wait_for(lambda: "deadline-missed" in kinds(number))
        flagged = kinds(number).count("deadline-missed")
        os.kill(first[0], signal.SIGKILL)
        wait_for(lambda: len(workers_of(process.pid)) == 2 and workers_of(process.pid) != first)
        assert status(port) == 200
        assert kinds(number).count("deadline-missed") == flagged
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (0, "Gestopt.\n")
    assert err.startswith(NOTICE)
    err = err.removeprefix(NOTICE)
    assert len(err.splitlines()) == 1
    assert "worker-1" in err


def test_ctrl_c_reaches_all_of_them(store: Path) -> None:
    port = free_port()
    process = start("serve", "--port", str(port), "--workers", "2", start_new_session=True)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        assert status(port) == 200
    finally:
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (0, "Gestopt.\n"), err


@pytest.mark.parametrize("given", ["0", "65", "twee"])
def test_a_number_that_cannot_be(store: Path, given: str) -> None:
    ran = run("serve", "--workers", given)
    assert (ran.code, ran.err) == (
        2,
        f'Fout bij --workers: "{given}" kan niet; schrijf een getal van 1 tot en met 64.\n',
    )


def test_a_draft_is_one_process() -> None:
    ran = run("serve", "--draft", "--workers", "2")
    assert ran.code == 2
    assert ran.err.startswith("Fout bij --workers: een concept past in een proces")


def test_a_demo_is_one_process(tmp_path: Path) -> None:
    demo = tmp_path / "demo.db"
    assert run("demo", "--store", demo, "--workspace", ORGANISATIONS).code == 0
    ran = run("serve", "--store", demo, "--workers", "2")
    assert ran.code == 2
    assert ran.err.startswith("Fout bij --workers: een demo past in een proces")
