"""Conditions over the rows of a list: what they mean, what cannot mean anything, and why they held."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gehoor.core.conditions.engine import RuleEngineError, RuleSet
from gehoor.core.conditions.evaluate import ReferenceEngine, holds
from gehoor.core.conditions.facts import FactType, Row
from gehoor.core.conditions.model import (
    ROW_COUNT,
    All,
    Comparison,
    Condition,
    Not,
    Operator,
    Quantified,
    Quantifier,
    comparisons,
    fact_names,
    leaves,
)
from gehoor.core.conditions.parse import ConditionError, build_condition
from gehoor.core.conditions.type_check import ErrorKind, type_errors

TYPES = {
    "delen": FactType.GROUPS,
    "delen.oordeel": FactType.TEXT,
    "delen.ernst": FactType.INTEGER,
    "delen.van": FactType.DATE,
    "delen.tot": FactType.DATE,
    "delen.weg": FactType.BOOLEAN,
    "ernst": FactType.INTEGER,
}
GOOD, BAD, EMPTY_ROW = Row({"oordeel": "gegrond"}), Row({"oordeel": "ongegrond"}), Row({"ernst": 1})
FOUNDED = Comparison("oordeel", Operator.IS, "gegrond")


def asks(quantifier: str, part: Any) -> Condition:
    return build_condition({"delen": {quantifier: part}}, TYPES)


@pytest.mark.parametrize(
    ("rows", "some", "every", "none"),
    [
        ((), False, False, False),
        ((GOOD,), True, True, False),
        ((GOOD, GOOD), True, True, False),
        ((GOOD, BAD), True, False, False),
        ((BAD,), False, False, True),
        ((EMPTY_ROW,), False, False, True),
        ((GOOD, EMPTY_ROW), True, False, False),
    ],
)
def test_some_every_and_no_row(rows: tuple[Row, ...], some: bool, every: bool, none: bool) -> None:
    facts = {"delen": rows} if rows else {}
    assert holds(asks("some", {"oordeel": "gegrond"}), facts) is some
    assert holds(asks("every", {"oordeel": "gegrond"}), facts) is every
    assert holds(asks("none", {"oordeel": "gegrond"}), facts) is none


@pytest.mark.parametrize(
    ("count", "holding"),
    [
        (2, [2]),
        ({"is": 0}, [0]),
        ({"is-not": 2}, [0, 1, 3]),
        ({"at-least": 2}, [2, 3]),
        ({"more-than": 2}, [3]),
        ({"at-most": 1}, [0, 1]),
        ({"less-than": 1}, [0]),
        ({"at-least": 1, "at-most": 2}, [1, 2]),
    ],
)
def test_the_number_of_rows_is_compared_and_an_empty_list_has_none(count: Any, holding: list[int]) -> None:
    condition = asks("count", count)
    seen = [n for n in range(4) if holds(condition, {"delen": (GOOD,) * n} if n else {})]
    assert seen == holding


def test_several_things_are_asked_of_the_same_row() -> None:
    condition = asks("some", {"oordeel": "gegrond", "ernst": {"at-least": 4}})
    assert not holds(condition, {"delen": (GOOD, Row({"ernst": 5}))})
    assert holds(condition, {"delen": (BAD, Row({"oordeel": "gegrond", "ernst": 5}))})


def test_days_in_a_row_are_compared_with_each_other() -> None:
    condition = asks("some", {"tot": {"earlier-than": "van"}})
    assert holds(condition, {"delen": (Row({"van": date(2026, 3, 2), "tot": date(2026, 3, 1)}),)})
    assert not holds(condition, {"delen": (Row({"van": date(2026, 3, 1)}),)})


def test_groups_of_conditions_hold_within_a_row() -> None:
    condition = asks(
        "every", {"any-of": [{"oordeel": "gegrond"}, {"none-of": [{"ernst": {"filled": True}}]}]}
    )
    assert holds(condition, {"delen": (GOOD, BAD)})
    assert not holds(condition, {"delen": (GOOD, EMPTY_ROW)})


def test_rows_are_asked_beside_the_rest() -> None:
    data = {"ernst": 4, "delen": {"filled": True, "count": {"at-least": 2}, "some": {"weg": True}}}
    condition = build_condition(data, TYPES)
    assert fact_names(condition) == {"ernst", "delen"}
    assert [leaf.fact for leaf in leaves(condition)] == ["ernst", "delen", "delen", "delen"]
    assert [leaf.fact for leaf in comparisons(condition)] == ["ernst", "delen"]
    assert holds(condition, {"ernst": 4, "delen": (GOOD, Row({"weg": True}))})


@pytest.mark.parametrize(
    ("data", "fact", "kind"),
    [
        ({"ernst": {"some": {"oordeel": "gegrond"}}}, "ernst", ErrorKind.NO_ROWS),
        ({"ernst": {"count": 1}}, "ernst", ErrorKind.NO_ROWS),
        ({"kleur": {"every": {"oordeel": "gegrond"}}}, "kleur", ErrorKind.UNKNOWN_FACT),
        ({"delen": "gegrond"}, "delen", ErrorKind.OPERATOR_NOT_ALLOWED),
        ({"delen": {"at-least": 2}}, "delen", ErrorKind.OPERATOR_NOT_ALLOWED),
        ({"delen": {"contains": "gegrond"}}, "delen", ErrorKind.OPERATOR_NOT_ALLOWED),
        ({"delen": {"some": {"kleur": "rood"}}}, "kleur", ErrorKind.UNKNOWN_FACT),
        ({"delen": {"some": {"late": "antwoord"}}}, "late terms", ErrorKind.UNKNOWN_FACT),
        ({"delen": {"some": {"ernst": {"contains": 4}}}}, "ernst", ErrorKind.OPERATOR_NOT_ALLOWED),
        ({"delen": {"every": {"weg": "ja"}}}, "weg", ErrorKind.WRONG_OPERAND),
        ({"delen": {"every": {"tot": {"later-than": "ontvangst"}}}}, "tot", ErrorKind.UNKNOWN_FACT),
        ({"delen": {"some": {"delen": {"count": 1}}}}, "delen", ErrorKind.UNKNOWN_FACT),
    ],
)
def test_what_cannot_mean_anything_is_refused(data: Any, fact: str, kind: ErrorKind) -> None:
    with pytest.raises(ConditionError) as refused:
        build_condition(data, TYPES)
    assert (refused.value.fact, refused.value.kind) == (fact, kind)


def test_every_slip_in_what_is_asked_of_rows_is_found() -> None:
    wrong = Comparison("ernst", Operator.IS, "veel")
    condition = Not(
        All((Quantified("delen", Quantifier.SOME, wrong), Quantified("ernst", Quantifier.NONE, FOUNDED)))
    )
    assert [(error.leaf.fact, error.kind, error.fact_type) for error in type_errors(condition, TYPES)] == [
        ("ernst", ErrorKind.WRONG_OPERAND, FactType.INTEGER),
        ("ernst", ErrorKind.NO_ROWS, FactType.INTEGER),
    ]


def test_what_is_no_list_has_no_rows() -> None:
    with pytest.raises(TypeError, match="delen"):
        holds(Quantified("delen", Quantifier.SOME, FOUNDED), {"delen": ("gegrond",)})


@pytest.mark.parametrize(
    "rows", [("gegrond",), (Row({"oordeel": 5}),), (Row({"kleur": "rood"}),), (GOOD, "gegrond"), 5]
)
def test_rows_that_do_not_fit_are_refused_before_anything_is_asked(rows: Any) -> None:
    rules = RuleSet("regels", {"een": asks("some", {"oordeel": "gegrond"})}, TYPES)
    with pytest.raises(RuleEngineError, match="delen"):
        ReferenceEngine().fired(rules, {"delen": rows})


def test_the_count_is_about_one_fact_only() -> None:
    condition = asks("count", {"at-least": 2})
    assert isinstance(condition, Quantified)
    assert condition.part == Comparison(ROW_COUNT, Operator.AT_LEAST, 2)
