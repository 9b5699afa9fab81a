"""The type check of conditions: what cannot mean anything is found before it is ever evaluated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gehoor.core.conditions.facts import FactType, by_member, fits
from gehoor.core.conditions.model import (
    LISTS,
    OPERATORS,
    ORDERING,
    PRESENCE,
    ROW_COUNT,
    Comparison,
    Condition,
    Leaf,
    Operator,
    Quantified,
    Quantifier,
    leaves,
)
from gehoor.core.conditions.relative_dates import RelativeDate


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
    NO_DAY = "no-day"
    """The text is no date, no field, and no duration before or after a field."""
    NO_ROWS = "no-rows"
    """What is asked of rows can only be asked of a list of groups."""
    NEEDS_CALENDAR = "needs-calendar"
    """Working days and hours cannot be counted from a date without the calendar of an organisation."""


@dataclass(frozen=True, slots=True)
class ConditionTypeError:
    """What is wrong in a condition, and how. ``fact_type`` is None when the fact is unknown.

    What is wrong with what is asked of each row is about a member, and its ``fact_type`` is that of the member.
    """

    leaf: Leaf
    kind: ErrorKind
    fact_type: FactType | None


def type_errors(condition: Condition, fact_types: Mapping[str, FactType]) -> list[ConditionTypeError]:
    """Return what is wrong with what a condition asks, in its order; empty when all is well."""
    return [error for leaf in leaves(condition) for error in _errors(leaf, fact_types)]


def _errors(leaf: Leaf, fact_types: Mapping[str, FactType]) -> Iterator[ConditionTypeError]:
    fact_type = fact_types.get(leaf.fact)
    if isinstance(leaf, Quantified) and fact_type is FactType.GROUPS:
        yield from type_errors(leaf.part, _row_types(leaf, fact_types))
        return
    if fact_type is None:
        yield ConditionTypeError(leaf, ErrorKind.UNKNOWN_FACT, None)
        return
    kind = _error(leaf, fact_type, fact_types) if isinstance(leaf, Comparison) else ErrorKind.NO_ROWS
    if kind is not None:
        yield ConditionTypeError(leaf, kind, fact_type)


def _row_types(leaf: Quantified, fact_types: Mapping[str, FactType]) -> Mapping[str, FactType]:
    if leaf.quantifier is Quantifier.COUNT:
        return {ROW_COUNT: FactType.INTEGER}
    return by_member(fact_types, leaf.fact)


def _error(
    comparison: Comparison, fact_type: FactType, fact_types: Mapping[str, FactType]
) -> ErrorKind | None:
    if comparison.than is not None:
        return _error_between(comparison, comparison.than, fact_types)
    if comparison.operator not in OPERATORS[fact_type]:
        return ErrorKind.OPERATOR_NOT_ALLOWED
    if comparison.operator in PRESENCE:
        return None if comparison.operand is None else ErrorKind.SURPLUS_OPERAND
    if comparison.operand in (None, "", ()):
        return ErrorKind.EMPTY_OPERAND
    return None if _operand_fits(comparison, fact_type) else ErrorKind.WRONG_OPERAND


def _error_between(
    comparison: Comparison, than: RelativeDate, fact_types: Mapping[str, FactType]
) -> ErrorKind | None:
    if fact_types[comparison.fact] is not FactType.DATE or comparison.operator not in ORDERING:
        return ErrorKind.OPERATOR_NOT_ALLOWED
    if comparison.operand is not None:
        return ErrorKind.SURPLUS_OPERAND
    if than.fact not in fact_types:
        return ErrorKind.UNKNOWN_FACT
    if fact_types[than.fact] is not FactType.DATE:
        return ErrorKind.WRONG_OPERAND
    if not than.is_by_calendar:
        return ErrorKind.NEEDS_CALENDAR
    return None


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
