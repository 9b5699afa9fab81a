"""Durations and reminders: from the words of a file's language to canonical data."""

from __future__ import annotations

from gehoor.core.durations import Duration, DurationError, Unit, parse_duration
from gehoor.loading.vocabulary import Vocabulary

_CANONICAL_WORDS = {unit.value: unit for unit in Unit}


def canonical_duration(text: str, vocabulary: Vocabulary) -> str:
    """Return ``5 working-days`` for ``5 werkdagen``; a text that is no duration stays what it is."""
    try:
        duration = parse_duration(text, {word: Unit(unit) for word, unit in vocabulary.duration_units.items()})
    except DurationError:
        return text
    return f"{duration.amount} {duration.unit.value}"


def canonical_reminder(text: str, vocabulary: Vocabulary) -> str:
    """Return ``3 working-days`` for ``3 werkdagen vooraf``."""
    for suffix in vocabulary.reminder_suffixes:
        if text.endswith(f" {suffix}"):
            return canonical_duration(text.removesuffix(f" {suffix}"), vocabulary)
    return text


def parse_canonical(text: str) -> Duration:
    """Read a duration of canonical data. Raises ``DurationError``."""
    return parse_duration(text, _CANONICAL_WORDS)


def is_duration(value: object) -> bool:
    """Say whether a value is a canonical duration; anything but text is for the type check."""
    if not isinstance(value, str):
        return True
    try:
        parse_canonical(value)
    except DurationError:
        return False
    return True
