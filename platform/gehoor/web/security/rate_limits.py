"""How often something may be tried from one place: guessing a code or a password must take too long to be of use.

Counts live in the memory of this process only: nothing of where someone sits is ever stored or logged.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from gehoor.web.request.shares import network_of
from gehoor.web.security.recent_tries import Rate, RecentTries

View = TypeVar("View", bound=Callable[..., Any])

_NAME = "gehoor-limits"
_QUARTER: Final = 15 * 60
"""Seconds in which tries are counted together."""
_IN_VAIN = 400
"""From this status on, an answer says that something was wrong."""


def install(app: Flask) -> None:
    """Begin to count, for this application."""
    app.extensions[_NAME] = RecentTries()


def each_quarter(most: int) -> Rate:
    """Return the rate of so many in a quarter of an hour."""
    return Rate(most, _QUARTER)


def limited(most: int, *, in_vain: bool = False) -> Callable[[View], View]:
    """Answer a POST with 429 once there were ``most`` in a quarter of an hour from one place.

    Many people may share an address: everybody in a building, or behind one provider. So a rate is far over what they
    send together, and where only those tries count that were ``in_vain``, nobody who succeeds counts."""
    allowed = each_quarter(most)

    def around(view: View) -> View:
        @wraps(view)
        def counted(*arguments: Any, **named: Any) -> Any:
            if request.method != "POST":
                return view(*arguments, **named)
            what = (request.endpoint or "", visitor())
            if not in_vain:
                hit(allowed, *what)
                return view(*arguments, **named)
            if not _tries().is_free(allowed, what):
                raise TooManyRequests(retry_after=allowed.seconds)
            answer = view(*arguments, **named)
            if current_app.make_response(answer).status_code >= _IN_VAIN:
                _tries().hit(allowed, what)
            return answer

        return counted  # type: ignore[return-value]  # the same view, with a check before it

    return around


def visitor() -> str:
    """Return from where a request comes: a network of one visitor, as the proxies in front of us say when they are
    trusted. Whoever has a whole network of addresses is counted once."""
    return network_of(request.remote_addr or "")


def hit(allowed: Rate, *what: str) -> None:
    """Count one try of something. Raises ``TooManyRequests``, with after how many seconds all is forgotten."""
    if not _tries().hit(allowed, what):
        raise TooManyRequests(retry_after=allowed.seconds)


def _tries() -> RecentTries:
    tries: RecentTries = current_app.extensions[_NAME]
    return tries
