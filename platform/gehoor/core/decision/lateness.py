"""Lateness that a change would hide: a term that is late, or was done late, and of which that would no longer show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import Decision, TermState
from gehoor.core.dossier.events import Event, EventKind

LATE = frozenset({TermStatus.LATE, TermStatus.LATE_DONE})
_ALERTS = (EventKind.DEADLINE_MISSED, EventKind.ESCALATED)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A term that would no longer be late: its id and name, when it was due, and the roles that were told."""

    term: str
    name: str
    due: date | datetime
    told: tuple[str, ...]
    row: int = 0


def hidden_lateness(before: Decision, after: Decision, events: Iterable[Event]) -> tuple[Hidden, ...]:
    """Return the terms that are late before a change and not after it, though they did not come round again and were
    not done in time after all.

    ``events``: what happened before it, to say who was told. That closing ends a term is no part of this.
    """
    lost = [
        state
        for name, state in before.terms.items()
        if state.status in LATE and state.due and _is_lost(state, after.terms.get(name), before, after)
    ]
    happened = tuple(events) if lost else ()
    return tuple(
        Hidden(state.term.id, state.name, state.due.due, _told(state, happened), state.row)
        for state in lost
        if state.due and state.due.due
    )


def _is_lost(was: TermState, now: TermState | None, before: Decision, after: Decision) -> bool:
    if now is None:
        return True
    if now.status in LATE or now.cancelled:
        return False
    if was.completed_at is None and now.completed_at is not None and was.due_text == now.due_text:
        # It was done in time, and written down later.
        return False
    until = was.term.until
    came_round = was.term.recurring_until and before.milestones[until].at != after.milestones[until].at
    return not came_round


def _told(state: TermState, events: Iterable[Event]) -> tuple[str, ...]:
    about = {"term": state.term.id, "occurrence": state.occurrence, "due": state.due_text}
    told = (
        event.data["told"]
        for event in events
        if event.kind in _ALERTS and about.items() <= {"occurrence": 1, **event.data}.items()
    )
    return tuple(dict.fromkeys(role for role in told if role))


def hidden_data(hidden: Iterable[Hidden]) -> list[dict[str, Any]]:
    """Return what an event says of it: term, due (a local date or an instant, as ISO text), and of a row its number."""
    return [
        {"term": one.term, "due": one.due.isoformat(), **({"row": one.row} if one.row else {})}
        for one in hidden
    ]
