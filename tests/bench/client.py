"""Loads a website from a process of its own, over one connection that stays open: what the server does is not in its
CPU time. It sends what it is told, reads each answer whole, and prints how many seconds that took and the last answer's
status."""

from __future__ import annotations

import json
import re
import socket
import sys
import time


def main() -> None:
    """Send the request on the standard input ``runs`` times. ``#`` in its body becomes a number, new each time."""
    told = json.load(sys.stdin)
    with socket.create_connection((told["host"], told["port"])) as connection:
        status, start = 0, time.perf_counter()
        for number in range(told["runs"]):
            body = told["body"].replace("#", f"{told['run']}-{number}").encode()
            head = (
                f"{told['head']}\r\nContent-Length: {len(body)}\r\n\r\n"
                if body
                else f"{told['head']}\r\n\r\n"
            )
            connection.sendall(head.encode() + body)
            status = _status(connection)
        print(json.dumps([time.perf_counter() - start, status]))


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
