"""What was found right, and is right again where the same is said: departments share most of what they agreed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any

from gehoor.core.text.problems import Problem


class Sound:
    """What one check after another found nothing wrong with. Of what was wrong nothing is kept: it is told again, at
    the place where it stands then."""

    def __init__(self) -> None:
        self._right: set[tuple[str, bytes]] = set()

    def unless(self, check: str, said: Any, find: Callable[[], Iterable[Problem]]) -> list[Problem]:
        """Return what a check finds, unless it found nothing in the same before. ``said``: all that it goes by."""
        # The digest stands for the text: what is kept of a look is little, however much was looked at.
        key = check, blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=20).digest()
        if key in self._right:
            return []
        found = [*find()]
        if not found:
            self._right.add(key)
        return found
