"""People who sign in: their accounts, and the sessions that end when they sign out."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from gehoor.core.events import instant_text, parse_instant
from gehoor.services.ports import PasswordHasher
from gehoor.services.records import Account, SignIn
from gehoor.services.register import reading, writing
from gehoor.services.runtime import Runtime

IDLE = timedelta(hours=2)
"""A session nobody used for so long has ended."""
LONGEST = timedelta(hours=12)
"""No session lasts longer, used or not."""


def add_account(runtime: Runtime, hasher: PasswordHasher, account: Account, password: str) -> Account:
    """Add an account, or change the one with this name, with a password."""
    kept = replace(account, name=_plain(account.name), password_hash=hasher.hash(password))
    with writing(runtime.store) as register:
        register.save_account(kept)
    return kept


def sign_in(runtime: Runtime, hasher: PasswordHasher, name: str, password: str, now: datetime) -> str | None:
    """Begin a session. Returns its token, or None when name and password do not go together."""
    with reading(runtime.store) as register:
        account = register.account(_plain(name))
    if account is None or not account.active:
        # As much work as a check, so that the time of the answer does not tell who has an account.
        hasher.hash(password)
        return None
    if not hasher.matches(account.password_hash, password):
        return None
    token = secrets.token_urlsafe(32)
    moment = instant_text(now)
    with writing(runtime.store) as register:
        register.save_session(SignIn(_hash(token), account.name, moment, moment))
    return token


def signed_in(runtime: Runtime, token: str, now: datetime) -> Account | None:
    """Return who a session belongs to, while it lasts."""
    with reading(runtime.store) as register:
        session = register.session(_hash(token))
        account = register.account(session.account) if session else None
    if session is None or account is None or not account.active:
        return None
    idle, age = now - parse_instant(session.last_seen_at), now - parse_instant(session.created_at)
    if idle > IDLE or age > LONGEST:
        sign_out(runtime, token)
        return None
    # Written at most once a minute: a page view is no reason to write.
    if idle > timedelta(minutes=1):
        with writing(runtime.store) as register:
            register.save_session(replace(session, last_seen_at=instant_text(now)))
    return account


def sign_out(runtime: Runtime, token: str) -> None:
    """End a session, on the server."""
    with writing(runtime.store) as register:
        register.end_session(_hash(token))


def account_names(runtime: Runtime) -> Iterable[Account]:
    """Return all accounts."""
    with reading(runtime.store) as register:
        return register.accounts()


def _plain(name: str) -> str:
    """Return a sign-in name as it is kept: capitals and spaces around it mean nothing."""
    return name.strip().lower()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
