"""Two rules that give one field two values, or one part to two roles, in one and the same case."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from gehoor.core.agreement.model import Agreement
from gehoor.core.analysis.satisfiability import Judge
from gehoor.core.rules.effects import Assign, Derive
from gehoor.core.text.problems import Problem
from gehoor.core.wording.registry import DUTCH
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.effect_places import effect_path
from gehoor.loading.merge.located_document import Sourced


def conflict_problems(whole: Sourced, agreement: Agreement, judge: Judge) -> Iterator[Problem]:
    """Yield each pair of rules that can fire together and then contradict each other; rows of one table do not."""
    found = [
        (rule, place, effect)
        for rule in agreement.rules.values()
        for place, effect in enumerate(rule.effects)
        if isinstance(effect, (Derive, Assign))
    ]
    for (one, _, first), (other, place, second) in combinations(found, 2):
        same_table = one.table and one.table == other.table
        if (same_table and one is not other) or not _contradict(first, second):
            continue
        if judge.possible(one.condition, other.condition):
            details = {
                "other": one.table or one.id,
                "first": _said(agreement, first),
                "second": _said(agreement, second),
            }
            yield Problem(whole.spot(effect_path(whole.data, other, place)).key, "twee-waarden", details)


def _contradict(first: Derive | Assign, second: Derive | Assign) -> bool:
    if isinstance(first, Derive) and isinstance(second, Derive):
        return first.field == second.field and first.value != second.value
    if isinstance(first, Assign) and isinstance(second, Assign):
        return first.instead_of == second.instead_of and first.role != second.role
    return False


def _said(agreement: Agreement, effect: Derive | Assign) -> str:
    if isinstance(effect, Assign):
        return DUTCH.agreements.role(agreement, effect.role)
    return DUTCH.agreements.outcome(agreement, effect.field, effect.value)


CHECK = Check(
    Pass.ANALYSIS, ("twee-waarden",), lambda on: conflict_problems(on.whole, on.agreement, on.judge)
)
