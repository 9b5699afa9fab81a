"""A field type is one module: complete, registered once, and known by its name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.fields import KINDS, Field
from gehoor.core.forms.types.base import FieldType, registered

PARTS: dict[str, Any] = {
    "name": "colour",
    "fact_type": FactType.TEXT,
    "describes": lambda schema: schema.get("widget") == "colour",
    "read": lambda given, _, __: given or None,
    "fact": lambda value, _: value,
    "show": lambda value, _: value,
}


def test_two_types_with_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="choice"):
        registered([*KINDS.values(), replace(KINDS["text"], name="choice")])


@pytest.mark.parametrize("part", PARTS)
def test_a_type_that_forgets_a_part_says_which(part: str) -> None:
    with pytest.raises(TypeError, match=part):
        FieldType(**{name: of for name, of in PARTS.items() if name != part})


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_knows_its_type(kind: str) -> None:
    assert Field("veld", "Veld", kind, {}).type is KINDS[kind]


@pytest.mark.parametrize("kind", [name for name, one in KINDS.items() if one.indexed])
def test_what_is_kept_for_rules_of_tomorrow_can_be_compared(kind: str) -> None:
    assert KINDS[kind].comparable
