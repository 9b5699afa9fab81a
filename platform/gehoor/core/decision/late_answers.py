"""Answers that the platform gives once a term is late, as was agreed: for each due day once, with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import LateLevel
from gehoor.core.decision.model import Decision, DueAction
from gehoor.core.dossier.events import EventKind
from gehoor.core.forms.fields import StoredValue

_LATE = (EventKind.DEADLINE_MISSED, EventKind.ESCALATED)


@dataclass(frozen=True, slots=True)
class LateAnswers:
    """Answers by field, why they are given, and ``late``: what the event says by which the term was flagged."""

    values: Mapping[str, StoredValue]
    because: str
    late: Mapping[str, Any]


def fills(agreement: Agreement, due_action: DueAction) -> Mapping[str, StoredValue]:
    """Return what was agreed to be filled in with something that is called for; nothing with most."""
    level = _level(agreement, due_action)
    return level.fills if level else {}


def _level(agreement: Agreement, due_action: DueAction) -> LateLevel | None:
    if due_action.kind not in _LATE:
        return None
    return agreement.terms[due_action.data["term"]].levels[int(due_action.data["level"]) - 1]


def late_answers(agreement: Agreement, decision: Decision) -> Iterator[LateAnswers]:
    """Give what is to be filled in with the lateness that is flagged now. What is so already, or cannot be filled in,
    is left out where each is done, after what came before it: see ``can_be_filled_in``."""
    for one in () if decision.closed else decision.due_actions:
        level = _level(agreement, one)
        if level is not None and level.fills:
            yield LateAnswers(level.fills, level.because, one.data)


def can_be_filled_in(agreement: Agreement, decision: Decision, name: str) -> bool:
    """Say whether somebody could fill in a field now."""
    state = decision.fields[name]
    phase = decision.phases.get(agreement.dossier_form.fields[name].phase)
    return state.visible and not state.fixed and (phase is None or phase.open)
