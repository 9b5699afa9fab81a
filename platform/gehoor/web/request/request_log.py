"""A line in the log for each request, and a reference by which somebody can name one: nothing of who asked or what for.

What is logged is the pattern of the address, never the address: that may hold a code, a name or a search.
"""

from __future__ import annotations

import logging
import secrets
import sys
import time
from contextvars import ContextVar
from types import TracebackType
from typing import Any, TypeAlias

from flask import Flask, Response, g, request

from gehoor.web.request.measuring import NONE, method_of, note_failure, note_route

_log = logging.getLogger("gehoor.request")

REFERENCE: ContextVar[str] = ContextVar("gehoor_reference", default="")
"""The reference of the request that is answered now: in the log, and on the page that says what went wrong."""

_ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def install(app: Flask) -> None:
    """Log every request of an application, and each error with its reference."""

    def begin() -> None:
        g.began = time.perf_counter()
        REFERENCE.set(secrets.token_hex(5))
        note_route()

    def end(response: Response) -> Response:
        if _log.isEnabledFor(logging.INFO):
            _log.info(
                "answered", extra={"data": {**_about(), "status": response.status_code, "ms": _passed()}}
            )
        return response

    def log_exception(exc_info: _ExcInfo) -> None:
        note_failure("unexpected")
        _log.error("failed", exc_info=exc_info, extra={"data": _about()})

    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.after_request(end)
    # By itself Flask writes the address down.
    app.log_exception = log_exception  # type: ignore[method-assign]  # how Flask lets one say it otherwise
    app.context_processor(lambda: {"reference": REFERENCE.get()})


def log_failure(what: str, kind: str) -> None:
    """Log that something went wrong that was foreseen: the exception that is handled now, by its kind and place.
    ``kind``: as what it is counted."""
    note_failure(kind)
    _log.error(what, exc_info=sys.exc_info(), extra={"data": _about()})


def _about() -> dict[str, Any]:
    rule = request.url_rule
    return {"method": method_of(request.method), "route": rule.rule if rule is not None else NONE}


def _passed() -> float:
    return round((time.perf_counter() - g.began) * 1000, 1) if "began" in g else 0.0
