"""The table that the bench prints: each figure beside its peer from the same run, and the bar it is held to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Bar:
    """How much something may be at most, or must be at least."""

    value: float
    limit: float
    unit: str = "x"
    side: Literal["at most", "at least"] = "at most"

    @property
    def held(self) -> bool:
        return self.value <= self.limit if self.side == "at most" else self.value >= self.limit

    def __str__(self) -> str:
        sign = "<=" if self.side == "at most" else ">="
        return (
            f"{number(self.value)} {self.unit} ({sign} {number(self.limit)}) {'OK' if self.held else 'OVER'}"
        )


def number(value: float) -> str:
    """Write a number with the digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


class Report:
    """Prints a line for each row as it is known, and in the end which bars are held."""

    def __init__(self) -> None:
        self._bars: list[tuple[str, Bar]] = []

    def section(self, title: str) -> None:
        print(f"\n{title}")

    def row(self, name: str, figure: str, beside: str = "", bar: Bar | None = None) -> None:
        told = "" if bar is None else f"   [{bar}]"
        print(f"  {name:<52} {figure:>16}   {beside}{told}", flush=True)
        if bar is not None:
            self._bars.append((name, bar))

    def note(self, text: str) -> None:
        print(f"    {text}", flush=True)

    def summary(self) -> None:
        missed = [(name, bar) for name, bar in self._bars if not bar.held]
        print(f"\nBars: {len(self._bars) - len(missed)} held, {len(missed)} missed")
        for name, bar in missed:
            print(f"  OVER  {name:<52} {bar}")
