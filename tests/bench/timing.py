"""Measuring: CPU time is steadier than wall time, the median steadier than the mean."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
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


def row(name: str, figure: str, reference: str = "") -> None:
    """Print one line of the report."""
    print(f"{name:<58} {figure:>16}   {reference}")
