"""The reference meaning of conditions: slow engines and fast engines are right when they agree with this."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gehoor.core.conditions.engine import RuleEngineError, RuleSet
from gehoor.core.conditions.facts import Facts, FactValue, Row, misfits, type_of
from gehoor.core.conditions.model import (
    OPERATORS,
    ROW_COUNT,
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Operator,
    Quantified,
    Quantifier,
)

_ORDER: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.LESS_THAN: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.MORE_THAN: operator.gt,
    Operator.AT_LEAST: operator.ge,
}


def holds(condition: Condition, facts: Facts) -> bool:
    """Say whether a condition holds on these facts.

    Raises ``TypeError`` for a comparison that ``type_check.type_errors`` would have refused.
    """
    match condition:
        case Comparison():
            return compare(settled(condition, facts), facts.get(condition.fact))
        case Quantified():
            return _quantified(condition, facts)
        case All(parts):
            return all(holds(part, facts) for part in parts)
        case AnyOf(parts):
            return any(holds(part, facts) for part in parts)
        case Not(part):
            return not holds(part, facts)


def _quantified(condition: Quantified, facts: Facts) -> bool:
    rows = rows_of(condition, facts)
    if condition.quantifier is Quantifier.COUNT:
        return holds(condition.part, {ROW_COUNT: len(rows)})
    held = [holds(condition.part, row) for row in rows]
    match condition.quantifier:
        case Quantifier.SOME:
            return any(held)
        case Quantifier.EVERY:
            return bool(held) and all(held)
        case _:
            return bool(held) and not any(held)


def rows_of(condition: Quantified, facts: Facts) -> tuple[Row, ...]:
    """Return the rows that a condition asks about; none when the list has no answer.

    Raises ``TypeError`` when the fact is no list of rows.
    """
    value = facts.get(condition.fact, ())
    if not isinstance(value, tuple) or not all(isinstance(row, Row) for row in value):
        raise TypeError(f"the fact {condition.fact!r} has no rows")
    return tuple(row for row in value if isinstance(row, Row))


def settled(comparison: Comparison, facts: Facts) -> Comparison | None:
    """Return the comparison with the day it compares with worked out; None when that day is not known.

    Raises ``TypeError`` as ``RelativeDate.on`` does.
    """
    if comparison.than is None:
        return comparison
    day = comparison.than.on(facts)
    return None if day is None else Comparison(comparison.fact, comparison.operator, day)


def compare(comparison: Comparison | None, actual: FactValue | None) -> bool:
    """Say whether a comparison holds when its fact has the value ``actual``; None stands for no answer.

    Without a comparison there is nothing to compare with, and that never holds.

    Raises ``TypeError`` when the operator or its operand does not go with the type of the value.
    """
    if comparison is None:
        return False
    if comparison.operator is Operator.EMPTY:
        return actual is None
    if actual is None:
        return False
    if comparison.operator is Operator.FILLED:
        return True
    fact_type = type_of(actual)
    if fact_type is None or comparison.operator not in OPERATORS[fact_type]:
        raise _unsound(comparison)
    if isinstance(actual, tuple):
        return _compare_codes(comparison, frozenset(actual))
    return _compare_single(comparison, actual)


def _compare_single(comparison: Comparison, actual: FactValue) -> bool:
    operand = comparison.operand
    match comparison.operator:
        case Operator.ONE_OF | Operator.NONE_OF:
            found = any(_same_type(comparison, actual, one) == actual for one in _listed(comparison))
            return found is (comparison.operator is Operator.ONE_OF)
        case Operator.IS:
            return _same_type(comparison, actual, operand) == actual
        case Operator.IS_NOT:
            return _same_type(comparison, actual, operand) != actual
        case Operator.CONTAINS:
            return str(_same_type(comparison, actual, operand)).casefold() in str(actual).casefold()
        case _:
            return _ORDER[comparison.operator](actual, _same_type(comparison, actual, operand))


def _compare_codes(comparison: Comparison, actual: frozenset[FactValue]) -> bool:
    asked = frozenset(_listed(comparison))
    match comparison.operator:
        case Operator.IS:
            return actual == asked
        case Operator.IS_NOT:
            return actual != asked
        case Operator.NONE_OF:
            return not actual & asked
        case _:
            return bool(actual & asked)


def _listed(comparison: Comparison) -> tuple[FactValue, ...]:
    """Return the values of an operand: those of a tuple, or the one text that stands for a set of one."""
    match comparison.operand:
        case tuple() as several:
            return several
        case str() as single:
            return (single,)
        case _:
            raise _unsound(comparison)


def _same_type(comparison: Comparison, actual: FactValue, operand: FactValue | None) -> FactValue:
    if operand is None or type_of(operand) is not type_of(actual):
        raise _unsound(comparison)
    return operand


def _unsound(comparison: Comparison) -> TypeError:
    return TypeError(
        f"'{comparison.operator}' on the fact {comparison.fact!r} compares what cannot be compared"
    )


def refuse_unsound_rules(rules: RuleSet) -> None:
    """Raise ``RuleEngineError`` when a condition of the set does not go with the types of its facts."""
    if rules.unsound:
        raise RuleEngineError(rules.unsound[0])


def refuse_misfits(rules: RuleSet, facts: Facts, names: Iterable[str]) -> None:
    """Raise ``RuleEngineError`` when a fact of that name has a value of another type.

    The message names the facts and never a value: values are personal data.
    """
    if wrong := misfits(facts, rules.fact_types, names):
        expected = ", ".join(f"{name!r} is not of type {rules.fact_types[name]}" for name in sorted(wrong))
        raise RuleEngineError(f"facts of the wrong type: {expected}")


class ReferenceEngine:
    """The rule engine port by way of ``holds``: for tests, and to compare another engine with."""

    def fired(self, rules: RuleSet, facts: Facts) -> frozenset[str]:
        """Return the ids of the rules whose condition holds. Raises ``RuleEngineError`` on wrong types."""
        refuse_unsound_rules(rules)
        refuse_misfits(rules, facts, rules.asked)
        return frozenset(
            rule_id for rule_id, condition in rules.conditions.items() if holds(condition, facts)
        )
