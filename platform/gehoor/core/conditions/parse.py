"""From canonical data to a condition tree, typed against the fields it asks about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from gehoor.core.conditions.facts import LATE_TERMS, FactType, FactValue, by_member
from gehoor.core.conditions.model import (
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
from gehoor.core.conditions.register_questions import REGISTER_KEYS, questions_in, register_comparisons
from gehoor.core.conditions.relative_dates import read_relative_date
from gehoor.core.conditions.type_check import ErrorKind, type_errors

GROUPS = ("any-of", "none-of", "all-of")
"""The keywords that hold conditions."""
LATE = "late"
"""The keyword with which a condition asks which terms are late."""

DAYS = {
    "earlier-than": Operator.LESS_THAN,
    "at-latest": Operator.AT_MOST,
    "later-than": Operator.MORE_THAN,
    "at-earliest": Operator.AT_LEAST,
}
"""The keywords that compare with a day: a date, a date in another field, or a day so long before or after it."""

QUANTIFIERS = frozenset(Quantifier)
"""The keywords that ask something of the rows of a list."""

_LIST_OPERATORS = {"any-of": Operator.ONE_OF, "none-of": Operator.NONE_OF}


class ConditionError(ValueError):
    """A condition that cannot mean anything: which fact, and what is wrong."""

    def __init__(self, fact: str, kind: ErrorKind, fact_type: FactType | None) -> None:
        super().__init__(f"{fact}: {kind}")
        self.fact, self.kind, self.fact_type = fact, kind, fact_type


def build_condition(data: Mapping[str, Any], fact_types: Mapping[str, FactType]) -> Condition:
    """Build a condition. Members of a group hold together (AND). Raises ``ConditionError``."""
    condition = _tree(data, fact_types)
    for error in type_errors(condition, {**fact_types, **register_types(data)}):
        raise ConditionError(error.leaf.fact, error.kind, error.fact_type)
    return condition


def register_types(data: Mapping[str, Any]) -> dict[str, FactType]:
    """Return the facts of what a condition asks of the register."""
    return {question.fact: FactType.INTEGER for question in questions_in(data, GROUPS)}


def _tree(data: Mapping[str, Any], types: Mapping[str, FactType]) -> Condition:
    parts: list[Condition] = []
    for key, value in data.items():
        if key in GROUPS:
            inner = tuple(_tree(part, types) for part in value)
            group: Condition = All(inner) if key == "all-of" else AnyOf(inner)
            parts.append(Not(group) if key == "none-of" else group)
        elif key in REGISTER_KEYS:
            parts += register_comparisons(value)
        elif key == LATE:
            parts.append(Comparison(LATE_TERMS, Operator.ONE_OF, late_terms(value)))
        else:
            parts += _asked(key, value, types)
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def late_terms(value: str | Sequence[str]) -> tuple[str, ...]:
    """Return the terms that are named where it says which are late: one, or a list."""
    return (value,) if isinstance(value, str) else tuple(value)


def _asked(fact: str, value: Any, types: Mapping[str, FactType]) -> list[Condition]:
    fact_type = types.get(fact)
    if isinstance(value, list):
        return [Comparison(fact, Operator.ONE_OF, tuple(_operand(one, fact_type) for one in value))]
    if not isinstance(value, Mapping):
        return [Comparison(fact, Operator.IS, _operand(value, fact_type))]
    return [
        _of_rows(fact, Quantifier(word), operand, types)
        if word in QUANTIFIERS
        else _operation(fact, word, operand, fact_type)
        for word, operand in value.items()
    ]


def _of_rows(fact: str, quantifier: Quantifier, part: Any, types: Mapping[str, FactType]) -> Quantified:
    if quantifier is Quantifier.COUNT:
        return Quantified(fact, quantifier, _tree({ROW_COUNT: part}, {ROW_COUNT: FactType.INTEGER}))
    return Quantified(fact, quantifier, _tree(part, by_member(types, fact)))


def _operation(fact: str, word: str, operand: Any, fact_type: FactType | None) -> Condition:
    if word == "filled":
        return Comparison(fact, Operator.FILLED if operand else Operator.EMPTY)
    if word in _LIST_OPERATORS:
        return Comparison(fact, _LIST_OPERATORS[word], tuple(_operand(one, fact_type) for one in operand))
    if word in DAYS:
        return _day(fact, DAYS[word], str(operand), fact_type)
    return Comparison(fact, Operator(word), _operand(operand, fact_type))


def _day(fact: str, operator: Operator, text: str, fact_type: FactType | None) -> Comparison:
    try:
        return Comparison(fact, operator, date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return Comparison(fact, operator, than=read_relative_date(text))
    except ValueError as error:
        raise ConditionError(fact, ErrorKind.NO_DAY, fact_type) from error


def _operand(value: Any, fact_type: FactType | None) -> FactValue:
    """Give an operand the type of its fact where the file can only hold text or a number."""
    try:
        match fact_type:
            case FactType.DATE if isinstance(value, str):
                return date.fromisoformat(value)
            case FactType.INSTANT if isinstance(value, str):
                return datetime.fromisoformat(value).astimezone(UTC)
            case FactType.DECIMAL if isinstance(value, (int, float)) and not isinstance(value, bool):
                return Decimal(str(value))
            case FactType.TEXT | FactType.CODES if isinstance(value, (int, Decimal)) and not isinstance(
                value, bool
            ):
                return str(value)
    except ValueError:
        pass
    checked: FactValue = value
    return checked
