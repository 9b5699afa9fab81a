"""Sites in processes of their own, each by the server that ``gehoor serve`` takes when nobody says otherwise."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

from gehoor.core.forms.fields import Field
from tests.bench.load import Request
from tests.bench.processes import Server, python, running
from tests.bench.rendering import answer_of

THREADS = 4


def gehoor(store: Path, workers: int = 1, *more: str) -> AbstractContextManager[Server]:
    """Serve a register with ``gehoor serve``."""
    words = ("-m", "gehoor", "serve", "--port", "{port}", "--workers", str(workers), "--no-sweep", *more)
    return running(python(*words), {"GEHOOR_STORE": str(store), "GEHOOR_PROXIES": "1"})


def peer(app: str, workers: int = 1, **settings: object) -> AbstractContextManager[Server]:
    """Serve a peer in the same way."""
    words = ("-m", "granian", "--interface", "wsgi", "--http", "1", "--port", "{port}", "--no-log", "--no-ws")
    sized = ("--workers", str(workers), "--blocking-threads", str(THREADS))
    told = {f"BENCH_{name.upper()}": str(value) for name, value in settings.items()}
    return running(python(*words, *sized, f"tests.bench.peers.{app}"), told)


def page(server: Server, path: str = "/") -> str:
    """Return a page as a new visitor gets it."""
    with urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
        text: str = answer.read().decode()
        return text


def visit(server: Server, path: str, headers: Mapping[str, str]) -> None:
    """Open a page, however long it takes."""
    address = f"http://127.0.0.1:{server.port}{path}"
    with urlopen(urllib.request.Request(address, headers=dict(headers))) as answer:
        answer.read()


def post(server: Server, path: str, body: str) -> Request:
    """Return the request that sends a form."""
    headers = {
        "Origin": f"http://127.0.0.1:{server.port}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return Request(server, path, body, headers)


def form_body(answers: Mapping[str, Any]) -> str:
    """Return what a browser sends for a form, with ``#`` where a number makes it another one."""
    pairs: list[tuple[str, str]] = [("sleutel", "key-#")]
    for name, value in answers.items():
        several: Sequence[Any] = value if isinstance(value, list) else [value]
        pairs += [(f"v_{name}", _typed(one)) for one in several]
    return urlencode(pairs, safe="#@:")


def answers_for(fields: Sequence[Field]) -> dict[str, Any]:
    """Return answers that a form takes."""
    answers = {field.id: answer_of(field) for field in fields}
    return {
        name: value[:16] if fields_kind(fields, name) == "instant" else value
        for name, value in answers.items()
    }


def fields_kind(fields: Sequence[Field], name: str) -> str:
    """Return the kind of a field."""
    return next(field.kind for field in fields if field.id == name)


def _typed(value: Any) -> str:
    return ("ja" if value else "nee") if isinstance(value, bool) else str(value)


def signed_in(server: Server, name: str, password: str) -> Mapping[str, str]:
    """Sign in, and return the headers of whoever did."""
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    address = f"http://127.0.0.1:{server.port}/medewerker/aanmelden"
    with browser.open(address) as answer:
        token = re.search(r'name="csrf_token" value="([^"]+)"', answer.read().decode())
    assert token
    form = urlencode({"csrf_token": token[1], "naam": name, "wachtwoord": password, "naar": ""}).encode()
    browser.addheaders = [("Origin", f"http://127.0.0.1:{server.port}")]
    with browser.open(address, form) as answer:
        assert "aanmelden" not in answer.url, "signing in did not work"
    return {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)}
