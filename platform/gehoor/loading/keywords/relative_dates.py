"""Days in conditions, from the words of a file's language to canonical data and back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from gehoor.core.calendar.durations import Unit
from gehoor.core.conditions.relative_dates import (
    TODAY,
    RelativeDate,
    read_relative_date,
    show_relative_date,
)
from gehoor.core.text.suggestions import question
from gehoor.loading.keywords.dates import date_hint
from gehoor.loading.keywords.durations import duration_hint
from gehoor.loading.keywords.vocabulary import Vocabulary

_AGO: Final = re.compile(r"(?P<duration>[0-9]+ [a-z]+) (?P<way>geleden|terug|ago|later|verder|hence)\Z")
_BEFORE: Final = ("geleden", "terug", "ago")


def canonical_day(text: str, vocabulary: Vocabulary) -> str:
    """Return ``1 years before ontvangstdatum`` for ``1 jaar voor ontvangstdatum``; any other text stays."""
    try:
        day = read_day(text, vocabulary)
    except ValueError:
        return text
    return show_relative_date(day, f"{day.by.amount} {day.by.unit.value}" if day.by else "")


def canonical_bound(text: str, vocabulary: Vocabulary) -> str:
    """Return ``2 weeks after today`` for ``2 weken na vandaag``: a day, which may be reckoned from today."""
    *before, last = text.split(" ")
    word = TODAY if vocabulary.values.get(last) == TODAY else last
    return canonical_day(" ".join([*before, word]), vocabulary)


def is_day(value: str) -> bool:
    """Say whether a text is a date or a canonical relative date."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return is_relative(value)
    return True


def is_relative(value: str) -> bool:
    """Say whether a text is a canonical relative date."""
    try:
        read_relative_date(value)
    except ValueError:
        return False
    return True


def day_hint(text: str, vocabulary: Vocabulary) -> str:
    """Return what may have been meant with a text that is no day, or nothing."""
    if near := date_hint(text):
        return near
    if found := _AGO.match(text):
        way = vocabulary.word("before" if found["way"] in _BEFORE else "after")
        return question(f"{found['duration']} {way} {vocabulary.value_word(TODAY)}")
    *duration, _, _ = text.split() if len(text.split()) > 1 else ["", ""]
    return duration_hint(" ".join(duration), vocabulary) if duration else ""


def read_day(text: str, vocabulary: Vocabulary) -> RelativeDate:
    """Read a day in the words of a language. Raises ``ValueError``; also for a date, which has no words."""
    units = {word: Unit(unit) for word, unit in vocabulary.duration_units.items()}
    return read_relative_date(text, units, vocabulary.word("before"), vocabulary.word("after"))


def written_day(day: RelativeDate, vocabulary: Vocabulary) -> str:
    """Write a day in the words of a language, as ``read_day`` reads it."""
    words = vocabulary.unit_words(day.by.unit.value) if day.by else ("",)
    duration = f"{day.by.amount} {words[-1] if day.by.amount == 1 else words[0]}" if day.by else ""
    return show_relative_date(day, duration, vocabulary.word("before"), vocabulary.word("after"))


def written_bound(text: str, vocabulary: Vocabulary) -> str:
    """Write a canonical day, which may be reckoned from today, in the words of a language."""
    if not is_relative(text):
        return text
    day = read_relative_date(text)
    return written_day(
        replace(day, fact=vocabulary.value_word(TODAY)) if day.fact == TODAY else day, vocabulary
    )
