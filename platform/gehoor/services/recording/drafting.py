"""A dossier as it would be, before anything of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import NewEvent, draft


def drafted(
    dossier: Dossier, new_events: Sequence[NewEvent], agreement: Agreement, now: datetime, actor: str
) -> Dossier:
    """Return a dossier as it would be after new events. It has no head: they are not sealed."""
    events = draft(
        new_events, dossier=dossier.id, after=dossier.version, at=now, actor=actor, agreement=agreement.hash
    )
    return fold(events, dossier)
