"""Who is signed in. The browser holds a token; the session itself is on the server, and ends there."""

from __future__ import annotations

from flask import Flask, g, session

from gehoor.services.accounts import signed_in
from gehoor.services.records import Account
from gehoor.web.site import now, site

_TOKEN = "sign_in"  # noqa: S105


def current_account() -> Account | None:
    """Return who is signed in, if anyone."""
    if "account" not in g:
        token = session.get(_TOKEN)
        g.account = signed_in(site().runtime, token, now()) if token else None
    account: Account | None = g.account
    return account


def begin_session(token: str) -> None:
    """Give the browser the token of a session that began."""
    # A fresh cookie: nothing of before the sign-in stays.
    session.clear()
    session[_TOKEN] = token


def end_session() -> str | None:
    """Take the token away from the browser; returns it, to end the session on the server."""
    token: str | None = session.get(_TOKEN)
    session.clear()
    g.account = None
    return token


def install(app: Flask) -> None:
    """Let templates know who is signed in."""
    app.context_processor(lambda: {"account": current_account()})
