"""Whether a website runs and can do its work, for whoever looks after the server.

``/healthz``: the process answers. ``/healthz/ready``: it can read, write and open dossiers. Answered before anything
else, so that it is neither limited nor logged, and says nothing of what is in the register.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ALIVE: Final = "/healthz"
READY: Final = "/healthz/ready"
_METHODS: Final = ("GET", "HEAD")


class Health:
    """Answers whether the process runs, and by ``probes`` whether it is ready: each raises an error when something is
    wrong with what it is named for. ``late`` names what has not been done for long: that is told, and no failure."""

    def __init__(
        self,
        app: WSGIApplication,
        probes: Mapping[str, Callable[[], object]],
        late: Callable[[], list[str]] = list,
    ) -> None:
        self._app = app
        self._probes = probes
        self._late = late

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path, method = environ.get("PATH_INFO", ""), environ.get("REQUEST_METHOD")
        if path not in (ALIVE, READY) or method not in _METHODS:
            return self._app(environ, start_response)
        failed = (
            [] if path == ALIVE else [name for name, probe in self._probes.items() if not _succeeds(probe)]
        )
        status = HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.OK
        late = {"late": names} if (names := self._late()) else {}
        body = json.dumps({"ok": not failed, "failed": failed, **late}).encode()
        headers = [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start_response(f"{status.value} {status.phrase}", headers)
        return [] if method == "HEAD" else [body]


def _succeeds(probe: Callable[[], object]) -> bool:
    try:
        probe()
    except Exception:
        return False
    return True
