"""Instants as numbers: what takes 27 signs as text is a third of that as a number, and sorts the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from gehoor.core.dossier.events import instant_text, parse_instant

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_LENGTH: Final = len(instant_text(_EPOCH))
_KNOWN: Final = 8192
"""How many are remembered: the terms of the dossiers of one day end at the same few."""


@lru_cache(maxsize=_KNOWN)
def to_number(text: str) -> int | None:
    """Return the microseconds since 1970 of an instant as documents hold it; None for any other text."""
    if len(text) != _LENGTH or not text.endswith("Z"):
        return None
    try:
        number = (datetime.fromisoformat(text) - _EPOCH) // _MICROSECOND
    except ValueError:
        return None
    # Only what comes back as it was: the library reads more ways of writing an instant than ours.
    return number if to_text(number) == text else None


@lru_cache(maxsize=_KNOWN)
def to_instant(text: str) -> datetime:
    """Return the instant (UTC) of a text as documents hold it."""
    return parse_instant(text)


@lru_cache(maxsize=_KNOWN)
def to_text(number: int) -> str:
    """Return the instant of a number of microseconds. Raises ``OverflowError`` for one outside the calendar."""
    return instant_text(_EPOCH + number * _MICROSECOND)
