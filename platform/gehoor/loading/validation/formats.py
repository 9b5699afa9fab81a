"""The formats of single values that the meta-schemas ask for, and the code of the problem when one is not met."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from jsonschema import FormatChecker

from gehoor.core.conditions.calculations import read_calculation
from gehoor.core.text.contacts import is_email
from gehoor.loading.keywords.durations import is_duration
from gehoor.loading.keywords.placeholders import is_letter, is_number_pattern, is_outgoing_letter
from gehoor.loading.keywords.relative_dates import is_day
from gehoor.loading.validation.house_style import is_readable_color
from gehoor.loading.validation.pattern_reasons import is_safe_pattern

CODES: Mapping[str, str] = {
    "gehoor-duration": "ongeldige-duur",
    "gehoor-reminder": "ongeldige-herinnering",
    "gehoor-time": "ongeldig-uur",
    "gehoor-time-zone": "onbekende-tijdzone",
    "gehoor-pattern": "onveilig-patroon",
    "gehoor-number-pattern": "ongeldig-nummerpatroon",
    "gehoor-letter": "onbekende-plaats",
    "gehoor-outgoing-letter": "onbekende-plaats",
    "gehoor-day": "ongeldige-dag",
    "gehoor-bound": "ongeldige-dag",
    "gehoor-calculation": "ongeldige-berekening",
    "gehoor-color": "kleur-onleesbaar",
    "date": "ongeldige-datum",
    "email": "ongeldig-adres",
    "gehoor-https": "geen-https",
}
"""Format -> the code of the problem."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}\Z")
_HTTPS = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[!-~]*)?\Z")


@cache
def format_checker() -> FormatChecker:
    """Return the checker of all formats. Anything but text is for the type check."""
    checker = FormatChecker(formats=())
    checks = {
        "gehoor-duration": is_duration,
        "gehoor-reminder": is_duration,
        "gehoor-time": _is_time,
        "gehoor-time-zone": _is_time_zone,
        "gehoor-pattern": is_safe_pattern,
        "gehoor-number-pattern": is_number_pattern,
        "gehoor-letter": is_letter,
        "gehoor-outgoing-letter": is_outgoing_letter,
        "gehoor-day": is_day,
        "gehoor-bound": is_day,
        "gehoor-calculation": _is_calculation,
        "gehoor-color": is_readable_color,
        "date": _is_date,
        "email": is_email,
        "gehoor-https": lambda value: _HTTPS.match(value) is not None,
    }
    for name, check in checks.items():
        checker.checks(name)(lambda value, check=check: not isinstance(value, str) or check(value))
    return checker


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones, to suggest one from."""
    return frozenset(available_timezones())


def _is_time_zone(value: str) -> bool:
    # A name is looked up by itself: listing all zones takes longer than reading the files.
    try:
        ZoneInfo(value)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return False
    return True


def _is_time(value: str) -> bool:
    return _TIME.match(value) is not None and _parses(time.fromisoformat, value)


def _is_calculation(value: str) -> bool:
    return _parses(read_calculation, value)


def _is_date(value: str) -> bool:
    return _DATE.match(value) is not None and _parses(date.fromisoformat, value)


def _parses(reader: Callable[[str], object], value: str) -> bool:
    try:
        reader(value)
    except ValueError:
        return False
    return True
