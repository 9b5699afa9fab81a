"""The words of a language as patterns: durations, reminders and places, for editors that know only JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gehoor.loading.keywords.placeholders import LETTER_PLACES, NUMBER_PLACES
from gehoor.loading.keywords.vocabulary import Vocabulary

_WIDTH = "(:[1-9])?"
_AMOUNT = "(0|[1-9][0-9]{0,3})"
_DATE = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
_OPERAND = "([a-z][a-z0-9]*([_-][a-z0-9]+)*|[0-9]{1,9}([.,][0-9]{1,4})?)"
_CALCULATION = f"^{_OPERAND} [-+x] {_OPERAND}$"
_HTTPS = r"^https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[!-~]*)?$"
_EMAIL = r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"


def text_of_format(name: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the schema of a text with a format of ours, as far as a pattern can say it."""
    return _FORMATS[name](vocabulary)


def spelled_with_spaces(word: str) -> str | None:
    """Return the pattern of a keyword with spaces for hyphens, which means the same; None without hyphens."""
    parts = [re.escape(part) for part in word.split("-")]
    return f"^(?=.* ){'[ -]'.join(parts)}$" if len(parts) > 1 else None


def _pattern(pattern: str) -> Callable[[Vocabulary], dict[str, Any]]:
    return lambda _: {"type": "string", "pattern": pattern}


def _duration(vocabulary: Vocabulary) -> str:
    return f"{_AMOUNT} +({_either(vocabulary.duration_units)})"


def _reminder(vocabulary: Vocabulary) -> str:
    return f"{_duration(vocabulary)}( ({_either(vocabulary.reminder_suffixes)}))?"


def _day(vocabulary: Vocabulary) -> dict[str, Any]:
    sides = _either((vocabulary.word("before"), vocabulary.word("after")))
    counted = f"{_duration(vocabulary)} +({sides}) +"
    return {"type": "string", "pattern": f"({_DATE})|(^({counted})?[a-z][a-z0-9]*([_-][a-z0-9]+)*$)"}


_BRACES = r"^([^{}]|\{[^{}:]+\})*$"
"""Which places there are in a letter to a complainant, its agreement says."""


def _letter(vocabulary: Vocabulary) -> dict[str, Any]:
    places = _either(vocabulary.place_word(name) for name in sorted(LETTER_PLACES))
    return {"type": ["string", "number", "boolean"], "pattern": rf"^([^{{}}]|\{{({places})\}})*$"}


def _number(vocabulary: Vocabulary) -> dict[str, Any]:
    words = {
        name: vocabulary.place_word(name) + ("" if name == "department" else _WIDTH) for name in NUMBER_PLACES
    }
    others = "|".join(sorted(word for name, word in words.items() if name != "sequence"))
    rest = rf"([^{{}}]|\{{({others})\}})*"
    return {"type": "string", "pattern": rf"^{rest}\{{{words['sequence']}\}}{rest}$"}


def _either(words: Iterable[str]) -> str:
    # The longest first: else "werkdagen" would do for "werkdagen ma-za".
    return "|".join(
        re.escape(word).replace(r"\ ", " ").replace(r"\-", "-") for word in sorted(words, key=_longest)
    )


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


_FORMATS: Mapping[str, Callable[[Vocabulary], dict[str, Any]]] = {
    "gehoor-duration": lambda vocabulary: {"type": "string", "pattern": f"^{_duration(vocabulary)}$"},
    "gehoor-reminder": lambda vocabulary: {"type": "string", "pattern": f"^{_reminder(vocabulary)}$"},
    "gehoor-day": _day,
    "gehoor-bound": _day,
    "gehoor-calculation": _pattern(_CALCULATION),
    "gehoor-number-pattern": _number,
    "gehoor-letter": _letter,
    "gehoor-outgoing-letter": _pattern(_BRACES),
    "gehoor-color": _pattern("^#[0-9a-fA-F]{6}$"),
    "gehoor-time": _pattern(_TIME),
    "date": _pattern(_DATE),
    "email": _pattern(_EMAIL),
    "gehoor-https": _pattern(_HTTPS),
    # What these may hold, no pattern can say.
    "gehoor-time-zone": lambda _: {"type": "string"},
    "gehoor-pattern": lambda _: {"type": ["string", "number"]},
}
