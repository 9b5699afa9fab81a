"""Conditions of which not every fact is known: they hold, they do not, or that hangs on what is unknown."""

from __future__ import annotations

from collections.abc import Callable

from gehoor.core.conditions.model import All, AnyOf, Comparison, Condition, Leaf, Not, Quantified


def outcome(condition: Condition, of: Callable[[Leaf], bool | None]) -> bool | None:
    """Say whether a condition holds; None where that hangs on what is unknown. ``of`` says it of each comparison in it.

    One part that decides is enough, whatever the others hang on."""
    match condition:
        case Comparison() | Quantified():
            return of(condition)
        case Not(part):
            inner = outcome(part, of)
            return None if inner is None else not inner
        case All(parts):
            return _together([outcome(part, of) for part in parts], decides=False)
        case AnyOf(parts):
            return _together([outcome(part, of) for part in parts], decides=True)


def _together(parts: list[bool | None], *, decides: bool) -> bool | None:
    if decides in parts:
        return decides
    return None if None in parts else not decides
