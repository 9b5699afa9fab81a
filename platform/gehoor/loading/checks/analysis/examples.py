"""The examples in the files are tests of the agreement: what turns out otherwise stops publishing."""

from __future__ import annotations

from collections.abc import Iterable

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.evaluate import ReferenceEngine
from gehoor.core.decision.fields import effects_of
from gehoor.core.decision.rule_examples import example_facts, example_values
from gehoor.core.forms.fields import StoredValue
from gehoor.core.rules.effects import Approve, Assign, Block, Duty, Effect, Flag, Notify, Require
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.analysis.questions import short
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced


def example_problems(whole: Sourced, agreement: Agreement) -> list[Problem]:
    """Return the examples of rules whose outcome is not the expected one."""
    problems = []
    for index, example in enumerate(whole.data.get("rule-examples") or ()):
        overlay = example_values(agreement, example["given"], ReferenceEngine())
        facts = example_facts(agreement, example["given"], overlay)
        holding = ReferenceEngine().fired(agreement.rule_set, facts)
        actual = _outcomes([effect for _, effect in effects_of(agreement, holding)])
        for key, names in example["expect"].items():
            if key == "derived":
                # Rules may give more values than the example is about.
                expected = {_set_to(name, value) for name, value in names.items()}
                found = {_set_to(name, overlay.values[name]) for name in overlay.given_by if name in names}
            else:
                expected, found = set(names), actual[key]
            right = expected <= found if key in _NAMED else expected == found
            if not right:
                spot = whole.spot(("rule-examples", index, "expect", key))
                shown = {"expected": _listed(expected), "actual": _listed(found)}
                details = {"case": short(example["case"]), **shown}
                problems.append(Problem(spot.value, "voorbeeld-faalt", details))
    return problems


_NAMED = ("required", "duties")
"""Of these an example names what matters to it, as other rules may ask more. All else is exact."""


def _outcomes(effects: Iterable[Effect]) -> dict[str, set[str]]:
    found = list(effects)
    return {
        "required": {effect.field for effect in found if isinstance(effect, Require)},
        "notified": {effect.role for effect in found if isinstance(effect, Notify)},
        "blocked": {effect.milestone for effect in found if isinstance(effect, Block)},
        "flagged": {effect.text for effect in found if isinstance(effect, Flag)},
        "assigned": {effect.role for effect in found if isinstance(effect, Assign)},
        "duties": {effect.name for effect in found if isinstance(effect, Duty)},
        "approved-by": {effect.role for effect in found if isinstance(effect, Approve)},
    }


def _set_to(name: str, value: StoredValue) -> str:
    shown = ", ".join(map(str, value)) if isinstance(value, list) else value
    return f"{name}: {shown}"


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "niets"


CHECK = Check(Pass.ANALYSIS, ("voorbeeld-faalt",), lambda on: example_problems(on.whole, on.agreement))
