"""Why a condition held or did not, as data; the words are chosen where they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from gehoor.core.conditions.evaluate import compare, holds, rows_of, settled
from gehoor.core.conditions.facts import Facts, FactValue
from gehoor.core.conditions.model import All, AnyOf, Comparison, Condition, Leaf, Not, Quantified, Quantifier


@dataclass(frozen=True, slots=True)
class Reason:
    """What mattered: what was asked, the value found (None: none), and whether it held.

    ``asked``: the day worked out from another field (None: that has no answer, or is not what was asked).
    ``rows``: of what is asked of rows, the rows (counted from 1) that brought the outcome about.
    """

    leaf: Leaf
    actual: FactValue | None
    outcome: bool
    asked: FactValue | None = None
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The outcome of a condition and the comparisons that brought it about, in the order of the condition.

    Without reasons the outcome does not depend on any fact.
    """

    outcome: bool
    reasons: tuple[Reason, ...]


def explain(condition: Condition, facts: Facts) -> Explanation:
    """Explain a condition on these facts: the same outcome as ``holds``, and only what mattered.

    Raises ``TypeError`` for a comparison that ``check_conditions.type_errors`` would have refused.
    """
    match condition:
        case Comparison():
            actual = facts.get(condition.fact)
            known = settled(condition, facts)
            outcome = compare(known, actual)
            asked = known.operand if known is not None and condition.than is not None else None
            return Explanation(outcome, (Reason(condition, actual, outcome, asked),))
        case Quantified():
            return _explain_rows(condition, facts)
        case Not(part):
            inner = explain(part, facts)
            return Explanation(not inner.outcome, inner.reasons)
        case All(parts):
            explained = [explain(part, facts) for part in parts]
            return _group(all(part.outcome for part in explained), explained)
        case AnyOf(parts):
            explained = [explain(part, facts) for part in parts]
            return _group(any(part.outcome for part in explained), explained)


def _explain_rows(condition: Quantified, facts: Facts) -> Explanation:
    outcome = holds(condition, facts)
    rows = rows_of(condition, facts)
    # The rows that are as the part says make SOME hold and NONE fail; the others make EVERY fail.
    deciding = {Quantifier.SOME: True, Quantifier.NONE: True, Quantifier.EVERY: False}
    wanted = deciding.get(condition.quantifier)
    numbers = (
        n for n, row in enumerate(rows, 1) if wanted is not None and holds(condition.part, row) is wanted
    )
    reason = Reason(condition, facts.get(condition.fact), outcome, rows=tuple(numbers))
    return Explanation(outcome, (reason,))


def _group(outcome: bool, parts: list[Explanation]) -> Explanation:
    # The parts that share the outcome of their group are exactly those that caused it: all parts of an All
    # that holds, the failing parts of one that fails, and the mirror image for AnyOf.
    reasons = (reason for part in parts if part.outcome is outcome for reason in part.reasons)
    return Explanation(outcome, tuple(dict.fromkeys(reasons)))
