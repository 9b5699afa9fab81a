"""The kinds of answer that a question can have when it is added are kinds of field, each its own."""

from __future__ import annotations

from typing import Any

from gehoor.core.forms.types.registry import TYPES, kind_of
from gehoor.loading.keywords.answer_kinds import asked_first, kinds_of_answer, plain_effects, settled
from gehoor.loading.keywords.meta_schemas import meta_schema


def _field(name: str) -> dict[str, Any]:
    kind = kinds_of_answer()[name]
    found: Any = [{"const": "a", "title": "A"}]
    for word in reversed(kind.choices[1:]):
        found = {"type": "string", word: found}
    return {**kind.says, **({kind.choices[0]: found} if kind.choices else {})}


def test_each_is_a_kind_of_field_of_its_own() -> None:
    found = [kind_of(_field(name)) for name in kinds_of_answer()]
    assert None not in found
    assert len(set(found)) == len(found)
    assert set(found) <= TYPES.keys()


def test_what_is_asked_and_what_follows_are_keywords_of_a_field() -> None:
    words = meta_schema("form")["$defs"]["field"]["properties"].keys()
    assert set(asked_first()) | settled() <= words
    assert settled().isdisjoint(asked_first())


def test_each_effect_of_a_rule_has_a_plain_name() -> None:
    effects = {word for one in meta_schema("common")["$defs"]["effect"]["oneOf"] for word in one["required"]}
    assert plain_effects().keys() == effects
