"""Counting the steps of a program: the same work is the same number on every computer, however slow or busy."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

_SAMPLE: Final = 50_000
_SAMPLES: Final = 3


def count_steps(most: int = sys.maxsize, beyond: Callable[[], object] = lambda: None) -> Callable[[], int]:
    """Count the steps of this thread from now on; return what says how many there were.

    A step is a call of a function, in Python or in a library. Beyond ``most`` steps ``beyond`` is called at each one.
    """
    taken = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal taken
        # Compared one by one, and kept in a local: this runs millions of times.
        if event == "call" or event == "c_call":  # noqa: PLR1714
            taken += 1
            if taken > most:
                beyond()

    sys.setprofile(count)
    return lambda: taken


def stop_counting() -> None:
    """Let this thread run at full speed again."""
    sys.setprofile(None)


def seconds_per_step() -> float:
    """Measure how many seconds of the processor a step takes here and now, at the least; counting ends with it."""
    return max(_sample() for _ in range(_SAMPLES)) / _SAMPLE


def _sample() -> float:
    began = time.process_time()
    count_steps()
    for _ in range(_SAMPLE):
        _step()
    stop_counting()
    return time.process_time() - began


def _step() -> None:
    """Do nothing, which is the shortest step there is."""
