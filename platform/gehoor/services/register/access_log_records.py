"""The access log in the register: who opened which dossier. Entries are added, and never changed; they go
with the dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gehoor.core.dossier.access_log import Access, Way, hour_of, sealed
from gehoor.services.ports.records import from_document, to_document
from gehoor.services.ports.store import Tables


@dataclass(frozen=True)
class AccessLogRecords:
    """The access log inside one transaction."""

    tables: Tables

    def add_access(self, dossier: str, reader: str, way: Way, now: datetime, zone: str) -> None:
        """Note that somebody opened a dossier; once in each hour of the time zone."""
        last = self.tables.select("access_log", where={"dossier": dossier}, order_by=("-sequence",), limit=1)
        after = from_document(Access, last[0]) if last else None
        entry = sealed(dossier, reader, way, now, hour_of(now, zone), after)
        if self.tables.get("access_log", entry.key) is None:
            self.tables.insert("access_log", entry.key, to_document(entry))
            anchor = {"dossier": dossier, "count": entry.sequence, "head": entry.hash}
            self.tables.put("access_anchors", dossier, anchor)

    def drop_accesses(self, dossier: str) -> None:
        """Forget who opened a dossier: once it is about nobody any more."""
        for entry in self.access_log(dossier):
            self.tables.delete("access_log", entry.key)
        self.tables.delete("access_anchors", dossier)

    def access_log(self, dossier: str) -> list[Access]:
        """Return who opened a dossier, in order."""
        found = self.tables.select("access_log", where={"dossier": dossier}, order_by=("sequence",))
        return [from_document(Access, one) for one in found]
