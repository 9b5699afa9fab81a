"""Fields, and the registry of field kinds: how each is read, kept, compared and shown.

A field's *stored value* is plain JSON: text for texts, codes, dates (``2026-03-27``), times (``17:00``), instants
(ISO 8601 with offset) and decimals (``12.50``), a number for whole numbers, a boolean, or a list of codes. An
absent answer is absent: never null, never an empty text or list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from gehoor.core.conditions import Condition
from gehoor.core.dutch_dates import show_date, show_instant
from gehoor.core.facts import FactType, FactValue

_Parsed = TypeVar("_Parsed", date, time, datetime)
StoredValue: TypeAlias = str | int | bool | list[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of a code list. A retired code is not offered any more, but stays readable."""

    code: str
    label: str
    help: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form, as agreed. ``schema`` is what JSON Schema says of its value."""

    id: str
    label: str
    kind: str
    schema: Mapping[str, Any]
    help: str = ""
    choices: tuple[Choice, ...] = ()
    phase: str = ""
    meaning: str = ""
    at_opening: bool = False
    required_before: str = ""
    fixed_after: str = ""
    show_if: Condition | None = None
    autocomplete: str = ""
    personal_data: str = ""
    automatic: str = ""
    read_only: bool = False
    default: StoredValue | None = None


class UnreadableError(ValueError):
    """What was given cannot be read as a value of this kind."""


@dataclass(frozen=True, slots=True)
class FieldKind:
    """What the platform knows of a kind of field.

    ``read`` turns what was given (a text or list of texts from a form, or a JSON value) into a stored value;
    ``None`` when nothing was given; raises ``UnreadableError``. ``fact`` gives the typed value for rules, ``show``
    the text for people.
    """

    name: str
    fact_type: FactType
    read: Callable[[Any, ZoneInfo], StoredValue | None]
    fact: Callable[[Any], FactValue]
    show: Callable[[Any, Field], str] = field(default=lambda value, _: str(value))


def _read_text(given: Any, _: ZoneInfo) -> str | None:
    if not isinstance(given, str):
        raise UnreadableError
    if any("\ud800" <= sign <= "\udfff" for sign in given):
        raise UnreadableError  # Half a character: no store or page can hold it.
    # A browser sends line ends as CR LF; the story itself is kept to the letter. U+0000 is none, and no store
    # can keep it.
    text = given.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text if text.strip() else None


def _read_line(given: Any, zone: ZoneInfo) -> str | None:
    text = _read_text(given, zone)
    return " ".join(text.split()) if text else None


def _read_codes(given: Any, _: ZoneInfo) -> list[str] | None:
    codes = [given] if isinstance(given, str) else given
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise UnreadableError
    return [code for code in codes if code] or None


def _read_integer(given: Any, _: ZoneInfo) -> int | None:
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


_MOST_DIGITS = 20


def _read_decimal(given: Any, _: ZoneInfo) -> str | None:
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


_YES_NO = {"ja": True, "true": True, "nee": False, "false": False}


def _read_boolean(given: Any, _: ZoneInfo) -> bool | None:
    if isinstance(given, bool):
        return given
    if given == "":
        return None
    if not isinstance(given, str) or given not in _YES_NO:
        raise UnreadableError
    return _YES_NO[given]


_DUTCH_DATE = re.compile(r"^(?P<day>[0-9]{2})[-/.](?P<month>[0-9]{2})[-/.](?P<year>[0-9]{4})$")


def _read_date(given: Any, _: ZoneInfo) -> str | None:
    text = _DUTCH_DATE.sub(r"\g<year>-\g<month>-\g<day>", _stripped(given))
    return _parsed(date.fromisoformat, text).isoformat() if text else None


def _read_time(given: Any, _: ZoneInfo) -> str | None:
    text = _stripped(given)
    return _parsed(time.fromisoformat, text).strftime("%H:%M") if text else None


def _read_instant(given: Any, zone: ZoneInfo) -> str | None:
    text = _stripped(given)
    if not text:
        return None
    moment = _parsed(datetime.fromisoformat, text)
    try:
        # Kept on the clock of the organisation, whatever clock it was given on.
        local = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
        local.astimezone(UTC)
    except OverflowError as error:
        raise UnreadableError from error
    return local.isoformat()


def _stripped(given: Any) -> str:
    if not isinstance(given, str) or len(given) > 40:
        raise UnreadableError
    return given.strip()


def _parsed(reader: Callable[[str], _Parsed], text: str) -> _Parsed:
    try:
        return reader(text)
    except ValueError as error:
        raise UnreadableError from error


def _label(code: str, of: Field) -> str:
    return next((choice.label for choice in of.choices if choice.code == code), code)


KINDS: Mapping[str, FieldKind] = {
    kind.name: kind
    for kind in (
        FieldKind("text", FactType.TEXT, _read_line, str),
        FieldKind("long-text", FactType.TEXT, _read_text, str),
        FieldKind("email", FactType.TEXT, _read_line, str),
        FieldKind("phone", FactType.TEXT, _read_line, str),
        FieldKind("choice", FactType.TEXT, _read_line, str, _label),
        FieldKind(
            "choices",
            FactType.CODES,
            _read_codes,
            tuple,
            lambda codes, of: ", ".join(_label(code, of) for code in codes),
        ),
        FieldKind("integer", FactType.INTEGER, _read_integer, int),
        FieldKind(
            "decimal", FactType.DECIMAL, _read_decimal, Decimal, lambda value, _: str(value).replace(".", ",")
        ),
        FieldKind(
            "boolean", FactType.BOOLEAN, _read_boolean, bool, lambda value, _: "Ja" if value else "Nee"
        ),
        FieldKind(
            "date",
            FactType.DATE,
            _read_date,
            date.fromisoformat,
            lambda v, _: show_date(date.fromisoformat(v)),
        ),
        FieldKind("time", FactType.TEXT, _read_time, str),
        FieldKind(
            "instant",
            FactType.INSTANT,
            _read_instant,
            lambda value: datetime.fromisoformat(value).astimezone(UTC),
            lambda value, _: show_instant(datetime.fromisoformat(value)),
        ),
    )
}
"""Every kind of field there is. A new kind: one entry here, and its widget in the web layer."""


def kind_of(schema: Mapping[str, Any]) -> str | None:
    """Return the kind of field that a JSON Schema with our annotations describes, or None when it is none."""
    kind: str | None = None
    match schema.get("type", "string"):
        case "string" if "oneOf" in schema or "enum" in schema:
            kind = "choice"
        case "string":
            by_format = {"date": "date", "date-time": "instant", "email": "email"}
            by_widget = {"long-text": "long-text", "phone": "phone", "time-of-day": "time"}
            kind = by_format.get(schema.get("format", ""), by_widget.get(schema.get("widget", ""), "text"))
        case "array" if {"oneOf", "enum"} & set(schema.get("items", {})):
            kind = "choices"
        case "integer" | "boolean" as name:
            kind = name
        case "number":
            kind = "decimal"
    return kind
