"""Rules: when this, then that, because. What a rule does is in ``effects.py``."""

from __future__ import annotations

from dataclasses import dataclass

from gehoor.core.conditions import Condition
from gehoor.core.effects import Effect


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as agreed. ``source`` says where it stands: file and line; ``table``: the table of which it is a row."""

    id: str
    condition: Condition
    effects: tuple[Effect, ...]
    because: str = ""
    source: str = ""
    table: str = ""
