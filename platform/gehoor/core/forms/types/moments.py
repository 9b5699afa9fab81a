"""When: a date, an hour of the day, and an instant, each stored in ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.forms.types.base import FieldType, is_text, shown_as_is, text_fact

_Parsed = TypeVar("_Parsed", date, time, datetime)
_DUTCH_DATE: Final = re.compile(r"^(?P<day>[0-9]{2})[-/.](?P<month>[0-9]{2})[-/.](?P<year>[0-9]{4})$")


def _read_date(given: Any) -> str | None:
    """Read a date, as a browser sends it or as it is written in Dutch."""
    text = _DUTCH_DATE.sub(r"\g<year>-\g<month>-\g<day>", _stripped(given))
    return _parsed(date.fromisoformat, text).isoformat() if text else None


def _read_time(given: Any) -> str | None:
    text = _stripped(given)
    return _parsed(time.fromisoformat, text).strftime("%H:%M") if text else None


def _read_instant(given: Any, zone: ZoneInfo) -> str | None:
    """Read a moment; without an offset it is on the clock of the organisation."""
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


DATE = FieldType(
    name="date",
    fact_type=FactType.DATE,
    describes=lambda schema: is_text(schema) and schema.get("format") == "date",
    read=lambda given, _, __: _read_date(given),
    fact=lambda value, _: date.fromisoformat(value),
    show=lambda value, _, formats: formats.day(date.fromisoformat(value)),
    countable=True,
    moment=lambda local: local.date().isoformat(),
)
TIME = FieldType(
    name="time",
    fact_type=FactType.TEXT,
    describes=lambda schema: is_text(schema) and schema.get("widget") == "time-of-day",
    read=lambda given, _, __: _read_time(given),
    fact=text_fact,
    show=shown_as_is,
    countable=True,
    holds_hour=True,
)
INSTANT = FieldType(
    name="instant",
    fact_type=FactType.INSTANT,
    describes=lambda schema: is_text(schema) and schema.get("format") == "date-time",
    read=lambda given, _, zone: _read_instant(given, zone),
    fact=lambda value, _: datetime.fromisoformat(value).astimezone(UTC),
    show=lambda value, _, formats: formats.instant(datetime.fromisoformat(value)),
    countable=True,
    moment=lambda local: local.isoformat(timespec="minutes"),
)
