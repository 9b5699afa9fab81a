"""The proxies that ``deploy/`` has examples for: what they say agrees with Gehoor, and they do what they say."""

from __future__ import annotations

import http.client
import json
import os
import re
import runpy
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from gehoor.cli.site.serve import PORT
from gehoor.web.app import MAX_REQUEST
from gehoor.web.forms.uploads import MAX_WITH_FILES
from tests.scenarios.cli.site.test_serve import free_port, wait_for
from tests.support.cli_run import publish_all
from tests.support.patience import PATIENCE
from tests.support.places import SOURCE
from tests.support.proxies import DEPLOY, HTTPS, PROGRAMS, WORDS, proxy_in_front
from tests.support.serving import is_served

UNITS = {"m": 2**20, "mib": 2**20, "mb": 10**6, "k": 2**10, "kb": 10**3, "kib": 2**10}

Tree = list[tuple[list[str], "Tree | None"]]


def parsed(text: str, end: str) -> Tree:
    """Return the directives of a file as trees: its words, and what stands within its braces. ``end``: what a directive
    ends with, beside a brace."""
    bare = re.sub(r"(?m)(^|\s)#.*$", "", text)
    words = re.findall(r'"[^"]*"|\n|;|\{(?=\s)|(?<=\s)\}|[^\s;]+', f"{bare}\n")
    found, rest = _block(words, end)
    assert not rest, f"a brace too many: {rest[:5]}"
    return found


def _block(words: list[str], end: str) -> tuple[Tree, list[str]]:
    found: Tree = []
    current: list[str] = []
    while words:
        word, words = words[0], words[1:]
        if word == "{":
            within, words = _block(words, end)
            assert words, "a brace too few"
            assert words[0] == "}", "a brace too few"
            words = words[1:]
            found.append((current, within))
            current = []
        elif word == "}":
            assert not current or end == "\n", f"not ended: {current}"
            return [*found, *([(current, None)] if current else [])], [word, *words]
        elif word == end:
            if current:
                found.append((current, None))
            current = []
        elif word != "\n":
            current.append(word)
    assert not current, f"not ended: {current}"
    return found, []


def everything(tree: Tree) -> Iterator[tuple[list[str], Tree | None]]:
    for words, within in tree:
        yield words, within
        yield from everything(within or [])


def said(tree: Tree, name: str) -> list[list[str]]:
    return [words[1:] for words, _ in everything(tree) if words and words[0] == name]


def size(text: str) -> int:
    found = re.fullmatch(r"(\d+)([A-Za-z]+)", text)
    assert found, text
    return int(found[1]) * UNITS[found[2].lower()]


@pytest.fixture(scope="module")
def caddy() -> Tree:
    return parsed((DEPLOY / "Caddyfile").read_text("utf-8"), "\n")


@pytest.fixture(scope="module")
def nginx() -> Tree:
    return parsed((DEPLOY / "nginx.conf").read_text("utf-8"), ";")


def test_caddy_is_told_nothing_that_it_does_not_know(caddy: Tree) -> None:
    (overall, options), (site, _) = caddy
    assert (overall, len(site)) == ([], 1)
    assert {words[0] for words, _ in everything(options or [])} == {
        "servers", "timeouts", "read_header", "read_body", "write", "idle", "max_header_size",
    }  # fmt: skip
    assert {words[0] for words, _ in everything(caddy[1][1] or [])} == {
        "request_body", "max_size", "respond", "reverse_proxy", "request_buffers", "header_up", "transport",
        "keepalive",
    }  # fmt: skip


def test_both_take_what_gehoor_takes_and_no_less(caddy: Tree, nginx: Tree) -> None:
    """Else a form with all that it may have is refused by a page that is not ours."""
    (of_caddy,), (of_nginx,) = said(caddy, "max_size"), said(nginx, "client_max_body_size")
    assert size(of_caddy[0]) == size(of_nginx[0]) >= MAX_WITH_FILES > MAX_REQUEST


