"""Texts: of one line or several, an e-mail address, a phone number."""

from __future__ import annotations

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.reading import read_line, read_text
from gehoor.core.forms.types.base import FieldType, is_text, shown_as_is, text_fact

TEXT = FieldType(
    name="text",
    fact_type=FactType.TEXT,
    describes=is_text,
    read=lambda given, _, __: read_line(given),
    fact=text_fact,
    show=shown_as_is,
    comparable=True,
    prose=True,
)
LONG_TEXT = FieldType(
    name="long-text",
    fact_type=FactType.TEXT,
    describes=lambda schema: is_text(schema) and schema.get("widget") == "long-text",
    read=lambda given, _, __: read_text(given),
    fact=text_fact,
    show=shown_as_is,
    prose=True,
    knowable=False,
)
EMAIL = FieldType(
    name="email",
    fact_type=FactType.TEXT,
    describes=lambda schema: is_text(schema) and schema.get("format") == "email",
    read=lambda given, _, __: read_line(given),
    fact=text_fact,
    show=shown_as_is,
)
PHONE = FieldType(
    name="phone",
    fact_type=FactType.TEXT,
    describes=lambda schema: is_text(schema) and schema.get("widget") == "phone",
    read=lambda given, _, __: read_line(given),
    fact=text_fact,
    show=shown_as_is,
)
