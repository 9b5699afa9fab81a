"""The type check finds every comparison that cannot mean anything."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import All, AnyOf, Comparison, Not, Operator
from gehoor.core.conditions.type_check import ConditionTypeError, ErrorKind, type_errors

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
# A fact of each type, by the name of the type.
TYPES = {str(fact_type): fact_type for fact_type in FactType}


@pytest.mark.parametrize(
    "comparison",
    [
        Comparison("boolean", Operator.IS, True),
        Comparison("integer", Operator.AT_MOST, 5),
        Comparison("integer", Operator.ONE_OF, (5, 6)),
        Comparison("decimal", Operator.MORE_THAN, Decimal("0.5")),
        Comparison("text", Operator.CONTAINS, "a"),
        Comparison("text", Operator.NONE_OF, ("a",)),
        Comparison("codes", Operator.IS, "a"),
        Comparison("codes", Operator.IS_NOT, ("a", "b")),
        Comparison("codes", Operator.CONTAINS, "a"),
        Comparison("codes", Operator.ONE_OF, ("a",)),
        Comparison("codes", Operator.EMPTY),
        Comparison("date", Operator.AT_LEAST, date(2026, 1, 1)),
        Comparison("instant", Operator.LESS_THAN, NOON),
        Comparison("instant", Operator.FILLED),
    ],
)
def test_comparison_that_fits(comparison):
    assert type_errors(comparison, TYPES) == []


@pytest.mark.parametrize(
    ("comparison", "kind"),
    [
        (Comparison("boolean", Operator.LESS_THAN, True), ErrorKind.OPERATOR_NOT_ALLOWED),
        (Comparison("boolean", Operator.ONE_OF, (True,)), ErrorKind.OPERATOR_NOT_ALLOWED),
        (Comparison("integer", Operator.CONTAINS, 5), ErrorKind.OPERATOR_NOT_ALLOWED),
        (Comparison("text", Operator.LESS_THAN, "a"), ErrorKind.OPERATOR_NOT_ALLOWED),
        (Comparison("codes", Operator.AT_LEAST, ("a",)), ErrorKind.OPERATOR_NOT_ALLOWED),
        (Comparison("boolean", Operator.IS, 1), ErrorKind.WRONG_OPERAND),
        (Comparison("integer", Operator.IS, True), ErrorKind.WRONG_OPERAND),
        (Comparison("integer", Operator.IS, "5"), ErrorKind.WRONG_OPERAND),
        (Comparison("integer", Operator.IS, (5,)), ErrorKind.WRONG_OPERAND),
        (Comparison("integer", Operator.ONE_OF, 5), ErrorKind.WRONG_OPERAND),
        (Comparison("integer", Operator.ONE_OF, (5, "6")), ErrorKind.WRONG_OPERAND),
        (Comparison("decimal", Operator.IS, 5), ErrorKind.WRONG_OPERAND),
        (Comparison("decimal", Operator.IS, Decimal("NaN")), ErrorKind.WRONG_OPERAND),
        (Comparison("text", Operator.IS, ("a",)), ErrorKind.WRONG_OPERAND),
        (Comparison("text", Operator.ONE_OF, "a"), ErrorKind.WRONG_OPERAND),
        (Comparison("codes", Operator.ONE_OF, "a"), ErrorKind.WRONG_OPERAND),
        (Comparison("codes", Operator.CONTAINS, ("a",)), ErrorKind.WRONG_OPERAND),
        (Comparison("date", Operator.IS, NOON), ErrorKind.WRONG_OPERAND),
        (Comparison("instant", Operator.IS, date(2026, 1, 1)), ErrorKind.WRONG_OPERAND),
        (Comparison("text", Operator.ONE_OF, ()), ErrorKind.EMPTY_OPERAND),
        (Comparison("text", Operator.NONE_OF, ()), ErrorKind.EMPTY_OPERAND),
        (Comparison("text", Operator.IS, ""), ErrorKind.EMPTY_OPERAND),
        (Comparison("integer", Operator.IS), ErrorKind.EMPTY_OPERAND),
        (Comparison("text", Operator.FILLED, "a"), ErrorKind.SURPLUS_OPERAND),
    ],
)
def test_comparison_that_does_not_fit(comparison, kind):
    assert type_errors(comparison, TYPES) == [ConditionTypeError(comparison, kind, TYPES[comparison.fact])]


def test_unknown_fact_has_no_type():
    comparison = Comparison("colour", Operator.IS, "red")
    assert type_errors(comparison, TYPES) == [ConditionTypeError(comparison, ErrorKind.UNKNOWN_FACT, None)]


def test_errors_come_in_written_order():
    first = Comparison("boolean", Operator.IS, 1)
    second = Comparison("colour", Operator.FILLED)
    condition = All((first, Comparison("text", Operator.FILLED), AnyOf((Not(second),))))
    assert [error.leaf for error in type_errors(condition, TYPES)] == [first, second]
