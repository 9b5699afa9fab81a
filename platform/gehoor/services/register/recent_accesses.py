"""Recent accesses: what this process wrote in the access log not long ago, so that it asks no store again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

_MOST: Final = 10_000


@dataclass
class RecentAccesses:
    """The last entries that are in the log for certain. Only a help: the log itself has each of them once."""

    _known: OrderedDict[Hashable, None] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def __contains__(self, entry: Hashable) -> bool:
        return entry in self._known

    def add(self, entry: Hashable) -> None:
        """Remember an entry, and forget the oldest where there are many."""
        with self._lock:
            self._known[entry] = None
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
