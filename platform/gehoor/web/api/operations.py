"""What an address for programs takes and gives, said once: what is sent is held against it, and OpenAPI tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from flask import Blueprint, Response, current_app

VERSION: Final = "v1"
JSON: Final = "application/json"

pages = Blueprint("api", __name__, url_prefix=f"/api/{VERSION}")
"""Where all addresses for programs hang."""

View = TypeVar("View", bound=Callable[..., Any])
Schema = Mapping[str, Any]

_ATTRIBUTE: Final = "gehoor_operation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What an address does. ``gives``: what it answers, as the name of a shape (see ``shapes``), or none; ``takes``:
    the shape of what is sent to it; ``query``: what may stand in the address after the question mark."""

    summary: Any
    tag: str
    status: int = 200
    gives: str = ""
    media: str = JSON
    takes: Schema | None = None
    files: bool = False
    """Whether files may come along, as ``multipart/form-data``."""
    only_files: bool = False
    query: Mapping[str, Schema] = field(default_factory=dict)
    once: bool = False
    """Whether a program may name what it sends by a key."""
    versioned: bool = False
    """Whether the version that a program saw has to come along."""
    refuses: tuple[int, ...] = ()
    """The other statuses that it can answer, beside those that any address has."""
    form: str = ""
    """Which form its answers are of: ``dossier``, ``change`` or ``public``; each department has its own."""


def operation(**said: Any) -> Callable[[View], View]:
    """Say what an address for programs does: see ``Operation``."""
    described = Operation(**said)

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, described)
        return view

    return mark


def operation_of(view: Callable[..., Any]) -> Operation | None:
    """Return what was said of an address."""
    return getattr(view, _ATTRIBUTE, None)


def answered(
    body: Any,
    status: int = 200,
    *,
    version: str = "",
    headers: Mapping[str, str] | None = None,
    media: str = JSON,
) -> Response:
    """Return an answer. ``version``: of what is answered, to be sent along with a change of it."""
    answer = Response(current_app.json.dumps(body), status, headers, content_type=media)
    answer.vary.add("Accept-Language")
    if version:
        answer.set_etag(version)
    return answer


def done() -> Response:
    """Return the answer that something was done, and that says no more."""
    return Response(status=204)
