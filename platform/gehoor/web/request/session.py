"""Who is signed in. The browser holds a token; the session itself is on the server, and ends there."""

from __future__ import annotations

from flask import Flask, Request, Response, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer

from gehoor.services.accounts.accounts import ends_at, session_of
from gehoor.services.exchange.clients import client_of
from gehoor.services.ports.records import Account, SignIn
from gehoor.web.request.problems import is_api
from gehoor.web.request.site import now, site

_TOKEN = "sign_in"  # noqa: S105
_NAME = "who"
_WAITING = "waits"


class Cookies(SecureCookieSessionInterface):
    """The cookies of one application. What signs them is made once, where Flask makes it twice for every request; and
    a browser without our cookie, that needs none, costs nothing."""

    def __init__(self) -> None:
        self._signs: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs the cookies and knows those it signed."""
        if self._signs is None:
            self._signs = super().get_signing_serializer(app)
        return self._signs

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return what the cookie of a browser holds."""
        if self.get_cookie_name(app) not in request.environ.get("HTTP_COOKIE", ""):
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Give a browser its cookie, when there is something in it, or no longer."""
        # Whoever only asks whether a page is there has not seen it: nothing that is shown once was shown.
        if request.method != "HEAD" and (session or session.modified or session.accessed):
            super().save_session(app, session, response)


def current_account() -> Account | None:
    """Return who is signed in, if anyone."""
    if "account" not in g and is_api():
        # No cookie counts there: so no page of somebody else's can have a browser send anything.
        g.account, g.sign_in = client_of(site().runtime, bearer(), now()), None
    if "account" not in g:
        token = session.get(_TOKEN)
        found = session_of(site().runtime, token, now()) if token else None
        g.account, g.sign_in = found or (None, None)
    account: Account | None = g.account
    return account


def bearer() -> str:
    """Return the token that a program sent along; empty without one."""
    given = request.authorization
    return given.token or "" if given is not None and given.type == "bearer" else ""


def current_session() -> SignIn | None:
    """Return the session of this browser, if it lasts."""
    current_account()
    found: SignIn | None = g.get("sign_in")
    return found


def me() -> Account:
    """Return who is signed in, on a page that asks for it."""
    account = current_account()
    assert account is not None
    return account


def browser_secret() -> str:
    """Return what only the browser of whoever is signed in has: the register keeps no more of it than a hash."""
    return str(session.get(_TOKEN, ""))


def seconds_left() -> int:
    """Return in how many seconds the session of this browser ends when nobody uses it."""
    found = current_session()
    return max(0, int((ends_at(found) - now()).total_seconds())) if found else 0


def ended_for() -> str:
    """Return the name of whose session was the last in this browser, when it ended without signing out."""
    return str(session.get(_NAME, "")) if current_account() is None else ""


def waiting_token() -> str:
    """Return the token of the session that waits for its second step in this browser."""
    return str(session.get(_WAITING, ""))


def begin_waiting(token: str) -> None:
    """Give the browser the token of a session that waits for its second step: it opens nothing yet."""
    session.clear()
    session[_WAITING] = token
    g.account = g.sign_in = None


def begin_session(token: str, name: str) -> None:
    """Give the browser the token of a session that began, of the account with this name."""
    # A fresh cookie: nothing of before the sign-in stays.
    session.clear()
    session[_TOKEN] = token
    session[_NAME] = name
    # What this page still shows, it shows of the session that begins.
    g.pop("account", None)


def end_session() -> str | None:
    """Take the token away from the browser; returns it, to end the session on the server."""
    token: str | None = session.get(_TOKEN)
    session.clear()
    g.account = g.sign_in = None
    return token


def install(app: Flask) -> None:
    """Keep sessions, and let templates know who is signed in, and for how long."""
    app.session_interface = Cookies()
    app.context_processor(lambda: {"account": current_account(), "session_left": seconds_left})
