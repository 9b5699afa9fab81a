"""Dossiers as cases of ZGW, written as JSON: streamed, each noted as read, and nothing of one of which nobody said how
secret it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.exchange.zgw_cases import Case, NotExportedError
from gehoor.core.exchange.zgw_documents import Document, text_of_letter
from gehoor.core.exchange.zgw_mapping import ZgwMapping, place_of
from gehoor.core.exchange.zgw_types import type_resources
from gehoor.core.text.canonical_json import dump
from gehoor.services.access.authorisation import Operator
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.exchange.exit_kit.dossiers import dossiers_of, files_of
from gehoor.services.exchange.exit_kit.noted import all_noted
from gehoor.services.exchange.exit_kit.sink import Sink, plain
from gehoor.services.ports.store import DamagedError
from gehoor.services.recording.attachments import content_in
from gehoor.services.records.within import everywhere
from gehoor.services.register.register import Register, reading
from gehoor.services.register.runtime import Runtime

_KINDS: Final = (
    "catalogussen", "zaaktypen", "statustypen", "resultaattypen", "eigenschappen", "roltypen", "informatieobjecttypen",
    "zaaktype-informatieobjecttypen", "besluittypen", "zaken", "statussen", "resultaten", "rollen", "zaakeigenschappen",
    "enkelvoudiginformatieobjecten", "zaakinformatieobjecten", "besluiten",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A dossier that does not go along: its number, why (see ``NotExportedError``, or ``damaged``), and what of it."""

    number: str
    reason: str
    what: str = ""


@dataclass
class Exported:
    """How many dossiers went along, and which did not."""

    cases: int = 0
    left_out: list[LeftOut] = field(default_factory=list)


@dataclass
class _Arrays:
    """Arrays of JSON that grow as what is in them passes."""

    sink: Sink
    _begun: set[str] = field(default_factory=set)

    def add(self, kind: str, resource: dict[str, Any]) -> None:
        self.sink.add(place_of(kind), f"{',' if kind in self._begun else '['}\n{dump(resource)}".encode())
        self._begun.add(kind)

    def end(self) -> None:
        for kind in _KINDS:
            self.sink.add(place_of(kind), b"\n]\n" if kind in self._begun else b"[]\n")


def agreements_of(runtime: Runtime, organisation: str, now: datetime) -> list[Agreement]:
    """Return what is in force in the departments of an organisation."""
    with reading(runtime.store) as register:
        places = [one for one in register.published_departments() if one[0] == organisation]
        return [one.agreement for one in all_in_force(register, runtime.library, places, now)]


def export_zgw(
    runtime: Runtime,
    mapping: ZgwMapping,
    sink: Sink,
    actor: Operator,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> Exported:
    """Write all dossiers of the organisation of a mapping. That each is taken out stands in its access log before."""
    fields = {
        name: of
        for agreement in agreements_of(runtime, mapping.organisation, now)
        for name, of in agreement.dossier_form.fields.items()
    }
    with everywhere():
        arrays, found = _Arrays(sink), Exported()
        for kind, resource in type_resources(mapping, fields):
            arrays.add(kind, resource)
        with all_noted(runtime, mapping.organisation, actor, now, progress) as register:
            names = {one.name: one.full_name for one in register.accounts()}
            for dossier, number in dossiers_of(register, mapping.organisation):
                try:
                    _write(runtime, register, (mapping, names), register.dossier(dossier), (arrays, now))
                    found.cases += 1
                except NotExportedError as error:
                    found.left_out.append(LeftOut(number, error.reason, error.what))
                except DamagedError:
                    found.left_out.append(LeftOut(number, "damaged"))
        arrays.end()
    return found


def _write(
    runtime: Runtime,
    register: Register,
    about: tuple[ZgwMapping, dict[str, str]],
    dossier: Dossier,
    where: tuple[_Arrays, datetime],
) -> None:
    (mapping, names), (arrays, now) = about, where
    agreement = runtime.library.agreement(register, dossier.agreement)
    decision = decide(agreement, dossier, now, runtime.engine)
    files = _files(register, agreement, dossier) if mapping.documents else []
    case = Case(mapping, agreement, dossier, decision, names, tuple(one for one, _ in files))
    # All of it is made before anything is written: of what does not go along, nothing does.
    for kind, resource in list(case.resources()):
        arrays.add(kind, resource)
    for one, content in files:
        uuid = mapping.uuid("enkelvoudiginformatieobjecten", dossier.id, one.id)
        arrays.sink.put(f"documenten/bestanden/{uuid}-{plain(one.name)}", content)


def _files(register: Register, agreement: Agreement, dossier: Dossier) -> list[tuple[Document, bytes]]:
    zone = ZoneInfo(agreement.time_zone)
    opened = dossier.opened_at.astimezone(zone).date() if dossier.opened_at else None
    found: list[tuple[Document, bytes]] = []
    for known in files_of(dossier.values):
        content = content_in(register, dossier.id, known["id"])
        if content is None or opened is None:
            raise DamagedError(f"file {known['id']} is gone", "attachments", known["id"])
        said = (str(known.get("name", "")), str(known.get("type", "")))
        digest = hashlib.sha256(content).hexdigest()
        found.append((Document(known["id"], *said, len(content), digest, opened), content))
    for one in dossier.letters:
        content = text_of_letter(one.content.subject, one.content.text)
        digest, day = hashlib.sha256(content).hexdigest(), one.at.astimezone(zone).date()
        letter = Document(
            f"letter-{one.sequence}", f"{one.name}.txt", "text/plain", len(content), digest, day, letter=True
        )
        found.append((letter, content))
    return found
