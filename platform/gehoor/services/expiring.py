"""Erasing what was only kept for a while: documents whose ``until_at`` has come, each under its ``id``."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from gehoor.core.events import instant_text
from gehoor.services.register import reading, writing
from gehoor.services.runtime import Runtime

_BATCH: Final = 100


def drop_due(runtime: Runtime, table: str, now: datetime) -> int:
    """Erase the documents of a table that were kept until now at the latest; returns how many. A table with nothing
    to erase is only read."""
    dropped = 0
    last = ("until_at", instant_text(now))
    while True:
        with reading(runtime.store) as register:
            if not register.tables.select(table, at_most=last, limit=1):
                return dropped
        with writing(runtime.store) as register:
            for document in register.tables.select(table, at_most=last, limit=_BATCH):
                register.tables.delete(table, document["id"])
                dropped += 1
