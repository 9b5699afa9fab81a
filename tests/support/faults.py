"""Faults as figures: how often something went wrong on purpose, and what was lost by it. Shown at the end of a run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

PROPERTY = "fault"
"""The name under which a test keeps its figure, so that it comes from whatever process the test ran in."""


class Tell(Protocol):
    """Keeps a figure of a test: what was done, how often, and what of which there was none."""

    def __call__(self, what: str, times: int, none_of: str) -> None: ...


def lines(properties: Iterable[tuple[str, object]]) -> list[str]:
    """Return the figures that tests kept, a line each."""
    return sorted(str(text) for name, text in properties if name == PROPERTY)


def line(what: str, times: int, none_of: str) -> str:
    """Return a figure as it is shown."""
    return f"{what}: {times:,} times, 0 {none_of}"
