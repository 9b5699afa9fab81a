"""Whatever a standard may ask of an agreement has words where it is missing."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from gehoor.core.analysis.requirements import Evidence
from gehoor.core.figures.assessment import Standing
from gehoor.services.figures.self_assessment import Part
from gehoor.web.staff.figures.assessment_words import part_words


def may_be_asked() -> dict[str, Any]:
    schema = json.loads((files("gehoor") / "schemas" / "standard.schema.json").read_text("utf-8"))
    found: dict[str, Any] = schema["$defs"]["evidence"]["properties"]
    return found


@pytest.mark.parametrize("meaning", may_be_asked()["meanings"]["items"]["enum"])
def test_a_meaning_that_no_field_has_is_named(meaning: str) -> None:
    said = part_words(Part(Evidence(meanings=(meaning,)), Standing.GAP))
    assert meaning not in said


@pytest.mark.parametrize("section", may_be_asked()["agreed"]["enum"])
def test_what_is_not_agreed_is_named(section: str) -> None:
    said = part_words(Part(Evidence(agreed=section), Standing.GAP))
    assert section not in said
