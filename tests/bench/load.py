"""Loading a website from another process: ``wrk`` where there is one, or else a loop of our own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median

from tests.bench.processes import Server

_RUNS = count()
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Request:
    """What is sent to a server. ``#`` in the body becomes a number that is new each time."""

    server: Server
    path: str = "/"
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    """What a request costs: CPU time of the server (us), requests a second, half and 99 of 100 answered within (us)."""

    cpu: float
    per_second: float
    p50: float
    p99: float
    answered: int


def by_turns(
    requests: Sequence[Request], *, rounds: int = 5, seconds: float = 1.0, connections: int = 1
) -> list[Cost]:
    """Load sites by turns, so that what else the computer does counts for all; the median of each."""
    for request in requests:
        load(request, 0.3, connections)
    found: list[list[Cost]] = [[] for _ in requests]
    for _ in range(rounds):
        for request, costs in zip(requests, found, strict=True):
            costs.append(load(request, seconds, connections))
    return [_median(costs) for costs in found]


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        median(c.cpu for c in costs),
        median(c.per_second for c in costs),
        median(c.p50 for c in costs),
        median(c.p99 for c in costs),
        sum(c.answered for c in costs),
    )


def load(request: Request, seconds: float = 1.0, connections: int = 1) -> Cost:
    """Send a request for some seconds over some connections that stay open. Raises ``RuntimeError`` when an answer is
    an error."""
    before = request.server.cpu()
    wrk = shutil.which("wrk")
    said = _with_wrk(wrk, request, seconds, connections) if wrk else _by_hand(request, seconds, connections)
    cpu = request.server.cpu() - before
    answered, microseconds, p50, p99, errors = (int(float(word)) for word in said.split()[1:6])
    if errors or not answered:
        raise RuntimeError(f"{request.path}: {errors} errors in {answered} answers")
    return Cost(cpu / answered * 1e6, answered / microseconds * 1e6, p50, p99, answered)


def _with_wrk(wrk: str, request: Request, seconds: float, connections: int) -> str:
    environment = {**os.environ, "BENCH_RUN": str(next(_RUNS))}
    sent = [part for name, value in request.headers.items() for part in ("-H", f"{name}: {value}")]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as body:
        if request.body:
            body.write(request.body)
            body.flush()
            environment["BENCH_BODY"] = body.name
        command = [wrk, "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "20s"]
        command += [
            *sent,
            "-s",
            str(_HERE / "load.lua"),
            f"http://127.0.0.1:{request.server.port}{request.path}",
        ]
        said = subprocess.run(command, env=environment, text=True, check=True, capture_output=True).stdout
    return next(line for line in said.splitlines() if line.startswith("RESULT"))


def _by_hand(request: Request, seconds: float, connections: int) -> str:
    told = {
        "port": request.server.port, "path": request.path, "body": request.body, "headers": dict(request.headers),
        "seconds": seconds, "connections": connections, "run": next(_RUNS),
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-S", str(_HERE / "client.py")],
        input=json.dumps(told), text=True, check=True, capture_output=True,
    ).stdout  # fmt: skip
