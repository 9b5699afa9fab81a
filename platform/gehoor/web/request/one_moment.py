"""A page is of one moment: whatever it is put together from is read at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from gehoor.services.ports.belonging import NOWHERE
from gehoor.services.records.within import working
from gehoor.services.register.one_moment import one_moment

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LOOKING: Final = ("GET", "HEAD")


class OneMoment:
    """Answers requests that only look at one moment of the register. What is sent is judged and written apart, see
    ``changing``."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        # Whoever opened the website: a request sees nothing of any organisation until its policy says of which.
        with working(NOWHERE):
            if environ.get("REQUEST_METHOD") not in _LOOKING:
                return self._app(environ, start_response)
            with one_moment():
                return self._app(environ, start_response)
