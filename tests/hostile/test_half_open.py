"""Connections that are opened and never finished: whatever stage they stop in, others are answered meanwhile."""

from __future__ import annotations

import http.client
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.scenarios.cli.site.test_serve import free_port
from tests.support.cli_run import publish_all, run, start
from tests.support.patience import PATIENCE

_POST = (
    b"POST /de-linde/beukenhof/melden/alles HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n"
)
BEGINNINGS = {
    "nothing": b"",
    "half a header": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ",
    "half a form": _POST + b"\r\nv_uiteenzetting=De+soep",
}
HALF_OPEN = 130


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_all(tmp_path_factory.mktemp("register") / "register.db")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo is served by another server than a website."""
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    assert run("demo", "--store", file).code == 0
    return file


@pytest.fixture(
    scope="module",
    params=[(which, turn) for which in ("register", "demo") for turn in ("first", "second")],
    ids="-".join,
)
def served(request: pytest.FixtureRequest) -> Iterator[tuple[int, str]]:
    """One server after the other; each ends well after all that was left half open. A server takes so many forms from
    one network, and notices only after a while who is gone: what it has of one turn does not count in the next."""
    (which, turn), at = request.param, free_port()
    words = ("serve", "--store", request.getfixturevalue(which), "--port", str(at), "--no-sweep")
    server = start(*words, *(("--workers", "2") if which == "register" else ()))
    try:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("Gehoor staat op ")
        yield at, turn
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=PATIENCE)
    assert server.returncode == 0


@pytest.mark.share(3)
@pytest.mark.parametrize("beginning", BEGINNINGS.values(), ids=BEGINNINGS.keys())
def test_others_are_answered(served: tuple[int, str], beginning: bytes) -> None:
    """Also while those who began go on with a letter at a time: that is no silence that a server ends."""
    port, drip = served[0], {"first": b"", "second": b"a"}[served[1]]
    with ExitStack() as opened:
        senders = [
            opened.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(HALF_OPEN)
        ]
        for sender in senders:
            sender.sendall(beginning)
        for _ in range(8):
            for sender in senders if drip else ():
                # Of those that were refused, the server has closed some.
                with suppress(OSError):
                    sender.sendall(drip)
            asking = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            asking.request("GET", "/de-linde/beukenhof/melden")
            answer = asking.getresponse()
            assert (answer.status, b"Beukenhof" in answer.read()) == (200, True)
            asking.close()
        # A part of those of one network is refused at once; the others are still there, and kept nobody waiting.
        assert beginning != BEGINNINGS["half a form"] or sum(map(_is_open, senders)) >= HALF_OPEN // 4


def _is_open(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        connection.recv(1)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
