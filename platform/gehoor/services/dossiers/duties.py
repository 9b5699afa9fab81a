"""Settling what rules oblige to: a duty is done, set aside or owed again; someone approves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.effects import approved_fields
from gehoor.core.decision.model import ApprovalState, Decision
from gehoor.core.decision.objections import Objection
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.services.access.conflict_of_interest import refuse_excluded
from gehoor.services.access.notifications import recipients
from gehoor.services.dossiers.answers import RefusedError
from gehoor.services.dossiers.recording import provisional, record
from gehoor.services.register.register import Register, writing
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True)
class Settling:
    """What someone says of a duty: its key, and a note or a reason."""

    dossier: str
    duty: str
    actor: str
    why: str = ""


@dataclass(frozen=True)
class Approving:
    """What someone approves: the name of the approval (see ``rule_names.approval``)."""

    dossier: str
    approval: str
    actor: str
    note: str = ""


def finish(runtime: Runtime, wanted: Settling, now: datetime) -> Dossier:
    """A duty is done. Raises ``RefusedError`` when this dossier does not owe it."""
    return _settle(runtime, wanted, now, EventKind.DUTY_DONE)


def waive(runtime: Runtime, wanted: Settling, now: datetime) -> Dossier:
    """A duty will not be done, with a reason. Raises ``RefusedError``."""
    return _settle(runtime, wanted, now, EventKind.DUTY_WAIVED)


def owe_again(runtime: Runtime, wanted: Settling, now: datetime) -> Dossier:
    """A duty was not done after all, with a reason. Raises ``RefusedError``."""
    return _settle(runtime, wanted, now, EventKind.DUTY_BACK)


def approve(runtime: Runtime, wanted: Approving, now: datetime) -> Dossier:
    """Approve. Raises ``RefusedError`` for whoever does not have the role, or did the work."""

    def new_event(register: Register, agreement: Agreement, dossier: Dossier, decision: Decision) -> NewEvent:
        state = next((one for one in decision.approvals if one.key == wanted.approval), None)
        if state is None or state.holds:
            raise _refused("no-such-approval")
        _may_approve(register, agreement, dossier, state, wanted.actor)
        data = {"role": state.asked, "milestone": state.milestone, "note": wanted.note.strip()}
        return NewEvent(EventKind.APPROVED, {"rule": state.reason.rule, **data})

    return _change(runtime, wanted.dossier, wanted.actor, now, new_event)


def _may_approve(
    register: Register, agreement: Agreement, dossier: Dossier, state: ApprovalState, actor: str
) -> None:
    _, people = recipients(
        agreement, state.role, register.accounts(), excluded_from(agreement, dossier.values)
    )
    if actor not in {account.name for account in people}:
        role = agreement.roles.get(state.role)
        raise _refused("approve-role", role=role.name if role else state.role)
    fields = approved_fields(agreement, state.milestone)
    work = (EventKind.OPENED, EventKind.ANSWERED)
    for event in register.events(dossier.id):
        touched = {*event.data.get("values", ()), *event.data.get("cleared", ())}
        if event.kind in work and event.actor == actor and touched & fields:
            raise _refused("approve-own")


def _settle(runtime: Runtime, wanted: Settling, now: datetime, kind: EventKind) -> Dossier:
    def new_event(_: Register, _agreement: Agreement, _dossier: Dossier, decision: Decision) -> NewEvent:
        state = next((one for one in decision.duties if one.owed.key == wanted.duty), None)
        if state is None or (state.settled is None) is (kind is EventKind.DUTY_BACK):
            raise _refused("no-such-duty")
        why = wanted.why.strip()
        if kind is not EventKind.DUTY_DONE and not why:
            raise _refused("reason-needed")
        word = "note" if kind is EventKind.DUTY_DONE else "reason"
        data: Mapping[str, Any] = {"duty": wanted.duty, "name": state.owed.duty.name, word: why}
        return NewEvent(kind, data)

    return _change(runtime, wanted.dossier, wanted.actor, now, new_event)


def _change(
    runtime: Runtime,
    dossier_id: str,
    actor: str,
    now: datetime,
    new_event: Callable[[Register, Agreement, Dossier, Decision], NewEvent],
) -> Dossier:
    with writing(runtime.store) as register:
        dossier = register.dossier(dossier_id)
        agreement = runtime.library.agreement(register, dossier.agreement)
        refuse_excluded(agreement, dossier, actor)
        decision = decide(agreement, dossier, now, runtime.engine)
        what = new_event(register, agreement, dossier, decision)
        events, after = provisional(dossier, [what], agreement, now, actor)
        summary = register.summary(dossier.id)
        decision = decide(agreement, after, now, runtime.engine)
        return record(
            runtime, register, agreement, events, after, decision, summary.code_hash if summary else None
        )


def _refused(code: str, **details: Any) -> RefusedError:
    return RefusedError([Objection("", code, details)])
