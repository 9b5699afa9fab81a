"""A dossier as data, for ``--format json``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from gehoor.cli.dossiers.deadline_data import plain_due
from gehoor.core.decision.model import ApprovalState, DutyState, Reason, Requirement, TermState
from gehoor.core.dossier.events import Event, instant_text
from gehoor.core.wording.registry import DUTCH
from gehoor.services.dossiers.viewing import OpenedDossier


def dossier_data(seen: OpenedDossier) -> dict[str, Any]:
    """Return everything that ``gehoor dossier`` shows."""
    dossier, decision = seen.dossier, seen.decision
    return {
        "dossier": dossier.id,
        "number": dossier.number,
        "organisation": dossier.organisation,
        "department": dossier.department,
        "agreement": dossier.agreement,
        "version": dossier.version,
        "at": instant_text(decision.at),
        "closed": decision.closed,
        "values": dict(decision.values),
        "derived": {name: _reason(reason) for name, reason in decision.derived.items()},
        "assigned": decision.assigned.role if decision.assigned else None,
        "flags": [_reason(flag) for flag in decision.flags],
        "phases": _phases(seen),
        "milestones": _milestones(seen),
        "terms": [_term(seen, state) for state in decision.terms.values()],
        "duties": [_duty(state) for state in decision.duties],
        "approvals": [_approval(state) for state in decision.approvals],
        "warnings": [_reason(reason) for reason in decision.warnings],
        "events": [_event(event) for event in seen.events],
        "messages": [
            {"role": m.role, "recipients": list(m.recipients), "subject": m.subject, "state": m.state}
            for m in seen.messages
        ],
    }


def _phases(seen: OpenedDossier) -> list[dict[str, Any]]:
    fields = seen.agreement.dossier_form.fields
    answered = [(fields[name], value) for name, value in seen.decision.values.items() if name in fields]
    return [
        {
            "phase": name,
            "name": state.phase.name,
            "open": state.open,
            "done": state.done,
            "values": [
                {
                    "field": of.id,
                    "label": of.label,
                    "value": value,
                    "shown": of.type.show(value, of, DUTCH.formats),
                }
                for of, value in answered
                if of.phase == name
            ],
        }
        for name, state in seen.decision.phases.items()
        if state.applies
    ]


def _milestones(seen: OpenedDossier) -> list[dict[str, Any]]:
    return [
        {
            "milestone": name,
            "name": state.milestone.name,
            "at": _day(state.at),
            "missing": [] if state.reached else _missing(seen, state.missing),
            "blocks": [] if state.reached else [_reason(reason) for reason in state.blocks],
        }
        for name, state in seen.decision.milestones.items()
    ]


def _missing(seen: OpenedDossier, requirements: Iterable[Requirement]) -> list[dict[str, Any]]:
    return [
        {
            "field": requirement.field,
            "label": seen.agreement.dossier_form.fields[requirement.field].label,
            "reason": _reason(requirement.reason) if requirement.reason else None,
        }
        for requirement in requirements
    ]


def _reason(reason: Reason) -> dict[str, str]:
    return {"rule": reason.rule, "because": reason.because, "based_on": reason.basis, "source": reason.source}


def _term(seen: OpenedDossier, state: TermState) -> dict[str, Any]:
    reckoned = plain_due(state.due) if state.due else {"due": None, "derivation": []}
    return {
        "term": state.term.id,
        "name": state.name,
        "status": state.status.value,
        "completed_at": instant_text(state.completed_at) if state.completed_at else None,
        **reckoned,
        "responsible": state.responsible,
        "based_on": state.term.source,
        "source": state.term.place,
        "starts": DUTCH.derivation.begun_at(seen.agreement, state),
    }


def _duty(state: DutyState) -> dict[str, Any]:
    settled = state.settled
    how = ("waived" if settled.waived else "done") if settled else "owed"
    return {
        "duty": state.owed.key,
        "name": state.owed.duty.name,
        "responsible": state.responsible,
        "before": state.owed.duty.before or None,
        "state": how,
        "settled": {"at": instant_text(settled.at), "by": settled.by, "why": settled.why}
        if settled
        else None,
        "reason": _reason(state.reason),
    }


def _approval(state: ApprovalState) -> dict[str, Any]:
    given = state.given
    return {
        "approval": state.key,
        "role": state.role,
        "before": state.milestone,
        "state": "given" if state.holds else "lapsed" if state.lapsed else "asked",
        "given": {"at": instant_text(given.at), "by": given.by} if given else None,
        "reason": _reason(state.reason),
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "sequence": event.sequence,
        "kind": event.kind.value,
        "at": instant_text(event.at),
        "actor": event.actor,
        "data": dict(event.data),
    }


def _day(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None
