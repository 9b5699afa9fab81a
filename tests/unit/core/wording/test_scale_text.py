"""A number of a scale is told with its word, in every sentence about it."""

from __future__ import annotations

from gehoor.core.forms.parse import build_field
from gehoor.core.wording.nl.agreement.phrases import value

_SCALE = {
    "title": "Hoe tevreden bent u?",
    "type": "integer",
    "oneOf": [{"const": 1, "title": "Niet"}, {"const": 3, "title": "Heel"}],
}


def test_a_number_is_told_with_its_word() -> None:
    scale = build_field("tevreden", _SCALE, {})
    assert value(scale, 3) == "3 (\u201cHeel\u201d)"
    assert value(scale, 2) == "2"


def test_a_number_without_a_word_of_its_own_stands_alone() -> None:
    plain = build_field("tevreden", {"title": "Hoe tevreden?", "type": "integer", "enum": [1, 3]}, {})
    assert value(plain, 3) == "3"
    assert value(None, 3) == "3"
