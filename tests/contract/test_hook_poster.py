"""Telling a program over HTTP: to public addresses, once, and with bounds on all that it answers."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.hooks import poster as poster_module
from gehoor.adapters.hooks.poster import HttpPoster
from gehoor.services.ports.hooks import HookError
from tests.support.https_proxy import https_in_front
from tests.support.patience import PATIENCE

HERE = "127.0.0.1"


class Program(BaseHTTPRequestHandler):
    """A program that takes in what it is told, and answers with the status in its address."""

    heard: list[tuple[str, dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(int(self.path.strip("/").partition("?")[0]))
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, *_: Any) -> None: ...


@contextmanager
def program() -> Iterator[tuple[str, list[Any]]]:
    heard: list[Any] = []
    server = HTTPServer((HERE, 0), type("Heard", (Program,), {"heard": heard}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://program.example:{server.server_port}", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def near(**settings: Any) -> HttpPoster:
    """A poster for whom every name is of this computer."""
    return HttpPoster(**{"private": True, "plain": True, "resolve": lambda _host, _port: [HERE], **settings})


def test_what_is_told_comes_whole_with_its_headers() -> None:
    with program() as (address, heard):
        near().post(f"{address}/204?a=1", {"webhook-id": "x"}, "é".encode())
    ((path, headers, body),) = heard
    assert (path, headers["webhook-id"], body) == ("/204?a=1", "x", "é".encode())
    assert headers["host"].startswith("program.example:")


@pytest.mark.parametrize(("status", "why"), [(500, "500"), (404, "404"), (410, "410")])
def test_what_is_not_taken_in_says_so(status: int, why: str) -> None:
    with program() as (address, _heard), pytest.raises(HookError, match=why):
        near().post(f"{address}/{status}", {}, b"{}")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nowhere_else_is_gone_when_it_says_so(status: int) -> None:
    with program() as (address, heard), pytest.raises(HookError, match="verwijst door"):
        near().post(f"{address}/{status}", {}, b"{}")
    assert len(heard) == 1


PRIVATE = [
    "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255",
    "224.0.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:10.0.0.1",
    "2002:0a00:0001::",
    "64:ff9b::0a00:0001", "64:ff9b:1::1", "2001:db8::1", "::ffff:169.254.169.254",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_to_a_network_of_our_own_is_told_nothing(address: str) -> None:
    with pytest.raises(HookError, match="eigen netwerk"):
        HttpPoster(resolve=lambda _host, _port: [address]).post("https://program.example/", {}, b"{}")


def test_one_such_address_among_others_is_enough() -> None:
    both = HttpPoster(resolve=lambda _host, _port: ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(HookError, match="eigen netwerk"):
        both.post("https://program.example/", {}, b"{}")


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    answers = iter([["93.184.215.14"], ["10.0.0.1"]])

    def connect(address: Any, timeout: float) -> Any:
        asked.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(HookError):
        HttpPoster(resolve=lambda _host, _port: next(answers)).post("https://program.example/", {}, b"{}")
    assert asked == [("93.184.215.14", 443)]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "address"), ("program", "address"), ("ftp://program.example/", "address"), ("https://", "address"),
        ("https://a b.example/", "address"), ("https://x:y@program.example/", "address"), ("https://[::1", "address"),
        ("https://program.example:0/", "address"), ("https://program.example:99999/", "address"),
        ("https://prógram.example/", "address"), ("https://program.example/\r\nX: y", "address"),
        ("http://program.example/", "https"), ("https://127.0.0.1/", "private"), ("https://[::1]/", "private"),
        ("https://169.254.169.254/latest", "private"), ("https://program.example/hook?a=1", ""),
    ],
)  # fmt: skip
def test_an_address_is_judged_before_it_is_kept(address: str, why: str) -> None:
    assert HttpPoster().refuses(address) == why


def test_a_name_that_is_none_and_a_door_that_is_closed_are_said() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError

    with pytest.raises(HookError, match="bestaat niet"):
        HttpPoster(resolve=unknown).post("https://program.example/", {}, b"{}")
    with socket.socket() as taken:
        taken.bind((HERE, 0))
        with pytest.raises(HookError, match="geen antwoord"):
            near().post(f"http://program.example:{taken.getsockname()[1]}/", {}, b"{}")


@contextmanager
def answering(how: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run a server that answers whoever comes first as a test wants it; give its port."""
    with socket.create_server((HERE, 0)) as server:
        port = server.getsockname()[1]

        def serve() -> None:
            taken, _address = server.accept()
            with taken, suppress(OSError):
                how(taken)

        thread = threading.Thread(target=serve)
        thread.start()
        yield port
        # On a slow computer time may be up before anybody came: whoever waits for somebody is let go.
        socket.create_connection((HERE, port)).close()
        thread.join()


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n"])
def test_who_answers_a_sign_at_a_time_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, first: bytes
) -> None:
    monkeypatch.setattr(poster_module, "_WHOLE", 0.2)
    stop = threading.Event()

    def drip(taken: socket.socket) -> None:
        taken.recv(1000)
        taken.sendall(first)
        while not stop.wait(0.02):
            taken.sendall(b"H")

    with answering(drip) as port:
        with pytest.raises(HookError, match="geen antwoord"):
            near().post(f"http://program.example:{port}/", {}, b"{}")
        stop.set()


def test_who_shakes_hands_for_ever_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poster_module, "_WHOLE", 0.2)
    monkeypatch.setattr(poster_module, "_TIMEOUT", 3600.0)
    cut_off: list[bool] = []

    def listen(taken: socket.socket) -> None:
        taken.settimeout(PATIENCE)
        with suppress(ConnectionResetError):
            while taken.recv(1000):
                pass
        cut_off.append(True)

    with answering(listen) as port, pytest.raises(HookError, match="geen antwoord"):
        near().post(f"https://program.example:{port}/", {}, b"{}")
    assert cut_off == [True]


def test_after_a_name_that_is_found_late_there_is_no_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = [1000.0]
    connected: list[Any] = []

    def late(_host: str, _port: int) -> list[str]:
        seconds[0] += 21
        return [HERE]

    monkeypatch.setattr(socket, "create_connection", lambda *given, **_: connected.append(given))
    with pytest.raises(HookError, match="geen antwoord"):
        near(resolve=late, clock=lambda: seconds[0]).post("http://program.example/", {}, b"{}")
    assert connected == []


def test_what_a_name_took_to_be_found_is_not_there_for_what_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = [1000.0]
    given: list[float] = []

    def late(_host: str, _port: int) -> list[str]:
        seconds[0] += 15
        return [HERE]

    def connect(_address: Any, timeout: float) -> Any:
        given.append(timeout)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(HookError):
        near(resolve=late, clock=lambda: seconds[0]).post("http://program.example/", {}, b"{}")
    assert given == [5.0]


def test_a_certificate_of_somebody_else_is_refused(tmp_path: Path) -> None:
    with (
        program() as (address, heard),
        https_in_front(int(address.rpartition(":")[2]), tmp_path) as port,
        pytest.raises(HookError, match="certificaat"),
    ):
        near().post(f"https://program.example:{port}/204", {}, b"{}")
    assert heard == []


def test_a_certificate_of_that_name_is_enough(tmp_path: Path) -> None:
    with program() as (address, heard), https_in_front(int(address.rpartition(":")[2]), tmp_path) as port:
        trusted = ssl.create_default_context(cafile=str(tmp_path / "https.pem"))
        near(trusted=trusted).post(f"https://gehoor.test:{port}/204", {}, b"{}")
    assert len(heard) == 1
