"""What conditions mean: the reference evaluator, case by case."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from gehoor.core.conditions.engine import RuleEngineError, RuleSet
from gehoor.core.conditions.evaluate import ReferenceEngine, holds
from gehoor.core.conditions.facts import FactType, fits, misfits, type_of
from gehoor.core.conditions.model import (
    OPERATORS,
    All,
    AnyOf,
    Comparison,
    Not,
    Operator,
    comparisons,
    fact_names,
)

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
YES = Comparison("x", Operator.FILLED)
NO = Comparison("x", Operator.EMPTY)
FACTS = {"x": True}


@pytest.mark.parametrize(
    ("operator", "operand", "actual", "expected"),
    [
        (Operator.IS, "ja", "ja", True),
        (Operator.IS, "ja", "Ja", False),
        (Operator.IS, "é", "e\u0301", False),
        (Operator.IS, False, False, True),
        (Operator.IS, Decimal("1.0"), Decimal("1.00"), True),
        (Operator.IS_NOT, "ja", "nee", True),
        (Operator.IS_NOT, "ja", "ja", False),
        (Operator.ONE_OF, ("a", "b"), "b", True),
        (Operator.ONE_OF, ("a", "b"), "c", False),
        (Operator.ONE_OF, (), "c", False),
        (Operator.NONE_OF, ("a", "b"), "c", True),
        (Operator.NONE_OF, ("a", "b"), "b", False),
        (Operator.ONE_OF, (1, 2), 2, True),
        (Operator.LESS_THAN, 5, 4, True),
        (Operator.LESS_THAN, 5, 5, False),
        (Operator.AT_MOST, Decimal("0.3"), Decimal("0.3"), True),
        (Operator.MORE_THAN, date(2026, 1, 1), date(2026, 1, 2), True),
        (Operator.MORE_THAN, date(2026, 1, 1), date(2026, 1, 1), False),
        (Operator.AT_LEAST, NOON, NOON, True),
        (Operator.AT_LEAST, NOON, NOON - timedelta(microseconds=1), False),
        (Operator.CONTAINS, "STRASSE", "Hauptstraße 3", True),
        (Operator.CONTAINS, "weg", "Hauptstraße 3", False),
        (Operator.FILLED, None, False, True),
        (Operator.EMPTY, None, 0, False),
    ],
)
def test_comparison_with_one_value(operator, operand, actual, expected):
    assert holds(Comparison("x", operator, operand), {"x": actual}) is expected


@pytest.mark.parametrize(
    ("operator", "operand", "actual", "expected"),
    [
        (Operator.IS, "a", ("a",), True),
        (Operator.IS, "a", ("a", "b"), False),
        (Operator.IS, ("a", "b"), ("b", "a", "a"), True),
        (Operator.IS_NOT, ("a", "b"), ("b", "a"), False),
        (Operator.IS_NOT, "a", ("a", "b"), True),
        (Operator.ONE_OF, ("a", "c"), ("a", "b"), True),
        (Operator.ONE_OF, ("c", "d"), ("a", "b"), False),
        (Operator.NONE_OF, ("c", "d"), ("a", "b"), True),
        (Operator.NONE_OF, ("b", "d"), ("a", "b"), False),
        (Operator.CONTAINS, "a", ("a", "b"), True),
        (Operator.CONTAINS, "A", ("a", "b"), False),
        (Operator.FILLED, None, ("a",), True),
    ],
)
def test_comparison_with_a_set_of_codes(operator, operand, actual, expected):
    assert holds(Comparison("x", operator, operand), {"x": actual}) is expected


@pytest.mark.parametrize("operator", sorted(Operator))
def test_absent_fact_holds_only_for_empty(operator):
    operand = {"one-of": (5,), "none-of": (5,), "filled": None, "empty": None}.get(operator, 5)
    assert holds(Comparison("x", operator, operand), {}) is (operator is Operator.EMPTY)


def test_negation_of_a_comparison_holds_on_an_absent_fact():
    assert holds(Not(Comparison("x", Operator.LESS_THAN, 5)), {})


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (All(()), True),
        (AnyOf(()), False),
        (Not(All(())), False),
        (Not(AnyOf(())), True),
        (All((YES, NO)), False),
        (All((YES, YES)), True),
        (AnyOf((NO, YES)), True),
        (AnyOf((NO, NO)), False),
        (Not(Not(YES)), True),
        (All((YES, AnyOf((NO, Not(NO))))), True),
    ],
)
def test_groups(condition, expected):
    assert holds(condition, FACTS) is expected


@pytest.mark.parametrize(
    "comparison",
    [
        Comparison("x", Operator.IS, 1),
        Comparison("x", Operator.IS),
        Comparison("x", Operator.LESS_THAN, True),
        Comparison("x", Operator.CONTAINS, "t"),
    ],
)
def test_meaningless_comparison_raises(comparison):
    with pytest.raises(TypeError, match="'x'"):
        holds(comparison, FACTS)


def test_list_that_is_no_list_raises():
    with pytest.raises(TypeError, match="'x'"):
        holds(Comparison("x", Operator.ONE_OF, 5), {"x": 5})


def test_value_that_is_no_fact_raises():
    with pytest.raises(TypeError, match="'x'"):
        holds(Comparison("x", Operator.IS, "a"), {"x": ["a"]})


def test_comparisons_come_in_written_order():
    first, second, third = (Comparison(name, Operator.FILLED) for name in "abc")
    assert list(comparisons(All((first, Not(AnyOf((second,))), third)))) == [first, second, third]


def test_fact_names_are_those_asked_about():
    assert fact_names(All((Comparison("a", Operator.FILLED), Not(Comparison("b", Operator.EMPTY))))) == {
        "a",
        "b",
    }


def test_every_fact_type_has_its_operators():
    assert set(OPERATORS) == set(FactType)


def test_every_operator_is_of_use_to_some_type():
    assert frozenset().union(*OPERATORS.values()) == set(Operator)


@pytest.mark.parametrize(
    ("value", "fact_type"),
    [
        (True, FactType.BOOLEAN),
        (1, FactType.INTEGER),
        (Decimal(1), FactType.DECIMAL),
        ("1", FactType.TEXT),
        (("1",), FactType.CODES),
        (date(2026, 1, 1), FactType.DATE),
        (NOON, FactType.INSTANT),
    ],
)
def test_each_value_fits_one_type_only(value, fact_type):
    assert [candidate for candidate in FactType if fits(value, candidate)] == [fact_type]


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        (),
        ("",),
        ("a", 1),
        1.5,
        ["a"],
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        datetime(2026, 1, 1),  # noqa: DTZ001
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1))),
    ],
)
def test_value_that_fits_nowhere(value):
    assert not any(fits(value, candidate) for candidate in FactType)


def test_other_python_types_are_no_facts():
    assert type_of(1.5) is None


def test_misfits_names_the_facts_of_the_wrong_type_among_those_asked():
    types = {"a": FactType.INTEGER, "b": FactType.INTEGER, "c": FactType.INTEGER}
    assert misfits({"a": "1", "b": 1, "c": "1"}, types, ["a", "b"]) == ("a",)


def test_reference_engine_returns_the_rules_that_hold():
    rules = RuleSet("k", {"yes": YES, "no": NO}, {"x": FactType.BOOLEAN})
    assert ReferenceEngine().fired(rules, FACTS) == {"yes"}


def test_reference_engine_refuses_a_fact_of_the_wrong_type():
    rules = RuleSet("k", {"yes": YES}, {"x": FactType.BOOLEAN})
    with pytest.raises(RuleEngineError, match="'x' is not of type boolean"):
        ReferenceEngine().fired(rules, {"x": 1})


def test_reference_engine_refuses_a_condition_of_the_wrong_type():
    rules = RuleSet("k", {"r": Comparison("x", Operator.IS, 1)}, {"x": FactType.BOOLEAN})
    with pytest.raises(RuleEngineError, match="rule 'r', fact 'x': wrong-operand"):
        ReferenceEngine().fired(rules, {})
