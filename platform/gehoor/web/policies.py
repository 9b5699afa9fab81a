"""Who may reach which page. A page without a policy cannot be reached at all."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from gehoor.web.sessions import current_account, ended_for

View = TypeVar("View", bound=Callable[..., Any])

Answer: TypeAlias = Response | tuple[str, int]

_ATTRIBUTE = "gehoor_policy"


class Policy(StrEnum):
    """Who may reach a page. What they see on it is decided by the departments they work in."""

    PUBLIC = "public"
    STAFF = "staff"
    OWN = "own"
    """One's own account, whoever one is."""


def allow(policy: Policy) -> Callable[[View], View]:
    """Say who may reach a page."""

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, policy)
        return view

    return mark


def policy_of(view: Callable[..., Any]) -> Policy | None:
    """Return the policy of a page, if it has one."""
    return getattr(view, _ATTRIBUTE, None)


def guard(app: Flask, too_late: Callable[[], Answer]) -> None:
    """Hold every request against the policy of its page: deny by default.

    ``too_late`` answers a form that was sent after the session of its sender ended.
    """
    allow(Policy.PUBLIC)(app.view_functions["static"])

    def check() -> Answer | None:
        if request.endpoint is None:
            return None  # No such page; the router answers that itself.
        match policy_of(current_app.view_functions[request.endpoint]):
            case Policy.PUBLIC:
                return None
            case None:
                raise Forbidden
            case _ if current_account() is not None:
                return None
            case policy:
                # What one types about one's own account is secret, and does not travel.
                if request.method == "POST" and policy is not Policy.OWN and ended_for():
                    return too_late()
                onward = request.full_path.rstrip("?") if request.method == "GET" else ""
                return redirect(url_for("signing_in.sign_in", naar=onward or None))

    app.before_request(check)
