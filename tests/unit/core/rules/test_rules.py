"""Effects of rules: each word of the files has one meaning, and each meaning a word."""

from __future__ import annotations

import pytest

from gehoor.core.conditions.calculations import read_calculation
from gehoor.core.rules.effects import (
    EFFECTS,
    Approve,
    Assign,
    Block,
    Derive,
    Duty,
    Effect,
    Flag,
    Handlers,
    Hide,
    Notify,
    Require,
    SameAs,
    Show,
    Warn,
    effect_from,
)
from gehoor.loading.keywords.meta_schemas import meta_schema

EXAMPLES = {
    "require": ({"require": "ernst", "before": "antwoord"}, Require("ernst", "antwoord")),
    "block": ({"block": "antwoord"}, Block("antwoord")),
    "notify": ({"notify": "directeur"}, Notify("directeur")),
    "show": ({"show": "ernst"}, Show("ernst")),
    "hide": ({"hide": "ernst"}, Hide("ernst")),
    "warn": ({"warn": "Kijk na."}, Warn("Kijk na.")),
    "flag": ({"flag": "Ernstig"}, Flag("Ernstig")),
    "derive": ({"derive": "klasse", "value": "hoog"}, Derive("klasse", "hoog")),
    "assign": ({"assign": "directeur", "instead-of": "hoofd"}, Assign("directeur", "hoofd")),
    "handlers": ({"handlers": 2, "before": "antwoord"}, Handlers(2, "antwoord")),
    "duty": (
        {"duty": "Bellen", "responsible": "hoofd", "within": "2 working-days", "from": "ontvangst"},
        Duty("Bellen", "hoofd", "", "2 working-days"),
    ),
    "approval": ({"approval": "directeur", "before": "antwoord"}, Approve("directeur", "antwoord")),
}


def test_the_files_and_the_registry_know_the_same_effects() -> None:
    effect = meta_schema("common")["$defs"]["effect"]
    keywords = {option["required"][0] for option in effect["oneOf"]}
    assert keywords == set(EFFECTS) == set(EXAMPLES)
    companions = {key for kind in EFFECTS.values() for key in (*kind.allows, *sum(kind.needs, ()))}
    assert set(effect["properties"]) == keywords | companions


@pytest.mark.parametrize("keyword", EXAMPLES)
def test_an_effect_is_built(keyword: str) -> None:
    data, built = EXAMPLES[keyword]
    assert effect_from(data) == built


def test_every_effect_there_is_can_be_written() -> None:
    assert {type(built) for _, built in EXAMPLES.values()} == set(Effect.__args__)


def test_what_is_required_may_leave_open_before_when() -> None:
    assert effect_from({"require": "ernst"}) == Require("ernst", "")


def test_a_value_is_taken_over_or_worked_out() -> None:
    assert effect_from({"derive": "a", "same-as": "b"}) == Derive("a", SameAs("b"))
    assert effect_from({"derive": "a", "calculate": "b x 2"}) == Derive("a", read_calculation("b x 2"))