def test_both_wait_until_they_have_a_request_whole(caddy: Tree, nginx: Tree) -> None:
    (buffered,), (most,) = said(caddy, "request_buffers"), said(caddy, "max_size")
    assert size(buffered[0]) >= size(most[0])
    assert said(nginx, "proxy_request_buffering") == [["on"]]


def test_both_end_what_is_begun_and_not_finished(caddy: Tree, nginx: Tree) -> None:
    assert all(said(caddy, name) for name in ("read_header", "read_body", "write", "idle"))
    assert all(said(nginx, name) for name in ("client_header_timeout", "client_body_timeout", "send_timeout"))


def test_both_say_themselves_where_a_request_comes_from(caddy: Tree, nginx: Tree) -> None:
    """What a visitor says of that is replaced: ``gehoor doctor`` takes it for true."""
    assert said(caddy, "header_up") == [["X-Forwarded-For", "{remote_host}"]]
    assert ["X-Forwarded-For", "$remote_addr"] in said(nginx, "proxy_set_header")


def test_both_are_in_front_of_where_gehoor_listens(caddy: Tree, nginx: Tree) -> None:
    assert said(caddy, "reverse_proxy") == [[f"127.0.0.1:{PORT}"]]
    assert {tuple(one) for one in said(nginx, "proxy_pass")} == {("http://gehoor",)}
    assert [words[0] for words in said(nginx, "server") if words] == [f"127.0.0.1:{PORT}"]


def test_who_was_away_for_a_moment_belongs_to_nginx_again_at_once(nginx: Tree) -> None:
    """Else, of two that are restarted one after the other, neither is asked for a while."""
    assert [words[1:] for words in said(nginx, "server") if words] == [["max_fails=0"]]


def test_nginx_waits_longer_for_a_server_that_stops_than_gunicorn_takes_to_stop(nginx: Tree) -> None:
    config = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
    (until,), (reads,) = said(nginx, "proxy_next_upstream_timeout"), said(nginx, "proxy_read_timeout")
    assert config["graceful_timeout"] < int(until[0].removesuffix("s")) < int(reads[0].removesuffix("s"))


def test_neither_keeps_addresses_of_visitors(caddy: Tree, nginx: Tree) -> None:
    assert said(caddy, "log") == []
    assert said(nginx, "access_log") == [["off"]]


def test_both_tell_how_gehoor_is_started_behind_them() -> None:
    for name in ("Caddyfile", "nginx.conf"):
        assert 'GEHOOR_PROXIES=1 en "gehoor serve --https"' in (DEPLOY / name).read_text("utf-8")


# The programs themselves, where they are on this computer


