"""The facts of an example in the files: what is given, what rules make of it, and which terms it says are late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.conditions.facts import LATE_TERMS, FactValue
from gehoor.core.conditions.parse import LATE, late_terms
from gehoor.core.conditions.register_questions import EARLIER, REGISTER_KEYS, SIMILAR
from gehoor.core.decision.derived_values import Overlay, with_derived
from gehoor.core.forms.form import facts_of

NO_FIELDS = (LATE, *REGISTER_KEYS)
"""What an example gives beside answers to fields."""


def _register(agreement: Agreement, given: Mapping[str, Any]) -> dict[str, int]:
    """Every question about the same person, or about similar messages, gets the number that the example gives."""
    return {
        fact: given[SIMILAR if question.same else EARLIER]
        for fact, question in agreement.register_questions.items()
        if (SIMILAR if question.same else EARLIER) in given
    }


def example_values(agreement: Agreement, given: Mapping[str, Any], engine: RuleEngine) -> Overlay:
    """Return the answers that an example gives, with the values that rules give laid over them."""
    answers = {name: value for name, value in given.items() if name not in NO_FIELDS}
    return with_derived(agreement, answers, engine, _register(agreement, given))


def example_facts(agreement: Agreement, given: Mapping[str, Any], values: Overlay) -> dict[str, FactValue]:
    """Return the facts that the rules are asked about for what an example gives."""
    facts = {**facts_of(agreement.dossier_form.fields, values.values), **_register(agreement, given)}
    return {**facts, LATE_TERMS: late_terms(given[LATE])} if LATE in given else facts
