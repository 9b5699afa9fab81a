"""One code of a list, or several; one whole number of a scale."""

from __future__ import annotations

from typing import Any, Final

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.reading import UnreadableError, read_line
from gehoor.core.forms.types.base import FieldType, Schema, is_list, is_text, label_of, labels_of, text_fact
from gehoor.core.forms.types.number import INTEGER

LISTS: Final = ("oneOf", "enum")
"""The words of JSON Schema that list choices."""


def _has_choices(schema: Schema) -> bool:
    return any(word in schema for word in LISTS)


def read_codes(given: Any) -> list[str] | None:
    """Read one or more codes; None when there are none. Raises ``UnreadableError``."""
    codes = [given] if isinstance(given, str) else given
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise UnreadableError
    return [code for code in codes if code] or None


CHOICE = FieldType(
    name="choice",
    fact_type=FactType.TEXT,
    describes=lambda schema: is_text(schema) and _has_choices(schema),
    read=lambda given, _, __: read_line(given),
    fact=text_fact,
    show=label_of,
    countable=True,
    picked=True,
    coded=True,
    comparable=True,
    indexed=True,
)
CHOICES = FieldType(
    name="choices",
    fact_type=FactType.CODES,
    describes=lambda schema: is_list(schema, *LISTS),
    read=lambda given, _, __: read_codes(given),
    fact=lambda codes, _: tuple(codes),
    show=labels_of,
    countable=True,
    picked=True,
    coded=True,
    comparable=True,
)
SCALE = FieldType(
    name="scale",
    fact_type=FactType.INTEGER,
    describes=lambda schema: schema.get("type") == "integer" and _has_choices(schema),
    read=INTEGER.read,
    fact=INTEGER.fact,
    show=lambda value, of, formats: label_of(str(value), of, formats),
    countable=True,
    picked=True,
    coded=True,
)
"""A whole number that is picked: an answer is the number, and its code the number as text."""
