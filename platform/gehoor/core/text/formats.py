"""How a language writes what dossiers hold: days, moments, numbers and sizes, yes and no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """The formats of one language. Days are local dates; a moment is shown on the clock of its own zone."""

    language: str
    day: Callable[[date], str]
    days: Callable[[date, date], str]
    """Show a stretch of days, both ends included, as short as stays clear."""
    instant: Callable[[datetime], str]
    clock: Callable[[datetime | time], str]
    """Show a time of the clock."""
    number: Callable[[Decimal | float | str], str]
    """Show a number, given as a number or as it is stored, with a point."""
    size: Callable[[int], str]
    """Show a number of bytes."""
    colon: str
    """What stands between a name and what is told of it."""
    semicolon: str
    """What stands between two of those."""
    quote: Callable[[str], str]
    """Put a name in quotes."""
    yes: str
    no: str
