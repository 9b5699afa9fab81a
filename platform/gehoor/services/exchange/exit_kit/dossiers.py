"""The dossiers of an organisation in its exit kit: their events, who looked, their files, letters and messages, and the
same as tables for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import EventKind, instant_text
from gehoor.core.forms.fields import Field
from gehoor.core.wording.registry import sentences_of
from gehoor.services.exchange.exit_kit.sink import Sink, add_line, add_row, begin_table, plain
from gehoor.services.ports.documents import event_of
from gehoor.services.ports.records import to_document
from gehoor.services.ports.store import Cursor, DamagedError, Document, Where
from gehoor.services.recording.attachments import content_in
from gehoor.services.records.ledger_entries import SALTS, found_in
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.erasing import file_ids

DOSSIERS: Final = "dossiers/dossiers.jsonl"
READERS: Final = "dossiers/inkijk.jsonl"
FILES: Final = "dossiers/bijlagen.jsonl"
LETTERS: Final = "dossiers/brieven.jsonl"
MESSAGES: Final = "dossiers/berichten.jsonl"
RETENTION: Final = "dossiers/bewaring.jsonl"
_TABLE: Final = "tabellen/dossiers.csv"
_ROWS: Final = "tabellen/rijen.csv"
_EVENTS: Final = "tabellen/gebeurtenissen.csv"
_ASSIGNED: Final = EventKind.ASSIGNED.value
_AT_ONCE: Final = 200
_HEADS: Final = ("nummer", "afdeling", "fase", "afgesloten", "behandelaar")


@dataclass
class DossierFiles:
    """Writes the dossiers of an organisation. ``left_out``: what is damaged, and not there."""

    runtime: Runtime
    register: Register
    organisation: str
    sink: Sink
    now: datetime
    left_out: list[str] = field(default_factory=list)
    number: int = 0
    attachments: int = 0
    people: set[str] = field(default_factory=set)
    """The accounts that did something in them, looked at them or handled them."""

    def write(self) -> None:
        """Write them all, one by one, department by department."""
        columns = self._columns()
        begin_table(self.sink, _TABLE, (*_HEADS, *(f"{of.label} ({name})" for name, of in columns.items())))
        begin_table(self.sink, _ROWS, ("nummer", "lijst", "rij", "vraag", "veld", "antwoord"))
        begin_table(self.sink, _EVENTS, ("nummer", "volgnummer", "tijdstip (UTC)", "soort", "account"))
        for name in (DOSSIERS, READERS, FILES, LETTERS, MESSAGES, RETENTION):
            self.sink.add(name, b"")
        for dossier, number in dossiers_of(self.register, self.organisation):
            try:
                self._dossier(dossier, columns)
                self.number += 1
            except DamagedError as error:
                self.left_out.append(f"dossier {number} ({error.table} {error.key})")

    def _columns(self) -> dict[str, Field]:
        """Return every field that an agreement of a dossier has one answer for."""
        where = Where({"organisation": self.organisation})
        found: dict[str, Field] = {}
        for digest in sorted(map(str, self.register.tables.tally("dossiers", "agreement", where=where))):
            agreement = self.runtime.library.sound_agreement(self.register, digest)
            for name, of in agreement.dossier_form.fields.items() if agreement else ():
                if not of.type.has_rows:
                    found.setdefault(name, of)
        return found

    def _dossier(self, dossier_id: str, columns: Mapping[str, Field]) -> None:
        tables = self.register.tables
        documents = tables.select("events", where={"dossier": dossier_id}, order_by=("sequence",))
        dossier = fold(map(event_of, documents))
        salt = found_in(tables, SALTS, dossier_id) or {}
        add_line(
            self.sink,
            DOSSIERS,
            {
                "id": dossier_id,
                "number": dossier.number,
                "organisation": dossier.organisation,
                "department": dossier.department,
                "opened_at": instant_text(dossier.opened_at) if dossier.opened_at else "",
                "agreement": dossier.agreement,
                "salt": salt.get("salt", ""),
                "events": documents,
            },
        )
        handled = (str(one["data"].get("to", "")) for one in documents if one["kind"] == _ASSIGNED)
        self.people |= {*(str(one["actor"]) for one in documents), *handled}
        for looked in tables.select("access_log", where={"dossier": dossier_id}, order_by=("sequence",)):
            self.people.add(str(looked["reader"]))
            add_line(self.sink, READERS, looked)
        for message in self.register.messages_of(dossier_id):
            add_line(self.sink, MESSAGES, to_document(message))
        if kept := found_in(tables, "retention", dossier_id):
            add_line(self.sink, RETENTION, kept)
        self._letters(dossier)
        self._files(dossier)
        self._tables(dossier, documents, columns)

    def _letters(self, dossier: Dossier) -> None:
        for one in dossier.letters:
            said = {
                "dossier": dossier.id,
                "number": dossier.number,
                "at": instant_text(one.at),
                "by": one.by,
                "letter": one.content.letter,
                "name": one.name,
                "way": one.way,
                "language": one.content.language,
                "subject": one.content.subject,
                "text": one.content.text,
            }
            add_line(self.sink, LETTERS, said)

    def _files(self, dossier: Dossier) -> None:
        for known in files_of(dossier.values):
            content = content_in(self.register, dossier.id, known["id"])
            if content is None:
                self.left_out.append(f"bijlage {known['id']} van dossier {dossier.number}")
                continue
            folder, name = plain(dossier.id), f"{plain(known['id'])}-{plain(str(known.get('name', '')))}"
            path = f"bijlagen/{folder}/{name}"
            about = {"dossier": dossier.id, "number": dossier.number, **known}
            add_line(self.sink, FILES, {**about, "file": path, "sha256": self.sink.put(path, content)})
            self.attachments += 1

    def _tables(self, dossier: Dossier, documents: list[Document], columns: Mapping[str, Field]) -> None:
        for one in documents:
            cells = (dossier.number, str(one["sequence"]), one["at"], one["kind"], one["actor"])
            add_row(self.sink, _EVENTS, cells)
        agreement = self.runtime.library.agreement(self.register, dossier.agreement)
        decision = decide(agreement, dossier, self.now, self.runtime.engine)
        phase = decision.current_phase
        values = {**dossier.values, **decision.values}
        about = (
            dossier.number,
            agreement.department_name,
            phase.phase.name if phase else "",
            "ja" if decision.closed else "nee",
            ", ".join(dossier.handlers),
        )
        shown = {name: _shown(agreement, name, value) for name, value in values.items()}
        add_row(self.sink, _TABLE, (*about, *(shown.get(name, "") for name in columns)))
        for row in _rows(agreement, values):
            add_row(self.sink, _ROWS, (dossier.number, *row))


def dossiers_of(register: Register, organisation: str) -> Iterator[tuple[str, str]]:
    """Give the id and number of each dossier of an organisation, by number within its department, some at a time."""
    departments = sorted(name for of, name in register.published_departments() if of == organisation)
    for department in departments:
        for closed in (False, True):
            where = Where({"organisation": organisation, "department": department, "closed": closed})
            cursor: Cursor | None = None
            while True:
                found = register.tables.select(
                    "dossiers", where=where, order_by=("number",), limit=_AT_ONCE, cursor=cursor
                )
                yield from ((str(one["id"]), str(one["number"])) for one in found)
                if len(found) < _AT_ONCE:
                    break
                cursor = Cursor(found[-1]["number"], found[-1]["id"])


def files_of(values: Any) -> list[dict[str, Any]]:
    """Return what is known of each file in answers, once."""
    wanted = set(file_ids(dict(values)))
    found: dict[str, dict[str, Any]] = {}

    def look(one: Any) -> None:
        if isinstance(one, dict):
            if one.get("id") in wanted and "size" in one:
                found.setdefault(one["id"], one)
            for inner in one.values():
                look(inner)
        elif isinstance(one, list):
            for inner in one:
                look(inner)

    look(dict(values))
    return list(found.values())


def _shown(agreement: Agreement, name: str, value: Any) -> str:
    of = agreement.dossier_form.fields.get(name)
    if of is None or of.type.has_rows:
        return ""
    if of.type.takes_files:
        return ", ".join(str(one.get("name", "")) for one in value if isinstance(one, dict))
    return of.type.show(value, of, sentences_of(agreement).formats)


def _rows(agreement: Agreement, values: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    formats = sentences_of(agreement).formats
    for name, of in agreement.dossier_form.fields.items():
        given = values.get(name)
        if not of.type.has_rows or not isinstance(given, list):
            continue
        for number, row in enumerate(given, start=1):
            for member, inner in of.members.items():
                if isinstance(row, Mapping) and member in row:
                    answer = inner.type.show(row[member], inner, formats)
                    yield (of.label, str(number), inner.label, f"{name}.{member}", answer)
