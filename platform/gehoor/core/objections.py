"""Objections: why answers cannot be kept as they are, each at a field, in Dutch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as member
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.agreement import Agreement
from gehoor.core.decision import Decision, Requirement
from gehoor.core.dossier import Dossier
from gehoor.core.fields import KINDS, StoredValue
from gehoor.core.forms import FieldFault, Form


@dataclass(frozen=True, slots=True)
class Objection:
    """What stands in the way: the field it concerns (or empty), a stable code, and what the sentence needs."""

    field: str
    code: str
    details: Mapping[str, Any] = member(default_factory=dict)


def first_per_field(objections: Iterable[Objection]) -> list[Objection]:
    """Return one objection per field, the first: two sentences about one answer help nobody."""
    found: dict[str, Objection] = {}
    for objection in objections:
        found.setdefault(objection.field, objection)
    return list(found.values())


def fault_objections(form: Form, faults: Iterable[FieldFault]) -> list[Objection]:
    """Turn what the form does not accept into objections."""
    return [
        Objection(fault.field, f"form-{fault.rule}", {"bound": fault.bound, "kind": _kind(form, fault.field)})
        for fault in faults
    ]


def _kind(form: Form, name: str) -> str:
    return form.fields[name].kind if name in form.fields else ""


def retired_objections(
    form: Form, values: Mapping[str, StoredValue], before: Mapping[str, StoredValue]
) -> list[Objection]:
    """A code that its list has set aside stays readable, and cannot be chosen any more."""
    objections = []
    for name, value in values.items():
        retired = {choice.code for choice in form.fields[name].choices if choice.retired}
        chosen = _codes(value) - _codes(before.get(name))
        if retired & chosen:
            objections.append(Objection(name, "retired"))
    return objections


def _codes(value: StoredValue | None) -> set[str]:
    if isinstance(value, list):
        return set(value)
    return {value} if isinstance(value, str) else set()


def milestone_objections(agreement: Agreement, before: Decision | None, after: Decision) -> list[Objection]:
    """Return what stands in the way of milestones that are reached by these answers, and not before."""
    objections: dict[tuple[str, str], Objection] = {}
    for name, state in after.milestones.items():
        if not state.reached or (before is not None and before.milestones[name].reached):
            continue
        for requirement in state.missing:
            objections.setdefault((requirement.field, "required"), _required(agreement, requirement))
        for duty in state.owed:
            details = {
                "duty": duty.owed.duty.name, "because": duty.reason.because, "milestone": state.milestone.name,
            }  # fmt: skip
            objections[(state.milestone.field, duty.owed.key)] = Objection(
                state.milestone.field, "duty-owed", details
            )
        for approval in state.unapproved:
            role = agreement.roles.get(approval.role)
            details = {
                "role": role.name if role else approval.role,
                "because": approval.reason.because,
                "milestone": state.milestone.name,
            }
            objections[(state.milestone.field, approval.key)] = Objection(
                state.milestone.field, "approval-lapsed" if approval.lapsed else "approval-needed", details
            )
        for reason in state.blocks:
            details = {"because": reason.because, "milestone": state.milestone.name, "source": reason.source}
            objections[(state.milestone.field, reason.rule)] = Objection(
                state.milestone.field, "blocked", details
            )
    return list(objections.values())


def _required(agreement: Agreement, requirement: Requirement) -> Objection:
    milestone = agreement.milestones.get(requirement.milestone)
    details = {
        "milestone": milestone.name if milestone else "",
        "because": requirement.reason.because if requirement.reason else "",
    }
    return Objection(requirement.field, "required-before", details)


def date_objections(
    agreement: Agreement, dossier: Dossier, decision: Decision, now: datetime
) -> list[Objection]:
    """A milestone is something that happened: not in the future, and not before the message came in."""
    today = now.astimezone(ZoneInfo(agreement.time_zone)).date()
    received = _day(agreement, dossier.values.get(agreement.field_for("received-on")))
    objections = []
    for state in decision.milestones.values():
        day = _day_of(state.at, agreement.time_zone)
        if day is None:
            continue
        if day > today or (isinstance(state.at, datetime) and state.at > now):
            objections.append(Objection(state.milestone.field, "in-future"))
        elif received is not None and day < received:
            objections.append(Objection(state.milestone.field, "before-receipt", {"received": received}))
    for term_state in decision.terms.values():
        if term_state.faulty:
            start = agreement.milestones[term_state.term.starts].field
            objections.append(Objection(start, "impossible-date"))
    return objections


def _day(agreement: Agreement, value: StoredValue | None) -> date | None:
    if value is None:
        return None
    fact = KINDS[agreement.dossier_form.fields[agreement.field_for("received-on")].kind].fact(value)
    return _day_of(fact if isinstance(fact, date) else None, agreement.time_zone)


def _day_of(moment: date | datetime | None, zone: str) -> date | None:
    return moment.astimezone(ZoneInfo(zone)).date() if isinstance(moment, datetime) else moment


def change_objections(
    agreement: Agreement,
    before: Decision,
    after: Decision,
    changed: Iterable[str],
    values: Mapping[str, StoredValue],
) -> list[Objection]:
    """A fixed answer stays what it is, what fixed it is not undone, and a closed phase cannot be filled in."""
    objections = []
    fixing = {
        agreement.milestones[field.fixed_after].field
        for field in agreement.dossier_form.fields.values()
        if field.fixed_after
    }
    for name in changed:
        of = agreement.dossier_form.fields[name]
        phase = after.phases.get(of.phase)
        if before.fields[name].fixed or (name in fixing and name not in values):
            objections.append(Objection(name, "fixed"))
        elif phase is not None and not phase.open:
            milestone = agreement.milestones[phase.phase.opens_after].name
            objections.append(
                Objection(name, "phase-closed", {"phase": phase.phase.name, "milestone": milestone})
            )
    return objections
