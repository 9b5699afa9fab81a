"""The type check of conditions: what cannot mean anything is found before it is ever evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gehoor.core.conditions import LISTS, OPERATORS, PRESENCE, Comparison, Condition, Operator, comparisons
from gehoor.core.facts import FactType, fits


class ErrorKind(StrEnum):
    """What is wrong with a comparison."""

    UNKNOWN_FACT = "unknown-fact"
    OPERATOR_NOT_ALLOWED = "operator-not-allowed"
    """The operator makes no sense on a fact of this type."""
    EMPTY_OPERAND = "empty-operand"
    """No operand where there must be one, an empty text, or an empty list."""
    WRONG_OPERAND = "wrong-operand"
    """The operand, or one of the listed operands, is of another type than the fact."""
    SURPLUS_OPERAND = "surplus-operand"
    """An operand where there can be none."""


@dataclass(frozen=True, slots=True)
class ConditionTypeError:
    """One comparison that is wrong, and how. ``fact_type`` is None when the fact is unknown."""

    comparison: Comparison
    kind: ErrorKind
    fact_type: FactType | None


def type_errors(condition: Condition, fact_types: Mapping[str, FactType]) -> list[ConditionTypeError]:
    """Return what is wrong with the comparisons of a condition, in their order; empty when all is well."""
    return [
        ConditionTypeError(comparison, kind, fact_types.get(comparison.fact))
        for comparison in comparisons(condition)
        if (kind := _error(comparison, fact_types.get(comparison.fact))) is not None
    ]


def _error(comparison: Comparison, fact_type: FactType | None) -> ErrorKind | None:
    if fact_type is None:
        return ErrorKind.UNKNOWN_FACT
    if comparison.operator not in OPERATORS[fact_type]:
        return ErrorKind.OPERATOR_NOT_ALLOWED
    if comparison.operator in PRESENCE:
        return None if comparison.operand is None else ErrorKind.SURPLUS_OPERAND
    if comparison.operand in (None, "", ()):
        return ErrorKind.EMPTY_OPERAND
    return None if _operand_fits(comparison, fact_type) else ErrorKind.WRONG_OPERAND


def _operand_fits(comparison: Comparison, fact_type: FactType) -> bool:
    operand = comparison.operand
    if fact_type is FactType.CODES and comparison.operator is Operator.CONTAINS:
        return fits(operand, FactType.TEXT)
    if fact_type is FactType.CODES:
        # A set of one code may be written without the list, except where the operator asks for a list.
        alone = comparison.operator not in LISTS and fits(operand, FactType.TEXT)
        return alone or fits(operand, FactType.CODES)
    if comparison.operator in LISTS:
        return isinstance(operand, tuple) and all(fits(one, fact_type) for one in operand)
    return fits(operand, fact_type)
