"""A server that is told to stop finishes what it began, takes in nothing new, and ends well; however often."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from tests.scenarios.cli.site.test_serve import free_port, wait_for
from tests.support.cli_run import publish_all, start
from tests.support.faults import Tell
from tests.support.patience import PATIENCE
from tests.support.places import CHECKOUT, SOURCE
from tests.support.serving import is_served

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")

BODY = b"sleutel=k&v_uiteenzetting=De+soep+was+koud.&v_anoniem=ja"
HEAD = (
    b"POST /de-linde/beukenhof/melden/alles HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
    b"Connection: close\r\nExpect: 100-continue\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n"
) % len(BODY)
HALF = len(BODY) // 2


def granian(file: Path, port: int) -> subprocess.Popen[str]:
    server = start("serve", "--store", file, "--port", str(port), "--workers", "2")
    assert server.stdout is not None
    assert server.stdout.readline().startswith("Gehoor staat op ")
    return server


def gunicorn(file: Path, port: int) -> subprocess.Popen[str]:
    words = (
        "--config",
        CHECKOUT / "deploy" / "gunicorn.conf.py",
        "--bind",
        f"127.0.0.1:{port}",
        "gehoor.wsgi:app",
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "GEHOOR_STORE": str(file)}
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *map(str, words)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


SERVERS = {"granian": granian, "gunicorn": gunicorn}


@contextmanager
def begun(port: int) -> Iterator[socket.socket]:
    """A form that is sent half: of which the server has the beginning."""
    wait_for(lambda: is_served(port))
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as sender:
        sender.sendall(HEAD)
        # The server says so when it begins to take it in: until then nothing is half way.
        assert sender.recv(100).startswith(b"HTTP/1.1 100")
        sender.sendall(BODY[:HALF])
        yield sender


def _takes_in(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=PATIENCE):
        return True
    return False


def _wait_until_told(server: str, process: subprocess.Popen[str], port: int) -> None:
    """Wait until a server knows that it is to stop. gunicorn lets the system go on taking connections, that nobody
    answers; it says so in its log."""
    if server == "granian":
        wait_for(lambda: not _takes_in(port))
        return
    assert process.stderr is not None
    assert any("Handling signal: term" in line for line in iter(process.stderr.readline, ""))


@pytest.mark.skipif(
    find_spec("granian") is None or find_spec("gunicorn") is None, reason="a server is missing"
)
@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("times", [2, pytest.param(20, marks=pytest.mark.soak)])
def test_what_was_half_way_is_finished_and_kept(server: str, times: int, tmp_path: Path, fault: Tell) -> None:
    file = publish_all(tmp_path / "register.db")
    for _ in range(times):
        port = free_port()
        process = SERVERS[server](file, port)
        with begun(port) as sender:
            process.send_signal(signal.SIGTERM)
            _wait_until_told(server, process, port)
            sender.sendall(BODY[HALF:])
            answer = sender.recv(100)
        _, err = process.communicate(timeout=PATIENCE)
        assert answer.startswith(b"HTTP/1.1 303"), (answer, err)
        assert process.returncode == 0, err
        assert "Traceback" not in err
    store = TinyDBStore(file, SCHEMAS)
    with reading(store) as register:
        opened = register.tables.select("events", where={"kind": "opened"})
        waits = register.tables.count("pending")
    store.close()
    assert len(opened) == times
    # gunicorn sweeps nothing, so there whoever looks next works it out.
    assert waits == 0 or server == "gunicorn"
    fault("SIGTERM while a complaint comes in", times, "complaints lost")


def test_who_never_finishes_is_not_waited_for(tmp_path: Path) -> None:
    file, port = publish_all(tmp_path / "register.db"), free_port()
    code = (
        "from gehoor.cli.site import workers; workers.LONGEST_GOODBYE = 1; "
        "from gehoor.__main__ import main; main()"
    )
    words = ("serve", "--store", str(file), "--port", str(port), "--workers", "2")
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words], env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with begun(port):
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out.endswith("Gestopt.\n"), "Traceback" in err) == (0, True, False), err
