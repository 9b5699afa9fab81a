"""Reading dates, moments and stretches of days as someone types them: ISO 8601, and nothing looser."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from gehoor.core.calendar.working_days import ClosedPeriod
from gehoor.core.deadlines.rule import Suspension

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")


class InputError(ValueError):
    """A text is not what was asked for. The message is Dutch and says what to write."""


def read_day(text: str) -> date:
    """Read a local date, "2026-03-27". Raises InputError."""
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise InputError(f'de datum "{text}" bestaat niet; kijk jaar, maand en dag na') from error
    raise InputError(f'"{text}" is geen datum; schrijf jaar-maand-dag, bijvoorbeeld 2026-03-27')


def read_start(text: str) -> date | datetime:
    """Read a local date or a moment with its offset, "2026-10-24T22:30:00Z". Raises InputError."""
    if "T" not in text:
        return read_day(text)
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise InputError(f'"{text}" is geen tijdstip; schrijf bijvoorbeeld 2026-03-27T14:00:00+01:00')
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(f'het tijdstip "{text}" bestaat niet; kijk datum, uur en tijdzone na') from error
    if moment.utcoffset() is None:
        raise InputError(f'"{text}" heeft geen tijdzone; schrijf er Z of bijvoorbeeld +01:00 achter')
    return moment


def read_closed(text: str) -> ClosedPeriod:
    """Read a closing day or a stretch with both ends included, "2026-12-24/2026-12-31". Raises InputError."""
    first_text, slash, last_text = text.partition("/")
    first = read_day(first_text)
    last = read_day(last_text) if slash else first
    if last < first:
        raise InputError(f'"{text}" eindigt voor het begint; zet de vroegste dag eerst')
    return ClosedPeriod(first, last)


def read_suspension(text: str) -> Suspension:
    """Read a suspension, "2026-09-11/2026-09-21" with the end not included, or "2026-09-11/open"."""
    start_text, slash, end_text = text.partition("/")
    if not slash:
        raise InputError(f'"{text}" heeft geen einde; schrijf van/tot of van/open: 2026-09-11/2026-09-21')
    start = read_day(start_text)
    end = None if end_text == "open" else read_day(end_text)
    if end is not None and end < start:
        raise InputError(f'"{text}" eindigt voor het begint; zet de vroegste dag eerst')
    return Suspension(start, end)


def read_time(text: str) -> time:
    """Read a time of the clock, "17:00". Raises InputError."""
    if _TIME.fullmatch(text):
        try:
            return time.fromisoformat(text)
        except ValueError as error:
            raise InputError(f'het uur "{text}" bestaat niet; schrijf 00:00 tot en met 23:59') from error
    raise InputError(f'"{text}" is geen uur; schrijf uren en minuten, bijvoorbeeld 17:00')
