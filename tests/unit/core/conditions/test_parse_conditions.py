"""From what stands in a file to a condition, typed against the fields it asks about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.conditions.facts import LATE_TERMS, FactType
from gehoor.core.conditions.model import All, AnyOf, Comparison, Condition, Not, Operator
from gehoor.core.conditions.parse import ConditionError, build_condition
from gehoor.core.conditions.relative_dates import RelativeDate
from gehoor.core.conditions.type_check import ErrorKind

TYPES = {
    "anoniem": FactType.BOOLEAN,
    "ernst": FactType.INTEGER,
    "bedrag": FactType.DECIMAL,
    "soort": FactType.TEXT,
    "drager": FactType.CODES,
    "dag": FactType.DATE,
    "einde": FactType.DATE,
    LATE_TERMS: FactType.CODES,
    "moment": FactType.INSTANT,
}
ANONYMOUS = Comparison("anoniem", Operator.IS, True)
SERIOUS = Comparison("ernst", Operator.AT_LEAST, 4)


@pytest.mark.parametrize(
    ("data", "condition"),
    [
        ({"anoniem": True}, ANONYMOUS),
        ({"soort": ["klacht", "melding"]}, Comparison("soort", Operator.ONE_OF, ("klacht", "melding"))),
        ({"ernst": {"at-least": 4}}, SERIOUS),
        ({"ernst": {"filled": True}}, Comparison("ernst", Operator.FILLED)),
        ({"ernst": {"filled": False}}, Comparison("ernst", Operator.EMPTY)),
        ({"soort": {"none-of": ["klacht"]}}, Comparison("soort", Operator.NONE_OF, ("klacht",))),
        ({"soort": {"any-of": ["klacht"]}}, Comparison("soort", Operator.ONE_OF, ("klacht",))),
        ({"drager": {"contains": "brief"}}, Comparison("drager", Operator.CONTAINS, "brief")),
        ({"dag": "2026-03-27"}, Comparison("dag", Operator.IS, date(2026, 3, 27))),
        ({"dag": {"at-most": "2026-03-27"}}, Comparison("dag", Operator.AT_MOST, date(2026, 3, 27))),
        (
            {"moment": {"less-than": "2026-03-27T09:00:00+01:00"}},
            Comparison("moment", Operator.LESS_THAN, datetime(2026, 3, 27, 8, tzinfo=UTC)),
        ),
        ({"bedrag": {"more-than": 100}}, Comparison("bedrag", Operator.MORE_THAN, Decimal(100))),
        ({"bedrag": 0.1}, Comparison("bedrag", Operator.IS, Decimal("0.1"))),
        ({"dag": {"earlier-than": "2026-03-27"}}, Comparison("dag", Operator.LESS_THAN, date(2026, 3, 27))),
        (
            {"dag": {"earlier-than": "1 years before einde"}},
            Comparison("dag", Operator.LESS_THAN, than=RelativeDate("einde", Duration(1, Unit.YEARS), True)),
        ),
        (
            {"dag": {"at-latest": "2 weeks after einde"}},
            Comparison("dag", Operator.AT_MOST, than=RelativeDate("einde", Duration(2, Unit.WEEKS))),
        ),
        ({"dag": {"later-than": "einde"}}, Comparison("dag", Operator.MORE_THAN, than=RelativeDate("einde"))),
        ({"dag": {"at-earliest": "einde"}}, Comparison("dag", Operator.AT_LEAST, than=RelativeDate("einde"))),
        ({"late": "antwoord"}, Comparison(LATE_TERMS, Operator.ONE_OF, ("antwoord",))),
        ({"late": ["a", "b"]}, Comparison(LATE_TERMS, Operator.ONE_OF, ("a", "b"))),
        ({"soort": 5}, Comparison("soort", Operator.IS, "5")),
        ({"anoniem": True, "ernst": {"at-least": 4}}, All((ANONYMOUS, SERIOUS))),
        (
            {"ernst": {"at-least": 4, "less-than": 5}},
            All((SERIOUS, Comparison("ernst", Operator.LESS_THAN, 5))),
        ),
        ({"any-of": [{"anoniem": True}, {"ernst": {"at-least": 4}}]}, AnyOf((ANONYMOUS, SERIOUS))),
        ({"none-of": [{"anoniem": True}, {"ernst": {"at-least": 4}}]}, Not(AnyOf((ANONYMOUS, SERIOUS)))),
        ({"all-of": [{"anoniem": True}, {"ernst": {"at-least": 4}}]}, All((ANONYMOUS, SERIOUS))),
        (
            {"anoniem": True, "any-of": [{"none-of": [{"anoniem": True}]}]},
            All((ANONYMOUS, AnyOf((Not(AnyOf((ANONYMOUS,))),)))),
        ),
    ],
)
def test_a_condition_is_built(data: dict[str, Any], condition: Condition) -> None:
    assert build_condition(data, TYPES) == condition


@pytest.mark.parametrize(
    ("data", "fact", "kind"),
    [
        ({"schoenmaat": 43}, "schoenmaat", ErrorKind.UNKNOWN_FACT),
        ({"anoniem": {"at-least": 1}}, "anoniem", ErrorKind.OPERATOR_NOT_ALLOWED),
        ({"ernst": {"contains": "4"}}, "ernst", ErrorKind.OPERATOR_NOT_ALLOWED),
        ({"ernst": "ernstig"}, "ernst", ErrorKind.WRONG_OPERAND),
        ({"ernst": True}, "ernst", ErrorKind.WRONG_OPERAND),
        ({"anoniem": "ja"}, "anoniem", ErrorKind.WRONG_OPERAND),
        ({"dag": "morgen"}, "dag", ErrorKind.WRONG_OPERAND),
        ({"moment": "2026-02-30T00:00:00Z"}, "moment", ErrorKind.WRONG_OPERAND),
        ({"soort": []}, "soort", ErrorKind.EMPTY_OPERAND),
        ({"soort": ""}, "soort", ErrorKind.EMPTY_OPERAND),
        ({"dag": {"later-than": "ooit eens"}}, "dag", ErrorKind.NO_DAY),
        ({"dag": {"later-than": "1 jaar voor einde"}}, "dag", ErrorKind.NO_DAY),
        ({"dag": {"later-than": "schoenmaat"}}, "dag", ErrorKind.UNKNOWN_FACT),
        ({"dag": {"later-than": "moment"}}, "dag", ErrorKind.WRONG_OPERAND),
        ({"dag": {"later-than": "5 working-days after einde"}}, "dag", ErrorKind.NEEDS_CALENDAR),
        ({"moment": {"later-than": "einde"}}, "moment", ErrorKind.OPERATOR_NOT_ALLOWED),
        ({"moment": {"later-than": "2026-03-27"}}, "moment", ErrorKind.WRONG_OPERAND),
        ({"any-of": [{"anoniem": True}, {"ernst": "x"}]}, "ernst", ErrorKind.WRONG_OPERAND),
    ],
)
def test_a_condition_that_cannot_mean_anything_is_refused(
    data: dict[str, Any], fact: str, kind: ErrorKind
) -> None:
    with pytest.raises(ConditionError) as refusal:
        build_condition(data, TYPES)
    assert (refusal.value.fact, refusal.value.kind, refusal.value.fact_type) == (fact, kind, TYPES.get(fact))
