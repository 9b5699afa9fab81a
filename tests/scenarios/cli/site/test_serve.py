"""``gehoor serve`` as a process: it answers, sweeps beside it, and stops when asked."""

from __future__ import annotations

import signal
import socket
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.cli_run import NOTICE, run, start
from tests.support.patience import PATIENCE


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(check: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not check():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_sweeps_and_stops(store: Path, number: str, asked: signal.Signals) -> None:
    # The dossier came in long ago, so a sweep at this very moment has something to flag.
    port = free_port()
    process = start("serve", "--port", str(port))
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == f"Gehoor staat op http://127.0.0.1:{port} (stop met Ctrl-C)\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as answer:
            assert answer.status == 200
        wait_for(lambda: "deadline-missed" in run("dossier", number, "--format", "json").out)
    finally:
        process.send_signal(asked)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (0, "Gestopt.\n", NOTICE)


def test_a_port_that_is_taken(store: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = run("serve", "--port", str(port), "--no-sweep")
    assert ran.code == 1
    assert ran.err.startswith(f"Wij kunnen niet luisteren op 127.0.0.1, poort {port}")


@pytest.mark.parametrize(("proxies", "told"), [("", True), ("0", False), ("1", False)])
def test_behind_a_proxy_it_says_at_its_start_what_it_does_not_know(
    store: Path, monkeypatch: pytest.MonkeyPatch, proxies: str, told: bool
) -> None:
    monkeypatch.setenv("GEHOOR_PROXIES", proxies)
    process = start("serve", "--port", str(free_port()), "--https", "--no-sweep")
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Gehoor staat op ")
    finally:
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE)
    assert ("Zet in GEHOOR_PROXIES hoeveel proxy's" in err) is told
