"""Numbers: whole ones, stored as such, and decimals, stored as text."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, Final

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.forms.types.base import FieldType, shown_as_is

_MOST_DIGITS: Final = 20


def _read_integer(given: Any) -> int | None:
    if isinstance(given, bool) or not isinstance(given, (int, str)):
        raise UnreadableError
    if isinstance(given, int):
        return given
    text = given.strip()
    if not text:
        return None
    if len(text) > 15 or not text.lstrip("-").isascii() or not text.removeprefix("-").isdigit():
        raise UnreadableError
    return int(text)


def _read_decimal(given: Any) -> str | None:
    """Read a decimal number, with a comma or a point."""
    if isinstance(given, bool) or not isinstance(given, (int, float, str, Decimal)):
        raise UnreadableError
    text = str(given).strip().replace(",", ".")
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise UnreadableError from error
    # 1e999999999 is short to type, and a gigabyte when written out.
    if not value.is_finite() or "_" in text or abs(value.adjusted()) > _MOST_DIGITS:
        raise UnreadableError
    written = format(value, "f")
    if len(written) > _MOST_DIGITS:
        raise UnreadableError
    return written


INTEGER = FieldType(
    name="integer",
    fact_type=FactType.INTEGER,
    describes=lambda schema: schema.get("type") == "integer",
    read=lambda given, _, __: _read_integer(given),
    fact=lambda value, _: int(value),
    show=shown_as_is,
    countable=True,
)
DECIMAL = FieldType(
    name="decimal",
    fact_type=FactType.DECIMAL,
    describes=lambda schema: schema.get("type") == "number",
    read=lambda given, _, __: _read_decimal(given),
    fact=lambda value, _: Decimal(value),
    show=lambda value, _, formats: formats.number(value),
    countable=True,
    judged=Decimal,
)
