"""Changes of a term: one stands still, runs on, or lasts longer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gehoor.core.agreement.actions import Action
from gehoor.core.deadlines.local_time import start_of_day
from gehoor.core.decision.decide import decide
from gehoor.core.decision.lateness import hidden_data
from gehoor.core.decision.model import TermState
from gehoor.core.decision.term_course import extended_by, may_stand_still_until, stood_still
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.objections.objections import Objection
from gehoor.services.access.authorisation import Actor
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.recording.drafting import drafted
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True)
class Adjustment:
    """What someone wants with a term. Days are local dates of the organisation."""

    dossier: str
    term: str
    actor: Actor
    reason: str = ""
    day: date | None = None
    """From when a term stands still, or from when it counts again; None: today."""
    told: date | None = None
    consent: date | None = None
    amount: int | None = None
    """By how much a term is made longer, where whoever does it chooses: so many of the unit that was agreed."""
    why: str = ""
    """Why lateness may no longer show, where that is what it comes to."""


@dataclass(frozen=True)
class _Running:
    """A term that runs, in the dossier that somebody is about to change; ``today`` is a local date."""

    case: Case
    state: TermState
    wanted: Adjustment
    today: date


def suspend(runtime: Runtime, wanted: Adjustment, now: datetime) -> Dossier:
    """Let a term stand still from a day. Raises ``RefusedError`` where the agreement gives no ground for it, and as
    ``changing`` does."""
    return _adjust(runtime, wanted, now, Action.SUSPEND_TERM, _suspension)


def resume(runtime: Runtime, wanted: Adjustment, now: datetime) -> Dossier:
    """Let a term that stands still run on: the day counts again. Raises as ``suspend`` does."""
    return _adjust(runtime, wanted, now, Action.SUSPEND_TERM, _resumption)


def extend(runtime: Runtime, wanted: Adjustment, now: datetime) -> Dossier:
    """Make a term longer, as often and by as much as agreed. Raises as ``suspend`` does."""
    return _adjust(runtime, wanted, now, Action.EXTEND_TERM, _extension)


def due_if_extended(runtime: Runtime, opened: OpenedDossier, term: str, now: datetime) -> date | None:
    """Return the local day (or moment) on which a running term would be due if it were extended now, by the most that
    was agreed; None where it cannot be, and where its day does not follow from what whoever looks sees. Nothing is
    written."""
    state = opened.decision.terms[term]
    allowed = state.term.extending
    if allowed is None or state.due is None or state.due.due is None or state.completed_at is not None:
        return None
    if opened.rights.unseen and _due_in(runtime, opened, opened.dossier, term, now) != state.due.due:
        return None
    times = len(extended_by(opened.dossier, state.term, state.adjusted_before))
    longer = allowed.length(times)
    event = NewEvent(EventKind.EXTENDED, {"term": term, **_extended(f"{longer.amount} {longer.unit.value}")})
    after = drafted(opened.dossier, [event], opened.agreement, now, "")
    return _due_in(runtime, opened, after, term, now)


def _due_in(
    runtime: Runtime, opened: OpenedDossier, dossier: Dossier, term: str, now: datetime
) -> date | None:
    state = decide(opened.agreement, dossier, now, runtime.engine).terms.get(term)
    return state.due.due if state is not None and state.due else None


def _adjust(
    runtime: Runtime,
    wanted: Adjustment,
    now: datetime,
    action: Action,
    new_event: Callable[[_Running], NewEvent],
) -> Dossier:
    def change(case: Case) -> Change:
        state = case.decision.terms.get(wanted.term)
        if state is None or state.due is None or state.completed_at is not None:
            raise _refused("term-not-running")
        event = new_event(_Running(case, state, wanted, case.today))
        outcome = case.outcome(event)
        if hidden := case.hidden_lateness(outcome):
            why = wanted.why.strip()
            if not why:
                raise _refused("hides-lateness", late=case.told_hidden(hidden))
            data = {**event.data, "hidden": hidden_data(hidden), "why": why}
            outcome = case.outcome(NewEvent(event.kind, data))
        return Change(outcome)

    return changing(runtime, wanted.dossier, wanted.actor, action, now, change)


def _suspension(running: _Running) -> NewEvent:
    allowed, wanted = running.state.term.suspending, running.wanted
    if allowed is None:
        raise _refused("suspend-not-allowed", term=running.state.term.name)
    if wanted.reason not in allowed.reasons:
        raise _refused("suspend-reason", reasons=", ".join(allowed.reasons))
    if _stands_still(running):
        raise _refused("already-suspended")
    start = wanted.day or running.today
    state = running.state
    earlier, _ = stood_still(
        running.case.dossier, state.term, running.case.decision.at, state.adjusted_before
    )
    if start > running.today or (earlier and earlier[-1].end and start < earlier[-1].end):
        raise _refused("day-cannot-be")
    if (
        allowed.at_most
        and may_stand_still_until(running.state.term, allowed.at_most, earlier, start) <= start
    ):
        raise _refused("suspend-used-up")
    late_at = running.state.due.too_late_at if running.state.due else None
    if late_at is not None and late_at <= start_of_day(start, running.case.agreement.time_zone):
        raise _refused("suspend-too-late")
    return _new_event(EventKind.SUSPENDED, running, {"start": start.isoformat(), "reason": wanted.reason})


def _resumption(running: _Running) -> NewEvent:
    if not _stands_still(running):
        raise _refused("not-suspended")
    end = running.wanted.day or running.today
    if end > running.today or end < running.case.dossier.suspensions[running.wanted.term][-1].start:
        raise _refused("day-cannot-be")
    return _new_event(EventKind.RESUMED, running, {"end": end.isoformat()})


def _extension(running: _Running) -> NewEvent:
    allowed, wanted = running.state.term.extending, running.wanted
    if allowed is None:
        raise _refused("extend-not-allowed", term=running.state.term.name)
    if allowed.reason_required and not wanted.reason.strip():
        raise _refused("reason-needed")
    late_at = running.state.due.too_late_at if running.state.due else None
    if late_at is not None and running.case.decision.at >= late_at:
        raise _refused("extend-too-late")
    if allowed.tell and (wanted.told is None or wanted.told > running.today):
        raise _refused("extend-told", parties=allowed.tell)
    times = len(extended_by(running.case.dossier, running.state.term, running.state.adjusted_before))
    agreed = allowed.length(times)
    amount = wanted.amount if allowed.chosen else agreed.amount
    if amount is None or not 1 <= amount <= agreed.amount:
        raise _refused("extend-length", number=agreed.amount)
    if times >= allowed.at_most and not (
        allowed.consent and wanted.consent is not None and wanted.consent <= running.today
    ):
        raise _refused("extend-consent" if allowed.consent else "extend-too-often", number=allowed.at_most)
    return _new_event(
        EventKind.EXTENDED,
        running,
        _extended(f"{amount} {agreed.unit.value}", wanted.reason.strip(), wanted.told, wanted.consent),
    )


def _extended(
    by: str, reason: str = "", told: date | None = None, consent: date | None = None
) -> dict[str, Any]:
    return {
        "by": by,
        "reason": reason,
        "told": told.isoformat() if told else "",
        "consent": consent.isoformat() if consent else "",
    }


def _stands_still(running: _Running) -> bool:
    found = running.case.dossier.suspensions.get(running.wanted.term, ())
    # One that lasted as long as agreed has ended by itself, and has no due date to wait for.
    return (
        bool(found)
        and found[-1].end is None
        and running.state.due is not None
        and running.state.due.due is None
    )


def _new_event(kind: EventKind, running: _Running, data: Mapping[str, Any]) -> NewEvent:
    return NewEvent(kind, {"term": running.wanted.term, **data})


def _refused(code: str, **details: Any) -> RefusedError:
    return RefusedError([Objection("", code, details)])
