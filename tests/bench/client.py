"""Loads a website where there is no wrk, from a process of its own: what the server does is not in its CPU time.

It sends what it is told over connections that stay open, reads each answer whole, and prints what ``load.lua`` prints.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import time
from threading import Thread
from typing import Any


class Client(Thread):
    """One connection, one request after another."""

    def __init__(self, number: int, told: dict[str, Any], end: float) -> None:
        super().__init__()
        self.number, self.told, self.end = number, told, end
        self.took: list[float] = []
        self.errors = 0

    def run(self) -> None:
        """Send until the time is over. ``#`` in the body becomes a number, new each time."""
        told = self.told
        head = f"{'POST' if told['body'] else 'GET'} {told['path']} HTTP/1.1\r\nHost: localhost\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in told["headers"].items() if name != "Host")
        with socket.create_connection(("127.0.0.1", told["port"])) as connection:
            while (start := time.perf_counter()) < self.end:
                unique = f"{told['run']}-{self.number}-{len(self.took)}"
                body = told["body"].replace("#", unique).encode()
                length = f"Content-Length: {len(body)}\r\n{self._from()}" if body else ""
                connection.sendall(f"{head}{length}\r\n".encode() + body)
                self.errors += _status(connection) >= 400
                self.took.append(time.perf_counter() - start)

    def _from(self) -> str:
        """Say who sends, as a proxy in front does: from one place a form is not taken so often."""
        sent = len(self.took)
        return f"X-Forwarded-For: 10.{self.told['run'] % 250}.{sent // 250 % 250}.{sent % 250}\r\n"


def main() -> None:
    """Load as the standard input says."""
    told = json.load(sys.stdin)
    start = time.perf_counter()
    clients = [Client(number, told, start + told["seconds"]) for number in range(told["connections"])]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    whole = (time.perf_counter() - start) * 1e6
    took = sorted(one * 1e6 for client in clients for one in client.took)
    errors = sum(client.errors for client in clients)
    print("RESULT", len(took), whole, took[len(took) // 2], took[len(took) * 99 // 100], errors)


def _status(connection: socket.socket) -> int:
    answer = b""
    while (end := answer.find(b"\r\n\r\n")) < 0:
        answer += _more(connection)
    length = re.search(rb"(?i)content-length: (\d+)", answer[:end])
    missing = end + 4 + int(length[1] if length else 0) - len(answer)
    while missing > 0:
        missing -= len(_more(connection))
    return int(answer[9:12])


def _more(connection: socket.socket) -> bytes:
    received = connection.recv(1 << 18)
    if not received:
        raise ConnectionError("the server closed the connection")
    return received


if __name__ == "__main__":
    main()
