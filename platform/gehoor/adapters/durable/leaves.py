"""The translation of conditions to formulas: one place that knows every operator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gehoor.adapters.durable.formula import Check, Every, Formula, Relation, Some, opposite
from gehoor.adapters.durable.inputs import ABSENT, YES, Computed, Scale
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import (
    LISTS,
    PRESENCE,
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Operator,
    Quantified,
    comparisons,
)

MAX_LISTED = 12
"""The longest list the engine compares with one by one: a longer one would become as many paths."""

_RELATIONS: Mapping[Operator, Relation] = {
    Operator.IS: Relation.EQUAL,
    Operator.IS_NOT: Relation.DIFFERENT,
    Operator.LESS_THAN: Relation.BELOW,
    Operator.AT_MOST: Relation.UP_TO,
    Operator.MORE_THAN: Relation.ABOVE,
    Operator.AT_LEAST: Relation.FROM,
}

# An absent fact lies below every mark, so only these relations need the question whether it is there at all.
_TRUE_WHEN_ABSENT = frozenset({Relation.DIFFERENT, Relation.BELOW, Relation.UP_TO})


class Translator:
    """Translates the conditions of one rule set, all against the same scales."""

    def __init__(self, conditions: Mapping[str, Condition], fact_types: Mapping[str, FactType]) -> None:
        self._fact_types = fact_types
        marks: dict[str, set[Any]] = {}
        for condition in conditions.values():
            for comparison in comparisons(condition):
                marks.setdefault(comparison.fact, set()).update(self._marks(comparison))
        self._scales = {fact: Scale(fact, tuple(sorted(values))) for fact, values in marks.items()}

    def formula(self, condition: Condition) -> Formula:
        """Return the formula of a condition that has passed the type check."""
        match condition:
            case Comparison():
                return self._leaf(condition)
            case Quantified():
                # The rows of a list are no single value that the engine could compare.
                return computed(condition)
            case Not(part):
                return opposite(self.formula(part))
            case All(parts):
                return Every(tuple(map(self.formula, parts)))
            case AnyOf(parts):
                return Some(tuple(map(self.formula, parts)))

    def _leaf(self, comparison: Comparison) -> Formula:
        if self._is_computed(comparison):
            return computed(comparison)
        scale = self._scales[comparison.fact]
        filled = Check(scale, Relation.ABOVE, ABSENT)
        match comparison.operator:
            case Operator.FILLED:
                return filled
            case Operator.EMPTY:
                return opposite(filled)
            case Operator.ONE_OF | Operator.NONE_OF:
                among = Some(tuple(Check(scale, Relation.EQUAL, at) for at in self._positions(comparison)))
                return among if comparison.operator is Operator.ONE_OF else Every((filled, opposite(among)))
            case _:
                (position,) = self._positions(comparison)
                check = Check(scale, _RELATIONS[comparison.operator], position)
                return Every((filled, check)) if check.relation in _TRUE_WHEN_ABSENT else check

    def _positions(self, comparison: Comparison) -> list[int]:
        scale = self._scales[comparison.fact]
        return sorted(scale.position_of(mark) for mark in self._marks(comparison))

    def _marks(self, comparison: Comparison) -> set[Any]:
        if comparison.operator in PRESENCE or self._is_computed(comparison):
            return set()
        operand: Any = comparison.operand
        return set(operand) if comparison.operator in LISTS else {operand}

    def _is_computed(self, comparison: Comparison) -> bool:
        """Say whether the engine cannot ask this itself: sets of codes, parts of texts, long lists, other fields."""
        if comparison.operator in PRESENCE:
            return False
        if comparison.than is not None:
            return True
        if self._fact_types[comparison.fact] is FactType.CODES or comparison.operator is Operator.CONTAINS:
            return True
        return isinstance(comparison.operand, tuple) and len(comparison.operand) > MAX_LISTED


def computed(condition: Condition) -> Formula:
    """Return the formula for a condition that Python evaluates and the engine takes as a fact."""
    return Check(Computed(condition), Relation.EQUAL, YES)
