"""Fresh ids: random, so that nobody guesses one, and beginning with the day (UTC) on which they were given.

What is kept on one day so lies together in every index of a store: a save then touches few pages of a large register,
where wholly random ids touch another page of each index every time. The day tells nothing new: the events of a dossier
say when they happened.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Final

_FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_RANDOM: Final = 27
"""So many figures are random: 108 bits."""


def fresh_id(now: datetime) -> str:
    """Return an id of 32 hexadecimal figures, given at an instant."""
    return f"{(now - _FIRST).days:05x}{secrets.token_hex(14)[:_RANDOM]}"
