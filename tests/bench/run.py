"""What every section of the bench is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.report import Report


@dataclass(frozen=True)
class Run:
    """Where a run keeps its files, and how much of it is done: ``quick`` is a share that takes a minute or two."""

    folder: Path
    quick: bool = False
    report: Report = field(default_factory=Report)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many dossiers the registers hold that growth is measured in."""
        return (1_000, 10_000) if self.quick else (1_000, 10_000, 100_000)

    @property
    def rounds(self) -> int:
        """How often a load is repeated."""
        return 2 if self.quick else 5

    def less(self, number: int) -> int:
        """Return how often something is done."""
        return max(1, number // 10) if self.quick else number
