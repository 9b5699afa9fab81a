"""Recording what happened to dossiers: events, and the messages that rules call for, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gehoor.core.access.confidentiality import Clearance, clearance_of
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision, DueAction
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import Event, EventKind, NewEvent, instant_text, seal
from gehoor.core.wording.registry import sentences_of
from gehoor.services.access.confidentiality import kept_from
from gehoor.services.access.found_dossiers import unaware_of
from gehoor.services.messages.notifications import Audience, event_key, messages_for, notice
from gehoor.services.ports.records import Message, Pending
from gehoor.services.recording.drafting import drafted
from gehoor.services.recording.hook_news import news_of
from gehoor.services.recording.task_news import task_news
from gehoor.services.register.pending import Decided
from gehoor.services.register.register import Register
from gehoor.services.register.repeats import note_done
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

_AT_ONCE = (EventKind.NOTIFIED, EventKind.APPROVAL_ASKED)
"""What rules call for the moment something is saved."""

SWEEPER = "gehoor"
"""Who acts when the platform itself does."""


@dataclass(frozen=True)
class Outcome:
    """What a change comes to: the dossier as it would be, and what holds then. Nothing is written."""

    agreement: Agreement
    """Under which the dossier is afterwards."""
    new_events: tuple[NewEvent, ...]
    """What somebody did."""
    dossier: Dossier
    decision: Decision


@dataclass(frozen=True)
class Recorded:
    """What is to be written: an outcome, with what the platform itself does because of it."""

    outcome: Outcome
    consequences: tuple[NewEvent, ...]
    messages: tuple[Message, ...]
    dossier: Dossier
    """The dossier after all of it."""
    excluded: frozenset[str]
    """Who has a conflict of interest then."""
    clearance: Clearance
    """What its level asks then."""


def consequences(
    runtime: Runtime,
    register: Register,
    staff: Staff,
    outcome: Outcome,
    messages: Sequence[Message] = (),
    *,
    came: tuple[Dossier, str],
) -> Recorded:
    """Return what follows at once from an outcome. ``register``: at the moment that it was judged on; ``came``: the
    dossier as it was, and who did it.

    Whoever handles the dossier and has a conflict of interest from now on, or may not know of it because of its level,
    handles it no longer; who is to be told or to approve is asked. Missed terms are left to the sweep, so that each
    miss is flagged in one place only.
    """
    agreement, decision = outcome.agreement, outcome.decision
    excluded = excluded_from(agreement, outcome.dossier.values, staff.same_person)
    new_events: list[NewEvent] = []
    found = list(messages)
    dossier = outcome.dossier
    hidden = kept_from(agreement, dossier, decision, excluded, staff)
    if taken := [name for name in dossier.handlers if name in hidden]:
        for name in taken:
            new_events.append(NewEvent(EventKind.ASSIGNED, _taken_from(dossier, name, staff)))
            dossier = drafted(outcome.dossier, new_events, agreement, decision.at, SWEEPER)
        hidden = kept_from(agreement, dossier, decision, excluded, staff)
        found += given_back(runtime, staff, agreement, dossier, decision, hidden)
    found += task_news(runtime, staff, came[0], (agreement, dossier, decision), hidden, came[1])
    at_once = [due_action for due_action in decision.due_actions if due_action.kind in _AT_ONCE]
    if at_once:
        unaware = unaware_of(register, runtime.library, staff, (agreement, dossier, decision), runtime.engine)
        found += messages_for(
            runtime, agreement, dossier, at_once, Audience(staff, hidden, excluded), decision.at, unaware
        )
        told = [NewEvent(due_action.kind, due_action.data) for due_action in at_once]
        dossier = drafted(dossier, told, agreement, decision.at, SWEEPER)
        new_events += told
    clearance = clearance_of(agreement, dossier, decision, excluded)
    sequence = came[0].version + len(outcome.new_events)
    if not (decision.closed and any(one.kind is EventKind.BROUGHT_IN for one in outcome.new_events)):
        # What ended before it was brought in here is no news.
        found += news_of(runtime, register, came[0], (agreement, outcome.dossier, decision), sequence)
    return Recorded(outcome, tuple(new_events), tuple(found), dossier, excluded, clearance)


def _taken_from(dossier: Dossier, name: str, staff: Staff) -> dict[str, Any]:
    """Return what the event says by which somebody no longer handles a dossier that does not exist for them."""
    data: dict[str, Any] = {"to": "", "name": "", "before": name, "note": "", "conflict": True}
    if name != dossier.handler:
        return {**data, "beside": True}
    return {**data, "first": staff.full_name(dossier.beside[0])} if dossier.beside else data


def write(
    register: Register,
    before: Dossier,
    recorded: Recorded,
    actor: str,
    under: Agreement,
    code_hash: str = "",
) -> Dossier:
    """Append the events, queue the messages, and note that the summary is to be made anew; returns the dossier.

    ``under``: the agreement that what somebody did happened under. Raises ``VersionConflictError`` when the dossier
    changed since ``before``, and ``DamagedError`` when what happened to it last is gone.
    """
    outcome = recorded.outcome
    events, after = seal_all(before, recorded, actor, under)
    keep(register, events, recorded.messages)
    note_done(register, after)
    if before.version:
        # Nobody else wrote since: it is asked after that is sure.
        register.refuse_shortened(before)
    register.save_exclusions(
        before.id,
        register.excluded_from(before.id) if before.version else frozenset(),
        recorded.excluded,
    )
    register.save_clearance(before.id, recorded.clearance)
    register.save_pending(
        Pending(after.id, after.version, instant_text(outcome.decision.at), code_hash),
        is_new=not before.version,
    )
    return after


def keep_excluded(register: Register, dossier: Dossier, excluded: Collection[str], now: datetime) -> None:
    """Keep for whom a dossier does not exist, when that is otherwise because of the accounts and not of an answer."""
    register.save_exclusions(dossier.id, register.excluded_from(dossier.id), excluded)
    register.save_pending(Pending(dossier.id, dossier.version, instant_text(now)), is_new=False)


def seal_all(
    before: Dossier, recorded: Recorded, actor: str, under: Agreement
) -> tuple[list[Event], Dossier]:
    """Return the events of a change, chained to those of the dossier ``before``, and the dossier after them."""
    outcome, at = recorded.outcome, recorded.outcome.decision.at
    place = (before.version, before.head)
    events = _sealed(outcome.new_events, before.id, place, at, actor, under)
    if events:
        place = (events[-1].sequence, events[-1].hash)
    events += _sealed(recorded.consequences, before.id, place, at, SWEEPER, outcome.agreement)
    return events, replace(recorded.dossier, head=events[-1].hash) if events else before


def settled(recorded: Recorded, after: Dossier) -> Decided:
    """Return what was decided on a change, now that what was called for at once is done."""
    decision = recorded.outcome.decision
    left = tuple(one for one in decision.due_actions if one.kind not in _AT_ONCE)
    return Decided(recorded.outcome.agreement, after, replace(decision, due_actions=left))


def _sealed(
    new_events: Sequence[NewEvent],
    dossier: str,
    after: tuple[int, str],
    at: datetime,
    actor: str,
    agreement: Agreement,
) -> list[Event]:
    return seal(new_events, dossier=dossier, after=after, at=at, actor=actor, agreement=agreement.hash)


def given_back(
    runtime: Runtime,
    staff: Staff,
    agreement: Agreement,
    dossier: Dossier,
    decision: Decision,
    excluded: frozenset[str],
) -> list[Message]:
    """Tell the responsible role that a dossier was taken from whoever handled it. ``excluded``: for whom it does not
    exist."""
    conflicts = excluded_from(agreement, dossier.values, staff.same_person)
    role = responsible_role(decision)
    if not role:
        return []
    acting, people = staff.acting(agreement, role, excluded, conflicts)
    to = (event_key("handler", dossier.version, decision.at), acting or role, people)
    notices = sentences_of(agreement).notices
    reason = notices.taken_from_one if dossier.handlers else notices.taken_back
    message = notice(runtime, agreement, dossier, to, reason, decision.at)
    return [message] if message else []


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


def keep(register: Register, events: Sequence[Event], messages: Sequence[Message]) -> None:
    """Append events to their dossiers, and queue messages. Raises ``VersionConflictError``, and keeps nothing then."""
    register.append(events)
    register.queue_all(messages)


def by_platform(
    dossier: str,
    after: tuple[int, str],
    due_actions: Sequence[DueAction],
    agreement: Agreement,
    now: datetime,
) -> list[Event]:
    """Return the events of what is called for now, done by the platform itself. ``after``: the sequence and hash of the
    last event of the dossier."""
    new_events = [NewEvent(due_action.kind, due_action.data) for due_action in due_actions]
    return _sealed(new_events, dossier, after, now, SWEEPER, agreement)
