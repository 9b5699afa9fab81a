"""The heart: one pure function that says everything about a dossier at a moment.

Pages, API, sweep, what-if and tests all ask it, and nothing decides beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.decision.derived_values import with_derived
from gehoor.core.decision.effects import (
    approval_states,
    assigned_to,
    duty_states,
    flags_of,
    stand_ins_of,
    warnings_of,
)
from gehoor.core.decision.fields import (
    Effects,
    effects_of,
    field_states,
    milestone_states,
    phase_states,
    reason_of,
)
from gehoor.core.decision.model import FIRST_OCCURRENCE, ApprovalState, Decision, DueAction, acting_role
from gehoor.core.decision.moments import moment_facts, next_moment
from gehoor.core.decision.terms import late_facts, term_actions, term_states, with_responsible
from gehoor.core.dossier.dossier import Dossier, occurrence_key, register_facts
from gehoor.core.dossier.events import EventKind
from gehoor.core.forms.form import facts_of
from gehoor.core.rules import names as rule_names
from gehoor.core.rules.effects import Notify


def decide(agreement: Agreement, dossier: Dossier, now: datetime, engine: RuleEngine) -> Decision:
    """Decide on a dossier at ``now`` (an aware instant) under its agreement.

    The engine says which conditions hold: first those of rules that give a field its value, as all else builds on
    that; then those that terms depend on; then, as rules may ask which terms are late, all others; then the
    moments at which terms call for something. Raises ``RuleEngineError``.
    """
    known = register_facts(dossier)
    overlay = with_derived(agreement, dossier.values, engine, known)
    dossier = replace(dossier, values=overlay.values)
    facts = {**facts_of(agreement.dossier_form.fields, dossier.values), **known}
    holding = engine.fired(agreement.term_rules, facts)
    closed = any(m.closes and m.field in dossier.values for m in agreement.milestones.values())
    terms = term_states(agreement, dossier, now, holding, closed)
    holding |= engine.fired(agreement.rule_set, {**facts, **late_facts(terms)})
    seconds = moment_facts(terms.values(), now)
    if seconds:
        holding |= engine.fired(agreement.moment_rules, seconds)
    effects = effects_of(agreement, holding)
    stand_ins = stand_ins_of(effects)
    terms = with_responsible(terms, stand_ins)
    duties = duty_states(agreement, dossier, holding, stand_ins)
    approvals = approval_states(agreement, dossier, effects, stand_ins)
    fields = field_states(agreement, dossier, holding, overlay.given_by)
    milestones = milestone_states(agreement, dossier, fields, effects, (duties, approvals))
    due_actions = (
        *term_actions(terms, dossier, holding, stand_ins),
        *_notices(dossier, effects, stand_ins),
        *_asked(dossier, (state for state in approvals if not milestones[state.milestone].reached)),
    )
    return Decision(
        at=now,
        fired=holding,
        fields=fields,
        milestones=milestones,
        phases=phase_states(agreement, milestones, holding),
        terms=terms,
        values=dossier.values,
        derived={name: reason_of(rule) for name, rule in overlay.given_by.items()},
        duties=duties,
        approvals=approvals,
        assigned=assigned_to(effects),
        stand_ins=stand_ins,
        flags=flags_of(effects),
        warnings=warnings_of(effects),
        due_actions=due_actions,
        next_moment=next_moment(terms.values(), now),
        closed=closed,
    )


def _notices(dossier: Dossier, effects: Effects, stand_ins: Mapping[str, str]) -> list[DueAction]:
    found: dict[str, DueAction] = {}
    for rule, effect in effects:
        if isinstance(effect, Notify):
            key = rule_names.notice(rule.id, effect.role)
            if occurrence_key(key, FIRST_OCCURRENCE) not in dossier.fired:
                data = {"rule": rule.id, "told": effect.role}
                found[key] = DueAction(key, EventKind.NOTIFIED, data, acting_role(stand_ins, effect.role))
    return list(found.values())


def _asked(dossier: Dossier, approvals: Iterable[ApprovalState]) -> list[DueAction]:
    """Who is to approve is asked once, and once more each time that an approval lapsed."""
    found = []
    for state in approvals:
        if state.holds:
            continue
        occurrence = state.given.version if state.given else FIRST_OCCURRENCE
        data: dict[str, Any] = {
            "rule": state.reason.rule, "told": state.role, "milestone": state.milestone,
        }  # fmt: skip
        if occurrence != FIRST_OCCURRENCE:
            data["occurrence"] = occurrence
        key = rule_names.notice(f"{state.reason.rule}/{state.milestone}", state.role)
        if occurrence_key(key, occurrence) not in dossier.fired:
            found.append(DueAction(key, EventKind.APPROVAL_ASKED, data, state.role))
    return found
