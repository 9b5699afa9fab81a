"""Duties and approvals: a duty is done, set aside or owed again; someone approves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gehoor.core.agreement.actions import Action
from gehoor.core.decision.model import ApprovalState
from gehoor.core.decision.standing_effects import approved_fields
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.objections.objections import Objection
from gehoor.services.access.authorisation import Actor
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True)
class Settling:
    """What someone says of a duty: its key, and a note or a reason."""

    dossier: str
    duty: str
    actor: Actor
    why: str = ""


@dataclass(frozen=True)
class Approving:
    """What someone approves: the name of the approval (see ``rule_names.approval``)."""

    dossier: str
    approval: str
    actor: Actor
    note: str = ""
    draft: int = 0
    """The letter that they read (the sequence of its draft), where a letter reaches what they approve."""


def finish(runtime: Runtime, wanted: Settling, now: datetime) -> Dossier:
    """A duty is done. Raises ``RefusedError`` when this dossier does not owe it, and as ``changing`` does."""
    return _settle(runtime, wanted, now, EventKind.DUTY_DONE)


def waive(runtime: Runtime, wanted: Settling, now: datetime) -> Dossier:
    """A duty will not be done, with a reason. Raises as ``finish`` does."""
    return _settle(runtime, wanted, now, EventKind.DUTY_WAIVED)


def owe_again(runtime: Runtime, wanted: Settling, now: datetime) -> Dossier:
    """A duty was not done after all, with a reason. Raises as ``finish`` does."""
    return _settle(runtime, wanted, now, EventKind.DUTY_BACK)


def approve(runtime: Runtime, wanted: Approving, now: datetime) -> Dossier:
    """Approve. Raises ``RefusedError`` for whoever does not have the role, or did the work; and as ``changing``."""

    def change(case: Case) -> Change:
        state = next((one for one in case.known().approvals if one.key == wanted.approval), None)
        if state is None or state.holds:
            raise _refused("no-such-approval")
        _may_approve(case, state)
        data: dict[str, Any] = {
            "role": state.asked,
            "milestone": state.milestone,
            "note": wanted.note.strip(),
        }
        if _read(case, state, wanted.draft):
            data["draft"] = wanted.draft
        return Change(case.outcome(NewEvent(EventKind.APPROVED, {"rule": state.reason.rule, **data})))

    return changing(runtime, wanted.dossier, wanted.actor, None, now, change)


def _read(case: Case, state: ApprovalState, draft: int) -> bool:
    """Say whether it is a letter that is approved: then they read it as it is now. Raises ``RefusedError``."""
    letters = {one.id for one in case.decision.milestones[state.milestone].unsent}
    if not letters:
        return False
    if draft not in {one.sequence for name, one in case.dossier.drafts.items() if name in letters}:
        raise _refused("approve-text")
    return True


def _may_approve(case: Case, state: ApprovalState) -> None:
    unaware = case.unaware(state.reason.rule)
    _, people = case.staff.acting(case.agreement, state.role, case.hidden_from | unaware, case.excluded)
    if case.actor_name not in {account.name for account in people}:
        role = case.agreement.roles.get(state.role)
        raise _refused("approve-role", role=role.name if role else state.role)
    fields = approved_fields(case.agreement, state.milestone)
    work = (EventKind.OPENED, EventKind.ANSWERED)
    own = case.staff.accounts_of(case.actor_name)
    for event in case.events:
        touched = {*event.data.get("values", ()), *event.data.get("cleared", ())}
        if event.kind is EventKind.LETTER_DRAFTED:
            letter = case.agreement.correspondence.get(event.data["letter"])
            worked = letter is not None and letter.reaches == state.milestone
        else:
            worked = event.kind in work and bool(touched & fields)
        if worked and event.actor in own:
            raise _refused("approve-own")


_ACTIONS = {
    EventKind.DUTY_DONE: Action.SETTLE_DUTIES,
    EventKind.DUTY_WAIVED: Action.WAIVE_DUTIES,
    EventKind.DUTY_BACK: Action.SETTLE_DUTIES,
}


def _settle(runtime: Runtime, wanted: Settling, now: datetime, kind: EventKind) -> Dossier:
    def change(case: Case) -> Change:
        state = next((one for one in case.known().duties if one.owed.key == wanted.duty), None)
        if state is None or (state.settled is None) is (kind is EventKind.DUTY_BACK):
            raise _refused("no-such-duty")
        if kind is EventKind.DUTY_BACK and case.decision.closed:
            raise _refused("closed-first")
        why = wanted.why.strip()
        if kind is not EventKind.DUTY_DONE and not why:
            raise _refused("reason-needed")
        word = "note" if kind is EventKind.DUTY_DONE else "reason"
        data = {"duty": wanted.duty, "name": state.owed.duty.name, word: why}
        return Change(case.outcome(NewEvent(kind, data)))

    return changing(runtime, wanted.dossier, wanted.actor, _ACTIONS[kind], now, change)


def _refused(code: str, **details: Any) -> RefusedError:
    return RefusedError([Objection("", code, details)])
