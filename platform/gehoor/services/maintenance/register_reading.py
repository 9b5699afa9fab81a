"""Reading the tables of a register once, and noting what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.maintenance.references import OWNERS
from gehoor.services.ports.store import DamagedError, Document, StoreUnavailableError, Tables
from gehoor.services.records.keys import out_of_place
from gehoor.services.records.ledger_entries import called

STEP: Final = 5000
"""After so many documents somebody hears how far it is."""


@dataclass
class Reading:
    """What the tables hold: keys (also of what is damaged), and what documents say they belong to."""

    tables: Tables
    progress: Callable[[int], None]
    documents: int = 0
    keys: dict[str, set[str]] = field(default_factory=dict)
    dossiers: dict[str, bool] = field(default_factory=dict)
    """Dossiers with an event -> whether all of them can be read."""
    claims: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Owner (table and key) -> the first document that says it belongs to it."""
    findings: list[Finding] = field(default_factory=list)
    """What cannot be read."""

    def rows(self, table: str) -> Iterator[tuple[str, Document | None]]:
        """Give the rows of a table, as far as they can be read."""
        keys = self.keys.setdefault(table, set())
        try:
            for key, document in self.tables.scan(table):
                self.documents += 1
                if self.documents % STEP == 0:
                    self.progress(STEP)
                keys.add(key)
                if document is None:
                    self.findings.append(Finding(Kind.DAMAGED, table, key))
                elif out_of_place(table, key, document):
                    self.findings.append(Finding(Kind.MISPLACED, table, key))
                self._note(table, key, document)
                yield key, document
        except StoreUnavailableError as error:
            self.findings.append(Finding(Kind.UNREADABLE, table, detail=str(error)))

    def found(self, table: str, key: str) -> Document | None:
        """Return a document; None also for one that is damaged, which is told of where the table is read."""
        try:
            return self.tables.get(table, key)
        except DamagedError:
            return None

    def orphans(self, told: set[tuple[str, str]]) -> Iterator[Finding]:
        """Say what belongs to something that is not there; but for tables and keys that were told of already."""
        orphans: dict[tuple[str, str], Finding] = {}
        for (owner, name), (table, key) in self.claims.items():
            known = self.dossiers if owner == "events" else self.keys.get(owner, ())
            if name not in known and not {(owner, called(name)), (owner, name), (table, key)} & told:
                orphans.setdefault((table, key), Finding(Kind.ORPHAN, table, key, f"{owner} {name}"))
        yield from orphans.values()

    def _note(self, table: str, key: str, document: Document | None) -> None:
        if table == "events":
            dossier = key.partition("/")[0]
            self.dossiers[dossier] = self.dossiers.get(dossier, True) and document is not None
        elif document is not None:
            for owner in OWNERS.get(table, ()):
                name = owner.of(key, document)
                if name:
                    self.claims.setdefault((owner.table, name), (table, key))
