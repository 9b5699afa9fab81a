"""Filling in what was agreed for a term that is late: a change like any other, made by the platform."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.late_answers import LateAnswers
from gehoor.core.decision.lateness import hidden_data, hidden_lateness
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import Event, EventKind, NewEvent
from gehoor.services.projection.register_lookup import looked_up
from gehoor.services.recording.drafting import drafted
from gehoor.services.recording.recording import SWEEPER, Outcome, Recorded, consequences
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff


@dataclass(frozen=True)
class Flagged:
    """A dossier of which lateness was just flagged: what was decided before that, and its events until then."""

    agreement: Agreement
    dossier: Dossier
    decision: Decision
    events: tuple[Event, ...]


def answered(
    runtime: Runtime, register: Register, staff: Staff, flagged: Flagged, given: Iterable[LateAnswers]
) -> Recorded:
    """Return what comes of the answers that are given because a term is late. Nothing is written."""
    agreement, now = flagged.agreement, flagged.decision.at
    dossier, decision, new_events = flagged.dossier, flagged.decision, list[NewEvent]()
    for one in given:
        found = looked_up(register, agreement, dossier, {**dossier.values, **one.values}, now)
        data = {"values": dict(one.values), "cleared": [], **found}
        told = {"why": one.because, "late": dict(one.late)}
        after = drafted(dossier, [NewEvent(EventKind.ANSWERED, {**data, **told})], agreement, now, SWEEPER)
        decided = decide(agreement, after, now, runtime.engine)
        # That a term no longer shows as late, because of what was agreed for that, is told and asks nobody.
        hidden = hidden_data(hidden_lateness(decision, decided, flagged.events))
        data |= {"hidden": hidden} if hidden else {}
        new_events.append(NewEvent(EventKind.ANSWERED, {**data, **told}))
        dossier, decision = after, decided
    outcome = Outcome(agreement, tuple(new_events), dossier, decision)
    return consequences(runtime, register, staff, outcome)
