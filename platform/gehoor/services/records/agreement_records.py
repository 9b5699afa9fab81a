"""Agreements in the register: the content of each, once, and what was published for which department."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from gehoor.core.text.canonical_json import dump, load
from gehoor.services.ports.records import Publication, from_document, to_document
from gehoor.services.ports.store import DamagedError, Where
from gehoor.services.records.keys import out_of_place
from gehoor.services.records.ledger_entries import found_in
from gehoor.services.records.setting_records import SettingRecords

PUBLICATIONS = "publications"
"""The setting that is another text after each publication, of whatever department."""
_NUMBERS: Final = "publication-numbers"
"""The setting that says how many publications each department had."""


@dataclass(frozen=True)
class AgreementRecords(SettingRecords):
    """The agreements and publications inside one transaction."""

    def save_agreement(self, digest: str, document: dict[str, Any], places: dict[str, str]) -> None:
        """Keep a published agreement; the same content is kept once and never changed. What was damaged is kept
        anew."""
        if found_in(self.tables, "agreements", digest) is None:
            self.tables.put("agreements", digest, {"document": dump(document), "places": places})

    def agreement_document(self, digest: str) -> tuple[dict[str, Any], dict[str, str]] | None:
        """Return a published agreement's canonical document, and where its parts stood. Raises ``DamagedError``, also
        when another agreement stands in its place."""
        stored = self.tables.get("agreements", digest)
        if stored is None:
            return None
        if out_of_place("agreements", digest, stored):
            raise DamagedError(f"agreements {digest} is another", "agreements", digest)
        return load(stored["document"]), stored["places"]

    def publish(self, publication: Publication) -> None:
        """Add a publication, after the earlier ones of its department."""
        self.publications_change()
        place = f"{publication.organisation}/{publication.department}"
        self.tables.insert("publications", f"{place}/{publication.sequence:06}", to_document(publication))
        # Also of those that were published before this was kept.
        known = self._numbers() or self._counted()
        self.save_setting(_NUMBERS, dump({**known, place: max(publication.sequence, known.get(place, 0))}))

    def drop_publications(self, organisation: str, department: str) -> None:
        """Take out all that was published for a department. Never in a register that has to last."""
        place = f"{organisation}/{department}"
        for key, _document in [*self.tables.scan("publications")]:
            if key.rpartition("/")[0] == place:
                self.tables.delete("publications", key)
        self.save_setting(_NUMBERS, dump({one: n for one, n in self._numbers().items() if one != place}))
        self.publications_change()

    def publications(self, organisation: str, department: str) -> list[Publication]:
        """Return what was published for a department, the first first. Raises ``DamagedError``, also where one of them
        is gone: else what it took the place of would hold again."""
        where = {"organisation": organisation, "department": department}
        documents = self.tables.select("publications", where=where, order_by=("sequence",))
        found = [from_document(Publication, document) for document in documents]
        last = max(self._numbers().get(f"{organisation}/{department}", 0), len(found))
        if [one.sequence for one in found] != [*range(1, last + 1)]:
            raise DamagedError(
                f"a publication of {department} is gone", "publications", f"{organisation}/{department}"
            )
        return found

    def published_last(self, organisation: str, department: str) -> int:
        """Return the number of the last publication of a department, also while one is damaged or gone."""
        sound = Where({"organisation": organisation, "department": department}, sound_only=True)
        last = self.tables.select("publications", where=sound, order_by=("-sequence",), limit=1)
        known = self._numbers().get(f"{organisation}/{department}", 0)
        return max(known, int(last[0]["sequence"]) if last else 0)

    def _numbers(self) -> dict[str, int]:
        """Return the number of the last publication of each department; of those of before this was kept, nothing.
        Where what says so is damaged, what is there does."""
        try:
            found = self.setting(_NUMBERS)
        except DamagedError:
            return self._counted()
        return load(found) if found else {}

    def mend_numbers(self) -> None:
        """Say how many publications each department had, where what says so is damaged, or was never kept."""
        try:
            there = self.setting(_NUMBERS) is not None
        except DamagedError:
            there = False
        if not there and (found := self._counted()):
            self.save_setting(_NUMBERS, dump(found))

    def _counted(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for key, _document in self.tables.scan("publications"):
            place, _slash, number = key.rpartition("/")
            if number.isdecimal():
                found[place] = max(int(number), found.get(place, 0))
        return found

    def sound_publications(self, organisation: str, department: str) -> list[Publication]:
        """Return what was published for a department, the first first; nothing when one of them is damaged, for nobody
        knows what is in force there. For whoever goes past all departments."""
        try:
            return self.publications(organisation, department)
        except DamagedError:
            return []

    def publications_change(self) -> None:
        """Let everyone see that other things were published than before."""
        self.change(PUBLICATIONS)

    def published_departments(self) -> list[tuple[str, str]]:
        """Return the departments for which something was published, also when it is valid from a later day."""
        try:
            found = self.tables.select("publications", where={"sequence": 1})
        except DamagedError:
            # Which department it is of, its key says too: its dossiers stay in the lists, and everybody else's work.
            names = (key.split("/") for key, _ in self.tables.scan("publications"))
            return sorted({(name[0], name[1]) for name in names if len(name) == 3} | self._numbered())
        return sorted({(one["organisation"], one["department"]) for one in found} | self._numbered())

    def _numbered(self) -> set[tuple[str, str]]:
        places = (place.partition("/") for place in self._numbers())
        return {(organisation, department) for organisation, _slash, department in places}
