"""How many requests come and how long they take, and where that is shown: for who looks after the server.

What is measured is the pattern of an address, never the address: that may hold a code, a name or a search.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Protocol

from flask import request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

METRICS: Final = "/metrics"
NONE: Final = "-"
_ROUTE: Final = "gehoor.route"
_FAILURE: Final = "gehoor.failure"
_KNOWN_METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE"})
_LIMITS: Final[Mapping[int, str]] = {
    HTTPStatus.TOO_MANY_REQUESTS: "rate",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "size",
    HTTPStatus.MISDIRECTED_REQUEST: "name",
}


class Requests(Protocol):
    """Who counts requests."""

    def begun(self) -> None:
        """Count a request that is being answered."""

    def answered(self, method: str, route: str, status: int, seconds: float, failure: str) -> None:
        """Count an answer."""

    def refused(self, limit: str) -> None:
        """Count a request that a limit refused."""


def method_of(method: str) -> str:
    """Return the method of a request as it may be written down: anybody may send any word as one."""
    return method if method in _KNOWN_METHODS else NONE


def note_route() -> None:
    """Note which page a request is for, as its pattern."""
    rule = request.url_rule
    request.environ[_ROUTE] = rule.rule if rule is not None else NONE


def note_failure(kind: str) -> None:
    """Note what kind of thing of ours fails while a request is answered."""
    request.environ[_FAILURE] = kind


class Measured:
    """Measures every request to an application."""

    def __init__(self, app: WSGIApplication, requests: Requests) -> None:
        self._app, self._requests = app, requests

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        said = [HTTPStatus.INTERNAL_SERVER_ERROR.value]

        def started(status: str, *rest: Any) -> Callable[[bytes], object]:
            said[0] = int(status[:3])
            return start_response(status, *rest)

        begin = time.perf_counter()
        # Whatever goes wrong with figures, it costs nobody an answer.
        with suppress(Exception):
            self._requests.begun()
        try:
            return self._app(environ, started)
        finally:
            route, failure = environ.get(_ROUTE, ""), environ.get(_FAILURE, "")
            passed = time.perf_counter() - begin
            with suppress(Exception):
                self._requests.answered(method_of(environ["REQUEST_METHOD"]), route, said[0], passed, failure)
                if limit := _limit(said[0], route):
                    self._requests.refused(limit)


class ShowsMetrics:
    """Shows figures to whoever has the token; for all others there is no such page. A proxy lets visitors reach what it
    is not told to keep from them, so where somebody comes from counts for nothing."""

    def __init__(
        self, app: WSGIApplication, token: str, content_type: str, written: Callable[[], bytes]
    ) -> None:
        self._app, self._written = app, written
        self._wanted = f"Bearer {token}".encode()
        self._content_type = content_type

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if environ.get("PATH_INFO") != METRICS or not self._may(environ):
            return self._app(environ, start_response)
        status, content_type, body = HTTPStatus.OK, self._content_type, b""
        try:
            body = self._written()
        except OSError:
            status, content_type = HTTPStatus.SERVICE_UNAVAILABLE, "text/plain"
        headers = [
            ("Content-Type", content_type),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start_response(f"{status.value} {status.phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _may(self, environ: WSGIEnvironment) -> bool:
        given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
        return environ["REQUEST_METHOD"] in ("GET", "HEAD") and hmac.compare_digest(given, self._wanted)


def _limit(status: int, route: str) -> str:
    """Return which limit refused a request, if one did. What never came to a page, while all is well with the store,
    found no place."""
    if status == HTTPStatus.SERVICE_UNAVAILABLE and not route:
        return "busy"
    return _LIMITS.get(status, "")
