"""Recent tries: how often each of many things was tried lately, in a window that moves along with the time.

What it costs does not grow with how many visitors there were, and those of whom nothing is recent are forgotten.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Final

_FORGETTING: Final = 60.0
"""Seconds between two rounds in which is forgotten what is recent no more."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many tries at most within so many seconds."""

    most: int
    seconds: int


class RecentTries:
    """Counts tries, in the memory of this process only. ``clock`` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._tried: dict[tuple[Rate, Hashable], deque[float]] = {}
        self._forget_at = clock() + _FORGETTING

    def is_free(self, rate: Rate, what: Hashable) -> bool:
        """Say whether something may be tried once more now."""
        with self._lock:
            return self._is_free(rate, what, self._clock())

    def hit(self, rate: Rate, what: Hashable) -> bool:
        """Count one try; False, and it is not counted, when there were as many as may be."""
        with self._lock:
            now = self._clock()
            if now >= self._forget_at:
                self._forget(now)
            if not self._is_free(rate, what, now):
                return False
            self._tried.setdefault((rate, what), deque()).append(now)
            return True

    def clear(self) -> None:
        """Forget all tries."""
        with self._lock:
            self._tried.clear()

    def __len__(self) -> int:
        """Return how many things are known that were tried."""
        return len(self._tried)

    def _is_free(self, rate: Rate, what: Hashable, now: float) -> bool:
        tried = self._tried.get((rate, what))
        if tried is None:
            return rate.most > 0
        while tried and tried[0] <= now - rate.seconds:
            tried.popleft()
        return len(tried) < rate.most

    def _forget(self, now: float) -> None:
        old = [key for key, tried in self._tried.items() if not tried or tried[-1] <= now - key[0].seconds]
        for key in old:
            del self._tried[key]
        self._forget_at = now + _FORGETTING
