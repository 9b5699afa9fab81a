"""Durations: an amount and a unit, read from and shown in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from gehoor.core.text.suggestions import nearest


class Unit(StrEnum):
    """What is counted. The values are the canonical keywords of the files."""

    CALENDAR_DAYS = "calendar-days"
    WORKING_DAYS = "working-days"
    WORKING_DAYS_MON_SAT = "working-days-mon-sat"
    """Working days with Saturday among them."""
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    """Elapsed hours, whatever the clock does."""

    @property
    def elapses(self) -> bool:
        """Say whether it counts time that goes by, to an instant; every other unit counts to a local day."""
        return self is Unit.HOURS


MOST: Final = 3650
"""The largest amount that can be written down; ten years of days."""
MOST_YEARS: Final = 100
"""The largest amount of years that can be written down."""

DUTCH_UNIT_WORDS: Final[Mapping[str, Unit]] = MappingProxyType(
    {
        "kalenderdag": Unit.CALENDAR_DAYS,
        "kalenderdagen": Unit.CALENDAR_DAYS,
        "werkdag": Unit.WORKING_DAYS,
        "werkdagen": Unit.WORKING_DAYS,
        "werkdag ma-za": Unit.WORKING_DAYS_MON_SAT,
        "werkdagen ma-za": Unit.WORKING_DAYS_MON_SAT,
        "werkdag_ma_za": Unit.WORKING_DAYS_MON_SAT,
        "werkdagen_ma_za": Unit.WORKING_DAYS_MON_SAT,
        "week": Unit.WEEKS,
        "weken": Unit.WEEKS,
        "maand": Unit.MONTHS,
        "maanden": Unit.MONTHS,
        "jaar": Unit.YEARS,
        "jaren": Unit.YEARS,
        "uur": Unit.HOURS,
        "uren": Unit.HOURS,
    }
)

DUTCH_AMBIGUOUS_WORDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"dag": ("kalenderdag", "werkdag"), "dagen": ("kalenderdagen", "werkdagen")}
)
"""Words that could mean two units, with the words to choose from."""

_SHOWN: Final[Mapping[Unit, tuple[str, str]]] = {
    Unit.CALENDAR_DAYS: ("kalenderdag", "kalenderdagen"),
    Unit.WORKING_DAYS: ("werkdag", "werkdagen"),
    Unit.WORKING_DAYS_MON_SAT: ("werkdag ma-za", "werkdagen ma-za"),
    Unit.WEEKS: ("week", "weken"),
    Unit.MONTHS: ("maand", "maanden"),
    # Dutch leaves these two in the singular after a number.
    Unit.YEARS: ("jaar", "jaar"),
    Unit.HOURS: ("uur", "uur"),
}

_SHAPE = re.compile(r"([0-9]+) (\S.*)")
_MOST_DIGITS = 6


class DurationProblem(StrEnum):
    """What is wrong with the text of a duration."""

    SHAPE = "shape"
    LEADING_ZERO = "leading-zero"
    TOO_LARGE = "too-large"
    UNKNOWN_UNIT = "unknown-unit"
    AMBIGUOUS_UNIT = "ambiguous-unit"


class DurationError(ValueError):
    """A text is no duration. The message is Dutch; ``suggestions`` are words that may have been meant."""

    def __init__(
        self,
        problem: DurationProblem,
        text: str,
        message: str,
        word: str = "",
        suggestions: tuple[str, ...] = (),
    ) -> None:
        self.problem = problem
        self.text = text
        self.word = word
        self.suggestions = suggestions
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Duration:
    """So many of a unit. Raises ValueError for an amount below zero."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"a duration cannot be negative: {self.amount} {self.unit}")


def parse_duration(
    text: str,
    words: Mapping[str, Unit] = DUTCH_UNIT_WORDS,
    ambiguous: Mapping[str, tuple[str, ...]] = DUTCH_AMBIGUOUS_WORDS,
) -> Duration:
    """Read a duration such as "10 kalenderdagen": a whole number, a space and one of the words.

    ``words`` gives the unit of each accepted word, in lower case. Raises DurationError for anything else:
    signs, fractions, leading zeros, amounts above MOST (years: MOST_YEARS), and words that are unknown or
    ambiguous.
    """
    match = _SHAPE.fullmatch(" ".join(text.split()).casefold())
    if match is None:
        raise DurationError(
            DurationProblem.SHAPE,
            text,
            f'"{text}" is geen duur; schrijf een getal en een eenheid: "10 kalenderdagen"',
        )
    digits, word = match.groups()
    unit = words.get(word)
    if unit is None:
        raise _unit_error(text, word, words, ambiguous)
    return Duration(_amount(text, digits, unit), unit)


def show_duration(duration: Duration) -> str:
    """Show a duration in Dutch, so that ``parse_duration`` reads the same again."""
    return f"{duration.amount} {_SHOWN[duration.unit][duration.amount != 1]}"


def _amount(text: str, digits: str, unit: Unit) -> int:
    if digits != "0" and digits.startswith("0"):
        shown = digits.lstrip("0") or "0"
        raise DurationError(
            DurationProblem.LEADING_ZERO,
            text,
            f'"{text}" begint met een nul; schrijf {shown} in plaats van {digits}',
        )
    most = MOST_YEARS if unit is Unit.YEARS else MOST
    # Digits are counted first: turning a very long row of them into a number is slow and may be refused.
    if len(digits) > _MOST_DIGITS or int(digits) > most:
        raise DurationError(
            DurationProblem.TOO_LARGE, text, f'"{text}" is te groot; het hoogste getal is {most}'
        )
    return int(digits)


def _unit_error(
    text: str, word: str, words: Mapping[str, Unit], ambiguous: Mapping[str, tuple[str, ...]]
) -> DurationError:
    choices = ambiguous.get(word)
    if choices is not None:
        meant = f'"{word}" kan twee dingen betekenen; bedoelt u {" of ".join(choices)}?'
        return DurationError(DurationProblem.AMBIGUOUS_UNIT, text, meant, word, choices)
    close = nearest(word, words, most=2)
    advice = f"bedoelde u {' of '.join(close)}?" if close else f"kies uit {', '.join(words)}"
    return DurationError(
        DurationProblem.UNKNOWN_UNIT, text, f'"{word}" is geen eenheid; {advice}', word, close
    )
