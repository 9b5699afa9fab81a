"""What a program sends once more, because it does not know whether the first time came through: done once, and answered
as it was.

A program names each thing that it sends by a key of its own. That it was done is kept in the very transaction that did
it: whatever ends between that and the answer, what is sent again is known. Nothing of what was sent is kept, or of what
was answered: a digest, and which dossier it was about.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.services.ports.store import DuplicateKeyError
from gehoor.services.records.ledger_entries import found_in
from gehoor.services.register.expiry import astray, drop_due
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime

_TABLE: Final = "repeats"
LONGEST: Final = timedelta(days=7)
"""For no longer is anything kept, whatever was set."""

_noting: ContextVar[Callable[[Register, Dossier], None] | None] = ContextVar("gehoor_noting", default=None)


class OtherContentError(Exception):
    """Something else was sent under this key before."""


class DoneMeanwhileError(Exception):
    """The same was sent twice at once, and the other one was first."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that a program sends: its account, the key that it chose, a digest of all that it sends, and how long
    it is kept that it was done."""

    client: str
    key: str
    digest: str
    kept_for: timedelta

    @property
    def id(self) -> str:
        """Return by what it is known: two programs that choose the same key send two things."""
        return hashlib.sha256(f"{self.client}\0{self.key}".encode()).hexdigest()


def done_before(runtime: Runtime, sent: Sent, now: datetime) -> str | None:
    """Return the dossier that something was about when it was done before (empty: none); None when it was not. Raises
    ``OtherContentError``."""
    with reading(runtime.store) as register:
        known = found_in(register.tables, _TABLE, sent.id)
    if known is None or _is_over(known["until_at"], now):
        return None
    if known["digest"] != sent.digest:
        raise OtherContentError
    return str(known["dossier"])


@contextmanager
def noting(sent: Sent, now: datetime) -> Iterator[None]:
    """Keep, in the transaction in which a dossier changes from here on, that something was done. What is raised then by
    another that was first: ``DoneMeanwhileError``."""

    def note(register: Register, dossier: Dossier) -> None:
        _keep(register, sent, (dossier.organisation, dossier.id), now)

    token = _noting.set(note)
    try:
        yield
    finally:
        _noting.reset(token)


def note_done(register: Register, dossier: Dossier) -> None:
    """Keep with a change what was done by it, if anybody is to know; to be asked where a change is written."""
    note = _noting.get()
    if note is not None:
        note(register, dossier)


def keep_done(runtime: Runtime, sent: Sent, about: tuple[str, str], now: datetime) -> None:
    """Keep that something was done that changed nothing. ``about``: the organisation and the dossier."""
    if done_before(runtime, sent, now) is not None:
        return
    with writing(runtime.store) as register:
        if found_in(register.tables, _TABLE, sent.id) is None:
            _keep(register, sent, about, now)


def drop_repeats(runtime: Runtime, now: datetime) -> None:
    """Forget what was done so long ago that nobody sends it again."""
    drop_due(runtime, _TABLE, now)


def _keep(register: Register, sent: Sent, about: tuple[str, str], now: datetime) -> None:
    organisation, dossier = about
    document = {
        "id": sent.id,
        "organisation": organisation,
        "dossier": dossier,
        "digest": sent.digest,
        "until_at": instant_text(now + min(sent.kept_for, LONGEST)),
    }
    known = found_in(register.tables, _TABLE, sent.id)
    if known is not None and _is_over(known["until_at"], now):
        register.tables.put(_TABLE, sent.id, document)
        return
    try:
        register.tables.insert(_TABLE, sent.id, document)
    except DuplicateKeyError as error:
        raise DoneMeanwhileError from error


def _is_over(until_at: str, now: datetime) -> bool:
    until = parse_instant(until_at)
    return now >= until or astray(until, LONGEST, now)
