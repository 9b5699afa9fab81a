"""Conditions: what a rule asks of a dossier.

A condition is a small immutable tree of comparisons over *facts* (the typed values of a dossier, see
``facts.py``). ``holds`` is the reference meaning; the rule engine must agree with it. Meaning of a comparison
on a fact that is absent: it never holds, except ``EMPTY``. ``Not`` is plain negation of the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from gehoor.core.facts import FactValue


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


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question about one fact. ``operand`` is absent for FILLED and EMPTY, a tuple for ONE_OF and NONE_OF."""

    fact: str
    operator: Operator
    operand: FactValue | None = None


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


Condition: TypeAlias = Comparison | All | AnyOf | Not
