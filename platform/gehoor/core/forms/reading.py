"""Reading answers: from what was typed, or stood in a JSON file, to stored values of one piece.

Each reader returns ``None`` when nothing was given, and raises ``UnreadableError`` for what it cannot read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

_Parsed = TypeVar("_Parsed", date, time, datetime)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What cannot be read in a list of rows: the row (counted from 1), the member, and the member's kind."""

    row: int
    member: str = ""
    kind: str = ""


class UnreadableError(ValueError):
    """What was given cannot be read as a value of this kind.

    ``places``: where, in a list of rows; ``rest``: the rows without it, so that they can be judged too.
    """

    def __init__(self, places: tuple[Unreadable, ...] = (), rest: list[dict[str, Any]] | None = None) -> None:
        super().__init__(*places)
        self.places, self.rest = places, rest or []


def read_text(given: Any, _: ZoneInfo) -> str | None:
    """Read a text of several lines, kept to the letter."""
    if not isinstance(given, str):
        raise UnreadableError
    if any("\ud800" <= sign <= "\udfff" for sign in given):
        raise UnreadableError  # Half a character: no store or page can hold it.
    # A browser sends line ends as CR LF; the story itself is kept to the letter. U+0000 is none, and no store
    # can keep it.
    text = given.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text if text.strip() else None


def read_line(given: Any, zone: ZoneInfo) -> str | None:
    """Read a text of one line."""
    text = read_text(given, zone)
    return " ".join(text.split()) if text else None


def read_codes(given: Any, _: ZoneInfo) -> list[str] | None:
    """Read one or more codes."""
    codes = [given] if isinstance(given, str) else given
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise UnreadableError
    return [code for code in codes if code] or None


def read_people(given: Any, zone: ZoneInfo) -> list[str] | None:
    """Read the sign-in names of people, each once; capitals and spaces around them mean nothing."""
    lines = [read_line(name, zone) for name in read_codes(given, zone) or []]
    return list(dict.fromkeys(line.lower() for line in lines if line)) or None


_OF_A_FILE = {"id": str, "name": str, "type": str, "size": int}


def read_files(given: Any, _: ZoneInfo) -> list[dict[str, Any]] | None:
    """Read what is known of attached files: they came in before their answer is read. A file itself is no answer."""
    files = [] if given == "" else given
    if not isinstance(files, list) or not all(_is_file(file) for file in files):
        raise UnreadableError
    return [dict(file) for file in files] or None


def _is_file(given: Any) -> bool:
    return (
        isinstance(given, dict)
        and set(given) == set(_OF_A_FILE)
        and all(type(given[name]) is of for name, of in _OF_A_FILE.items())
    )


def read_integer(given: Any, _: ZoneInfo) -> int | None:
    """Read a whole number."""
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


def read_decimal(given: Any, _: ZoneInfo) -> str | None:
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


_YES_NO = {"ja": True, "true": True, "nee": False, "false": False}


def read_boolean(given: Any, _: ZoneInfo) -> bool | None:
    """Read yes or no."""
    if isinstance(given, bool):
        return given
    if given == "":
        return None
    if not isinstance(given, str) or given not in _YES_NO:
        raise UnreadableError
    return _YES_NO[given]


_DUTCH_DATE = re.compile(r"^(?P<day>[0-9]{2})[-/.](?P<month>[0-9]{2})[-/.](?P<year>[0-9]{4})$")


def read_date(given: Any, _: ZoneInfo) -> str | None:
    """Read a date, as a browser sends it or as it is written in Dutch."""
    text = _DUTCH_DATE.sub(r"\g<year>-\g<month>-\g<day>", _stripped(given))
    return _parsed(date.fromisoformat, text).isoformat() if text else None


def read_time(given: Any, _: ZoneInfo) -> str | None:
    """Read an hour of the day."""
    text = _stripped(given)
    return _parsed(time.fromisoformat, text).strftime("%H:%M") if text else None


def read_instant(given: Any, zone: ZoneInfo) -> str | None:
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
