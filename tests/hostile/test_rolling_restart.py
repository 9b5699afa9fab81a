"""A website that is brought to another version or other settings while people send: each is answered, and kept once."""

from __future__ import annotations

import http.client
import json
import lzma
import os
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias
from urllib.error import HTTPError

import pytest

from tests.scenarios.cli.site.test_serve import free_port, wait_for
from tests.scenarios.cli.site.test_workers import workers_of
from tests.support.cli_run import publish_all
from tests.support.faults import Tell
from tests.support.patience import PATIENCE
from tests.support.places import SOURCE
from tests.support.proxies import DEPLOY, nginx_program, proxy_in_front
from tests.support.senders import Page, kept_once, sending
from tests.support.serving import is_served

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="asks the system for the processes below one"),
    pytest.mark.skipif(
        find_spec("gunicorn") is None or find_spec("granian") is None, reason="a server is missing"
    ),
]

Server: TypeAlias = "subprocess.Popen[bytes]"

_GIVE = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
os.execv(sys.argv[2], sys.argv[2:])
"""
"""Starts a server as systemd does, with a socket that listens already."""


def gunicorn_words(*more: str) -> list[str]:
    config = str(DEPLOY / "gunicorn.conf.py")
    # Not "python -m": started so, it cannot start itself again.
    program = str(Path(sys.executable).with_name("gunicorn"))
    return [program, "--config", config, *more, "gehoor.wsgi:app"]


def granian_words(port: int) -> list[str]:
    return [sys.executable, "-m", "gehoor", "serve", "--port", str(port), "--workers", "2", "--no-sweep"]


@contextmanager
def started(
    file: Path, log: Path, words: Sequence[str], given: socket.socket | None = None, **settings: str
) -> Iterator[Server]:
    """Have a server run; what it says is added to a file. It is stopped at the end, as far as it still runs."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "GEHOOR_STORE": str(file), **settings}
    # With one process nobody else takes what it leaves.
    environment["WEB_CONCURRENCY"] = "1"
    fds = (given.fileno(),) if given else ()
    before = [sys.executable, "-c", _GIVE, str(given.fileno())] if given else []
    with log.open("ab") as told:
        server = subprocess.Popen(
            [*before, *words], env=environment, pass_fds=fds, stdout=told, stderr=told, start_new_session=True
        )
    try:
        yield server
    finally:
        # Also the one that took its place.
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(PATIENCE)


def ended_well(server: Server, log: Path) -> None:
    server.send_signal(signal.SIGTERM)
    assert server.wait(PATIENCE) == 0, log.read_text("utf-8")


def at(port: int) -> Callable[[], http.client.HTTPConnection]:
    return lambda: http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)


@contextmanager
def a_socket_that_stays() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        yield listening


@pytest.mark.parametrize("server", ["gunicorn", "serve"])
@pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.soak)])
def test_who_comes_during_a_restart_waits_at_a_socket_that_stays_open(
    server: str, times: int, tmp_path: Path, fault: Tell
) -> None:
    file, log = publish_all(tmp_path / "register.db"), tmp_path / "log"
    with a_socket_that_stays() as listening:
        port = listening.getsockname()[1]
        words = gunicorn_words() if server == "gunicorn" else granian_words(port)
        with sending(at(port)) as senders:
            for _ in range(times):
                with started(file, log, words, listening) as running:
                    senders.wait_for(10)
                    ended_well(running, log)
            with started(file, log, words, listening):
                senders.wait_for(10)
                senders.stop()
    kept_once(file, senders.received)
    fault(f"{server} restarted under load, at a socket that stays", times, "complaints lost or doubled")


@pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.soak)])
def test_gunicorn_has_its_processes_begin_anew(times: int, tmp_path: Path, fault: Tell) -> None:
    """``systemctl reload``: SIGHUP."""
    file, log, port = publish_all(tmp_path / "register.db"), tmp_path / "log", free_port()
    with started(file, log, gunicorn_words("--bind", f"127.0.0.1:{port}")) as server:
        wait_for(lambda: is_served(port))
        with sending(at(port)) as senders:
            for _ in range(times):
                before = workers_of(server.pid)
                senders.wait_for(10)
                server.send_signal(signal.SIGHUP)
                wait_for(lambda before=before: not {*before} & {*workers_of(server.pid)})
                senders.wait_for(10)
        ended_well(server, log)
    kept_once(file, senders.received)
    fault("gunicorn told to begin anew under load", times, "complaints lost or doubled")


@pytest.mark.soak
def test_another_gunicorn_takes_the_place_of_one(tmp_path: Path) -> None:
    """Where nobody holds the socket: SIGUSR2, and when the new one answers, SIGTERM for the old one."""
    file, log, port = publish_all(tmp_path / "register.db"), tmp_path / "log", free_port()
    pid = tmp_path / "pid"
    words = gunicorn_words("--bind", f"127.0.0.1:{port}", "--pid", str(pid))
    with started(file, log, words) as server:
        wait_for(lambda: is_served(port) and pid.exists())
        with sending(at(port)) as senders:
            senders.wait_for(10)
            server.send_signal(signal.SIGUSR2)
            new = pid.with_name("pid.2")
            wait_for(new.exists)
            successor = int(new.read_text())
            wait_for(lambda: sum(has_open(worker, file) for worker in workers_of(successor)) == 1)
            ended_well(server, log)
            senders.wait_for(20)
            senders.stop()
        os.kill(successor, signal.SIGTERM)
        wait_for(lambda: not is_served(port))
    kept_once(file, senders.received)


def has_open(process: int, file: Path) -> bool:
    """Say whether a process has a file open: it answers on it then, or is about to."""
    with suppress(OSError):
        return any(one.resolve() == file for one in Path(f"/proc/{process}/fd").iterdir())
    return False


