"""Backup: a dump of one moment of a register, made while others go on working with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from gehoor.core.dossier.events import instant_text
from gehoor.services.backups.dump_format import NOT_COPIED, Contents, DumpWriter
from gehoor.services.maintenance.register_reading import STEP
from gehoor.services.ports.store import Store
from gehoor.services.records.left_out import snapshot
from gehoor.services.records.tables import SCHEMAS


class Backup:
    """The dump of one moment of a register."""

    def __init__(self, store: Store, now: datetime, progress: Callable[[int], None] = lambda _: None) -> None:
        self._store = store
        self._writer = DumpWriter(instant_text(now))
        self._progress = progress

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the dump. What is damaged is left out and noted. Raises ``StoreUnavailableError`` when a
        table as a whole cannot be read."""
        done = 0
        yield self._writer.first()
        with snapshot(self._store) as tables:
            for schema in (one for one in SCHEMAS if one.name not in NOT_COPIED):
                for key, document in tables.scan(schema.name):
                    if document is None:
                        self._writer.leave_out(schema.name, key)
                    else:
                        yield self._writer.document(schema.name, key, document)
                    done += 1
                    if done % STEP == 0:
                        self._progress(STEP)
        yield self._writer.last()

    def contents(self) -> Contents:
        """Return what was written until now."""
        return self._writer.contents()
