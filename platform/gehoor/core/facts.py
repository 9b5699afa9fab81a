"""Facts: the typed values of a dossier that rules may ask about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class FactType(StrEnum):
    """The type of a fact. A comparison between types is refused when an agreement is built."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    """Free text and single codes."""
    CODES = "codes"
    """A set of codes: the answers of a field that may have several."""
    DATE = "date"
    """A local date."""
    INSTANT = "instant"
    """A moment, in UTC."""


FactValue: TypeAlias = bool | int | Decimal | str | date | datetime | tuple[str, ...] | tuple["FactValue", ...]
"""The Python value of a fact: bool, int, Decimal, str, tuple of str (CODES), date, aware datetime."""

Facts: TypeAlias = Mapping[str, FactValue]
"""Facts by name. A field without an answer is absent: never None, never an empty string or tuple."""
