"""Writing down what happened to a dossier: events, messages and summary, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision, DueAction
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import Event, EventKind, NewEvent, seal
from gehoor.services.access.notifications import messages_for, notice, recipients
from gehoor.services.dossiers.search_index import keep_words
from gehoor.services.dossiers.summary import summarise
from gehoor.services.ports.records import Account
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime

_AT_ONCE = (EventKind.NOTIFIED, EventKind.APPROVAL_ASKED)
"""What rules call for the moment something is saved."""

SWEEPER = "gehoor"
"""Who acts when the platform itself does."""


def provisional(
    dossier: Dossier, new_events: Iterable[NewEvent], agreement: Agreement, now: datetime, actor: str
) -> tuple[list[Event], Dossier]:
    """Return the events that new_events would become, and the dossier after them. Nothing is written."""
    events = seal(
        new_events, dossier=dossier.id, after=(dossier.version, dossier.head), at=now, actor=actor,
        agreement=agreement.hash,
    )  # fmt: skip
    return events, fold(events, dossier)


def record(
    runtime: Runtime,
    register: Register,
    agreement: Agreement,
    events: Sequence[Event],
    dossier: Dossier,
    decision: Decision,
    code_hash: str | None,
) -> Dossier:
    """Append events to a dossier and send the messages its rules call for at once.

    Whoever handles it and has a conflict of interest from now on, has it no longer. Missed terms are left to the
    sweep, so that each miss is flagged in one place only.
    """
    at_once = [due_action for due_action in decision.due_actions if due_action.kind in _AT_ONCE]
    freed, dossier = _taken_from_excluded(runtime, register, agreement, dossier, decision)
    told, after = fire(runtime, register, agreement, dossier, at_once, decision.at)
    register.append([*events, *freed, *told])
    left = tuple(due_action for due_action in decision.due_actions if due_action not in at_once)
    is_new = bool(events) and events[0].sequence == 1
    summary = summarise(agreement, after, replace(decision, due_actions=left), code_hash)
    register.save_summary(summary, excluded=() if is_new else None)
    keep_words(register, agreement, after, decision, is_new=is_new)
    return after


_TAKEN = "Wie dit dossier behandelde, kan dat niet meer doen. Wijs het aan iemand anders toe."


def _taken_from_excluded(
    runtime: Runtime, register: Register, agreement: Agreement, dossier: Dossier, decision: Decision
) -> tuple[list[Event], Dossier]:
    """Take a dossier from whoever handles it, when it does not exist for them any more; the responsible role hears."""
    excluded = excluded_from(agreement, dossier.values)
    if dossier.handler not in excluded:
        return [], dossier
    data = {"to": "", "name": "", "before": dossier.handler, "note": "", "conflict": True}
    events, after = provisional(
        dossier, [NewEvent(EventKind.ASSIGNED, data)], agreement, decision.at, SWEEPER
    )
    role = responsible_role(decision)
    acting, people = recipients(agreement, role, register.accounts(), excluded)
    to = (f"handler/{after.version}", acting or role, people)
    message = notice(runtime, agreement, after, to, _TAKEN, decision.at) if role else None
    if message:
        register.queue(message)
    return events, after


def responsible_role(decision: Decision) -> str:
    """Return the role that a dossier comes back to: the one a rule gives it to, else that of its next term."""
    if decision.assigned:
        return decision.acting(decision.assigned.role)
    running = [
        (state.due.too_late_at, state.responsible)
        for state in decision.terms.values()
        if state.completed_at is None and state.due and state.due.too_late_at
    ]
    return min(running)[1] if running else ""


def fire(
    runtime: Runtime,
    register: Register,
    agreement: Agreement,
    dossier: Dossier,
    due_actions: Sequence[DueAction],
    now: datetime,
    accounts: Sequence[Account] | None = None,
) -> tuple[list[Event], Dossier]:
    """Turn due_actions into events, and queue their messages. The events are still to be appended.

    ``accounts``: those of this register, where they were read before.
    """
    if not due_actions:
        return [], dossier
    new_events = [NewEvent(due_action.kind, due_action.data) for due_action in due_actions]
    events, after = provisional(dossier, new_events, agreement, now, SWEEPER)
    people = register.accounts() if accounts is None else accounts
    for message in messages_for(runtime, agreement, dossier, due_actions, people, now):
        register.queue(message)
    return events, after
