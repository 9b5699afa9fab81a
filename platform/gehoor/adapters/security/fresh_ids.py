"""Fresh ids: random, so that nobody guesses one, and beginning with the day (UTC) on which they were given.

What is kept on one day so lies together in every index of a store: a save then touches few pages of a large register,
where wholly random ids touch another page of each index every time. The day tells nothing new: the events of a dossier
say when they happened.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Final

_DAY: Final = 86_400
_RANDOM: Final = 27
"""So many figures are random: 108 bits."""


def fresh_id(clock: Callable[[], float] = time.time) -> str:
    """Return an id of 32 hexadecimal figures. ``clock`` gives seconds since 1970."""
    return f"{int(clock()) // _DAY:05x}{secrets.token_hex(14)[:_RANDOM]}"
