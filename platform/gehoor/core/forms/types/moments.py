"""When: a date, an hour of the day, and an instant, each stored in ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.conditions.facts import FactType
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.forms.types.base import FieldType, is_text, shown_as_is, text_fact
from gehoor.core.text.month_names import month_named

_INSTANT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}")
_ISO_DATE: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_WRITTEN_DATE: Final = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<sign>[-/. ])(?P<month>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4})"
)
_WORDED_DATE: Final = re.compile(r"(?P<day>[0-9]{1,2})(?:er)? (?P<month>[^\W\d]+)\.? (?P<year>[0-9]{4})")
_TIME: Final = re.compile(
    r"(?P<hour>[0-9]{1,2})(?: ?[:.,hu] ?(?P<minute>[0-9]{2}))?(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?(?:uur|uren|u|h))?"
)
_FIRST_YEAR: Final = 1800
_LAST_YEAR: Final = 2200
"""Nobody tells of an earlier or later year; a year of two digits arrives as one of the first century."""


def _read_date(given: Any) -> str | None:
    """Read a date, as a browser sends it or as people write it: 27-3-2026, 27/03/2026, 27 maart 2026."""
    text = _stripped(given)
    return _date(text).isoformat() if text else None


def _date(text: str) -> date:
    found = _ISO_DATE.fullmatch(text) or _WRITTEN_DATE.fullmatch(text)
    month = int(found["month"]) if found else 0
    if found is None and (found := _WORDED_DATE.fullmatch(text)):
        month = month_named(found["month"])
    if found is None or not _FIRST_YEAR <= int(found["year"]) <= _LAST_YEAR:
        raise UnreadableError
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError as error:
        raise UnreadableError from error


def _read_time(given: Any) -> str | None:
    """Read an hour of the day, as a browser sends it or as people write it: 17:30, 17.30, 17u30, 17 uur."""
    text = _stripped(given)
    return _time(text).strftime("%H:%M") if text else None


def _time(text: str) -> time:
    found = _TIME.fullmatch(text.lower())
    if found is None:
        raise UnreadableError
    try:
        return time(int(found["hour"]), int(found["minute"] or 0))
    except ValueError as error:
        raise UnreadableError from error


def _read_instant(given: Any, zone: ZoneInfo) -> str | None:
    """Read a moment; without an offset it is on the clock of the organisation."""
    text = _stripped(given)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        day, _, hour = text.rpartition(" ")
        moment = datetime.combine(_date(day), _time(hour))
    else:
        if not _INSTANT.match(text) or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise UnreadableError
    # Kept on the clock of the organisation, whatever clock it was given on.
    local = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    return local.isoformat()


def _stripped(given: Any) -> str:
    if not isinstance(given, str) or len(given) > 40:
        raise UnreadableError
    return " ".join(given.split())


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
    describes=lambda schema: (
        is_text(schema) and (schema.get("format") == "time" or schema.get("widget") == "time-of-day")
    ),
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
