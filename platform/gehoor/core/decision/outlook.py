"""What the terms of a dossier call for, one moment after the other, as long as nobody does what they ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gehoor.core.decision.due_actions import due_action, has_fired
from gehoor.core.decision.model import Decision, DueAction, TermState
from gehoor.core.dossier.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Expected:
    """What a term calls for at an instant (UTC). ``done``: it was, for this due day."""

    at: datetime
    due_action: DueAction
    done: bool


@dataclass(frozen=True, slots=True)
class TermOutlook:
    """A term as it stands, and what it calls for, the first first."""

    state: TermState
    expected: tuple[Expected, ...]


def outlook(dossier: Dossier, decision: Decision) -> tuple[TermOutlook, ...]:
    """Return the terms that run or ran, with what they call for; those that have not started call for nothing yet."""
    return tuple(TermOutlook(state, _expected(dossier, decision, state)) for state in decision.terms.values())


def _expected(dossier: Dossier, decision: Decision, state: TermState) -> tuple[Expected, ...]:
    course = {"occurrence": state.occurrence, "due": state.due_text}
    stand_ins = None if state.completed_at else decision.stand_ins
    return tuple(
        Expected(
            moment.at,
            due_action(moment, state.term, course, state.responsible, stand_ins),
            has_fired(dossier, moment, state),
        )
        for moment in sorted(state.moments, key=lambda one: one.at)
    )
