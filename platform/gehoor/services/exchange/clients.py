"""Clients: programs that ask and change with a token. Each has an account of its own, in roles as people have, so that
what it does is known as its own; nobody signs in with it.

The token is shown once. What is kept of it is a hash, with the instant from which it counts no more, where people have
the hash of their password: so a second person confirms it, and it is closed, as theirs is.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from gehoor.core.deadlines.local_time import end_of_day
from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.services.access.authorisation import Actor
from gehoor.services.accounts.absence import zone_of_work
from gehoor.services.accounts.accounts import plain_name
from gehoor.services.accounts.new_accounts import add_kept, give_kept
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime

PREFIX: Final = "gehoor_"
"""With what every token begins: whoever finds one knows whose it is, and so do programs that look for such."""
_KEPT: Final = "token"
_BYTES: Final = 32


def new_client(runtime: Runtime, account: Account, last: date, actor: Actor, now: datetime) -> str:
    """Add the account of a program, and return its token, that counts until the end of a local day (``last``). It waits
    to be confirmed as other accounts do. Raises as ``new_account`` does."""
    made = replace(account, name=plain_name(account.name), email="", client=True)
    token, kept = _made(runtime, made, last, now)
    add_kept(runtime, replace(made, password_hash=kept), actor, now)
    return token


def give_token(runtime: Runtime, name: str, last: date, actor: Actor, now: datetime) -> str:
    """Give a program another token, that counts until the end of a local day (``last``), and return it; the one before
    counts no more. It waits to be confirmed where a password would. Raises ``LookupError`` and ``LimitError``."""
    with reading(runtime.store) as register:
        account = register.account(name) or Account(name, "", "", "")
    token, kept = _made(runtime, account, last, now)
    give_kept(runtime, name, kept, actor, now, client=True)
    return token


def client_of(runtime: Runtime, token: str, now: datetime) -> Account | None:
    """Return the account of a program that has a token, in the roles that it acts in now; None for a token that does
    not count, any more or yet."""
    name, dot, _secret = token.removeprefix(PREFIX).rpartition(".")
    if not (dot and token.startswith(PREFIX)):
        return None
    with reading(runtime.store) as register:
        account = runtime.staff.of(register, now).active(name)
    if account is None or not account.client:
        return None
    _word, until, digest = account.password_hash.split("|")
    same = hmac.compare_digest(digest, _digest(token))
    return account if same and now < parse_instant(until) else None


def until_of(account: Account) -> datetime | None:
    """Return the instant from which the token of a program counts no more; also of one that waits to be confirmed."""
    kept = [
        account.password_hash,
        *(one["password_hash"] for one in account.waiting if "password_hash" in one),
    ]
    found = [one.split("|")[1] for one in kept if one.startswith(f"{_KEPT}|")]
    return parse_instant(found[-1]) if found else None


def _made(runtime: Runtime, account: Account, last: date, now: datetime) -> tuple[str, str]:
    """Return a fresh token, and what is kept of it."""
    with reading(runtime.store) as register:
        zone = zone_of_work(runtime, register, account, now)
    token = f"{PREFIX}{account.name}.{secrets.token_urlsafe(_BYTES)}"
    return token, f"{_KEPT}|{instant_text(end_of_day(last, zone))}|{_digest(token)}"


def _digest(token: str) -> str:
    # As long and as random as a key: nobody finds it by trying, so nothing needs to be slow.
    return hashlib.sha256(token.encode()).hexdigest()
