"""Conditions: what a rule asks of a dossier.

A condition is a small immutable tree of comparisons over *facts* (the typed values of a dossier, see
``facts.py``). ``evaluate.holds`` is the reference meaning; the rule engine must agree with it. A comparison
on a fact that is absent never holds, except ``EMPTY``. ``Not`` is plain negation of the outcome. What is asked of
the rows of a list is ``Quantified``; its part is a condition over the facts of one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from gehoor.core.conditions.facts import FactType, FactValue
from gehoor.core.conditions.relative_dates import RelativeDate


class Operator(StrEnum):
    """How a fact is compared. The values are the canonical keywords of the files."""

    IS = "is"
    IS_NOT = "is-not"
    ONE_OF = "one-of"
    NONE_OF = "none-of"
    LESS_THAN = "less-than"
    AT_MOST = "at-most"
    MORE_THAN = "more-than"
    AT_LEAST = "at-least"
    FILLED = "filled"
    EMPTY = "empty"
    CONTAINS = "contains"


class Quantifier(StrEnum):
    """What is asked of the rows of a list. The values are the canonical keywords of the files."""

    SOME = "some"
    EVERY = "every"
    NONE = "none"
    COUNT = "count"


ROW_COUNT: Final = "row count"
"""The fact (INTEGER) that the part of a count is about. No member can have a name with a space."""

PRESENCE = frozenset({Operator.FILLED, Operator.EMPTY})
"""The operators that only ask whether there is an answer, and have no operand."""

LISTS = frozenset({Operator.ONE_OF, Operator.NONE_OF})
"""The operators whose operand is a tuple of values."""

ORDERING = frozenset({Operator.LESS_THAN, Operator.AT_MOST, Operator.MORE_THAN, Operator.AT_LEAST})
"""The operators that compare with one value of which there is less and more."""

_EQUALITY = PRESENCE | {Operator.IS, Operator.IS_NOT}
_ORDERED = _EQUALITY | LISTS | ORDERING
_WORDS = _EQUALITY | LISTS | {Operator.CONTAINS}

OPERATORS: Mapping[FactType, frozenset[Operator]] = MappingProxyType(
    {
        FactType.BOOLEAN: _EQUALITY,
        FactType.INTEGER: _ORDERED,
        FactType.DECIMAL: _ORDERED,
        FactType.TEXT: _WORDS,
        FactType.CODES: _WORDS,
        FactType.DATE: _ORDERED,
        FactType.INSTANT: _ORDERED,
        FactType.GROUPS: PRESENCE,
    }
)
"""The operators that make sense on each type of fact."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question about one fact. ``operand``: None for FILLED and EMPTY, a tuple for ONE_OF and NONE_OF.

    ``than`` takes the place of the operand when a date is compared with the date of another fact.
    """

    fact: str
    operator: Operator
    operand: FactValue | None = None
    than: RelativeDate | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Holds when every part holds; with no parts it always holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when at least one part holds; with no parts it never holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part does not."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Quantified:
    """Holds when so many rows of a list are as the part says: at least one, every one, or none.

    For ``COUNT`` the part is about the number of rows itself (``ROW_COUNT``). A list without an answer has no
    rows: SOME, EVERY and NONE never hold of it, as with any comparison, and its number of rows is 0.
    """

    fact: str
    quantifier: Quantifier
    part: Condition


Leaf: TypeAlias = Comparison | Quantified
Condition: TypeAlias = Leaf | All | AnyOf | Not


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield what a condition asks of facts, in the order in which it is written; not what it asks of each row."""
    waiting: list[Condition] = [condition]
    while waiting:
        current = waiting.pop()
        match current:
            case Comparison() | Quantified():
                yield current
            case Not(part):
                waiting.append(part)
            case All(parts) | AnyOf(parts):
                waiting.extend(reversed(parts))


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield the comparisons of a condition in the order in which they are written; not those over rows."""
    yield from (leaf for leaf in leaves(condition) if isinstance(leaf, Comparison))


def fact_names(condition: Condition) -> frozenset[str]:
    """Return the names of the facts a condition asks about."""
    found = frozenset(leaf.fact for leaf in leaves(condition))
    return found | {one.than.fact for one in comparisons(condition) if one.than is not None}
