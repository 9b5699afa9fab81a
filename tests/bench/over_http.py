"""Pages over HTTP: served as ``gehoor serve`` does, beside a bare Flask that does the least there is to do."""

from __future__ import annotations

import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from flask import Flask, redirect, request

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.form import ValueValidator
from gehoor.services.dossiers.editing import look
from gehoor.services.register.register import reading
from tests.bench.house import ANSWERS, LARGE, NOW, embedded, site, submit
from tests.bench.timing import row
from tests.support.serving import serving

THREADS = 8
ROUNDS = 5
_RUNS = count()


@dataclass(frozen=True)
class Cost:
    """What a request costs: requests a second, and CPU time of the server in microseconds."""

    per_second: float
    cpu: float


def served(folder: Path) -> None:
    """Print what a page of forty fields and a submission cost over HTTP."""
    runtime = embedded(folder, "http.db", also_large=True)
    agreement = look(runtime, submit(runtime, "one").dossier, NOW).agreement
    writes = count_writes(runtime.store)
    with serving(site(runtime), THREADS) as port:
        path = f"/de-linde/beukenhof/{LARGE}/alles"
        head, page = first_visit(port, path)
        with serving(constant(page), THREADS) as other:
            mine, theirs = side_by_side((port, f"GET {path} {head}", ""), (other, f"GET / {head}", ""), 400)
        row(
            "W1 a public form of 40 fields over HTTP",
            f"{mine.per_second:.0f} a second",
            f"{mine.per_second / theirs.per_second:.2f} x a constant page (bar 0.7); "
            f"CPU {mine.cpu:.0f} us beside {theirs.cpu:.0f} us",
        )
        path = "/de-linde/beukenhof/melden/alles"
        head, _ = first_visit(port, path)
        head = f"{head}\r\nContent-Type: application/x-www-form-urlencoded"
        body = filled_in()
        with serving(inserting(folder, agreement), THREADS) as other:
            before = len(writes)
            runs = 150
            mine, theirs = side_by_side(
                (port, f"POST {path} {head}", body), (other, f"POST / {head}", body), runs
            )
            fsyncs = (len(writes) - before) / (runs * ROUNDS)
        row(
            "W2 a submission over HTTP: judged, numbered, stored",
            f"{mine.per_second:.0f} a second",
            f"CPU {mine.cpu:.0f} us: {mine.cpu / theirs.cpu:.1f} x Flask with one checked insert (bar 2.5); "
            f"{fsyncs:g} transactions each",
        )
    with reading(runtime.store) as register:
        assert register.tables.count("dossiers") == 1 + runs * ROUNDS
    runtime.store.close()


def constant(page: str) -> Flask:
    """Return a site with one page that never changes."""
    app = Flask("constant")
    app.add_url_rule("/", view_func=lambda: page)
    return app


def inserting(folder: Path, agreement: Agreement) -> Flask:
    """Return a site that holds a form against JSON Schema and keeps it durably, and does nothing else."""
    app = Flask("inserting")
    fields = agreement.forms["melden"].fields
    schema = {"type": "object", "properties": {f"v_{name}": dict(of.schema) for name, of in fields.items()}}
    validator = ValueValidator(schema)
    database = sqlite3.connect(folder / "bare.db", isolation_level=None, check_same_thread=False)
    for sql in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "CREATE TABLE kept (body TEXT)"):
        database.execute(sql)

    def take() -> Any:
        given: dict[str, Any] = request.form.to_dict()
        given["v_anoniem"] = given["v_anoniem"] == "ja"
        assert validator.is_valid(given)
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO kept VALUES (?)", (json.dumps(given),))
        database.execute("COMMIT")
        return redirect("/", 303)

    app.add_url_rule("/", view_func=take, methods=["POST"])
    return app


def side_by_side(mine: tuple[int, str, str], theirs: tuple[int, str, str], runs: int) -> tuple[Cost, Cost]:
    """Load two sites by turns, so that what else the computer does counts for both; the median of each."""
    found: tuple[list[Cost], list[Cost]] = ([], [])
    for asked in (mine, theirs):
        load(*asked, 20 if not asked[2] else 0)
    for _ in range(ROUNDS):
        for asked, costs in zip((mine, theirs), found, strict=True):
            costs.append(load(*asked, runs))
    first, second = (Cost(median(c.per_second for c in all_), median(c.cpu for c in all_)) for all_ in found)
    return first, second


def load(port: int, head: str, body: str, runs: int) -> Cost:
    """Send a request many times from another process: ``wrk`` where there is one, or else a loop of our own. Raises
    ``RuntimeError`` for an answer that is an error."""
    before = time.process_time()
    if not body and (wrk := shutil.which("wrk")):
        return _load_with(wrk, port, head)
    told = {"host": "127.0.0.1", "port": port, "head": head, "body": body, "runs": runs, "run": next(_RUNS)}
    client = subprocess.run(
        [sys.executable, "-S", str(Path(__file__).with_name("client.py"))],
        input=json.dumps(told), text=True, check=True, capture_output=True,
    )  # fmt: skip
    cpu = time.process_time() - before
    seconds, status = json.loads(client.stdout)
    if status >= 400:
        raise RuntimeError(f"{head.splitlines()[0]}: {status}")
    return Cost(runs / seconds, cpu / max(runs, 1) * 1e6)


def _load_with(wrk: str, port: int, head: str) -> Cost:
    request_line, *headers = head.splitlines()
    sent = [part for header in headers if not header.startswith("Host:") for part in ("-H", header)]
    address = f"http://127.0.0.1:{port}{request_line.split()[1]}"
    before = time.process_time()
    said = subprocess.run(
        [wrk, "-t1", "-c1", "-d1s", *sent, address], text=True, check=True, capture_output=True
    ).stdout
    cpu = time.process_time() - before
    done, rate = re.search(r"(\d+) requests in", said), re.search(r"Requests/sec: +([\d.]+)", said)
    if not done or not rate or "Non-2xx" in said:
        raise RuntimeError(f"{request_line}: {said}")
    return Cost(float(rate[1]), cpu / max(int(done[1]), 1) * 1e6)


def first_visit(port: int, path: str) -> tuple[str, str]:
    """Open a page as a new visitor; returns the head of the next request, and the page."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(1 << 16), b"")).decode()
    head, _, page = answer.partition("\r\n\r\n")
    assert "Set-Cookie" not in head
    return "HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost", page


def filled_in() -> str:
    """Return what a browser sends for the form, with a ``#`` for the number that makes it another form."""
    told = {**ANSWERS, "anoniem": "nee", "klager_email": "ann#@example.org"}
    pairs = [("sleutel", "key-#"), *((f"v_{k}", v) for k, v in told.items())]
    return "&".join(f"{name}={quote(str(value), safe='#')}" for name, value in pairs)


def count_writes(store: Any) -> list[int]:
    """Note each writing transaction from now on: each is one COMMIT, and in this store one fsync."""
    noted: list[int] = []
    begin = store.transaction

    def transaction() -> Any:
        noted.append(1)
        return begin()

    store.transaction = transaction
    return noted
