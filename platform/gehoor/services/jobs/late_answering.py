"""Filling in what was agreed for a term that is late: a change like any other, made by the platform."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.decide import decide
from gehoor.core.decision.late_answers import LateAnswers, can_be_filled_in
from gehoor.core.decision.lateness import hidden_data, hidden_lateness
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import Event, EventKind, NewEvent
from gehoor.core.forms.fields import StoredValue
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
        told = {
            "why": one.because,
            "late": {name: told for name, told in one.late.items() if name != "named"},
        }
        # As when the levels had come one day after the other: each is judged on what the one before left.
        left = _left(agreement, dossier, decision, one)
        while left:
            found = looked_up(register, agreement, dossier, {**dossier.values, **left}, now)
            data = {"values": left, "cleared": [], **found}
            after = drafted(
                dossier, [NewEvent(EventKind.ANSWERED, {**data, **told})], agreement, now, SWEEPER
            )
            decided = decide(agreement, after, now, runtime.engine)
            # What another answer of the same level hides is no answer any more.
            shown = {name: value for name, value in left.items() if decided.fields[name].visible}
            if shown == left:
                break
            left = shown
        if not left:
            continue
        # That a term no longer shows as late, because of what was agreed for that, is told and asks nobody.
        hidden = hidden_data(hidden_lateness(decision, decided, flagged.events))
        data |= {"hidden": hidden} if hidden else {}
        new_events.append(NewEvent(EventKind.ANSWERED, {**data, **told}))
        dossier, decision = after, decided
    outcome = Outcome(agreement, tuple(new_events), dossier, decision)
    return consequences(runtime, register, staff, outcome, came=(flagged.dossier, SWEEPER))


def _left(
    agreement: Agreement, dossier: Dossier, decision: Decision, one: LateAnswers
) -> dict[str, StoredValue]:
    """Return what is still to be filled in, and can be."""
    if decision.closed or not _is_late(decision, one):
        return {}
    return {
        name: value
        for name, value in one.values.items()
        if dossier.values.get(name) != value and can_be_filled_in(agreement, decision, name)
    }


def _is_late(decision: Decision, one: LateAnswers) -> bool:
    """Say whether a term still runs: what an earlier level filled in may be what it waited for, or end it."""
    states = [state for state in decision.terms.values() if state.term.id == one.late["term"]]
    return any(
        state.completed_at is None and state.status is not TermStatus.NOT_NEEDED and not state.cancelled
        for state in states
        if "row" not in one.late or state.row == one.late["row"]
    )
