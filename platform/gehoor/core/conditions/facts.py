"""Facts: the typed values of a dossier that rules may ask about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias, TypeVar


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
    GROUPS = "groups"
    """Rows, each with facts of its own: the answers of a list of groups."""


class Row(Mapping[str, "FactValue"]):
    """The facts of one row, by member. Rows do not change, and equal rows are one."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Mapping[str, FactValue]) -> None:
        self._facts = dict(facts)

    def __getitem__(self, member: str) -> FactValue:
        return self._facts[member]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def __hash__(self) -> int:
        return hash(frozenset(self._facts.items()))

    def __repr__(self) -> str:
        return f"Row({self._facts!r})"


FactValue: TypeAlias = (
    bool | int | Decimal | str | date | datetime | Row | tuple[str, ...] | tuple["FactValue", ...]
)
"""The Python value of a fact: bool, int, Decimal, str, tuple of str (CODES) or Row (GROUPS), date, aware datetime."""

Facts: TypeAlias = Mapping[str, FactValue]
"""Facts by name. A field without an answer is absent: never None, never an empty string or tuple."""

LATE_TERMS: Final = "late terms"
"""The fact (CODES) that holds which terms are late or were done late. No field can have a name with a space."""

_Known = TypeVar("_Known")
_OF = "."
"""Stands between a list of groups and a member where both are named at once. No field can have a name with it."""


def member_name(groups: str, member: str) -> str:
    """Name the member of a list of groups, where the types of facts are kept."""
    return f"{groups}{_OF}{member}"


def rows_of(name: str) -> str:
    """Return the list of groups that a name says a member of; empty where it is the name of a fact."""
    return name.partition(_OF)[0] if _OF in name else ""


def by_member(known: Mapping[str, _Known], groups: str) -> dict[str, _Known]:
    """Return what is known of the members of a list of groups, by member."""
    start = f"{groups}{_OF}"
    return {name.removeprefix(start): of for name, of in known.items() if name.startswith(start)}


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
_BY_TYPE = dict(_PYTHON_TYPES)


def type_of(value: object) -> FactType | None:
    """Return the type a Python value has as a fact, or None when no fact can have such a value."""
    if isinstance(value, tuple) and value and isinstance(value[0], Row):
        return FactType.GROUPS
    exactly = _BY_TYPE.get(type(value))
    if exactly is not None:
        return exactly
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
        return value != () and all(_part_fits(part, fact_type) for part in value)
    return True


def _part_fits(part: object, fact_type: FactType) -> bool:
    return isinstance(part, Row) if fact_type is FactType.GROUPS else isinstance(part, str) and part != ""


def misfits(facts: Facts, fact_types: Mapping[str, FactType], names: Iterable[str]) -> tuple[str, ...]:
    """Return those of ``names`` whose fact is present with a value that does not fit its type.

    Raises ``KeyError`` when one of the names has no type.
    """
    return tuple(name for name in names if name in facts and not _all_fits(name, facts[name], fact_types))


def _all_fits(name: str, value: FactValue, fact_types: Mapping[str, FactType]) -> bool:
    """Say whether a value fits, and in rows whether each member is known and fits too."""
    if not fits(value, fact_types[name]):
        return False
    if fact_types[name] is not FactType.GROUPS or not isinstance(value, tuple):
        return True
    types = by_member(fact_types, name)
    rows = [row for row in value if isinstance(row, Row)]
    return all(set(row) <= set(types) and not misfits(row, types, row) for row in rows)
