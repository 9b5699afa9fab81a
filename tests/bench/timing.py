"""Measuring: CPU time is steadier than wall time, the median steadier than the mean."""

from __future__ import annotations

import cProfile
import os
import pstats
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def median_us(work: Callable[[], object], runs: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the median time of some work, in microseconds."""
    work()
    found = []
    for _ in range(runs):
        start = clock()
        work()
        found.append((clock() - start) * 1e6)
    return statistics.median(found)


def total_us(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Return the CPU time of some work done once, in microseconds."""
    start = clock()
    work()
    return (clock() - start) * 1e6


def fsync_us(folder: Path, runs: int = 100) -> float:
    """Return what one durable write of a page costs on this disk, in microseconds."""
    with (folder / "probe").open("wb") as probe:

        def write() -> None:
            probe.write(b"x" * 4096)
            probe.flush()
            os.fsync(probe.fileno())

        return median_us(write, runs)


def by_turns(works: Sequence[Callable[[], object]], runs: int, rounds: int = 7) -> list[float]:
    """Return the CPU time of each work in microseconds, done by turns so that what else the computer does counts for
    all: the median over some rounds of ``runs`` times each."""
    for work in works:
        work()
    found: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, costs in zip(works, found, strict=True):
            start = time.process_time()
            for _ in range(runs):
                work()
            costs.append((time.process_time() - start) / runs * 1e6)
    return [statistics.median(costs) for costs in found]


def dominating(work: Callable[[], object], most: int = 8) -> list[str]:
    """Return the modules in which the most time is spent while some work is done, each with its share."""
    profile = cProfile.Profile()
    profile.runcall(work)
    spent: dict[str, float] = {}
    for (file, _, name), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        spent[_module(file, name)] = spent.get(_module(file, name), 0.0) + own
    whole = sum(spent.values())
    ranked = sorted(spent.items(), key=lambda pair: -pair[1])[:most]
    return [f"{seconds / whole:6.1%}  {module}" for module, seconds in ranked]


def _module(file: str, name: str) -> str:
    if file == "~":
        return name.strip("<>")
    parts = Path(file).with_suffix("").parts
    for root in ("gehoor", "site-packages", "tests"):
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root)
            return ".".join(parts[at + (root == "site-packages") :])
    return parts[-1]