@pytest.fixture(params=sorted(WORDS))
def which(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    if PROGRAMS[name]() is None:
        pytest.skip(f"{name} is not on this computer, or too old")
    return name


class Behind(ThreadingHTTPServer):
    """What stands behind a proxy: it says what came through, and counts what came whole."""

    daemon_threads = True
    asked = 0


class _Telling(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Behind

    def _tell(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        self.server.asked += len(body) == length
        told = {"path": self.path, "length": len(body), "from": self.headers.get_all("X-Forwarded-For")}
        answer = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = _tell  # noqa: N815 - what the library calls them

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        return


@contextmanager
def behind() -> Iterator[Behind]:
    server = Behind(("127.0.0.1", 0), _Telling)
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    try:
        yield server
    finally:
        server.shutdown()
        running.join(PATIENCE)
        server.server_close()


def asking(which: str, port: int, address: str = "127.0.0.1") -> http.client.HTTPConnection:
    source = (address, 0)
    if which not in HTTPS:
        return http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE, source_address=source)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection(
        "127.0.0.1", port, timeout=PATIENCE, context=context, source_address=source
    )


def answered(
    which: str, port: int, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, bytes]:
    connection = asking(which, port)
    try:
        connection.request(
            method, path, body or None, {name.replace("_", "-"): of for name, of in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_the_program_takes_the_example(which: str, tmp_path: Path) -> None:
    words = WORDS[which](tmp_path, free_port(), free_port())
    check = [*words, "-t"] if which == "nginx" else [words[0], "validate", *words[2:]]
    environment = {**os.environ, "HOME": str(tmp_path)}
    done = subprocess.run(check, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_a_visitor_says_of_their_address_is_replaced(which: str, tmp_path: Path) -> None:
    with behind() as server, proxy_in_front(which, tmp_path, server.server_port) as port:
        status, told = answered(which, port, "GET", "/", X_Forwarded_For="203.0.113.7, 10.0.0.1")
    assert (status, json.loads(told)["from"]) == (200, ["127.0.0.1"])


def test_a_form_with_all_that_it_may_have_comes_through_and_more_does_not(which: str, tmp_path: Path) -> None:
    with behind() as server, proxy_in_front(which, tmp_path, server.server_port) as port:
        status, told = answered(which, port, "POST", "/", b"x" * MAX_WITH_FILES)
        assert (status, json.loads(told)["length"]) == (200, MAX_WITH_FILES)
        asked = server.asked
        try:
            status, _ = answered(which, port, "POST", "/", b"x" * (MAX_WITH_FILES + 4 * 2**20))
        except (ConnectionError, ssl.SSLError):
            status = 413  # It ended the connection while the rest was still being sent.
        assert status in (413, 502)
        assert server.asked == asked


def test_half_a_request_reaches_nobody_behind_it(which: str, tmp_path: Path) -> None:
    with (
        behind() as server,
        proxy_in_front(which, tmp_path, server.server_port) as port,
        ExitStack() as open_,
    ):
        for _ in range(40):
            sender = asking(which, port, "127.0.0.2")
            open_.callback(sender.close)
            sender.connect()
            assert sender.sock is not None
            sender.sock.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf")
        assert answered(which, port, "GET", "/")[0] == 200
        assert server.asked == 1


@pytest.mark.parametrize("path", ["/healthz/ready", "/healthz", "/metrics"])
def test_whether_gehoor_runs_is_not_for_visitors(which: str, path: str, tmp_path: Path) -> None:
    with behind() as server, proxy_in_front(which, tmp_path, server.server_port) as port:
        connection = asking(which, port, "127.0.0.1")
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
    # nginx lets who is on the computer itself ask.
    assert status == (200 if which == "nginx" else 404)


@pytest.mark.skipif(sys.platform == "win32", reason="no gunicorn there")
def test_gunicorn_behind_it_answers_others_while_many_send_half(which: str, tmp_path: Path) -> None:
    """With the example for gunicorn, that has fewer threads than there are connections here."""
    pytest.importorskip("gunicorn")
    file, inside = publish_all(tmp_path / "register.db"), free_port()
    config = DEPLOY / "gunicorn.conf.py"
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "GEHOOR_STORE": str(file), "GEHOOR_PROXIES": "1"}
    environment["GEHOOR_URL"] = "https://klachten.voorbeeld.be"
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", str(config), "--bind", f"127.0.0.1:{inside}", "gehoor.wsgi:app"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(lambda: is_served(inside))
        with proxy_in_front(which, tmp_path, inside) as port, ExitStack() as open_:
            for beginning in (
                b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: ",
                b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n.",
            ):
                for _ in range(90):
                    sender = asking(which, port, "127.0.0.2")
                    open_.callback(sender.close)
                    sender.connect()
                    assert sender.sock is not None
                    sender.sock.sendall(beginning)
            for _ in range(4):
                status, page = answered(which, port, "GET", "/de-linde/beukenhof/melden")
                assert (status, b"Beukenhof" in page) == (200, True)
    finally:
        server.terminate()
        server.wait(PATIENCE)
