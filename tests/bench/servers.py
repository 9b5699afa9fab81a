"""What a server costs by itself: one constant page in Flask, by each server that is installed here."""

from __future__ import annotations

from contextlib import ExitStack
from importlib.util import find_spec

from tests.bench.load import Request, by_turns
from tests.bench.processes import python, running
from tests.bench.run import Run

_APP = "tests.bench.peers.constant:app"
_BJOERN = f"import bjoern; from {_APP.replace(':', ' import ')}; bjoern.run(app, '127.0.0.1', {{port}})"
_CHEROOT = (
    f"from cheroot.wsgi import Server; from {_APP.replace(':', ' import ')}; "
    "Server(('127.0.0.1', {port}), app, numthreads=8).start()"
)
_WERKZEUG = (
    f"from werkzeug.serving import run_simple, WSGIRequestHandler as H; from {_APP.replace(':', ' import ')}; "
    "H.protocol_version = 'HTTP/1.1'; H.log = lambda *_: None; run_simple('127.0.0.1', {port}, app, threaded=True)"
)
_UVICORN = (
    f"import uvicorn; from a2wsgi import WSGIMiddleware; from {_APP.replace(':', ' import ')}; "
    "uvicorn.run(WSGIMiddleware(app), port={port}, log_level='error', access_log=False)"
)
_GUNICORN = ("-m", "gunicorn", "-b", "127.0.0.1:{port}", "--log-level", "error")
_GRANIAN = ("-m", "granian", "--interface", "wsgi", "--port", "{port}", "--no-log", "--no-ws")
COMMANDS = {
    "waitress, 8 threads": ("waitress", ("-m", "waitress", "--threads=8", "--listen=127.0.0.1:{port}", _APP)),
    "gunicorn sync": ("gunicorn", (*_GUNICORN, _APP)),
    "gunicorn gthread, 8 threads": ("gunicorn", (*_GUNICORN, "-k", "gthread", "--threads", "8", _APP)),
    "gunicorn gthread, 1 thread": ("gunicorn", (*_GUNICORN, "-k", "gthread", "--threads", "1", _APP)),
    "granian": ("granian", (*_GRANIAN, _APP)),
    "granian, 8 blocking threads": ("granian", (*_GRANIAN, "--blocking-threads", "8", _APP)),
    "granian, 1 blocking thread": ("granian", (*_GRANIAN, "--blocking-threads", "1", _APP)),
    "cheroot, 8 threads": ("cheroot", ("-c", _CHEROOT)),
    "uvicorn with a2wsgi": ("a2wsgi", ("-c", _UVICORN)),
    "bjoern": ("bjoern", ("-c", _BJOERN)),
    "werkzeug": ("werkzeug", ("-c", _WERKZEUG)),
}


def servers(run: Run) -> None:
    """Print what each server costs over one connection, and over eight."""
    page = run.folder / "page.html"
    page.write_text("x" * 18_000, "utf-8")
    with ExitStack() as stack:
        names, requests = [], []
        for name, (module, command) in COMMANDS.items():
            if find_spec(module) is not None:
                server = stack.enter_context(running(python(*command), {"BENCH_PAGE": str(page)}))
                names.append(name)
                requests.append(Request(server))
        alone = by_turns(requests, rounds=run.rounds)
        waiting = by_turns(requests, rounds=run.rounds, connections=8)
    for name, one, eight in zip(names, alone, waiting, strict=True):
        run.report.row(
            name,
            f"{one.cpu:.0f} us CPU",
            f"{one.per_second:,.0f} a second; with 8: {eight.cpu:.0f} us CPU, {eight.per_second:,.0f} a second, "
            f"p50 {eight.p50 / 1000:.1f}, p99 {eight.p99 / 1000:.1f} ms",
        )
