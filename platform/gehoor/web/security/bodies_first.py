"""What is sent is taken in before it takes a place among the requests that are answered.

A request that comes in slowly, or never whole, keeps a thread waiting and nothing else: those are many, and no network
may have more than a part of them.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Final

from werkzeug.wsgi import ClosingIterator

from gehoor.web.forms.cleaning_queue import can_step_aside
from gehoor.web.forms.uploads import MAX_WITH_FILES
from gehoor.web.request.shares import network_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PART: Final = 64 * 1024
_IN_MEMORY: Final = 512 * 1024
"""The largest request that is kept in memory, in bytes; another waits on the disk."""
_TOO_MANY: Final = "Van hier komt te veel tegelijk. Wacht even en probeer het opnieuw, of bel ons.\n"


class BodiesFirst:
    """Takes in requests, and answers ``at_once`` of them at a time. ``of_network``: how many of one network may be
    coming in at the same time."""

    def __init__(self, app: WSGIApplication, at_once: int, of_network: int) -> None:
        self._app = app
        self._turns = threading.BoundedSemaphore(at_once)
        self._of_network = of_network
        self._coming: Counter[str] = Counter()
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        length = environ.get("CONTENT_LENGTH", "")
        # What is larger than anything may be, is refused by its length: nobody reads it.
        if not (length.isascii() and length.isdigit() and 0 < int(length) <= MAX_WITH_FILES):
            return self._answer(environ, start_response)
        with self._place(network_of(environ.get("REMOTE_ADDR", ""))) as has_place:
            if not has_place:
                return _refused("503 Service Unavailable", _TOO_MANY, start_response)
            body = _taken_in(environ["wsgi.input"], int(length))
        if body is None:
            return _refused("400 Bad Request", "", start_response)
        environ["wsgi.input"] = body
        try:
            return ClosingIterator(self._answer(environ, start_response), body.close)
        except BaseException:
            body.close()
            raise

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        can_step_aside(environ, self._aside)
        with self._turns:
            return self._app(environ, start_response)

    @contextmanager
    def _aside(self) -> Iterator[None]:
        self._turns.release()
        try:
            yield
        finally:
            self._turns.acquire()

    @contextmanager
    def _place(self, network: str) -> Iterator[bool]:
        with self._lock:
            has_place = self._coming[network] < self._of_network
            self._coming[network] += has_place
        try:
            yield has_place
        finally:
            with self._lock:
                self._coming[network] -= has_place
                if not self._coming[network]:
                    del self._coming[network]


def _taken_in(coming: IO[bytes], length: int) -> IO[bytes] | None:
    """Return what is sent, from its beginning; None when it ends before it is whole."""
    body: IO[bytes] = BytesIO() if length <= _IN_MEMORY else TemporaryFile()  # noqa: SIM115 - open until answered
    left = length
    try:
        while left and (part := coming.read(min(left, _PART))):
            left -= body.write(part)
    except OSError:
        # The sender is gone.
        left = length
    except BaseException:
        body.close()
        raise
    if left:
        body.close()
        return None
    body.seek(0)
    return body


def _refused(status: str, text: str, start_response: StartResponse) -> Iterable[bytes]:
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "10"), ("Connection", "close")]
    start_response(status, headers)
    return [text.encode()]
