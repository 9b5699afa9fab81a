"""What whoever starts services gives and hears: systemd, or something that does as it does."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gehoor.bootstrap import SetupError
from gehoor.bootstrap.readiness import drain
from gehoor.cli.site.manager import given_socket, tell_manager
from tests.scenarios.cli.site.test_serve import free_port
from tests.support.cli_run import run, start
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no services there that are told")


@pytest.fixture
def hearing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    place = tmp_path / "told"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(place))
        listening.settimeout(PATIENCE)
        monkeypatch.setenv("NOTIFY_SOCKET", str(place))
        yield listening


def test_a_website_says_when_it_is_there_and_when_it_stops(store: Path, hearing: socket.socket) -> None:
    process = start("serve", "--port", str(free_port()), "--workers", "1", "--no-sweep")
    try:
        assert hearing.recv(100) == b"READY=1"
    finally:
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE)
    assert hearing.recv(100) == b"STOPPING=1"
    assert process.returncode == 0, err


@pytest.mark.parametrize("place", ["", "/nergens/told", "@nobody-is-there"])
def test_who_does_not_listen_misses_nothing(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", place)
    tell_manager("READY=1")


@pytest.mark.parametrize(("process", "count"), [("1", "1"), ("", "1"), ("own", "2"), ("own", "0")])
def test_a_socket_that_was_given_to_another_is_not_taken(
    process: str, count: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LISTEN_PID", str(os.getpid()) if process == "own" else process)
    monkeypatch.setenv("LISTEN_FDS", count)
    assert given_socket() is None
    assert "LISTEN_FDS" not in os.environ


@pytest.mark.parametrize("text", ["-1", "1.5", "601", "tien"])
def test_how_long_it_says_that_it_stops_is_a_number(
    text: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHOOR_DRAIN", text)
    with pytest.raises(SetupError, match="GEHOOR_DRAIN kan niet; schrijf hoeveel seconden"):
        drain()
    ran = run("serve", "--port", str(free_port()))
    assert (ran.code, "GEHOOR_DRAIN kan niet" in ran.err) == (2, True)
