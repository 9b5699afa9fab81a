"""Facts: the typed values of a dossier that rules may ask about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias


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


FactValue: TypeAlias = (
    bool | int | Decimal | str | date | datetime | tuple[str, ...] | tuple["FactValue", ...]
)
"""The Python value of a fact: bool, int, Decimal, str, tuple of str (CODES), date, aware datetime."""

Facts: TypeAlias = Mapping[str, FactValue]
"""Facts by name. A field without an answer is absent: never None, never an empty string or tuple."""

LATE_TERMS: Final = "late terms"
"""The fact (CODES) that holds which terms are late or were done late. No field can have a name with a space."""

# bool before int and datetime before date: the first of each pair is a subclass of the second.
_PYTHON_TYPES: tuple[tuple[type, FactType], ...] = (
    (bool, FactType.BOOLEAN),
    (int, FactType.INTEGER),
    (str, FactType.TEXT),
    (Decimal, FactType.DECIMAL),
    (datetime, FactType.INSTANT),
    (date, FactType.DATE),
    (tuple, FactType.CODES),
)


def type_of(value: object) -> FactType | None:
    """Return the type a Python value has as a fact, or None when no fact can have such a value."""
    for python_type, fact_type in _PYTHON_TYPES:
        if isinstance(value, python_type):
            return fact_type
    return None


def fits(value: object, fact_type: FactType) -> bool:
    """Say whether a value can be the value of a fact of this type.

    Nothing is converted: True is no INTEGER and an INTEGER is no DECIMAL. Empty texts and sets, decimals that
    are not finite and instants that are not in UTC fit nowhere.
    """
    if type_of(value) is not fact_type:
        return False
    if isinstance(value, Decimal):
        return value.is_finite()
    if isinstance(value, datetime):
        return value.utcoffset() == timedelta(0)
    if isinstance(value, str):
        return value != ""
    if isinstance(value, tuple):
        return value != () and all(isinstance(code, str) and code != "" for code in value)
    return True


def misfits(facts: Facts, fact_types: Mapping[str, FactType], names: Iterable[str]) -> tuple[str, ...]:
    """Return those of ``names`` whose fact is present with a value that does not fit its type.

    Raises ``KeyError`` when one of the names has no type.
    """
    return tuple(name for name in names if name in facts and not fits(facts[name], fact_types[name]))
