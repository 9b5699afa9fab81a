"""The published agreements: by their hash, and the one in force for a department."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from gehoor.core.agreement import Agreement
from gehoor.core.agreement_building import build_agreement
from gehoor.services.register import Register
from gehoor.services.validity import in_force

_KEPT = 64
"""How many agreements stay built. Each pinned dossier needs its own; an organisation has a handful."""


class NothingPublishedError(LookupError):
    """The department has no agreement in force."""


@dataclass
class Library:
    """Builds each agreement once. Agreements never change, so nothing here ever goes stale."""

    _built: OrderedDict[str, Agreement] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def agreement(self, register: Register, digest: str) -> Agreement:
        """Return a published agreement. Raises ``NothingPublishedError`` when the register does not have it."""
        with self._lock:
            if digest in self._built:
                self._built.move_to_end(digest)
                return self._built[digest]
        stored = register.agreement_document(digest)
        if stored is None:
            raise NothingPublishedError(digest)
        built = build_agreement(*stored)
        with self._lock:
            self._built[digest] = built
            while len(self._built) > _KEPT:
                self._built.popitem(last=False)
        return built

    def in_force(self, register: Register, organisation: str, department: str, now: datetime) -> Agreement:
        """Return the agreement that new dossiers of a department are opened under at ``now``. Raises
        ``NothingPublishedError``, also when what was published is valid from a later day."""
        current = in_force(register.publications(organisation, department), now)
        if current is None:
            raise NothingPublishedError(f"{organisation}/{department}")
        return self.agreement(register, current.agreement)
