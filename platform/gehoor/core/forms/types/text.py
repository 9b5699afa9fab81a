"""Texts: of one line or several, an e-mail address, a web address, a phone number."""

from __future__ import annotations

from typing import Any

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.reading import UnreadableError, read_line, read_text
from gehoor.core.forms.types.base import Agreed, FieldType, is_text, shown_as_is, text_fact
from gehoor.core.text.contacts import is_phone, phone_word, web_address
from gehoor.core.text.formats import Formats

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


def _read_web_address(given: Any) -> str | None:
    text = read_line(given)
    if text is None:
        return None
    address = web_address(text)
    if address is None:
        raise UnreadableError
    return address


WEB_ADDRESS = FieldType(
    name="web-address",
    fact_type=FactType.TEXT,
    describes=lambda schema: is_text(schema) and schema.get("format") == "uri",
    read=lambda given, _, __: _read_web_address(given),
    fact=text_fact,
    show=shown_as_is,
)


def _read_phone(given: Any, of: Agreed) -> str | None:
    text = read_line(given)
    if text is not None and not is_phone(text, of.country):
        raise UnreadableError
    return text


def _found_phone(value: Any, _: Agreed, __: Formats) -> str:
    return f"{value} \u00b7 {word}" if (word := phone_word(value)) else str(value)


PHONE = FieldType(
    name="phone",
    fact_type=FactType.TEXT,
    describes=lambda schema: is_text(schema) and schema.get("widget") == "phone",
    read=lambda given, of, _: _read_phone(given, of),
    fact=text_fact,
    show=shown_as_is,
    found=_found_phone,
)
