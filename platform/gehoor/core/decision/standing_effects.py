"""What rules bring about beside fields and milestones: marks, warnings, who handles it, duties and approvals."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.fields import Effects, reason_of
from gehoor.core.decision.model import ApprovalState, Assigned, DutyState, Reason, acting_role
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.rules import names as rule_names
from gehoor.core.rules.effects import Approve, Assign, Flag, Handlers, Warn


def warnings_of(effects: Effects) -> tuple[Reason, ...]:
    """Return the warnings that rules give."""
    return tuple(
        Reason(rule.id, effect.text, rule.source, rule.basis)
        for rule, effect in effects
        if isinstance(effect, Warn)
    )


def flags_of(effects: Effects) -> tuple[Reason, ...]:
    """Return the marks that rules give, each once."""
    found: dict[str, Reason] = {}
    for rule, effect in effects:
        if isinstance(effect, Flag):
            found.setdefault(effect.text, Reason(rule.id, effect.text, rule.source, rule.basis))
    return tuple(found.values())


def assigned_to(effects: Effects) -> Assigned | None:
    """Return the role that handles the dossier; of several rules that say so the first counts."""
    for rule, effect in effects:
        if isinstance(effect, Assign) and not effect.instead_of:
            return Assigned(effect.role, reason_of(rule))
    return None


def stand_ins_of(effects: Effects) -> dict[str, str]:
    """Return which role does the part of another; of several rules that say so the first counts."""
    found: dict[str, str] = {}
    for _, effect in effects:
        if isinstance(effect, Assign) and effect.instead_of:
            found.setdefault(effect.instead_of, effect.role)
    return found


def handlers_of(effects: Effects) -> int:
    """Return how many people may handle the dossier together: one, unless rules say more."""
    return max((effect.most for _, effect in effects if isinstance(effect, Handlers)), default=1)


def too_few(effects: Effects, dossier: Dossier) -> Iterator[tuple[str, Reason]]:
    """Give the milestones that wait until more people handle the dossier, each with why."""
    for rule, effect in effects:
        if isinstance(effect, Handlers) and effect.before and len(dossier.handlers) < effect.most:
            yield effect.before, reason_of(rule)


def duty_states(
    agreement: Agreement, dossier: Dossier, holding: frozenset[str], stand_ins: dict[str, str]
) -> tuple[DutyState, ...]:
    """Return the duties that this dossier has now."""
    return tuple(
        DutyState(
            owed,
            acting_role(stand_ins, owed.duty.responsible),
            reason_of(owed.rule),
            dossier.settled.get(owed.key),
        )
        for owed in agreement.duties.values()
        if rule_names.rule(owed.rule.id) in holding
    )


def approval_states(
    agreement: Agreement, dossier: Dossier, effects: Effects, stand_ins: dict[str, str]
) -> tuple[ApprovalState, ...]:
    """Return the approvals that this dossier needs now."""
    states: dict[str, ApprovalState] = {}
    for rule, effect in effects:
        if isinstance(effect, Approve):
            key = rule_names.approval(rule.id, effect.role, effect.before)
            given = dossier.approvals.get(key)
            lapsed = given is not None and _changed_since(agreement, dossier, effect.before, given.version)
            states[key] = ApprovalState(
                key,
                effect.role,
                acting_role(stand_ins, effect.role),
                effect.before,
                reason_of(rule),
                given,
                lapsed,
            )
    return tuple(states.values())


def approved_fields(agreement: Agreement, milestone: str) -> frozenset[str]:
    """Return what is approved before a milestone: the fields of its phase, but for the one that marks the moment."""
    marks = agreement.milestones[milestone].field
    fields = agreement.dossier_form.fields
    phase = fields[marks].phase
    return frozenset(name for name, of in fields.items() if of.phase == phase and name != marks)


def _changed_since(agreement: Agreement, dossier: Dossier, milestone: str, version: int) -> bool:
    """Say whether what was approved is no longer what stands there."""
    letters = [one for one in agreement.correspondence.values() if one.reaches == milestone]
    # What sending the letter fills in comes after it was approved.
    filled = {name for one in letters for fills in (one.fills, *one.ways.values()) for name in fills}
    fields = approved_fields(agreement, milestone) - filled
    if any(dossier.changed.get(name, 0) > version for name in fields):
        return True
    # What goes out is what was approved, word for word.
    kept = {name: [one.sequence] for name, one in dossier.drafts.items()}
    for letter in dossier.letters:
        kept.setdefault(letter.content.letter, []).append(letter.draft)
    templates = agreement.correspondence
    return any(
        max(kept[name]) > version
        for name in kept
        if name in templates and templates[name].reaches == milestone
    )
