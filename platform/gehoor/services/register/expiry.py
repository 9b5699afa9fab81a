"""Erasing what was only kept for a while, in steps that keep nobody waiting."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from gehoor.core.dossier.events import CLOCKS_DIFFER, instant_text
from gehoor.services.ports.store import SOUND, Where
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime

_BATCH: Final = 100


def astray(until: datetime, longest: timedelta, now: datetime) -> bool:
    """Say whether what was begun for ``longest`` at most would last longer from now on: it was written while the clock
    was ahead, and nobody knows since when, so it is over."""
    return until > now + longest + CLOCKS_DIFFER


def within(since: datetime, longest: timedelta, now: datetime) -> bool:
    """Say whether something that lasts so long, still does: not what began while the clock was ahead."""
    return -CLOCKS_DIFFER <= now - since <= longest


def drop_due(
    runtime: Runtime,
    table: str,
    last_at: datetime,
    *,
    by: str = "until_at",
    also: tuple[str, ...] = (),
    ahead: tuple[datetime, timedelta] | None = None,
) -> int:
    """Erase the documents of a table whose moment (UTC) in the member ``by`` is ``last_at`` or earlier, each under its
    ``id``, and what other tables have under it. Returns how many. A table with nothing to erase is only read.

    ``ahead``: what time it is, and how long after that no such moment can lie, unless the clock was ahead; those are
    erased too, but not while it may be behind."""
    dropped = 0
    last = (by, instant_text(last_at))
    if ahead is not None:
        dropped += _drop_astray(runtime, table, ahead, by, also)
    while True:
        with reading(runtime.store) as register:
            if not register.tables.select(table, where=SOUND, at_most=last, limit=1):
                return dropped
        with writing(runtime.store) as register:
            for document in register.tables.select(table, where=SOUND, at_most=last, limit=_BATCH):
                for one in (table, *also):
                    register.tables.delete(one, document["id"])
                dropped += 1


def _drop_astray(
    runtime: Runtime, table: str, ahead: tuple[datetime, timedelta], by: str, also: tuple[str, ...]
) -> int:
    soon = ahead[0] + CLOCKS_DIFFER
    where = Where(between={by: (instant_text(soon + ahead[1]), None)}, sound_only=True)
    with reading(runtime.store) as register:
        if not register.tables.select(table, where=where, limit=1):
            return 0
        # Something happened later than now: then nobody knows which of the two is wrong.
        later = Where(between={"changed_at": (instant_text(soon), None)}, sound_only=True)
        if register.tables.select("dossiers", where=later, limit=1):
            return 0
    with writing(runtime.store) as register:
        found = register.tables.select(table, where=where, limit=_BATCH)
        for document in found:
            for one in (table, *also):
                register.tables.delete(one, document["id"])
    return len(found)
