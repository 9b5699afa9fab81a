"""Short visits of people outside to their own dossier: opened with the follow-up code, ended by them or by the hour.

The browser holds a token; here is only its hash, and which dossier it opens.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.services.records.ledger_entries import found_in
from gehoor.services.register.expiry import astray, drop_due
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime

_TABLE: Final = "visits"
LONGEST: Final = timedelta(hours=1)
"""How long a visit lasts at most."""


def begin_visit(runtime: Runtime, dossier: str, now: datetime) -> str:
    """Begin a visit to a dossier; returns its token."""
    token = secrets.token_urlsafe(32)
    with writing(runtime.store) as register:
        visit = {"id": _hash(token), "dossier": dossier, "until_at": instant_text(now + LONGEST)}
        register.tables.insert(_TABLE, _hash(token), visit)
    return token


def visited(runtime: Runtime, token: str, now: datetime) -> str | None:
    """Return the dossier that a visit is to, while it lasts; one that is damaged is over."""
    with reading(runtime.store) as register:
        visit = found_in(register.tables, _TABLE, _hash(token))
    if visit is None or now >= (until := parse_instant(visit["until_at"])) or astray(until, LONGEST, now):
        return None
    return str(visit["dossier"])


def end_visit(runtime: Runtime, token: str) -> None:
    """End a visit, on the server."""
    with writing(runtime.store) as register:
        register.tables.delete(_TABLE, _hash(token))


def drop_ended(runtime: Runtime, now: datetime) -> None:
    """Forget the visits that are over."""
    drop_due(runtime, _TABLE, now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
