"""The published agreements: by their hash, and the one in force for a department."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse import build_agreement
from gehoor.services.ports.records import Publication
from gehoor.services.ports.store import DamagedError, Store
from gehoor.services.records.agreement_records import PUBLICATIONS
from gehoor.services.register.register import Register, reading
from gehoor.services.register.validity import in_force

_KEPT = 64
"""How many agreements stay built beside those in force. Each pinned dossier needs its own."""


class NothingPublishedError(LookupError):
    """The department has no agreement in force."""


class EndedDepartmentError(NothingPublishedError):
    """The department takes in nothing new any more."""


@dataclass
class Library:
    """Builds each agreement once. Agreements never change, so those never go stale.

    What was published for a department is read anew as soon as anything was published, by whatever process.
    """

    _built: OrderedDict[str, Agreement] = field(default_factory=OrderedDict)
    _published: dict[tuple[str, str], tuple[str, list[Publication]]] = field(default_factory=dict)
    """Department -> what was the last publication of all when this was read, and what it read."""
    _stamped: dict[tuple[str, str], tuple[Hashable, list[Publication]]] = field(default_factory=dict)
    """Department -> its publications, with a stamp of the store from before they were read."""
    _lock: Lock = field(default_factory=Lock)

    def agreement(self, register: Register, digest: str) -> Agreement:
        """Return a published agreement. Raises ``DamagedError``, also where the register has it no more: what is asked
        for by its hash, was published."""
        with self._lock:
            if digest in self._built:
                self._built.move_to_end(digest)
                return self._built[digest]
        stored = register.agreement_document(digest)
        if stored is None:
            raise DamagedError(f"agreement {digest} is gone", "agreements", digest)
        built = build_agreement(*stored)
        with self._lock:
            self._built[digest] = built
            # As many as there are departments that somebody asked for: else those would take turns.
            while len(self._built) > _KEPT + len(self._published):
                self._built.popitem(last=False)
        return built

    def sound_agreement(self, register: Register, digest: str) -> Agreement | None:
        """Return a published agreement; None also where it is damaged or gone, for who reads what is under many."""
        try:
            return self.agreement(register, digest)
        except DamagedError:
            return None

    def in_force(self, register: Register, organisation: str, department: str, now: datetime) -> Agreement:
        """Return the agreement that new dossiers of a department are opened under at ``now``. Raises
        ``NothingPublishedError``, also when what was published is valid from a later day, and
        ``EndedDepartmentError``."""
        return self._current(register, self.publications(register, organisation, department), now)

    def in_force_now(self, store: Store, organisation: str, department: str, now: datetime) -> Agreement:
        """Return what ``in_force`` does, and raise as it does; no transaction is opened while nothing was written
        since the last time. Raises ``StoreUnavailableError``."""
        stamp, name = store.stamp(), (organisation, department)
        before, found = self._stamped.get(name, (None, []))
        if stamp == before:
            current = in_force(found, now)
            built = self._built.get(current.agreement) if current and not current.ended else None
            if built is not None:
                return built
        with reading(store) as register:
            found = self.publications(register, organisation, department)
            agreement = self._current(register, found, now)
        # What was read may be newer than the stamp; then it is only read once more.
        self._stamped[name] = stamp, found
        return agreement

    def _current(self, register: Register, published: list[Publication], now: datetime) -> Agreement:
        current = in_force(published, now)
        if current is None:
            raise NothingPublishedError("nothing is in force there at that moment")
        if current.ended:
            raise EndedDepartmentError("the department takes in nothing new")
        return self.agreement(register, current.agreement)

    def publications(self, register: Register, organisation: str, department: str) -> list[Publication]:
        """Return what was published for a department, the first first. Raises ``DamagedError``."""
        last = register.mark(PUBLICATIONS)
        before, found = self._published.get((organisation, department), ("", []))
        if last is None or last != before:
            found = register.publications(organisation, department)
            if last is not None and found:
                # Whoever asks for a department that does not exist, leaves nothing here.
                self._published[organisation, department] = (last, found)
        return found
