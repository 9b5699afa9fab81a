"""What an organisation agreed, in its exit kit: each version with the files it was made from, and the code lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import Field
from gehoor.core.proposals.sources import is_fit
from gehoor.services.exchange.exit_kit.sink import Sink, add_line, add_row, begin_table, plain
from gehoor.services.ports.records import to_document
from gehoor.services.ports.store import DamagedError, Where
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime

PUBLICATIONS: Final = "afspraken/publicaties.jsonl"
_PROPOSALS: Final = "afspraken/voorstellen.jsonl"
_REPORTS: Final = "verslagen/verslagen.jsonl"
_CODES: Final = "tabellen/codelijsten.csv"
_DIGEST: Final = 64


@dataclass
class AgreementFiles:
    """Writes what an organisation agreed. ``left_out``: what is damaged, and not there."""

    runtime: Runtime
    register: Register
    organisation: str
    sink: Sink
    left_out: list[str] = field(default_factory=list)
    number: int = 0
    _trees: set[str] = field(default_factory=set)
    _digests: dict[str, None] = field(default_factory=dict)

    def write(self) -> None:
        """Write all that was published, and all under which a dossier runs."""
        for name in (PUBLICATIONS, _PROPOSALS, _REPORTS):
            self.sink.add(name, b"")
        begin_table(
            self.sink, _CODES, ("afspraken", "afdeling", "veld", "vraag", "code", "naam", "vervallen")
        )
        for department in sorted(
            name for of, name in self.register.published_departments() if of == self.organisation
        ):
            try:
                for one in self.register.publications(self.organisation, department):
                    add_line(self.sink, PUBLICATIONS, to_document(one))
                    self._digests[one.agreement] = None
                    self._sources(one.sources)
            except DamagedError as error:
                self.left_out.append(f"publicaties van {department} ({error.key})")
        used = self.register.tables.tally(
            "dossiers", "agreement", where=Where({"organisation": self.organisation})
        )
        for digest in dict.fromkeys((*self._digests, *sorted(map(str, used)))):
            self._agreement(digest)
        self._of_table("proposals", "proposal_log")
        for document in self.register.tables.select(
            "reports", where=Where({"organisation": self.organisation}, sound_only=True)
        ):
            add_line(self.sink, _REPORTS, document)

    def _agreement(self, digest: str) -> None:
        if len(digest) != _DIGEST or not digest.isalnum():
            return
        try:
            stored = self.register.tables.get("agreements", digest)
            agreement = self.runtime.library.agreement(self.register, digest)
        except DamagedError:
            stored = None
        if stored is None:
            self.left_out.append(f"afspraken {digest}")
            return
        self.sink.put(f"afspraken/{digest}.json", stored["document"].encode())
        self.number += 1
        for of in agreement.dossier_form.fields.values():
            for cells in _codes(agreement, of):
                add_row(self.sink, _CODES, (digest[:12], agreement.department_name, *cells))

    def _sources(self, tree: str) -> None:
        if not tree or tree in self._trees or not tree.isalnum():
            return
        self._trees.add(tree)
        try:
            files = self.register.sources(tree)
        except DamagedError as error:
            self.left_out.append(f"bestanden van de afspraken {tree} ({error.key})")
            return
        for file, content in files.items():
            # A name that leads elsewhere was never taken in; a register may have been written in since.
            place = file if is_fit(file) else plain(file)
            self.sink.put(f"afspraken/bestanden/{tree[:16]}/{place}", content)

    def _of_table(self, table: str, log: str) -> None:
        where = Where({"organisation": self.organisation}, sound_only=True)
        for one in self.register.tables.select(table, where=where):
            entries = Where({"proposal": one["id"]}, sound_only=True)
            happened = self.register.tables.select(log, where=entries, order_by=("sequence",))
            add_line(self.sink, _PROPOSALS, {**one, "log": happened})


def _codes(agreement: Agreement, of: Field) -> Iterator[tuple[str, ...]]:
    for one in of.choices:
        yield (of.id, of.label, one.code, one.label, "ja" if one.retired else "")
    for member in of.members.values():
        for cells in _codes(agreement, member):
            yield (f"{of.id}.{cells[0]}", *cells[1:])
