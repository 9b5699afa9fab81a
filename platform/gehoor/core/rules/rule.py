"""Rules: when this, then that, because. What a rule does is in ``effects.py``."""

from __future__ import annotations

from dataclasses import dataclass

from gehoor.core.conditions.model import Condition
from gehoor.core.rules.effects import Effect


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as agreed.

    ``source``: where it stands, file and line; ``basis``: the agreement or law it rests on; ``table``: the decision
    table of which it is a row; ``asked``: what such a row asks itself, where its condition also says that no row before
    it fits. ``name``: what people call it, or its table; empty: they have no more than its id.
    """

    id: str
    condition: Condition
    effects: tuple[Effect, ...]
    because: str = ""
    source: str = ""
    basis: str = ""
    table: str = ""
    asked: Condition | None = None
    name: str = ""
