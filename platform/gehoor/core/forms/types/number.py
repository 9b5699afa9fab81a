"""Numbers: whole ones, stored as such, and decimals, stored as text that can be read in one way only."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.forms.types.base import FieldType, shown_as_is

_MOST_DIGITS: Final = 20
_MOST_WHOLE_DIGITS: Final = 15
_EURO: Final = re.compile(r"^(?:\u20ac|EUR)|(?:\u20ac|EUR)$")
_SPACES: Final = re.compile(r"\s")
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:(?P<sign>[., '])[0-9]{3})(?:(?P=sign)[0-9]{3})*")
_DECIMAL: Final = re.compile(r"(?P<whole>[0-9]+)(?:[.,](?P<part>[0-9]+))?")
_BOTH: Final = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?:(?P<sign>[., '])[0-9]{3})+)(?P<point>[.,])(?P<part>[0-9]+)"
)
_TWO_WAYS: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
"""Some people write a thousand and five hundred so, others one and a half."""


def _read_integer(given: Any) -> int | None:
    if isinstance(given, float) and given.is_integer() and abs(given) < 10**_MOST_WHOLE_DIGITS:
        return int(given)  # A program may write 2 as 2.0, and JSON Schema calls that whole.
    if isinstance(given, bool) or not isinstance(given, (int, str)):
        raise UnreadableError
    if isinstance(given, int):
        # Also what a program sends: figures and other systems read no more digits than these.
        if abs(given) >= 10**_MOST_WHOLE_DIGITS:
            raise UnreadableError
        return given
    text = _plain(given)
    if not text:
        return None
    digits = text.removeprefix("-")
    if _GROUPED.fullmatch(digits):
        digits = re.sub(r"[^0-9]", "", digits)
    if not re.fullmatch(r"[0-9]+", digits) or len(digits) > _MOST_WHOLE_DIGITS:
        raise UnreadableError
    return -int(digits) if text.startswith("-") else int(digits)


def read_decimal(given: Any) -> str | None:
    """Read a decimal number, with a comma or a point, its thousands apart or not.

    What stands in a file as a number has a point and is read so. What one writes with a sign before its last three
    digits, and without another sign, can be a thousand times as much: that is asked.
    """
    if isinstance(given, bool) or not isinstance(given, (int, float, str, Decimal)):
        raise UnreadableError
    if not isinstance(given, str):
        value = Decimal(str(given))
        # 1e999999999 is short to type, and a gigabyte when written out.
        if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
            raise UnreadableError
        return _stored(value)
    text = _plain(given)
    if not text:
        return None
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    if _TWO_WAYS.fullmatch(digits):
        ways = (re.sub(r"[.,]", "", digits), digits.replace(",", "."))
        raise UnreadableError(ways=tuple(Decimal(_stored(Decimal(sign + way))) for way in ways))
    if _GROUPED.fullmatch(digits):
        return _stored(Decimal(sign + re.sub(r"[^0-9]", "", digits)))
    found = _DECIMAL.fullmatch(digits) or _BOTH.fullmatch(digits)
    if not found or ("sign" in found.groupdict() and found["sign"] == found["point"]):
        raise UnreadableError
    whole_part = re.sub(r"[^0-9]", "", found["whole"])
    return _stored(Decimal(f"{sign}{whole_part}{'.' if found['part'] else ''}{found['part'] or ''}"))


def _plain(given: str) -> str:
    """Return a number as typed, without the sign of the euro, and with the minus and digits of a keyboard."""
    text = _SPACES.sub(" ", given.strip().replace("\u2212", "-").replace("\u2019", "'"))
    if len(text) > 3 * _MOST_DIGITS or not text.replace("\u20ac", "").isascii():
        raise UnreadableError
    return _EURO.sub("", text).strip()


def _stored(value: Decimal) -> str:
    """Write a decimal so that reading it again gives the same: never with just three digits after its point."""
    written = format(value, "f")
    if _TWO_WAYS.fullmatch(written.removeprefix("-")):
        written = f"{written}0" if written[-1] != "0" else written.rstrip("0").rstrip(".")
    if len(written) > _MOST_DIGITS:
        raise UnreadableError
    return "0" if written == "-0" else written


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
    read=lambda given, _, __: read_decimal(given),
    fact=lambda value, _: Decimal(value),
    show=lambda value, _, formats: formats.number(value),
    countable=True,
    judged=Decimal,
)
