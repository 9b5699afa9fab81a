"""The conditions of an agreement, gathered for the rule engine in the sets in which they are asked."""

from __future__ import annotations

from collections.abc import Mapping

from gehoor.core.agreement.course import Phase
from gehoor.core.agreement.terms import Term
from gehoor.core.conditions.engine import RuleSet
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import Comparison, Condition, Operator
from gehoor.core.forms.form import Form
from gehoor.core.letters.model import LetterTemplate
from gehoor.core.rules import names as rule_names
from gehoor.core.rules.rule import Rule


def rule_set(
    types: Mapping[str, FactType],
    forms: Mapping[str, Form],
    rules: Mapping[str, Rule],
    phases: Mapping[str, Phase],
    letters: Mapping[str, LetterTemplate],
) -> RuleSet:
    """Gather every condition under its name, but for those that terms depend on."""
    found: dict[str, Condition | None] = {
        rule_names.rule(name): rule.condition for name, rule in rules.items()
    }
    for form in forms.values():
        found |= {rule_names.shown(form.id, name): field.show_if for name, field in form.fields.items()}
        found |= {
            rule_names.at_least_one(form.id, i): item.condition for i, item in enumerate(form.at_least_one)
        }
    found |= {rule_names.phase_applies(name): phase.applies_if for name, phase in phases.items()}
    found |= {rule_names.letter_applies(name): letter.applies_if for name, letter in letters.items()}
    return _present(found, types)


def letter_rules(types: Mapping[str, FactType], letters: Mapping[str, LetterTemplate]) -> RuleSet:
    """Gather what decides on the passages of letters. It is asked when one is composed."""
    found = {
        rule_names.passage(name, index): passage.condition
        for name, letter in letters.items()
        for index, passage in enumerate(letter.passages)
    }
    return _present(found, types)


def term_rules(types: Mapping[str, FactType], terms: Mapping[str, Term]) -> RuleSet:
    """Gather what decides whether there is a term and when it begins. It is asked first: rules may ask which terms are
    late."""
    found = {rule_names.term_applies(name): term.applies_if for name, term in terms.items()}
    found |= {rule_names.term_begins(name): term.begins_if for name, term in terms.items()}
    found |= {rule_names.start_days(name): term.start_days_if for name, term in terms.items()}
    found |= {rule_names.term_not_needed(name): term.not_needed_if for name, term in terms.items()}
    return _present(found, types)


def _present(found: Mapping[str, Condition | None], types: Mapping[str, FactType]) -> RuleSet:
    conditions = {name: condition for name, condition in found.items() if condition is not None}
    return RuleSet.of(conditions, types)


def moment_rules(terms: Mapping[str, Term]) -> RuleSet:
    """A moment has come when the seconds since then are no longer below zero."""
    names = [name for term in terms.values() for name in moment_names(term)]
    conditions = {name: Comparison(name, Operator.AT_LEAST, 0) for name in names}
    return RuleSet.of(conditions, dict.fromkeys(names, FactType.INTEGER))


def moment_names(term: Term) -> list[str]:
    """Name the moments at which a term calls for something: its reminders and its levels of lateness."""
    reminders = [rule_names.reminder(term.id, index) for index in range(len(term.reminders))]
    return [*reminders, *(rule_names.late(term.id, level.level) for level in term.levels)]
