"""The heart: one pure function that says everything about a dossier at a moment.

Pages, API, sweep, what-if and tests all ask it, and nothing decides beside it.
"""

from __future__ import annotations

from datetime import datetime

from gehoor.core import rule_names
from gehoor.core.agreement import Agreement
from gehoor.core.deciding_fields import (
    effects_of,
    field_states,
    milestone_states,
    phase_states,
    warnings_of,
)
from gehoor.core.deciding_terms import late_facts, moment_facts, next_moment, term_firings, term_states
from gehoor.core.decision import FIRST_OCCURRENCE, Decision, Firing
from gehoor.core.dossier import Dossier, occurrence_key
from gehoor.core.engine import RuleEngine
from gehoor.core.events import EventKind
from gehoor.core.forms import facts_of
from gehoor.core.rules import Notify


def decide(agreement: Agreement, dossier: Dossier, now: datetime, engine: RuleEngine) -> Decision:
    """Decide on a dossier at ``now`` (an aware instant) under its agreement.

    The engine says which conditions hold: first those that terms depend on; then, as rules may ask which terms
    are late, all others; then the moments at which terms call for something. Raises ``RuleEngineError``.
    """
    facts = facts_of(agreement.dossier_form.fields, dossier.values)
    holding = engine.fired(agreement.term_rules, facts)
    closed = any(m.closes and m.field in dossier.values for m in agreement.milestones.values())
    terms = term_states(agreement, dossier, now, holding, closed)
    holding |= engine.fired(agreement.rule_set, {**facts, **late_facts(terms)})
    seconds = moment_facts(terms.values(), now)
    if seconds:
        holding |= engine.fired(agreement.moment_rules, seconds)
    fields = field_states(agreement, dossier, holding)
    milestones = milestone_states(agreement, dossier, fields, holding)
    firings = (*term_firings(terms, dossier, holding), *_notices(agreement, dossier, holding))
    return Decision(
        at=now,
        fired=holding,
        fields=fields,
        milestones=milestones,
        phases=phase_states(agreement, milestones, holding),
        terms=terms,
        warnings=warnings_of(agreement, holding),
        firings=firings,
        next_moment=next_moment(terms.values(), now),
        closed=closed,
    )


def _notices(agreement: Agreement, dossier: Dossier, holding: frozenset[str]) -> list[Firing]:
    found: dict[str, Firing] = {}
    for rule, effect in effects_of(agreement, holding):
        if isinstance(effect, Notify):
            key = rule_names.notice(rule.id, effect.role)
            if occurrence_key(key, FIRST_OCCURRENCE) not in dossier.fired:
                found[key] = Firing(
                    key, EventKind.NOTIFIED, {"rule": rule.id, "told": effect.role}, effect.role
                )
    return list(found.values())
