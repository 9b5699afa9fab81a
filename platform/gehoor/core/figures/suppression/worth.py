"""Worth: how much is lost where numbers are hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Final

from gehoor.core.figures.suppression.contributions import COUNT, Number

_EACH: Final = 3
"""So much each number is worth by itself, however small it is."""


class Worth:
    """What the numbers of public tables are worth. ``values``: how much each is; ``counts``: those that are counts."""

    def __init__(self, values: Mapping[Number, int | Decimal], counts: Collection[Number]) -> None:
        self._values = values
        self._twice = {number[0] for number in counts if number[1] and number[2]}
        found: defaultdict[str, list[float]] = defaultdict(list)
        for number in counts:
            if (value := values.get(number, 0)) > 0:
                found[number[0]].append(float(value))
        self._grain = {table: sum(each) / len(each) for table, each in found.items()}

    def is_finer(self, table: str, than: str) -> bool:
        """Say whether the numbers of a table are of fewer dossiers, on average, than those of another."""
        return self._grain.get(table, 0) < self._grain.get(than, 0)

    def loss(self, units: Iterable[Number]) -> int:
        """Return how much is lost when numbers are hidden: totals and what stands by itself count for more."""
        return sum(
            1 if one[3] != COUNT or (one[1] and one[2]) else 3 if one[1] is None and one[2] is None else 2
            for one in units
        )

    def cost(self, one: Number) -> float:
        """Return how much is lost by hiding a number: the more it is of, the more it tells."""
        if one[3] != COUNT:
            return 60.0 if one[1] is None else 20.0
        _, row, column, _ = one
        weight = 1.0
        if row is None:
            weight = 6.0 if column is None else 2.0
        elif column is None and one[0] in self._twice:
            weight = 2.0
        return (float(self._values[one]) + _EACH) * weight
