"""Sums over moves: what they come to, of each number that a report shows."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from gehoor.core.figures.suppression.contributions import SUM, Amounts, Number
from gehoor.core.figures.suppression.register_moves import Change, Move, RegisterMoves

_PLENTY: Final = 10**6


def sums_of(register: RegisterMoves) -> dict[Number, int | Decimal]:
    """Return what the members of a register add to each number, together."""
    found: dict[Number, int | Decimal] = {}
    for place in range(len(register.members)):
        add_to(found, register.contribution(place))
    return found


def add_to(to: dict[Number, int | Decimal], what: Amounts) -> None:
    """Add to numbers what one member adds to each."""
    for one, of in what.items():
        to[one] = to.get(one, 0) + of


def changes_only_sums(move: Move) -> bool:
    """Say whether a move leaves nothing but one and the same difference in sums."""
    return all(one[3] == SUM for one in move.residual) and len(set(move.residual.values())) == 1


def times_of(move: Move) -> int:
    """Return how often a move can be made: once for each dossier it is of."""
    return len(move.members) or _PLENTY


def changed_by_either(one: Change, other: Change) -> list[Number]:
    """Return the numbers that two changes together do change."""
    return [each for each in {*one, *other} if one.get(each, 0) + other.get(each, 0)]
