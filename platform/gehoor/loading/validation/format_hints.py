"""What is told beside the refusal of a value of a format: why it is none, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from gehoor.core.text.suggestions import hint, question
from gehoor.loading.keywords.dates import date_told
from gehoor.loading.keywords.durations import duration_hint, without_suffix
from gehoor.loading.keywords.relative_dates import day_hint
from gehoor.loading.keywords.vocabulary import Vocabulary
from gehoor.loading.validation.formats import time_zones
from gehoor.loading.validation.house_style import darker
from gehoor.loading.validation.pattern_reasons import pattern_hint, pattern_reason

Details: TypeAlias = Mapping[str, str]
_BEFOREHAND: Final = re.compile(
    r"(?P<duration>[0-9]+ \w+) (?:voor|ervoor|op voorhand|before|eerder|vroeger)\Z"
)


def format_details(wanted: str, value: str, words: Vocabulary) -> Details:
    """Return the details of a problem with a value that is not of a format."""
    return _DETAILS[wanted](value, words) if wanted in _DETAILS else {}


def _duration(value: str, words: Vocabulary) -> Details:
    return {"hint": duration_hint(value, words)}


def _reminder(value: str, words: Vocabulary) -> Details:
    if found := _BEFOREHAND.match(value):
        return {"hint": question(f"{found['duration']} {words.reminder_suffixes[0]}")}
    return {"hint": duration_hint(without_suffix(value, words), words)}


def _day(value: str, words: Vocabulary) -> Details:
    return {"hint": day_hint(value, words)}


def _pattern(value: str, words: Vocabulary) -> Details:
    return {"reason": pattern_reason(value), "hint": pattern_hint(value, words)}


def _color(value: str, _: Vocabulary) -> Details:
    near = darker(value)
    return {"hint": question(near) if near else ""}


_DETAILS: Final[Mapping[str, Callable[[str, Vocabulary], Details]]] = {
    "gehoor-duration": _duration,
    "gehoor-reminder": _reminder,
    "gehoor-day": _day,
    "gehoor-bound": _day,
    "gehoor-pattern": _pattern,
    "gehoor-color": _color,
    "gehoor-time-zone": lambda value, _: {"hint": hint(value, time_zones())},
    "date": lambda value, _: {"told": date_told(value)},
}
