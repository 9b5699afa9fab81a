"""Durations and reminders: from the words of a file's language to canonical data."""

from __future__ import annotations

import re

from gehoor.core.calendar.durations import MOST, DurationError, DurationProblem, Unit, parse_duration
from gehoor.core.text.suggestions import nearest, question
from gehoor.loading.keywords.number_words import numbers_in
from gehoor.loading.keywords.vocabulary import Vocabulary

_MEANT = re.compile(r"(?:(?P<number>[0-9]+)|(?P<word>[a-zëé-]+)(?= |\Z)) *(?P<unit>[a-z -]*)\Z")
_TYPED = re.compile(
    r"(?:binnen |within )?(?:(?P<number>[0-9]+) ?|(?P<word>[a-zëé-]+) )(?P<unit>[a-z][a-z _-]*)\.?\Z"
)
_ANY_DAYS = ("dag", "dagen", "d", "day", "days")
_SPACED = re.compile(r"[0-9]+ [a-z]{3}")
"""A number and a word, as a duration is written: what is asked about the word then, is asked elsewhere."""
_SHORT = {
    "u": Unit.HOURS, "h": Unit.HOURS, "uur": Unit.HOURS, "wd": Unit.WORKING_DAYS, "working days": Unit.WORKING_DAYS,
    "calendar days": Unit.CALENDAR_DAYS, "w": Unit.WEEKS, "m": Unit.MONTHS, "mnd": Unit.MONTHS, "j": Unit.YEARS,
    "weeks": Unit.WEEKS, "months": Unit.MONTHS, "years": Unit.YEARS, "hours": Unit.HOURS,
    "week": Unit.WEEKS, "month": Unit.MONTHS, "year": Unit.YEARS, "hour": Unit.HOURS,
    "working day": Unit.WORKING_DAYS, "calendar day": Unit.CALENDAR_DAYS,
}  # fmt: skip
"""What people write for a unit; the hints are Dutch."""
_WITHOUT_NUMBER = re.compile(
    r"(?:binnen )?(?:onverwijld|onmiddellijk|meteen|dadelijk|terstond|direct|(?:een )?redelijke termijn"
    r"|zo (?:snel|spoedig|vlug|gauw) mogelijk|asap|immediately|without delay|as soon as possible)\Z"
)
"""What laws and people say that has no number."""
_CANONICAL_WORDS = {unit.value: unit for unit in Unit}


def canonical_duration(text: str, vocabulary: Vocabulary) -> str:
    """Return ``5 working-days`` for ``5 werkdagen``; a text that is no duration stays what it is."""
    try:
        duration = parse_duration(text, _words(vocabulary))
    except DurationError:
        return text
    return f"{duration.amount} {duration.unit.value}"


def canonical_reminder(text: str, vocabulary: Vocabulary) -> str:
    """Return ``3 working-days`` for ``3 werkdagen vooraf``, and for ``3 werkdagen``: a reminder is never later."""
    reminder = canonical_duration(without_suffix(text, vocabulary), vocabulary)
    return reminder if is_duration(reminder) else text


def without_suffix(text: str, vocabulary: Vocabulary) -> str:
    """Return the duration in a reminder, without the word that says that it comes before."""
    for suffix in vocabulary.reminder_suffixes:
        text = text.removesuffix(f" {suffix}")
    return text


def typed_duration(text: str, vocabulary: Vocabulary) -> str:
    """Return a duration as a file has it, of what somebody typed on a page: ``6 weken`` for ``binnen zes weken``. What
    nobody can be sure of stays as it was typed."""
    found = _TYPED.match(" ".join(text.split()).lower())
    if not found or is_duration(canonical_duration(text, vocabulary)):
        return text
    amount = found["number"] or str(numbers_in(vocabulary.language).get(found["word"] or "", ""))
    meant = f"{amount} {found['unit']}"
    return meant if is_duration(canonical_duration(meant, vocabulary)) else text


def typed_reminder(text: str, vocabulary: Vocabulary) -> str:
    """Return a reminder as ``typed_duration`` returns a duration."""
    length = without_suffix(text.strip(), vocabulary)
    return f"{typed_duration(length, vocabulary)}{text.strip()[len(length) :]}"


def is_duration(value: str) -> bool:
    """Say whether a text is a canonical duration."""
    try:
        parse_duration(value, _CANONICAL_WORDS)
    except DurationError:
        return False
    return True


def duration_hint(text: str, vocabulary: Vocabulary) -> str:
    """Return what may have been meant with a text that is no duration, or nothing."""
    if _WITHOUT_NUMBER.match(text.strip().lower()):
        units = [vocabulary.unit_words(unit.value)[-1] for unit in (Unit.WORKING_DAYS, Unit.HOURS)]
        norm = f"'1 {units[0]}' of '24 {units[1]}'"
        source = vocabulary.word("source")
        return (
            f" Zonder getal weet niemand wanneer het te laat is. Kies een huisnorm, zoals {norm}, en zet bij "
            f"'{source}' dat het {text.strip()} moet, en van wie."
        )
    try:
        parse_duration(text, _words(vocabulary))
    except DurationError as error:
        if error.problem is DurationProblem.TOO_LARGE:
            return f" Het hoogste getal is {MOST}."
        return _as_meant(text, vocabulary) or question(*error.suggestions)
    return ""


def _as_meant(text: str, vocabulary: Vocabulary) -> str:
    """Ask for the duration that people mean with a number in letters, a short unit or a missing space."""
    found = _MEANT.match(text.strip().lower())
    if not found:
        return ""
    amount = found["number"] or str(numbers_in(vocabulary.language).get(found["word"] or "", ""))
    if not amount:
        return ""
    typed = found["unit"] or ""
    if typed in ("", *_ANY_DAYS):
        words = [
            vocabulary.unit_words(unit)[-1 if amount == "1" else 0]
            for unit in (Unit.WORKING_DAYS.value, Unit.CALENDAR_DAYS.value)
        ]
        told = typed in ("dag", "dagen") and _SPACED.match(text.strip().lower())
        return "" if told else question(*(f"{amount} {word}" for word in words))
    unit = _SHORT.get(typed)
    near = nearest(typed, _words(vocabulary), most=1) if found["word"] and not unit else ()
    word = vocabulary.unit_words(unit.value)[-1 if amount == "1" else 0] if unit else next(iter(near), typed)
    meant = f"{amount} {word}"
    return question(meant) if meant != text and is_duration(canonical_duration(meant, vocabulary)) else ""


def _words(vocabulary: Vocabulary) -> dict[str, Unit]:
    return {word: Unit(unit) for word, unit in vocabulary.duration_units.items()}
