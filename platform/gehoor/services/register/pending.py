"""What was saved and is still to be worked out for lists and search, with what deciding on the save came to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier

MOST: Final = 64
"""So many dossiers may wait: whoever saves the next one works them out first, so that no reader waits long."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A dossier after a save, the agreement that it is under, and what was decided on it."""

    agreement: Agreement
    dossier: Dossier
    decision: Decision


@dataclass
class PendingDossiers:
    """What this process decided on dossiers whose summary is still to be made, so that nothing is decided twice.

    Only a help: what is pending stands in the register, and whoever finds nothing here decides again.
    """

    _decided: OrderedDict[str, Decided] = field(default_factory=OrderedDict)
    _stuck: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)
    looked: tuple[datetime | None, tuple[str, ...]] = (None, ())
    """When (UTC) this process last looked among all for dossiers that are in no list, and which it found."""

    def keep(self, decided: Decided) -> bool:
        """Keep what was decided; says whether so much waits that it is time to work it out."""
        with self._lock:
            self._stuck.discard(decided.dossier.id)
            self._decided[decided.dossier.id] = decided
            self._decided.move_to_end(decided.dossier.id)
            while len(self._decided) > 2 * MOST:
                self._decided.popitem(last=False)
            return len(self._decided) >= MOST

    def stuck(self) -> frozenset[str]:
        """Return the dossiers that could not be worked out, and of which nothing was saved here since."""
        with self._lock:
            return frozenset(self._stuck)

    def keep_stuck(self, dossiers: Collection[str]) -> None:
        """Keep which dossiers could not be worked out."""
        with self._lock:
            self._stuck = set(dossiers)

    def take(self, dossier: str, version: int) -> Decided | None:
        """Return what was decided on a version of a dossier, and forget it."""
        with self._lock:
            decided = self._decided.pop(dossier, None)
        return decided if decided is not None and decided.dossier.version == version else None
