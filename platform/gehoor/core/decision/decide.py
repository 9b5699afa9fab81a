"""The heart: one pure function that says everything about a dossier at a moment.

Pages, API, sweep, what-if and tests all ask it, and nothing decides beside it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.decision.derived_values import thawed, with_derived
from gehoor.core.decision.due_actions import approvals_asked, notices, term_actions
from gehoor.core.decision.fields import (
    effects_of,
    field_states,
    phase_states,
    reason_of,
)
from gehoor.core.decision.milestones import milestone_states
from gehoor.core.decision.model import Decision
from gehoor.core.decision.moments import moment_facts, next_moment
from gehoor.core.decision.onset import onsets
from gehoor.core.decision.standing_effects import (
    approval_states,
    assigned_to,
    duty_states,
    flags_of,
    handlers_of,
    stand_ins_of,
    warnings_of,
)
from gehoor.core.decision.terms import late_facts, term_states, with_responsible
from gehoor.core.dossier.dossier import Dossier, register_facts
from gehoor.core.forms.form import facts_of


def decide(agreement: Agreement, dossier: Dossier, now: datetime, engine: RuleEngine) -> Decision:
    """Decide on a dossier at ``now`` (an aware instant) under its agreement.

    The engine says which conditions hold: first those of rules that give a field its value, as all else builds on
    that; then those that terms depend on; then, as rules may ask which terms are late, all others; then the
    moments at which terms call for something. Of a dossier that was anonymised, it stands as it was decided then, and
    nothing is called for. Raises ``RuleEngineError``.
    """
    frozen = dossier.frozen
    known = register_facts(dossier)
    overlay = (
        with_derived(agreement, dossier.values, engine, known)
        if frozen is None
        else thawed(agreement, dossier)
    )
    dossier = replace(dossier, values=overlay.values)
    facts = {**facts_of(agreement.dossier_form.fields, dossier.values), **known}
    holding = engine.fired(agreement.term_rules, facts) if frozen is None else frozen.holding
    closed = any(m.closes and m.field in dossier.values for m in agreement.milestones.values())
    begun = onsets(agreement, dossier, now, holding, engine, known)
    terms = term_states(agreement, dossier, now, holding, (closed, begun))
    if frozen is None:
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
    milestones = milestone_states(agreement, dossier, fields, effects, (duties, approvals, terms), holding)
    due_actions = (
        ()
        if frozen is not None
        else (
            *term_actions(terms, dossier, now, holding, stand_ins),
            *notices(dossier, effects, stand_ins),
            # Also for what was reached before: what follows waits for it.
            *approvals_asked(dossier, () if closed else approvals),
        )
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
        handlers=handlers_of(effects),
        stand_ins=stand_ins,
        flags=flags_of(effects),
        warnings=warnings_of(effects),
        due_actions=due_actions,
        next_moment=None if frozen is not None else next_moment(terms.values(), now),
        closed=closed,
    )
