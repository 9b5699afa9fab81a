"""Agreements in the register: the content of each, once, and what was published for which department."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gehoor.core.text.canonical_json import dump, load
from gehoor.services.ports.records import Publication, from_document, to_document
from gehoor.services.ports.store import DamagedError
from gehoor.services.records.keys import out_of_place
from gehoor.services.records.setting_records import SettingRecords

PUBLICATIONS = "publications"
"""The setting that is another text after each publication, of whatever department."""


@dataclass(frozen=True)
class AgreementRecords(SettingRecords):
    """The agreements and publications inside one transaction."""

    def save_agreement(self, digest: str, document: dict[str, Any], places: dict[str, str]) -> None:
        """Keep a published agreement; the same content is kept once and never changed."""
        if self.tables.get("agreements", digest) is None:
            self.tables.insert("agreements", digest, {"document": dump(document), "places": places})

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
        key = f"{publication.organisation}/{publication.department}/{publication.sequence:06}"
        self.tables.insert("publications", key, to_document(publication))

    def publications(self, organisation: str, department: str) -> list[Publication]:
        """Return what was published for a department, the first first. Raises ``DamagedError``."""
        where = {"organisation": organisation, "department": department}
        found = self.tables.select("publications", where=where, order_by=("sequence",))
        return [from_document(Publication, document) for document in found]

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
            return sorted({(name[0], name[1]) for name in names if len(name) == 3})
        return sorted((document["organisation"], document["department"]) for document in found)
