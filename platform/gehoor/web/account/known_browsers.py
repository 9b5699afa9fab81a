"""Browsers that someone signed in with before. Guessing at a name from elsewhere does not make them wait.

The cookie says nothing about the browser: a random text for each account, that this site signed.
"""

from __future__ import annotations

import hashlib
import secrets

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from gehoor.services.accounts.accounts import plain_name

_SALT = "known browser"
_DAYS = 180
_MOST = 8
"""How many accounts a shared browser remembers."""


def known_as(name: str) -> str:
    """Return by what this browser is known for an account; nothing when nobody signed in with it as that."""
    return _known().get(_short(name), "")


def remember(response: Response, name: str) -> Response:
    """Let this browser be known for an account from now on."""
    known = _known()
    known[_short(name)] = known.pop(_short(name), "") or secrets.token_urlsafe(12)
    latest = dict(list(known.items())[-_MOST:])
    response.set_cookie(
        _cookie(),
        _serializer().dumps(latest),
        max_age=_DAYS * 24 * 3600,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Strict",
        path=current_app.config["SESSION_COOKIE_PATH"] or "/",
    )
    return response


def _known() -> dict[str, str]:
    try:
        found = _serializer().loads(request.cookies.get(_cookie(), ""))
    except BadSignature:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-bekend"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], _SALT)


def _short(name: str) -> str:
    return hashlib.sha256(plain_name(name).encode()).hexdigest()[:16]
