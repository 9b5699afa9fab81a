"""How it stands with the messages of a register, all together: without reading more than a part of them."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from gehoor.services.messages.addresses import NOBODY
from gehoor.services.ports.store import Where
from gehoor.services.register.register import Register

MOST: Final = 1000
"""Of so many, the oldest ones, it is looked up whether they were tried."""
_WAITING: Final = "waiting"


class Standing(NamedTuple):
    """How many messages wait, how many of those were tried in vain (at most ``MOST``), and how many do not leave
    because nobody is there to read them. ``oldest``: since when the oldest waits."""

    waiting: int
    refused: int
    nobody: int
    oldest: datetime | None


def standing(register: Register) -> Standing:
    """Return how it stands with the messages."""
    tables = register.tables
    where = Where({"state": _WAITING}, sound_only=True)
    oldest = tables.select("messages", where=where, order_by=("created_at",), limit=MOST)
    return Standing(
        tables.count("messages", where={"state": _WAITING}),
        sum(one["attempts"] > 0 for one in oldest),
        tables.count("messages", where={"state": NOBODY}),
        datetime.fromisoformat(oldest[0]["created_at"]) if oldest else None,
    )
