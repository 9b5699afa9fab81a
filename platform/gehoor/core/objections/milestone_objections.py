"""What stands in the way of a milestone, as objections: all of it, each at the field where something is to be done."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import ApprovalState, Decision, MilestoneState, Requirement
from gehoor.core.objections.objections import Objection

_Ask = tuple[tuple[str, str], Objection]


def milestone_objections(
    agreement: Agreement, before: Decision | None, after: Decision, reason: str = ""
) -> list[Objection]:
    """Return what stands in the way of milestones that are reached by a change and not before, and what it would make a
    closed dossier owe after all.

    ``reason``: why terms that still run may end undone; without it they stand in the way of closing.
    """
    objections: dict[tuple[str, str], Objection] = {}
    for name, state in after.milestones.items():
        if not state.reached:
            continue
        asked = dict(_asks(agreement, state))
        was = before.milestones[name] if before else None
        if was is None or not was.reached:
            if not reason:
                asked |= dict(_ending(state))
        elif state.milestone.closes:
            known = dict(_asks(agreement, was))
            asked = {key: one for key, one in asked.items() if key not in known}
        else:
            continue
        for key, objection in asked.items():
            objections.setdefault(key, objection)
    return list(objections.values())


def _asks(agreement: Agreement, state: MilestoneState) -> Iterator[_Ask]:
    """Give what stands before a milestone, with what names it: its own, and what earlier ones left."""
    place = state.milestone.field
    about = {"milestone": state.milestone.name}
    for one in (state, *state.earlier):
        for requirement in one.missing:
            yield (requirement.field, "required"), _required(agreement, requirement)
        for duty in one.owed:
            told = {"duty": duty.owed.duty.name, "because": duty.reason.because, **about}
            yield (place, duty.owed.key), Objection(place, "duty-owed", told)
        for approval in one.unapproved:
            yield (place, approval.key), _unapproved(agreement, place, approval, state.milestone.name)
        if one.unsent:
            letters = tuple(letter.name for letter in one.unsent)
            key = (place, f"letter/{one.milestone.id}")
            yield key, Objection(place, "letter-unsent", {"letters": letters, **about})
        for reason in one.blocks:
            told = {"because": reason.because, "source": reason.source, **about}
            yield (place, reason.rule), Objection(place, "blocked", told)


def _ending(state: MilestoneState) -> Iterator[_Ask]:
    place = state.milestone.field
    owed = {duty.owed.key for one in (state, *state.earlier) for duty in one.owed}
    for running in state.running:
        if running.term.id not in owed:
            told = {"term": running.name, "milestone": state.milestone.name}
            yield (place, f"ends/{running.key}"), Objection(place, "ends-undone", told)


def _required(agreement: Agreement, requirement: Requirement) -> Objection:
    milestone = agreement.milestones.get(requirement.milestone)
    details = {
        "milestone": milestone.name if milestone else "",
        "because": requirement.reason.because if requirement.reason else "",
    }
    return Objection(requirement.field, "required-before", details)


def _unapproved(agreement: Agreement, place: str, approval: ApprovalState, milestone: str) -> Objection:
    role = agreement.roles.get(approval.role)
    details = {
        "role": role.name if role else approval.role,
        "because": approval.reason.because,
        "milestone": milestone,
    }
    return Objection(place, "approval-lapsed" if approval.lapsed else "approval-needed", details)
