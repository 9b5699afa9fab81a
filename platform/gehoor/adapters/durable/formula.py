"""Formulas over inputs: the step between a condition and the flat paths that the engine is given.

An input always has a reading, also when its fact is absent. So the opposite of a check is exactly one other
check, and negations move to the leaves without changing the meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import product
from math import prod
from typing import TypeAlias

from gehoor.adapters.durable.inputs import Input


class Relation(Enum):
    """How a check compares a reading with a position. The values are the engine's own words."""

    EQUAL = "$eq"
    DIFFERENT = "$neq"
    BELOW = "$lt"
    UP_TO = "$lte"
    ABOVE = "$gt"
    FROM = "$gte"


_OPPOSITE = {
    Relation.EQUAL: Relation.DIFFERENT,
    Relation.DIFFERENT: Relation.EQUAL,
    Relation.BELOW: Relation.FROM,
    Relation.FROM: Relation.BELOW,
    Relation.ABOVE: Relation.UP_TO,
    Relation.UP_TO: Relation.ABOVE,
}


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison that the engine makes: the reading of an input with a fixed position."""

    subject: Input
    relation: Relation
    position: int


@dataclass(frozen=True, slots=True)
class Every:
    """Holds when every part holds."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Holds when at least one part holds."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = Check | Every | Some

Path: TypeAlias = tuple[Check, ...]
"""Tests that must all hold. A formula holds when one of its paths does."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a formula costs the engine: the number of its paths, and of the checks in the longest."""

    paths: int
    checks: int


def opposite(formula: Formula) -> Formula:
    """Return the formula that holds exactly when this one does not."""
    match formula:
        case Check(subject, relation, position):
            return Check(subject, _OPPOSITE[relation], position)
        case Every(parts):
            return Some(tuple(map(opposite, parts)))
        case Some(parts):
            return Every(tuple(map(opposite, parts)))


def size(formula: Formula) -> Size:
    """Return an upper bound of the size, without writing out the paths."""
    match formula:
        case Check():
            return Size(1, 1)
        case Every(parts):
            sizes = [size(part) for part in parts]
            # A part without paths leaves the whole without any, but only after all parts are written out.
            return Size(prod(max(part.paths, 1) for part in sizes), sum(part.checks for part in sizes))
        case Some(parts):
            sizes = [size(part) for part in parts]
            return Size(sum(part.paths for part in sizes), max((part.checks for part in sizes), default=0))


def paths(formula: Formula) -> list[Path]:
    """Write a formula out as paths, each once. Their number grows fast: ask for the size first."""
    match formula:
        case Check():
            return [(formula,)]
        case Every(parts):
            combinations = product(*(paths(part) for part in parts))
            joined = (tuple(dict.fromkeys(sum(combination, ()))) for combination in combinations)
            return list(dict.fromkeys(joined))
        case Some(parts):
            return list(dict.fromkeys(path for part in parts for path in paths(part)))
