"""Reopening: a closed dossier is opened again."""

from __future__ import annotations

from datetime import datetime

from gehoor.core.agreement.actions import Action
from gehoor.core.decision.lateness import hidden_data
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.objections.objections import Objection
from gehoor.services.access.authorisation import Actor
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.register.runtime import Runtime


def reopen(runtime: Runtime, dossier_id: str, reason: str, actor: Actor, now: datetime) -> Dossier:
    """Open a closed dossier again: what closed it is cleared, terms that say so start anew. Raises
    ``RefusedError`` when it is not closed or no reason is given, and as ``changing`` does."""

    def change(case: Case) -> Change:
        values = case.dossier.values
        closing = [m.field for m in case.agreement.milestones.values() if m.closes and m.field in values]
        if not closing or not reason.strip():
            raise RefusedError([Objection("", "reason-needed" if closing else "not-closed")])
        data = {"day": case.today.isoformat(), "reason": reason.strip(), "cleared": closing}
        outcome = case.outcome(NewEvent(EventKind.REOPENED, data))
        if hidden := hidden_data(case.hidden_lateness(outcome)):
            outcome = case.outcome(NewEvent(EventKind.REOPENED, {**data, "hidden": hidden}))
        return Change(outcome)

    return changing(runtime, dossier_id, actor, Action.REOPEN, now, change)
