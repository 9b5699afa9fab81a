"""What will be asked before a milestone once other answers are there: told before somebody meets it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gehoor.core.agreement.model import Agreement
from gehoor.core.analysis.field_visibility import asked_when
from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import Facts
from gehoor.core.conditions.model import All, AnyOf, Condition, Leaf, fact_names
from gehoor.core.conditions.three_valued import outcome
from gehoor.core.decision.model import Decision
from gehoor.core.decision.terms import late_facts
from gehoor.core.dossier.dossier import Dossier, register_facts
from gehoor.core.forms.form import facts_of
from gehoor.core.rules.effects import Require


@dataclass(frozen=True, slots=True)
class AskedLater:
    """A field that may be asked, and the fields without an answer on which that hangs, in the order of the form."""

    field: str
    hangs_on: tuple[str, ...]


def asked_later(
    agreement: Agreement, dossier: Dossier, decision: Decision, milestone: str, unanswered: Collection[str]
) -> tuple[AskedLater, ...]:
    """Return what is not asked before a milestone now, and can be by what is answered to the fields that are
    ``unanswered``: nothing else changes meanwhile. In the order of the form."""
    fields = agreement.dossier_form.fields
    facts = {
        **facts_of(fields, decision.values),
        **register_facts(dossier),
        **late_facts(decision.terms),
    }
    found = []
    for name, condition in _asking(agreement).get(milestone, {}).items():
        asked = any(one.milestone == milestone for one in decision.fields[name].requirements)
        if asked or name in decision.values or name in decision.derived:
            continue
        if hangs(condition, facts, unanswered):
            asks = fact_names(condition)
            hangs_on = tuple(one for one in fields if one in asks and one in unanswered)
            found.append(AskedLater(name, hangs_on))
    return tuple(found)


@lru_cache(maxsize=64)
def _asking(agreement: Agreement) -> Mapping[str, Mapping[str, Condition]]:
    """Return for each milestone the fields that can be asked before it, and when."""
    fields, when = agreement.dossier_form.fields, asked_when(agreement)
    asking: dict[str, dict[str, list[Condition]]] = {}
    for rule in agreement.rules.values():
        for effect in rule.effects:
            if isinstance(effect, Require):
                phase = agreement.phases.get(fields[effect.field].phase)
                before = effect.before or (phase.done_at if phase else "")
                asking.setdefault(before, {}).setdefault(effect.field, []).append(rule.condition)
    for of in fields.values():
        if of.required_before:
            asking.setdefault(of.required_before, {}).setdefault(of.id, []).append(All(()))
    return {
        milestone: {name: All((*when[name], AnyOf(tuple(asked[name])))) for name in fields if name in asked}
        for milestone, asked in asking.items()
    }


def hangs(condition: Condition, facts: Facts, unknown: Collection[str]) -> bool:
    """Say whether it hangs on facts that are not known yet, whether a condition holds."""

    def of(leaf: Leaf) -> bool | None:
        return holds(leaf, facts) if fact_names(leaf).isdisjoint(unknown) else None

    return outcome(condition, of) is None
