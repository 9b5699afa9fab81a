"""A site on the server that ``gehoor serve`` uses, for as long as a test needs it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from tests.support.patience import PATIENCE

SECONDS_BETWEEN_LOOKS = 0.1


@contextmanager
def serving(app: Flask, threads: int = 4) -> Iterator[int]:
    """Serve a site on this computer; yields the port it was given.

    The server has a loop of its own here, that looks between two rounds whether it must stop. Waking the usual loop
    to close it is a race: who wakes it may find the pipe to do that with closed already.
    """
    sockets: dict[int, Any] = {}
    server = create_server(_closing(app), host="127.0.0.1", port=0, threads=threads, ident=None, map=sockets)
    stopping = threading.Event()

    def run() -> None:
        while not stopping.is_set():
            wasyncore.loop(timeout=SECONDS_BETWEEN_LOOKS, map=sockets, count=1)

    running = threading.Thread(target=run, daemon=True)
    running.start()
    try:
        yield server.effective_port
    finally:
        stopping.set()
        running.join(PATIENCE)
        # Only now that nobody is answering any more, so that no thread wakes a server that is closed.
        server.task_dispatcher.shutdown()
        wasyncore.close_all(sockets)
        assert not running.is_alive()


def _closing(app: Flask) -> Any:
    """Return an application whose files are closed by who opened them: of one whose browser left just then, waitress
    would leave that to chance."""

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        environ.pop("wsgi.file_wrapper", None)
        return app(environ, start_response)

    return answer


def is_served(port: int) -> bool:
    """Say whether something at a port of this computer answers that it is well."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as asking:
            asking.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return asking.recv(100).startswith(b"HTTP/1.1 200")
    except OSError:
        return False
