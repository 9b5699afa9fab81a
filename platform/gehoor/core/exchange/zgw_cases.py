"""A dossier as a case of ZGW, with its statuses, result, roles, properties, documents and decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.complainant import says
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.exchange.zgw_documents import Document, DocumentOf, document_resources
from gehoor.core.exchange.zgw_mapping import ResultKind, ZgwMapping
from gehoor.core.exchange.zgw_types import Resource
from gehoor.core.wording.registry import sentences_of


class NotExportedError(Exception):
    """A dossier does not go along. ``reason``: ``level`` (nobody said how secret its level is there), ``result`` (it
    ended with an answer that is no result there), ``received`` (its day of receipt is not known)."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(reason)
        self.reason, self.what = reason, what


@dataclass(frozen=True)
class Case:
    """A dossier that is given as a case, with what people call whoever handles it (by account)."""

    mapping: ZgwMapping
    agreement: Agreement
    dossier: Dossier
    decision: Decision
    names: Mapping[str, str]
    documents: tuple[Document, ...] = ()

    def resources(self) -> Iterator[Resource]:
        """Give everything of the case. Raises ``NotExportedError`` before the first."""
        designation, result = self._designation(), self._result()
        statuses = self._statuses()
        yield "zaken", self._case(designation, statuses, result)
        for number, (name, at) in enumerate(statuses):
            yield (
                "statussen",
                {
                    **self.mapping.head("statussen", self.dossier.id, name),
                    "zaak": self.url,
                    "statustype": self.mapping.url("statustypen", name),
                    "datumStatusGezet": at.isoformat(),
                    "statustoelichting": "",
                    "indicatieLaatstGezetteStatus": number == len(statuses) - 1,
                    "zaakinformatieobjecten": [],
                },
            )
        if result is not None:
            yield (
                "resultaten",
                {
                    **self.mapping.head("resultaten", self.dossier.id),
                    "zaak": self.url,
                    "resultaattype": self.mapping.url("resultaattypen", result.name),
                    "toelichting": "",
                },
            )
        yield from self._roles()
        for name, said in self._properties().items():
            yield (
                "zaakeigenschappen",
                {
                    **self.mapping.head("zaakeigenschappen", self.dossier.id, name),
                    "zaak": self.url,
                    "eigenschap": self.mapping.url("eigenschappen", name),
                    "naam": self.mapping.properties[name].name,
                    "waarde": said,
                },
            )
        for one in self.documents if self.mapping.documents else ():
            author = self.agreement.organisation_name if one.letter else "indiener"
            of = DocumentOf(self.dossier.id, self.url, designation, author, self.agreement.languages[0])
            yield from document_resources(self.mapping, of, one, self._at(one.day).isoformat())
        yield from self._decision()

    @property
    def url(self) -> str:
        """Return the address of the case."""
        return self.mapping.url("zaken", self.dossier.id)

    def _case(
        self, designation: str, statuses: list[tuple[str, datetime]], result: ResultKind | None
    ) -> dict[str, Any]:
        mapping, dossier = self.mapping, self.dossier
        received = self._received()
        opened = dossier.opened_at.astimezone(self._zone).date() if dossier.opened_at else received
        term = self.decision.terms.get(mapping.due_by)
        due = _day(term.due.due, self._zone) if term and term.due and term.due.due else None
        documents = self.documents if mapping.documents else ()
        return {
            **mapping.head("zaken", dossier.id),
            "identificatie": dossier.number[:40],
            "bronorganisatie": mapping.rsin,
            "omschrijving": self._subject(),
            "toelichting": "",
            "zaaktype": mapping.url("zaaktypen", "z"),
            "registratiedatum": opened.isoformat(),
            "verantwoordelijkeOrganisatie": mapping.rsin,
            "startdatum": received.isoformat(),
            "einddatum": _iso(self._closed_on()),
            "einddatumGepland": None,
            "uiterlijkeEinddatumAfdoening": _iso(due),
            "publicatiedatum": None,
            "communicatiekanaal": "",
            "productenOfDiensten": [],
            "vertrouwelijkheidaanduiding": designation,
            "betalingsindicatie": "nvt",
            "betalingsindicatieWeergave": "Er is geen sprake van te betalen, met de zaak gemoeide, kosten.",
            "zaakgeometrie": None,
            "verlenging": None,
            "opschorting": None,
            "hoofdzaak": None,
            "deelzaken": [],
            "relevanteAndereZaken": [],
            "eigenschappen": [
                mapping.url("zaakeigenschappen", dossier.id, name) for name in self._properties()
            ],
            "rollen": [mapping.url("rollen", dossier.id, name) for name, _ in self._role_people()],
            "status": mapping.url("statussen", dossier.id, statuses[-1][0]) if statuses else None,
            "zaakinformatieobjecten": [
                mapping.url("zaakinformatieobjecten", dossier.id, one.id) for one in documents
            ],
            "zaakobjecten": [],
            "kenmerken": [],
            "archiefnominatie": result.archive if result else None,
            "archiefstatus": "nog_te_archiveren",
            "archiefactiedatum": None,
            "resultaat": mapping.url("resultaten", dossier.id) if result else None,
            "opdrachtgevendeOrganisatie": "",
        }

    def _statuses(self) -> list[tuple[str, datetime]]:
        """Return when each status was set: that of a phase when it opened, the last when the dossier was closed. Of two
        at one moment the later one stands."""
        found: dict[datetime, str] = {}
        received = self._at(self._received())
        for phase, name in self.mapping.statuses.items():
            state = self.decision.phases.get(phase)
            if state is None or not state.applies:
                continue
            after = state.phase.opens_after
            at: datetime | None = received
            if after:
                reached = self.decision.milestones.get(after)
                at = self._at(reached.at) if reached and reached.at else None
            if at is not None:
                found[max(at, received)] = name
        if (closed := self._closed_on()) is not None:
            last = self._at(closed)
            found = {at: name for at, name in found.items() if at < last} | {last: self.mapping.end_status}
        # A status that came again counts from the first time.
        return list(reversed({name: at for at, name in sorted(found.items(), reverse=True)}.items()))

    def _designation(self) -> str:
        name = self.agreement.field_for("confidentiality")
        level = self.decision.values.get(name) if name else None
        if level is None:
            return self.mapping.designation
        if str(level) in self.mapping.designations:
            return self.mapping.designations[str(level)]
        kept = self.agreement.confidentiality.get(str(level))
        if kept is not None and not kept.everyone:
            raise NotExportedError("level", str(level))
        return self.mapping.designation

    def _result(self) -> ResultKind | None:
        if self._closed_on() is None:
            return None
        said = self.decision.values.get(self.mapping.result_field)
        found = self.mapping.results.get(str(said)) if said is not None else None
        if found is None and self.mapping.otherwise is None:
            raise NotExportedError("result", "" if said is None else str(said))
        return found or self.mapping.otherwise

    def _roles(self) -> Iterator[Resource]:
        at = (
            self.dossier.opened_at.astimezone(self._zone)
            if self.dossier.opened_at
            else self._at(self._received())
        )
        for name, (kind, about) in self._role_people():
            yield (
                "rollen",
                {
                    **self.mapping.head("rollen", self.dossier.id, name),
                    "zaak": self.url,
                    "betrokkene": "",
                    "betrokkeneType": kind,
                    "roltype": self.mapping.url("roltypen", name),
                    "omschrijving": self.mapping.roles[name],
                    "omschrijvingGeneriek": {"initiator": "initiator", "handler": "behandelaar"}[name],
                    "roltoelichting": self.mapping.roles[name],
                    "registratiedatum": at.isoformat(),
                    "indicatieMachtiging": "",
                    "statussen": [],
                    "betrokkeneIdentificatie": about,
                },
            )

    def _role_people(self) -> list[tuple[str, tuple[str, dict[str, str]]]]:
        """Return who has a role, as far as they go along: nobody who is anonymous."""
        found: list[tuple[str, tuple[str, dict[str, str]]]] = []
        name = str(self.decision.values.get(self.agreement.field_for("complainant.name"), ""))
        first = str(self.decision.values.get(self.agreement.field_for("complainant.first-name"), ""))
        anonymous = says(self.agreement, "anonymous", self.decision.values)
        if "initiator" in self.mapping.roles and name and not anonymous:
            about = {"geslachtsnaam": name[:200], "voornamen": first[:200]}
            found.append(("initiator", ("natuurlijk_persoon", about)))
        if "handler" in self.mapping.roles and self.dossier.handler:
            handler = self.dossier.handler
            about = {"identificatie": handler[:24], "achternaam": self.names.get(handler, handler)[:200]}
            found.append(("handler", ("medewerker", about)))
        return found

    def _properties(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in self.mapping.properties:
            of, value = self.agreement.dossier_form.fields.get(name), self.decision.values.get(name)
            if of is None or value is None:
                continue
            if of.kind == "date":
                found[name] = str(value).replace("-", "")
            elif of.kind in ("integer", "decimal", "scale"):
                found[name] = str(value)
            else:
                found[name] = of.type.show(value, of, sentences_of(self.agreement).formats)[:255]
        return found

    def _decision(self) -> Iterator[Resource]:
        reached = self.decision.milestones.get(self.mapping.decided_at)
        day = _day(reached.at, self._zone) if self.mapping.decision and reached and reached.at else None
        if day is None:
            return
        of = self.agreement.dossier_form.fields.get(self.mapping.result_field)
        value = self.decision.values.get(self.mapping.result_field)
        said = (
            of.type.show(value, of, sentences_of(self.agreement).formats) if of and value is not None else ""
        )
        yield (
            "besluiten",
            {
                **self.mapping.head("besluiten", self.dossier.id),
                "identificatie": self.dossier.number[:50],
                "verantwoordelijkeOrganisatie": self.mapping.rsin,
                "besluittype": self.mapping.url("besluittypen", "b"),
                "zaak": self.url,
                "datum": day.isoformat(),
                "toelichting": said,
                "bestuursorgaan": "",
                "ingangsdatum": day.isoformat(),
                "vervaldatum": None,
                "publicatiedatum": None,
                "verzenddatum": None,
                "uiterlijkeReactiedatum": None,
            },
        )

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.agreement.time_zone)

    def _received(self) -> date:
        name = self.agreement.field_for("received-on")
        of, value = self.agreement.dossier_form.fields.get(name), self.decision.values.get(name)
        fact = of.type.fact(value, of) if of is not None and value is not None else None
        if not isinstance(fact, date):
            raise NotExportedError("received")
        return _day(fact, self._zone)

    def _closed_on(self) -> date | None:
        days = [
            _day(one.at, self._zone)
            for one in self.decision.milestones.values()
            if one.milestone.closes and one.at is not None
        ]
        return min(days, default=None)

    def _subject(self) -> str:
        value = self.decision.values.get(self.agreement.field_for("subject"))
        text = " ".join(str(value).split()) if value else self.mapping.case["description"]
        return text if len(text) <= 80 else f"{text[:79]}\u2026"

    def _at(self, moment: date | datetime) -> datetime:
        if isinstance(moment, datetime):
            return moment.astimezone(self._zone)
        return datetime.combine(moment, time(), self._zone)


def _day(moment: date | datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
