"""Each field type has its module in the core and its module in the web, under one name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gehoor.core.forms.types import registry as core
from gehoor.web.forms.types import registry as web
from gehoor.web.forms.types.base import WebType, registered
from tests.guard.checkout import modules_of


def test_both_registries_know_the_same_types() -> None:
    assert set(web.TYPES) == set(core.TYPES)


def test_both_rooms_have_the_same_modules() -> None:
    rooms = [{path.name for path in modules_of(f"{layer}/forms/types")} for layer in ("core", "web")]
    assert rooms[0] == rooms[1]


@pytest.mark.parametrize("part", ["name", "control"])
def test_a_type_that_forgets_a_part_says_which(part: str) -> None:
    parts = {"name": "colour", "control": lambda _: "line"}
    with pytest.raises(TypeError, match=part):
        WebType(**{name: of for name, of in parts.items() if name != part})  # type: ignore[arg-type]


def test_two_types_with_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="choice"):
        registered([*web.TYPES.values(), replace(web.TYPES["text"], name="choice")])
