"""What a dossier is made of beside its answers: duties that were settled, approvals, what the register gave, and the
answers as each event left them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gehoor.core.deadlines.due import Suspension
from gehoor.core.forms.fields import StoredValue


@dataclass(frozen=True, slots=True)
class Settled:
    """That a duty was done, or set aside: ``at`` is a UTC instant, ``why`` a note or the reason."""

    waived: bool
    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Approval:
    """That someone approved: ``at`` is a UTC instant, ``version`` the dossier as it was approved, ``draft`` the letter
    (see ``LetterDraft``; 0: none)."""

    at: datetime
    by: str
    version: int
    draft: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What the register gave for a question: how many dossiers, and which, the latest first; not all when many."""

    count: int
    dossiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers as an event left them: ``at`` is its UTC instant; with how terms had been adjusted by then."""

    sequence: int
    at: datetime
    values: Mapping[str, StoredValue]
    suspensions: Mapping[str, tuple[Suspension, ...]]
    extensions: Mapping[str, tuple[str, ...]]

    def adjusted(self, term: str) -> tuple[int, int]:
        """Return how many times a term had stood still, and had been made longer."""
        return len(self.suspensions.get(term, ())), len(self.extensions.get(term, ()))
