"""What is not answered yet: one rule for every comparison, and what is turned around by "not"."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import (
    LISTS,
    OPERATORS,
    PRESENCE,
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Operator,
    Quantified,
    Quantifier,
)
from gehoor.core.conditions.unanswered import hinges_on_silence

KIND_IS = Comparison("kind", Operator.IS, "complaint")
GRAVITY = Comparison("gravity", Operator.AT_LEAST, 4)
EMPTY = Comparison("kind", Operator.EMPTY)

_OPERANDS = {
    FactType.BOOLEAN: True,
    FactType.INTEGER: 1,
    FactType.DECIMAL: Decimal(1),
    FactType.TEXT: "a",
    FactType.CODES: ("a",),
}


@pytest.mark.parametrize(
    ("fact_type", "operator"),
    [(kind, word) for kind in _OPERANDS for word in sorted(OPERATORS[kind])],
)
def test_of_an_empty_field_only_empty_holds(fact_type: FactType, operator: Operator) -> None:
    operand = None if operator in PRESENCE else _OPERANDS[fact_type]
    if operator in LISTS and not isinstance(operand, tuple):
        operand = (operand,)
    assert holds(Comparison("x", operator, operand), {}) is (operator is Operator.EMPTY)


def test_what_holds_by_no_answer_alone_hinges_on_silence() -> None:
    assert hinges_on_silence(Not(KIND_IS)) == ("kind",)
    assert hinges_on_silence(Not(AnyOf((KIND_IS, GRAVITY)))) == ("kind", "gravity")


def test_what_speaks_of_emptiness_itself_does_not() -> None:
    assert hinges_on_silence(AnyOf((EMPTY, Not(KIND_IS)))) == ()
    assert hinges_on_silence(Not(Comparison("kind", Operator.FILLED))) == ()


def test_what_asks_for_an_answer_beside_it_does_not_hold_of_silence() -> None:
    assert hinges_on_silence(All((Not(KIND_IS), Comparison("kind", Operator.FILLED)))) == ()
    assert hinges_on_silence(All((Not(KIND_IS), GRAVITY))) == ()


def test_no_yes_is_no_surprise() -> None:
    assert hinges_on_silence(Not(Comparison("danger", Operator.IS, True))) == ()
    assert hinges_on_silence(Not(Comparison("danger", Operator.IS, False))) == ("danger",)


def test_no_row_is_so_where_there_are_no_rows() -> None:
    assert hinges_on_silence(Not(Quantified("parts", Quantifier.SOME, KIND_IS))) == ()
    assert hinges_on_silence(Not(Quantified("parts", Quantifier.EVERY, KIND_IS))) == ("parts",)


def test_what_is_always_answered_is_never_silent() -> None:
    assert hinges_on_silence(Not(KIND_IS), lambda fact: fact == "kind") == ()


_COMPARED = st.builds(
    Comparison, st.sampled_from("abc"), st.sampled_from([Operator.IS, Operator.IS_NOT]), st.sampled_from("xy")
)
_ABOUT_EMPTINESS = st.builds(Comparison, st.sampled_from("abc"), st.sampled_from(sorted(PRESENCE)))
_ANSWERS = st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz"))


def _of(leaves: st.SearchStrategy[Comparison]) -> st.SearchStrategy[Condition]:
    return st.recursive(
        leaves,
        lambda inner: (
            st.builds(Not, inner)
            | st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts)))
            | st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
        ),
        max_leaves=6,
    )


@given(_of(_COMPARED | _ABOUT_EMPTINESS))
def test_only_what_holds_of_silence_hinges_on_it(condition: Condition) -> None:
    assert not hinges_on_silence(condition) or holds(condition, {})


@given(_of(_COMPARED), _ANSWERS)
def test_what_speaks_of_answers_only_and_holds_of_silence_hinges_on_it_or_always_holds(
    condition: Condition, answers: dict[str, str]
) -> None:
    if holds(condition, {}) and not hinges_on_silence(condition):
        assert holds(condition, dict(answers))
