"""Answers with which a condition holds are found for every kind of answer, those that it names first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gehoor.core.analysis.domains import Domain
from gehoor.core.analysis.witness import witnesses
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import All, AnyOf, Comparison, Condition, Not, Operator

CODES = frozenset({"boven", "beneden", "buiten"})
DOMAINS = {
    "where": Domain(FactType.TEXT, CODES),
    "several": Domain(FactType.CODES, CODES),
    "story": Domain(FactType.TEXT),
    "danger": Domain(FactType.BOOLEAN),
    "grade": Domain(FactType.INTEGER, minimum=Decimal(1), maximum=Decimal(5)),
    "amount": Domain(FactType.DECIMAL, minimum=Decimal(0)),
    "day": Domain(FactType.DATE),
}


def first(condition: Condition) -> Any:
    return next(iter(witnesses(condition, DOMAINS)), None)


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Comparison("where", Operator.IS, "boven"), {"where": "boven"}),
        (Comparison("several", Operator.CONTAINS, "buiten"), {"several": ["buiten"]}),
        (Comparison("several", Operator.ONE_OF, ("boven", "buiten")), {"several": ["boven"]}),
        (Comparison("story", Operator.FILLED), {"story": "..."}),
        (Comparison("story", Operator.CONTAINS, "val"), {"story": "val"}),
        (Comparison("danger", Operator.IS, True), {"danger": True}),
        (Comparison("grade", Operator.AT_LEAST, 4), {"grade": 4}),
        (Comparison("amount", Operator.IS, Decimal("2.5")), {"amount": 2.5}),
        (Comparison("day", Operator.IS, date(2026, 5, 4)), {"day": "2026-05-04"}),
        (
            All((Comparison("grade", Operator.MORE_THAN, 4), Not(Comparison("danger", Operator.IS, True)))),
            {"grade": 5, "danger": False},
        ),
    ],
    ids=str,
)
def test_what_a_condition_names_comes_first(condition: Condition, found: dict[str, Any]) -> None:
    assert first(condition) == found


def test_every_way_is_given_in_turn() -> None:
    either = AnyOf((Comparison("where", Operator.IS, "boven"), Comparison("where", Operator.IS, "buiten")))
    assert [one["where"] for one in witnesses(either, DOMAINS)] == ["boven", "buiten"]


@pytest.mark.parametrize(
    "condition",
    [
        All((Comparison("where", Operator.IS, "boven"), Comparison("where", Operator.IS, "buiten"))),
        Comparison("grade", Operator.MORE_THAN, 5),
        Comparison("unknown", Operator.FILLED),
        Comparison("grade", Operator.EMPTY),
    ],
    ids=str,
)
def test_where_no_answer_makes_it_hold_there_is_none(condition: Condition) -> None:
    assert first(condition) is None
