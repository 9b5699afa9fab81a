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


def install(app: Flask) -> None:
    """Begin to count, for this application."""
    app.extensions[_NAME] = MovingWindowRateLimiter(MemoryStorage())


def limited(rate: str) -> Callable[[View], View]:
    """Answer a POST with 429 once there were too many from one place; ``rate`` reads like ``10 per 15 minutes``."""
    allowed = parse(rate)

    def around(view: View) -> View:
        @wraps(view)
        def counted(*arguments: Any, **named: Any) -> Any:
            if request.method == "POST":
                hit(allowed, request.endpoint or "", request.remote_addr or "")
            return view(*arguments, **named)

        return counted  # type: ignore[return-value]  # the same view, with a check before it

    return around


def hit(allowed: RateLimitItem, *what: str) -> None:
    """Count one try of something. Raises ``TooManyRequests``, with after how many seconds all is forgotten."""
    limiter: MovingWindowRateLimiter = current_app.extensions[_NAME]
    if not limiter.hit(allowed, *what):
        raise TooManyRequests(retry_after=allowed.get_expiry())
