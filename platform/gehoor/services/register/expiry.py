"""Erasing what was only kept for a while, in steps that keep nobody waiting."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from gehoor.core.dossier.events import CLOCKS_DIFFER, instant_text
from gehoor.services.ports.store import SOUND
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime

_BATCH: Final = 100


def astray(until: datetime, longest: timedelta, now: datetime) -> bool:
    """Say whether what was begun for ``longest`` at most would last longer from now on: it was written while the clock
    was ahead, and nobody knows since when, so it is over."""
    return until > now + longest + CLOCKS_DIFFER


def drop_due(
    runtime: Runtime,
    table: str,
    last_at: datetime,
    *,
    by: str = "until_at",
    also: tuple[str, ...] = (),
) -> int:
    """Erase the documents of a table whose moment (UTC) in the member ``by`` is ``last_at`` or earlier, each under its
    ``id``, and what other tables have under it. Returns how many. A table with nothing to erase is only read."""
    dropped = 0
    last = (by, instant_text(last_at))
    while True:
        with reading(runtime.store) as register:
            if not register.tables.select(table, where=SOUND, at_most=last, limit=1):
                return dropped
        with writing(runtime.store) as register:
            for document in register.tables.select(table, where=SOUND, at_most=last, limit=_BATCH):
                for one in (table, *also):
                    register.tables.delete(one, document["id"])
                dropped += 1
