"""The values that rules give: laid over the answers, and gone again when the rule no longer fires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.calculations import Calculation
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.conditions.facts import Facts, FactValue
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.forms.fields import StoredValue
from gehoor.core.forms.form import facts_of
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.rules.effects import Derive, SameAs
from gehoor.core.rules.rule import Rule

NOTHING_FOUND: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Overlay:
    """Answers with the values that rules give laid over them, and which rule gave which."""

    values: Mapping[str, StoredValue]
    given_by: Mapping[str, Rule]


def with_derived(
    agreement: Agreement,
    values: Mapping[str, StoredValue],
    engine: RuleEngine,
    register: Mapping[str, int] = NOTHING_FOUND,
) -> Overlay:
    """Work out what rules say of these answers. ``register``: what it gave, by fact. Raises ``RuleEngineError``."""
    known, given_by = dict(values), dict[str, Rule]()
    for stage in agreement.derivations:
        facts = {**facts_of(agreement.dossier_form.fields, known), **register}
        holding = engine.fired(stage.rule_set, facts)
        for rule, effect in stage.derivations:
            if rule.id in holding and effect.field not in given_by:
                value = _value(agreement, effect, known, facts)
                if value is not None:
                    known[effect.field] = value
                    given_by[effect.field] = rule
    return Overlay(known, given_by)


def thawed(agreement: Agreement, dossier: Dossier) -> Overlay:
    """Return what rules said of the answers of a dossier when it was anonymised."""
    if dossier.frozen is None:
        raise ValueError(dossier.id)
    given_by = {
        field: agreement.rules[rule]
        for field, rule in dossier.frozen.given_by.items()
        if rule in agreement.rules
    }
    return Overlay({**dossier.values, **dossier.frozen.values}, given_by)


def facts_with_derived(
    agreement: Agreement, values: Mapping[str, StoredValue], engine: RuleEngine
) -> dict[str, FactValue]:
    """Return the facts of these answers, and of the values that rules give with them."""
    return facts_of(agreement.dossier_form.fields, with_derived(agreement, values, engine).values)


def _value(
    agreement: Agreement, effect: Derive, values: Mapping[str, StoredValue], facts: Facts
) -> StoredValue | None:
    if isinstance(effect.value, SameAs):
        return values.get(effect.value.field)
    given = effect.value.result(facts) if isinstance(effect.value, Calculation) else effect.value
    if given is None:
        return None
    of = agreement.dossier_form.fields[effect.field]
    try:
        return of.type.read(list(given) if isinstance(given, tuple) else given, of, ZoneInfo("UTC"))
    except UnreadableError:
        # A product can be longer than any number that fits in the field.
        return None
