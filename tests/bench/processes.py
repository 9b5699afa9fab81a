"""Servers as processes of their own: what they cost in CPU time and in memory, with the processes they made."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.places import CHECKOUT, SOURCE

_TICK = os.sysconf("SC_CLK_TCK")
_PATIENCE = 30.0


@dataclass(frozen=True)
class Server:
    """A server that listens, and how long it took from its start to its first answer (seconds)."""

    pid: int
    port: int
    start: float

    def cpu(self) -> float:
        """Return the CPU time of the process and all it made, in seconds; ends of 10 ms are lost."""
        return sum(_cpu(pid) for pid in tree(self.pid))

    def memory(self) -> list[float]:
        """Return the memory in use (RSS) of each process that has no children, in MB: those are the workers."""
        return sorted(_memory(pid) for pid in tree(self.pid) if not _children(pid))


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: Sequence[str], settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Start a server and stop it in the end. ``{port}`` in a word of the command becomes a free port.

    Raises ``RuntimeError`` when it does not come up.
    """
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": f"{SOURCE}:{CHECKOUT}", **(settings or {})}
    began = time.perf_counter()
    # In a file: a pipe that nobody reads would stop a server that has much to say.
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [word.replace("{port}", str(port)) for word in command],
            env=environment, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=said, text=True,
        )  # fmt: skip
        try:
            if not _answers(process, port):
                said.seek(0)
                raise RuntimeError(f"the server does not answer: {said.read()}")
            yield Server(process.pid, port, time.perf_counter() - began)
        finally:
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def python(*words: str) -> list[str]:
    """Return a command of this Python."""
    return [sys.executable, *words]


def _answers(process: subprocess.Popen[str], port: int) -> bool:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as connection:
                # A connection alone says little: a supervisor listens before its workers can answer.
                connection.settimeout(_PATIENCE)
                connection.sendall(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")
                if connection.recv(1):
                    return True
        except OSError:
            pass
        time.sleep(0.01)
    return False


def tree(pid: int) -> list[int]:
    """Return a process and all it made."""
    return [pid, *(below for child in _children(pid) for below in tree(child))]


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def _cpu(pid: int) -> float:
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    # utime, stime, and those of children that ended.
    return sum(int(word) for word in words[11:15]) / _TICK


def _memory(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
