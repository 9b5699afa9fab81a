"""Which choices of a field are offered: a choice may hang on other answers, in a row on those of the same row."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import Facts
from gehoor.core.conditions.model import All, AnyOf, Condition, Not, fact_names
from gehoor.core.forms.fields import Choice, Field

Offer: TypeAlias = bool | Condition
"""Whether a choice is offered, or on what that hangs of what is still being answered."""


def offered(choice: Choice, facts: Facts) -> bool:
    """Say whether a choice can be made, given the other answers."""
    return choice.offered_if is None or holds(choice.offered_if, facts)


def unoffered(of: Field, facts: Facts) -> frozenset[str]:
    """Return the codes of a field that cannot be chosen, given the other answers."""
    return frozenset(choice.code for choice in of.choices if not offered(choice, facts))


def offer(choice: Choice, facts: Facts, asked: Collection[str]) -> Offer:
    """Return what is left to know of a choice on a page that asks the fields ``asked``. ``facts``: all that is
    answered elsewhere."""
    return True if choice.offered_if is None else _left(choice.offered_if, facts, asked)


def _left(condition: Condition, facts: Facts, asked: Collection[str]) -> Offer:
    if fact_names(condition).isdisjoint(asked):
        return holds(condition, facts)
    match condition:
        case All(parts):
            left = [_left(part, facts, asked) for part in parts]
            open_parts = tuple(one for one in left if not isinstance(one, bool))
            return All(open_parts) if open_parts and False not in left else False not in left
        case AnyOf(parts):
            left = [_left(part, facts, asked) for part in parts]
            open_parts = tuple(one for one in left if not isinstance(one, bool))
            return AnyOf(open_parts) if open_parts and True not in left else True in left
        case Not(part):
            inner = _left(part, facts, asked)
            return not inner if isinstance(inner, bool) else Not(inner)
        case _:
            return condition
