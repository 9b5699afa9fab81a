"""What the engine is told about a dossier: small whole numbers, and nothing else.

Durable-rules compares numbers below 2^53 well. Decimals, moments and large numbers it compares wrongly or not
at all, it reads ``5`` and ``"5"`` as equal, and an absent field may satisfy a comparison. Therefore each fact
becomes its *position* on a scale of the values that the rules name, and each question the engine cannot ask
becomes a number that says yes or no. No name, no word and no value of a dossier ever reaches the engine.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import Any, TypeAlias

from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import Facts
from gehoor.core.conditions.model import Condition

ABSENT = 0
"""The position of a fact that has no answer. It is below every other position."""

NO, YES = 0, 1
"""The readings of a computed input."""


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """One fact, read as its position among the values that rules compare it with (sorted, each once).

    The marks have the even positions 2, 4, 6 and so on; a value between two marks has the odd position in
    between. Comparing positions is therefore the same as comparing values, whatever their type.
    """

    fact: str
    # Values of one type, and a type with an order, because the type check comes before.
    marks: tuple[Any, ...]

    def read(self, facts: Facts) -> int:
        """Return the position of the fact."""
        value: Any = facts.get(self.fact)
        if value is None:
            return ABSENT
        before = bisect.bisect_left(self.marks, value)
        at_mark = before < len(self.marks) and bool(self.marks[before] == value)
        return 2 * before + 1 + at_mark

    def position_of(self, mark: object) -> int:
        """Return the position of one of the marks."""
        operand: Any = mark
        return 2 * bisect.bisect_left(self.marks, operand) + 2


@dataclass(frozen=True, slots=True)
class Computed:
    """A condition that Python evaluates, by its reference meaning, before the engine is asked."""

    condition: Condition

    def read(self, facts: Facts) -> int:
        """Return ``YES`` when the condition holds, else ``NO``."""
        return YES if holds(self.condition, facts) else NO


Input: TypeAlias = Scale | Computed
