"""What a confined child is asked to do in tests: work, or things that it must not get away with."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from gehoor.adapters.sandbox.child import answer_confined


def _refused(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except PermissionError:
        return "refused"
    return "allowed"


def _fail() -> None:
    raise KeyError("unforeseen")


TASKS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "echo": lambda asked: asked["value"],
    "environment": lambda _: sorted(os.environ),
    "path": lambda _: sys.path,
    "step": lambda _: [abs(number) for number in count()],
    "compute": lambda _: sum(count()),
    "sleep": lambda _: time.sleep(600),
    "remember": lambda asked: len(b"x" * asked["bytes"]),
    "crash": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "speechless": lambda _: os.abort(),
    "raise": lambda _: _fail(),
    "babble": lambda _: sys.stdout.write("this is no answer"),
    "connect": lambda asked: _refused(lambda: socket.create_connection(("127.0.0.1", asked["port"]))),
    "resolve": lambda _: _refused(lambda: socket.getaddrinfo("localhost", 80)),
    "write": lambda asked: _refused(lambda: Path(asked["file"]).write_text("x")),
    "remove": lambda asked: _refused(lambda: Path(asked["file"]).unlink()),
    "read": lambda asked: _refused(lambda: Path(asked["file"]).read_bytes()),
    "list": lambda asked: _refused(lambda: os.listdir(asked["file"])),
    "start": lambda _: _refused(lambda: subprocess.run([sys.executable, "-c", ""], check=True)),
}


if __name__ == "__main__":
    answer_confined(lambda asked: TASKS[asked["task"]](asked))
