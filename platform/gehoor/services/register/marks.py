"""Marks of what somebody saw of a dossier: by one it is told what changed since, and nothing of what is in it.

The hash of an event tells what is in it to who tries answers until one fits, as few answers are possible where one
chooses. So a mark is made of it with a secret of the register."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gehoor.core.dossier.events import Event
from gehoor.services.ports.store import DamagedError, StoreUnavailableError
from gehoor.services.register.follow_up_codes import code_secret
from gehoor.services.register.runtime import Runtime

_MARKED: Final = 20
"""So many signs tell two events of a dossier apart."""


@dataclass(frozen=True, slots=True, repr=False)
class Marks:
    """Makes marks, and knows them again."""

    key: bytes = b""

    def of(self, events: Sequence[Event]) -> str:
        """Return a mark of the last of events, for who saw those: it tells nothing of what else there is, and how
        many."""
        if not events:
            return ""
        digest = hmac.new(self.key, events[-1].hash.encode(), hashlib.sha256).hexdigest()
        return f"v{digest[:_MARKED]}"

    def sequence_at(self, events: Iterable[Event], mark: str | int) -> int:
        """Return the sequence of the event that has a mark; 0 where none of these has. A number is a sequence
        itself."""
        if isinstance(mark, int) or (mark.isdecimal() and len(mark) < _MARKED):
            return int(mark)
        return next((one.sequence for one in events if self.of([one]) == mark), 0)


def marks_of(runtime: Runtime) -> Marks:
    """Return the marks of a register. Not to be asked inside a transaction."""
    try:
        secret = code_secret(runtime)
    except (DamagedError, StoreUnavailableError):
        # Nobody is kept from a dossier by what only tells whether it changed.
        return Marks()
    return Marks(hmac.new(bytes.fromhex(secret), b"marks", hashlib.sha256).digest())
