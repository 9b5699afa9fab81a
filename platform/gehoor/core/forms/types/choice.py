"""One code of a list, or several."""

from __future__ import annotations

from typing import Any

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.reading import UnreadableError, read_line
from gehoor.core.forms.types.base import FieldType, is_list, is_text, label_of, labels_of, text_fact


def read_codes(given: Any) -> list[str] | None:
    """Read one or more codes; None when there are none. Raises ``UnreadableError``."""
    codes = [given] if isinstance(given, str) else given
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise UnreadableError
    return [code for code in codes if code] or None


CHOICE = FieldType(
    name="choice",
    fact_type=FactType.TEXT,
    describes=lambda schema: is_text(schema) and ("oneOf" in schema or "enum" in schema),
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
    describes=lambda schema: is_list(schema, "oneOf", "enum"),
    read=lambda given, _, __: read_codes(given),
    fact=lambda codes, _: tuple(codes),
    show=labels_of,
    countable=True,
    picked=True,
    coded=True,
)
