"""Clearances in the register: what somebody needs for a dossier to exist for them, by dossier and by department."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from gehoor.core.access.confidentiality import Clearance
from gehoor.services.ports.records import from_document, to_document
from gehoor.services.ports.store import DamagedError, Tables, Where

_NOBODYS: Final = "?"


@dataclass(frozen=True)
class ClearanceRecords:
    """The clearances inside one transaction. What is damaged of them hides a dossier, and never shows one."""

    tables: Tables
    _known: dict[str, Clearance] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was read in this transaction already: a list asks the same of each of its lines."""
    _known_of: dict[tuple[str, str], dict[str, Clearance]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """The same of whole departments."""

    def save_clearance(self, dossier: str, clearance: Clearance) -> None:
        """Keep what somebody needs for a dossier to exist for them, at once with what makes it so."""
        before, after = self.clearance_key(dossier), clearance.key
        if after != before:
            self.tables.put("confidential", dossier, {"dossier": dossier, "clearance": after})
        if self.clearance(after) is None:
            self.tables.put("clearances", after, to_document(clearance))
            self._known_of.clear()

    def clearance_key(self, dossier: str) -> str:
        """Return under which key the clearance of a dossier is kept; empty: none is asked. Where that is damaged, one
        that nobody has. Where it is gone, its line in the lists says it still."""
        try:
            found = self.tables.get("confidential", dossier) or self.tables.get("dossiers", dossier)
        except DamagedError:
            return _NOBODYS
        return str(found.get("clearance") or "") if found else ""

    def clearance(self, key: str) -> Clearance | None:
        """Return what is asked under a key; None also where that is damaged: nobody has it then."""
        if key in self._known:
            return self._known[key]
        try:
            found = self.tables.get("clearances", key)
        except DamagedError:
            return None
        if not found:
            return None
        return self._known.setdefault(key, from_document(Clearance, found))

    def clearances(self, place: tuple[str, str]) -> dict[str, Clearance]:
        """Return what dossiers of a department ask, or asked once, by key; without what is damaged."""
        if place in self._known_of:
            return self._known_of[place]
        organisation, department = place
        where = Where({"organisation": organisation, "department": department}, sound_only=True)
        found = [from_document(Clearance, one) for one in self.tables.select("clearances", where=where)]
        return self._known_of.setdefault(place, {one.key: one for one in found})

    def clearances_by_place(self) -> dict[tuple[str, str], list[str]]:
        """Return under which keys dossiers of each department (organisation, department) ask something, or asked it
        once; without what is damaged, and in one question, however many organisations there are."""
        found: dict[tuple[str, str], list[str]] = {}
        for document in self.tables.select("clearances", where=Where(sound_only=True)):
            one = from_document(Clearance, document)
            found.setdefault((one.organisation, one.department), []).append(one.key)
        return found
