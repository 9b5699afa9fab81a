"""The name under which a request asks for this site: one that is no name is answered before anything else is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_NAME: Final = re.compile(
    r"(?:[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.IGNORECASE
)
"""Names of computers as browsers send them (RFC 1035: at most 63 signs between dots), and addresses."""
_ANSWER: Final = b"Dit is geen adres van een website.\n"


class HostNames:
    """Refuses requests for a name that cannot be one: no address can be made with it, not even for a page that says so.
    A request without a name, as of HTTP 1.0, is answered."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        name = environ.get("HTTP_HOST", "")
        if not name or _NAME.fullmatch(name):
            return self._app(environ, start_response)
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(_ANSWER)))]
        start_response("400 Bad Request", headers)
        return [_ANSWER]
