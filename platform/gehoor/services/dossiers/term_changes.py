"""Adjusting the terms of a dossier: letting one stand still, run on, or last longer; and opening a dossier again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.model import Decision, TermState
from gehoor.core.decision.objections import Objection
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.services.access.conflict_of_interest import refuse_excluded
from gehoor.services.dossiers.answers import RefusedError
from gehoor.services.dossiers.recording import provisional, record
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True)
class Adjustment:
    """What someone wants with a term. Days are local dates of the organisation."""

    dossier: str
    term: str
    actor: str
    reason: str = ""
    day: date | None = None
    """From when a term stands still, or from when it counts again; None: today."""
    told: date | None = None
    consent: date | None = None


@dataclass(frozen=True)
class _Case:
    agreement: Agreement
    dossier: Dossier
    decision: Decision
    state: TermState
    wanted: Adjustment
    today: date


def suspend(runtime: Runtime, wanted: Adjustment, now: datetime) -> Dossier:
    """Let a term stand still from a day. Raises ``RefusedError`` where the agreement gives no ground for it."""
    return _adjust(runtime, wanted, now, _suspension)


def resume(runtime: Runtime, wanted: Adjustment, now: datetime) -> Dossier:
    """Let a term that stands still run on: the day counts again. Raises ``RefusedError``."""
    return _adjust(runtime, wanted, now, _resumption)


def extend(runtime: Runtime, wanted: Adjustment, now: datetime) -> Dossier:
    """Make a term longer, as often and by as much as agreed. Raises ``RefusedError``."""
    return _adjust(runtime, wanted, now, _extension)


def reopen(runtime: Runtime, dossier_id: str, reason: str, actor: str, now: datetime) -> Dossier:
    """Open a closed dossier again: what closed it is cleared, terms that say so start anew. Raises
    ``RefusedError`` when it is not closed or no reason is given."""
    with writing(runtime.store) as register:
        dossier = register.dossier(dossier_id)
        agreement = runtime.library.agreement(register, dossier.agreement)
        refuse_excluded(agreement, dossier, actor)
        closing = [m.field for m in agreement.milestones.values() if m.closes and m.field in dossier.values]
        if not closing or not reason.strip():
            raise RefusedError([Objection("", "reason-needed" if closing else "not-closed")])
        today = now.astimezone(ZoneInfo(agreement.time_zone)).date()
        data = {"day": today.isoformat(), "reason": reason.strip(), "cleared": closing}
        events, after = provisional(dossier, [NewEvent(EventKind.REOPENED, data)], agreement, now, actor)
        summary = register.summary(dossier_id)
        decision = decide(agreement, after, now, runtime.engine)
        return record(
            runtime, register, agreement, events, after, decision, summary.code_hash if summary else None
        )


def _adjust(
    runtime: Runtime, wanted: Adjustment, now: datetime, new_event: Callable[[_Case], NewEvent]
) -> Dossier:
    with writing(runtime.store) as register:
        dossier = register.dossier(wanted.dossier)
        agreement = runtime.library.agreement(register, dossier.agreement)
        refuse_excluded(agreement, dossier, wanted.actor)
        decision = decide(agreement, dossier, now, runtime.engine)
        state = decision.terms.get(wanted.term)
        if state is None or state.due is None or state.completed_at is not None:
            raise RefusedError([Objection("", "term-not-running")])
        today = now.astimezone(ZoneInfo(agreement.time_zone)).date()
        case = _Case(agreement, dossier, decision, state, wanted, today)
        events, after = provisional(dossier, [new_event(case)], agreement, now, wanted.actor)
        summary = register.summary(dossier.id)
        decision = decide(agreement, after, now, runtime.engine)
        return record(
            runtime, register, agreement, events, after, decision, summary.code_hash if summary else None
        )


def _suspension(case: _Case) -> NewEvent:
    allowed, wanted = case.state.term.suspending, case.wanted
    if allowed is None:
        raise _refused("suspend-not-allowed", term=case.state.term.name)
    if wanted.reason not in allowed.reasons:
        raise _refused("suspend-reason", reasons=", ".join(allowed.reasons))
    if _running(case):
        raise _refused("already-suspended")
    start = wanted.day or case.today
    earlier = case.dossier.suspensions.get(wanted.term, ())
    if start > case.today or (earlier and earlier[-1].end and start < earlier[-1].end):
        raise _refused("day-cannot-be")
    return _new_event(EventKind.SUSPENDED, case, {"start": start.isoformat(), "reason": wanted.reason})


def _resumption(case: _Case) -> NewEvent:
    if not _running(case):
        raise _refused("not-suspended")
    end = case.wanted.day or case.today
    if end > case.today or end < case.dossier.suspensions[case.wanted.term][-1].start:
        raise _refused("day-cannot-be")
    return _new_event(EventKind.RESUMED, case, {"end": end.isoformat()})


def _extension(case: _Case) -> NewEvent:
    allowed, wanted = case.state.term.extending, case.wanted
    if allowed is None:
        raise _refused("extend-not-allowed", term=case.state.term.name)
    if allowed.reason_required and not wanted.reason.strip():
        raise _refused("reason-needed")
    late_at = case.state.due.too_late_at if case.state.due else None
    if late_at is not None and case.decision.at >= late_at:
        raise _refused("extend-too-late")
    if allowed.tell and (wanted.told is None or wanted.told > case.today):
        raise _refused("extend-told", parties=" en ".join(allowed.tell))
    used_up = len(case.dossier.extensions.get(wanted.term, ())) >= allowed.at_most
    if used_up and not (allowed.consent and wanted.consent is not None and wanted.consent <= case.today):
        raise _refused("extend-consent" if allowed.consent else "extend-too-often", number=allowed.at_most)
    return _new_event(
        EventKind.EXTENDED,
        case,
        {
            "by": f"{allowed.by.amount} {allowed.by.unit.value}",
            "reason": wanted.reason.strip(),
            "told": wanted.told.isoformat() if wanted.told else "",
            "consent": wanted.consent.isoformat() if wanted.consent else "",
        },
    )


def _running(case: _Case) -> bool:
    found = case.dossier.suspensions.get(case.wanted.term, ())
    # One that lasted as long as agreed has ended by itself, and has no due date to wait for.
    return bool(found) and found[-1].end is None and case.state.due is not None and case.state.due.due is None


def _new_event(kind: EventKind, case: _Case, data: Mapping[str, Any]) -> NewEvent:
    return NewEvent(kind, {"term": case.wanted.term, **data})


def _refused(code: str, **details: Any) -> RefusedError:
    return RefusedError([Objection("", code, details)])
