"""How often something may be tried from one place: guessing a code or a password must take too long to be of use.

Counts live in the memory of this process only: nothing of where someone sits is ever stored or logged.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

View = TypeVar("View", bound=Callable[..., Any])

_NAME = "gehoor-limits"
_IN_VAIN = 400
"""From this status on, an answer says that something was wrong."""


def install(app: Flask) -> None:
    """Begin to count, for this application."""
    app.extensions[_NAME] = MovingWindowRateLimiter(MemoryStorage())


def limited(rate: str, *, in_vain: bool = False) -> Callable[[View], View]:
    """Answer a POST with 429 once there were too many from one place; ``rate`` reads like ``300 per 15 minutes``.

    Many people may share an address: everybody in a building, or behind one provider. So a rate is far over what they
    send together, and where only those tries count that were ``in_vain``, nobody who succeeds counts."""
    allowed = parse(rate)

    def around(view: View) -> View:
        @wraps(view)
        def counted(*arguments: Any, **named: Any) -> Any:
            if request.method != "POST":
                return view(*arguments, **named)
            what = (request.endpoint or "", visitor())
            if not in_vain:
                hit(allowed, *what)
                return view(*arguments, **named)
            if not _limiter().test(allowed, *what):
                raise TooManyRequests(retry_after=allowed.get_expiry())
            answer = view(*arguments, **named)
            if current_app.make_response(answer).status_code >= _IN_VAIN:
                _limiter().hit(allowed, *what)
            return answer

        return counted  # type: ignore[return-value]  # the same view, with a check before it

    return around


def visitor() -> str:
    """Return from where a request comes: an address, as the proxies in front of us say when they are trusted."""
    return request.remote_addr or ""


def hit(allowed: RateLimitItem, *what: str) -> None:
    """Count one try of something. Raises ``TooManyRequests``, with after how many seconds all is forgotten."""
    if not _limiter().hit(allowed, *what):
        raise TooManyRequests(retry_after=allowed.get_expiry())


def _limiter() -> MovingWindowRateLimiter:
    limiter: MovingWindowRateLimiter = current_app.extensions[_NAME]
    return limiter
