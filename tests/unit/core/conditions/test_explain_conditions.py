"""Explanations hold what mattered to an outcome, and nothing else."""

import pytest

from gehoor.core.conditions.explain import Explanation, Reason, explain
from gehoor.core.conditions.model import All, AnyOf, Comparison, Not, Operator

FACTS = {"days": 40, "kind": "noise"}
LATE = Comparison("days", Operator.MORE_THAN, 30)
EARLY = Comparison("days", Operator.LESS_THAN, 10)
NOISE = Comparison("kind", Operator.IS, "noise")
SMELL = Comparison("kind", Operator.IS, "smell")
GONE = Comparison("contact", Operator.FILLED)


def asked(condition):
    return [reason.leaf for reason in explain(condition, FACTS).reasons]


def test_comparison_is_explained_by_the_actual_value():
    assert explain(LATE, FACTS) == Explanation(True, (Reason(LATE, 40, True),))


def test_absent_fact_has_no_actual_value():
    assert explain(GONE, FACTS) == Explanation(False, (Reason(GONE, None, False),))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (All((LATE, NOISE)), [LATE, NOISE]),
        (All((LATE, SMELL, EARLY)), [SMELL, EARLY]),
        (AnyOf((EARLY, NOISE, LATE)), [NOISE, LATE]),
        (AnyOf((EARLY, SMELL)), [EARLY, SMELL]),
        (Not(All((LATE, SMELL))), [SMELL]),
        (All((LATE, AnyOf((SMELL, NOISE)))), [LATE, NOISE]),
        (AnyOf((All((LATE, SMELL)), All((LATE, NOISE)))), [LATE, NOISE]),
        (All((Not(EARLY), Not(Not(SMELL)))), [SMELL]),
    ],
)
def test_only_what_mattered_is_a_reason(condition, expected):
    assert asked(condition) == expected


def test_same_comparison_is_one_reason():
    assert asked(All((LATE, All((LATE, NOISE))))) == [LATE, NOISE]


@pytest.mark.parametrize(
    ("condition", "outcome"), [(All(()), True), (AnyOf(()), False), (Not(All(())), False)]
)
def test_outcome_that_depends_on_no_fact_has_no_reasons(condition, outcome):
    assert explain(condition, FACTS) == Explanation(outcome, ())


def test_reason_under_a_negation_keeps_its_own_outcome():
    assert explain(Not(EARLY), FACTS) == Explanation(True, (Reason(EARLY, 40, False),))