def test_a_process_that_did_its_share_makes_place_unnoticed(tmp_path: Path) -> None:
    file, log, port = publish_all(tmp_path / "register.db"), tmp_path / "log", free_port()
    more = ("--bind", f"127.0.0.1:{port}", "--max-requests", "15", "--max-requests-jitter", "5")
    with started(file, log, gunicorn_words(*more)) as server:
        wait_for(lambda: is_served(port))
        first = workers_of(server.pid)
        with sending(at(port)) as senders:
            wait_for(lambda: not {*first} & {*workers_of(server.pid)})
            senders.wait_for(10)
        ended_well(server, log)
    kept_once(file, senders.received)


# Several, behind what shares out


@pytest.mark.skipif(nginx_program() is None, reason="nginx is not on this computer")
@pytest.mark.parametrize("times", [1, pytest.param(10, marks=pytest.mark.soak)])
def test_of_two_behind_nginx_one_is_restarted_after_the_other(
    times: int, tmp_path: Path, fault: Tell
) -> None:
    """Each listens for itself, as on machines of its own."""
    file, log, ports = publish_all(tmp_path / "register.db"), tmp_path / "log", (free_port(), free_port())
    settings = {"GEHOOR_URL": "https://klachten.voorbeeld.be", "GEHOOR_PROXIES": "1"}

    def begun(port: int) -> Server:
        words = gunicorn_words("--bind", f"127.0.0.1:{port}")
        server = running.enter_context(started(file, log, words, **settings))
        wait_for(lambda: is_served(port) or server.poll() is not None)
        return server

    def connect() -> http.client.HTTPConnection:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return http.client.HTTPSConnection("127.0.0.1", port, timeout=PATIENCE, context=context)

    with ExitStack() as running:
        servers = [begun(port) for port in ports]
        port = running.enter_context(proxy_in_front("nginx", tmp_path, *ports))
        with sending(connect) as senders:
            for _ in range(times):
                for which in (0, 1):
                    senders.wait_for(10)
                    with half_sent(ports[which]):
                        # It waits for the rest, and takes in nothing new meanwhile; the system still does, for it.
                        servers[which].send_signal(signal.SIGTERM)
                        wait_for(lambda which=which: queue_at(ports[which]) > 0)
                    assert servers[which].wait(PATIENCE) == 0
                    senders.wait_for(10)
                    servers[which] = begun(ports[which])
            senders.wait_for(10)
        for server in servers:
            ended_well(server, log)
    kept_once(file, senders.received)
    fault("one of two restarted behind nginx", 2 * times, "complaints lost or doubled")


@contextmanager
def half_sent(port: int) -> Iterator[None]:
    """Keep a server busy with a request that is not whole; at the end its sender goes away."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as sender:
        sender.sendall(
            b"POST / HTTP/1.1\r\nHost: klachten.voorbeeld.be\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n"
        )
        assert sender.recv(100).startswith(b"HTTP/1.1 100")
        yield


def queue_at(port: int) -> int:
    """Return how many connections wait until a server takes them in, as Linux tells it."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
    waiting = [
        int(line[4].split(":")[1], 16)
        for line in lines
        if line[1].endswith(f":{port:04X}") and line[3] == "0A"
    ]
    return sum(waiting)


def ready(port: int) -> tuple[int, list[str]]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/ready", timeout=PATIENCE) as answer:
            return answer.status, json.load(answer)["failed"]
    except HTTPError as answer:
        return answer.code, json.load(answer)["failed"]


@pytest.mark.parametrize("server", ["gunicorn", "serve"])
def test_who_stops_says_so_first_and_answers_meanwhile(server: str, tmp_path: Path) -> None:
    """So that whoever shares out sends nothing more before it closes. Told twice, it does not wait."""
    file, log, port = publish_all(tmp_path / "register.db"), tmp_path / "log", free_port()
    words = gunicorn_words("--bind", f"127.0.0.1:{port}") if server == "gunicorn" else granian_words(port)
    with started(file, log, words, GEHOOR_DRAIN="300") as running:
        wait_for(lambda: is_served(port))
        assert ready(port) == (200, [])
        with sending(at(port)) as senders:
            running.send_signal(signal.SIGTERM)
            wait_for(lambda: ready(port) == (503, ["stopping"]))
            assert is_served(port)
            senders.wait_for(10)
        ended_well(running, log)
    kept_once(file, senders.received)


# A register of a version before


def test_a_migration_keeps_who_comes_meanwhile_waiting(tmp_path: Path) -> None:
    """Stop, bring the register to this version, start: in that order, at a socket that stays open."""
    before = max(Path(__file__).parents[1].joinpath("contract", "registers").glob("format_*.db.xz"))
    file, log = tmp_path / "register.db", tmp_path / "log"
    file.write_bytes(lzma.decompress(before.read_bytes()))
    file.chmod(0o600)
    gehoor = [sys.executable, "-m", "gehoor"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "GEHOOR_STORE": str(file)}
    page = Page("/klein/noord/melden/alles", "verhaal", {"v_naam": "Mia Peeters"})
    with a_socket_that_stays() as listening:
        port = listening.getsockname()[1]
        with sending(at(port), page) as senders:
            wait_for(lambda: queue_at(port) > 0)
            migrated = subprocess.run(
                [*gehoor, "store", "migrate"], env=environment, capture_output=True, text=True, check=False
            )
            assert migrated.returncode == 0, migrated.stderr
            with started(file, log, gunicorn_words(), listening):
                senders.wait_for(10)
                senders.stop()
    kept_once(file, senders.received, page)
