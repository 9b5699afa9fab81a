"""The examples in the files are tests of the agreement: what turns out otherwise stops publishing."""

from __future__ import annotations

from gehoor.core.agreement import Agreement
from gehoor.core.deciding_fields import effects_of
from gehoor.core.evaluate import ReferenceEngine
from gehoor.core.problems import Problem
from gehoor.core.rule_examples import example_facts
from gehoor.core.rules import Block, Notify, Require
from gehoor.loading.question_checks import question_problems, short
from gehoor.loading.sourced import Sourced


def example_problems(whole: Sourced, agreement: Agreement) -> list[Problem]:
    """Return the examples whose outcome is not the expected one."""
    return [*question_problems(whole, agreement), *_rule_examples(whole, agreement)]


def _rule_examples(whole: Sourced, agreement: Agreement) -> list[Problem]:
    problems = []
    for index, example in enumerate(whole.data.get("rule-examples") or ()):
        facts = example_facts(agreement, example["given"])
        holding = ReferenceEngine().fired(agreement.rule_set, facts)
        effects = [effect for _, effect in effects_of(agreement, holding)]
        actual = {
            "required": {effect.field for effect in effects if isinstance(effect, Require)},
            "notified": {effect.role for effect in effects if isinstance(effect, Notify)},
            "blocked": {effect.milestone for effect in effects if isinstance(effect, Block)},
        }
        for key, expected in example["expect"].items():
            # What is required is named, other rules may require more; who is told and what is blocked is exact.
            right = set(expected) <= actual[key] if key == "required" else set(expected) == actual[key]
            if not right:
                spot = whole.spot(("rule-examples", index, "expect", key))
                shown = {"expected": _listed(set(expected)), "actual": _listed(actual[key])}
                details = {"case": short(example["case"]), **shown}
                problems.append(Problem(spot.value, "voorbeeld-faalt", details))
    return problems


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "niets"
