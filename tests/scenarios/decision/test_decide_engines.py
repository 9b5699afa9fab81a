"""The rule engine and the reference decide alike, on whatever dossier."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.adapters.durable.engine import DurableRuleEngine
from gehoor.core.conditions.evaluate import ReferenceEngine
from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.forms.fields import Field
from tests.support.clock import at
from tests.support.de_linde import QuickEngine, agreement

DURABLE = DurableRuleEngine()
FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 364).map(lambda days: FIRST + timedelta(days))
WORDS = st.sampled_from(["a", "ja", "Peeters", "klacht", "é\n🙂", " "])


def answers_to(field: Field) -> st.SearchStrategy[Any]:
    codes = st.sampled_from([choice.code for choice in field.choices] or ["?"])
    row = st.fixed_dictionaries({}, optional={name: answers_to(of) for name, of in field.members.items()})
    return {
        "groups": st.lists(row.filter(bool), min_size=1, max_size=3),
        "choice": codes,
        "choices": st.lists(codes, min_size=1, max_size=3, unique=True),
        "boolean": st.booleans(),
        "integer": st.integers(1, 5),
        "decimal": st.sampled_from(["0", "12.50", "1000000"]),
        "date": DAYS.map(date.isoformat),
        "time": st.sampled_from(["00:00", "14:30", "23:59"]),
        "instant": DAYS.map(lambda day: f"{day}T14:30:00+01:00"),
    }.get(field.kind, WORDS)


# What conditions, terms and phases ask about comes often; the rest may be there too.
ASKED = sorted(
    {
        name
        for name in agreement().dossier_form.fields
        for rules in (agreement().rule_set, agreement().term_rules)
        if any(name in str(c) for c in rules.conditions.values())
    }
    | {milestone.field for milestone in agreement().milestones.values()}
)
FIELDS = agreement().dossier_form.fields
VALUES = st.fixed_dictionaries({}, optional={name: answers_to(FIELDS[name]) for name in ASKED})


@given(VALUES, DAYS, st.booleans())
@settings(max_examples=150)
def test_durable_rules_and_the_reference_decide_alike(
    values: dict[str, Any], day: date, closed: bool
) -> None:
    values = {"ontvangstdatum": "2026-05-12", **values}
    if not closed:
        values.pop("afgesloten_op", None)
    dossier, now = Dossier("d", values=values), at(f"{day} 09:00")
    expected = decide(agreement(), dossier, now, ReferenceEngine())
    assert decide(agreement(), dossier, now, DURABLE) == expected
    assert decide(agreement(), dossier, now, QuickEngine()) == expected, "what other tests use"


@pytest.mark.soak
@given(VALUES, DAYS)
@settings(max_examples=10_000)
def test_durable_rules_and_the_reference_decide_alike_at_length(values: dict[str, Any], day: date) -> None:
    dossier, now = Dossier("d", values=values), at(f"{day} 09:00")
    assert decide(agreement(), dossier, now, DURABLE) == decide(agreement(), dossier, now, ReferenceEngine())


def test_the_dossiers_above_touch_every_condition() -> None:
    assert len(ASKED) > 20
    assert {field.kind for name, field in FIELDS.items() if name in ASKED} >= {
        "choice",
        "choices",
        "date",
        "boolean",
        "instant",
        "groups",
    }
