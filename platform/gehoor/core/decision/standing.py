"""Terms that somebody let stand still, and that still do."""

from __future__ import annotations

from datetime import date

from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import TermState
from gehoor.core.dossier.dossier import Dossier


def standing_since(dossier: Dossier, state: TermState) -> date | None:
    """Return the local day from which a term stands still because somebody let it; None for one that runs, is done, or
    stands still in a season that everyone has."""
    if state.status is not TermStatus.SUSPENDED or state.completed_at is not None:
        return None
    own = dossier.suspensions.get(state.term.id, ())
    return own[-1].start if own and own[-1].end is None else None
