"""What a dump has of one dossier, and what it does without."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from gehoor.services.backups.dump_format import DumpReader
from gehoor.services.maintenance.references import OWNERS
from gehoor.services.ports.store import Document
from gehoor.services.records.keys import event_key
from gehoor.services.records.ledger_entries import LEDGER, SALTS, count_in
from gehoor.services.records.ledger_lookup import entered_in
from gehoor.services.records.left_out import members_of

Dump: TypeAlias = Callable[[], AbstractContextManager[Iterable[bytes]]]
"""Gives the lines of a dump, from its beginning each time."""

_MOST: Final = 1000
"""So many events are named that are gone after those that are there."""
_SHARED: Final = ("agreements", "counters")


@dataclass
class FoundInDump:
    """What a dump has of a dossier: by table, and in it by key."""

    made_at: str = ""
    documents: dict[str, dict[str, Document]] = field(default_factory=dict)
    entered: str = ""
    """The last that the ledger of the dump says of its events."""
    left_out: tuple[tuple[str, str], ...] = ()

    def missing(self, dossier: str) -> tuple[str, ...]:
        """Return the keys of the events that the dump does without, as it knows itself."""
        there = {int(one["sequence"]) for one in self.of("events").values()}
        lines = (self.of(table).get(dossier) for table in ("dossiers", "pending"))
        known = max([count_in(self.entered), *there, *(int(one["version"]) for one in lines if one)])
        gone = {
            event_key(dossier, one)
            for one in range(1, min(known, len(there) + _MOST) + 1)
            if one not in there
        }
        hurt = {key for table, key in self.left_out if table == "events" and is_of(table, key, dossier)}
        return tuple(sorted(gone | hurt))

    def of(self, table: str) -> dict[str, Document]:
        """Return what it has in a table, by key."""
        return self.documents.get(table, {})

    def put(self, table: str, key: str, document: Document) -> None:
        """Note that it has a document."""
        self.documents.setdefault(table, {})[key] = document


def is_of(table: str, key: str, dossier: str) -> bool:
    """Say whether something that a dump left out is of a dossier, as its key says."""
    return dossier in (members_of(table, key).get("dossier"), key.partition("/")[0])


def read_dossier(dump: Dump, dossier: str) -> FoundInDump:
    """Return what a dump has of a dossier, with every agreement and the last number of each series."""
    found = FoundInDump()
    with dump() as lines:
        reader = DumpReader(lines)
        for table, key, document in reader:
            mine = (table == "events" and document.get("dossier") == dossier) or (table, key) == (
                SALTS,
                dossier,
            )
            owned = (one for one in OWNERS.get(table, ()) if one.table == "events")
            if table == LEDGER and f'"{dossier}"' in document["entries"]:
                found.entered = entered_in(document, dossier, "events", found.entered)
            if mine or table in _SHARED or any(one.of(key, document) == dossier for one in owned):
                found.put(table, key, document)
        found.made_at, found.left_out = reader.contents().made_at, reader.contents().left_out
    if files := found.of("attachments"):
        with dump() as lines:
            for table, key, document in DumpReader(lines):
                if table == "attachment_contents" and key in files:
                    found.put(table, key, document)
    used = {event["agreement"] for event in found.of("events").values()}
    found.documents["agreements"] = {key: one for key, one in found.of("agreements").items() if key in used}
    return found
