"""Effects of rules: each word of the files has one meaning, and each meaning a word."""

from __future__ import annotations

import pytest

from gehoor.core.rules import EFFECTS, Block, Effect, Hide, Notify, Require, Show, Warn, effect_from
from gehoor.loading.meta_schemas import meta_schema

EXAMPLES = {
    "require": ({"require": "ernst", "before": "antwoord"}, Require("ernst", "antwoord")),
    "block": ({"block": "antwoord"}, Block("antwoord")),
    "notify": ({"notify": "directeur"}, Notify("directeur")),
    "show": ({"show": "ernst"}, Show("ernst")),
    "hide": ({"hide": "ernst"}, Hide("ernst")),
    "warn": ({"warn": "Kijk na."}, Warn("Kijk na.")),
}


def test_the_files_and_the_registry_know_the_same_effects() -> None:
    effect = meta_schema("common")["$defs"]["effect"]
    keywords = {option["required"][0] for option in effect["oneOf"]}
    assert keywords == set(EFFECTS) == set(EXAMPLES)
    assert set(effect["properties"]) == keywords | {"before"}


@pytest.mark.parametrize("keyword", EXAMPLES)
def test_an_effect_is_built(keyword: str) -> None:
    data, built = EXAMPLES[keyword]
    assert effect_from(data) == built


def test_every_effect_there_is_can_be_written() -> None:
    assert {type(built) for _, built in EXAMPLES.values()} == set(Effect.__args__)


def test_what_is_required_may_leave_open_before_when() -> None:
    assert effect_from({"require": "ernst"}) == Require("ernst", "")
