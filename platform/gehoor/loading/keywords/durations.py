"""Durations and reminders: from the words of a file's language to canonical data."""

from __future__ import annotations

from gehoor.core.calendar.durations import MOST, DurationError, DurationProblem, Unit, parse_duration
from gehoor.core.text.suggestions import question
from gehoor.loading.keywords.vocabulary import Vocabulary

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


def is_duration(value: str) -> bool:
    """Say whether a text is a canonical duration."""
    try:
        parse_duration(value, _CANONICAL_WORDS)
    except DurationError:
        return False
    return True


def duration_hint(text: str, vocabulary: Vocabulary) -> str:
    """Return what may have been meant with a text that is no duration, or nothing."""
    try:
        parse_duration(text, _words(vocabulary))
    except DurationError as error:
        if error.problem is DurationProblem.TOO_LARGE:
            return f" Het hoogste getal is {MOST}."
        return question(*error.suggestions)
    return ""


def _words(vocabulary: Vocabulary) -> dict[str, Unit]:
    return {word: Unit(unit) for word, unit in vocabulary.duration_units.items()}
