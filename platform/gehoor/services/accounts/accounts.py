"""People who sign in: their accounts, and the sessions that end when they sign out."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.services.access.calendar_addresses import forget_calendar_address
from gehoor.services.accounts.same_person import know_each_other
from gehoor.services.accounts.throttling import count_try, succeeded
from gehoor.services.ports.outside import PasswordHasher
from gehoor.services.ports.records import Account, SignIn
from gehoor.services.register.expiry import astray
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime

IDLE = timedelta(hours=2)
"""A session nobody used for so long has ended."""
LONGEST = timedelta(hours=12)
"""No session lasts longer, used or not."""
WAITS = timedelta(minutes=10)
"""So long the second step may take."""


def add_account(runtime: Runtime, hasher: PasswordHasher, account: Account, password: str) -> Account:
    """Add an account, or change the one with this name, with a password."""
    kept = replace(account, name=plain_name(account.name), password_hash=hasher.hash(password))
    with writing(runtime.store) as register:
        register.save_account(kept)
    return kept


def sign_in(
    runtime: Runtime, hasher: PasswordHasher, name: str, password: str, now: datetime, browser: str = ""
) -> str | None:
    """Begin a session. Returns its token, or None when name and password do not go together. With a second step the
    session waits for its code (see ``second_step``).

    ``browser``: by what a browser is known in which this account signed in before. Raises ``WaitError`` when this was
    tried too often in vain, whether the account exists or not.
    """
    name = plain_name(name)
    tried = f"password/{name}/{browser}"
    count_try(runtime, tried, now)
    with reading(runtime.store) as register:
        account = register.account(name)
    if account is None or not account.active or account.client:
        hasher.matches_nothing(password)
        return None
    if not hasher.matches(account.password_hash, password):
        return None
    fresh = hasher.hash(password) if hasher.outdated(account.password_hash) else account.password_hash
    with writing(runtime.store) as register:
        kept = with_same_password(register, account)
        if kept is None:
            return None
        succeeded(register, tried)
        if fresh != kept.password_hash:
            register.save_account(replace(kept, password_hash=fresh))
        return _begin(register, name, now)


def with_same_password(register: Register, account: Account) -> Account | None:
    """Return an account as it is now; None when another password was given since its password was checked, or it was
    closed: checking takes time."""
    kept = register.account(account.name)
    same = kept is not None and kept.active and kept.password_hash == account.password_hash
    return kept if same else None


def sign_in_known(runtime: Runtime, name: str, now: datetime) -> str | None:
    """Begin a session of who was recognised elsewhere, by exactly this name: there, another in capitals may be somebody
    else. Returns its token, or None for who has no active account."""
    with writing(runtime.store) as register:
        account = register.account(name)
        known = account is not None and account.active and not account.client
        return _begin(register, name, now) if known else None


def _begin(register: Register, name: str, now: datetime) -> str:
    step = register.second_step(name)
    if step is not None:
        # Of those that were confirmed before the account said so.
        register.keep_second_step_known(step)
    if (account := register.account(name)) is not None:
        know_each_other(register, account)
        if account.back_by:
            register.save_account(replace(account, back_by=""))
    return begin_session(register, name, now, waits_for_code=step is not None and step.confirmed)


def begin_session(register: Register, name: str, now: datetime, *, waits_for_code: bool = False) -> str:
    """Begin a session of an account, in which those of its sessions that have ended are cleared. Returns its token."""
    for session in register.sessions_of(name):
        if not lasting(session, now):
            register.end_session(session.token_hash)
    token = secrets.token_urlsafe(32)
    moment = instant_text(now)
    register.save_session(SignIn(token_hash(token), name, moment, moment, waits_for_code))
    return token


def signed_in(runtime: Runtime, token: str, now: datetime) -> Account | None:
    """Return who a session belongs to, while it lasts."""
    found = session_of(runtime, token, now)
    return found[0] if found else None


def session_of(runtime: Runtime, token: str, now: datetime) -> tuple[Account, SignIn] | None:
    """Return who a session belongs to, in the roles that they act in now, and the session as used now, while it
    lasts."""
    with reading(runtime.store) as register:
        session = register.session(token_hash(token))
        account = runtime.staff.of(register, now).active(session.account) if session else None
    if session is None or account is None or session.waits_for_code:
        return None
    if not lasting(session, now):
        sign_out(runtime, token)
        return None
    # Written at most once a minute: a page view is no reason to write.
    if now - parse_instant(session.last_seen_at) > timedelta(minutes=1):
        session = replace(session, last_seen_at=instant_text(now))
        with writing(runtime.store) as register:
            # Not when it was ended in between.
            if register.session(session.token_hash) is not None:
                register.save_session(session)
    return account, session


def lasting(session: SignIn, now: datetime) -> bool:
    """Say whether a session has not ended by itself."""
    ends = ends_at(session)
    return now <= ends and not astray(ends, WAITS if session.waits_for_code else IDLE, now)


def ends_at(session: SignIn) -> datetime:
    """Return when a session ends that nobody uses any more."""
    if session.waits_for_code:
        return parse_instant(session.created_at) + WAITS
    return min(parse_instant(session.last_seen_at) + IDLE, parse_instant(session.created_at) + LONGEST)


def sign_out(runtime: Runtime, token: str) -> None:
    """End a session, on the server."""
    with writing(runtime.store) as register:
        register.end_session(token_hash(token))


def end_all_access(register: Register, name: str) -> None:
    """End all by which somebody gets in without signing in anew: the sessions of an account, and the address of its
    calendar."""
    for session in register.sessions_of(name):
        register.end_session(session.token_hash)
    forget_calendar_address(register, name)


def account_names(runtime: Runtime) -> Iterable[Account]:
    """Return all accounts."""
    with reading(runtime.store) as register:
        return register.accounts()


def plain_name(name: str) -> str:
    """Return a sign-in name as it is kept: capitals and spaces around it mean nothing. A sign that only looks like
    another is another: no name has one."""
    return name.strip().lower() if name.isascii() else name


def token_hash(token: str) -> str:
    """Return the hash under which a session is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
