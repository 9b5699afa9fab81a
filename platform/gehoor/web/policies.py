"""Who may reach which page. A page without a policy cannot be reached at all."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from gehoor.web.sessions import current_account

View = TypeVar("View", bound=Callable[..., Any])

_ATTRIBUTE = "gehoor_policy"


class Policy(StrEnum):
    """Who may reach a page. What they see on it is decided by the departments they work in."""

    PUBLIC = "public"
    STAFF = "staff"


def allow(policy: Policy) -> Callable[[View], View]:
    """Say who may reach a page."""

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, policy)
        return view

    return mark


def policy_of(view: Callable[..., Any]) -> Policy | None:
    """Return the policy of a page, if it has one."""
    return getattr(view, _ATTRIBUTE, None)


def guard(app: Flask) -> None:
    """Hold every request against the policy of its page: deny by default."""
    allow(Policy.PUBLIC)(app.view_functions["static"])
    app.before_request(_check)


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # No such page; the router answers that itself.
    match policy_of(current_app.view_functions[request.endpoint]):
        case Policy.PUBLIC:
            return None
        case Policy.STAFF if current_account() is not None:
            return None
        case Policy.STAFF:
            return redirect(url_for("staff.sign_in", naar=request.full_path.rstrip("?")))
        case _:
            raise Forbidden
