"""The catalogue of a ZGW export: the type of the case, and of all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gehoor.core.exchange.zgw_mapping import ZgwMapping, iso_duration
from gehoor.core.forms.fields import Field

Resource = tuple[str, dict[str, Any]]
"""The kind of a resource, and what it says."""
ATTACHMENT: Final = "Bijlage"
LETTER: Final = "Brief"
_FORMATS: Final[Mapping[str, tuple[str, str]]] = {
    "integer": ("getal", "14"),
    "scale": ("getal", "14"),
    "decimal": ("getal", "14"),
    "date": ("datum", "8"),
    "instant": ("datum_tijd", "14"),
}
"""Kind of field -> format and length of a property; else a text."""
_GENERAL: Final = {"initiator": "initiator", "handler": "behandelaar"}


def type_resources(mapping: ZgwMapping, fields: Mapping[str, Field]) -> Iterator[Resource]:
    """Give everything of the catalogue. ``fields``: those of the dossier, for the format of properties."""
    catalogue, case = mapping.url("catalogussen", "c"), mapping.url("zaaktypen", "z")
    since = mapping.valid_from.isoformat()
    statuses = [mapping.url("statustypen", name) for name in _status_names(mapping)]
    results = {name: mapping.url("resultaattypen", name) for name in mapping.result_kinds}
    properties = [mapping.url("eigenschappen", name) for name in mapping.properties]
    roles = [mapping.url("roltypen", name) for name in mapping.roles]
    documents = [mapping.url("informatieobjecttypen", name) for name in document_types(mapping)]
    decisions = [mapping.url("besluittypen", "b")] if mapping.decision else []
    yield (
        "catalogussen",
        {
            **mapping.head("catalogussen", "c"),
            "domein": mapping.domain,
            "rsin": mapping.rsin,
            "contactpersoonBeheerNaam": mapping.manager,
            "zaaktypen": [case],
            "besluittypen": decisions,
            "informatieobjecttypen": documents,
        },
    )
    yield (
        "zaaktypen",
        {
            **_case_type(mapping, since),
            "catalogus": catalogue,
            "statustypen": statuses,
            "resultaattypen": [*results.values()],
            "eigenschappen": properties,
            "informatieobjecttypen": documents,
            "roltypen": roles,
            "besluittypen": decisions,
        },
    )
    of_case = {"zaaktype": case, "zaaktypeIdentificatie": mapping.case["identification"]}
    for number, name in enumerate(_status_names(mapping), start=1):
        yield (
            "statustypen",
            {
                **mapping.head("statustypen", name),
                **of_case,
                "catalogus": catalogue,
                "omschrijving": name,
                "volgnummer": number,
                "isEindstatus": number == len(statuses),
            },
        )
    for name, kind in mapping.result_kinds.items():
        yield (
            "resultaattypen",
            {
                **mapping.head("resultaattypen", name),
                **of_case,
                "catalogus": catalogue,
                "omschrijving": name,
                "omschrijvingGeneriek": name,
                "resultaattypeomschrijving": kind.general,
                "selectielijstklasse": kind.selection_class,
                "archiefnominatie": kind.archive,
                "archiefactietermijn": kind.after or None,
                "brondatumArchiefprocedure": {
                    "afleidingswijze": "afgehandeld", "datumkenmerk": "", "einddatumBekend": False,
                    "objecttype": "", "registratie": "", "procestermijn": None,
                },
                "besluittypeOmschrijving": [mapping.decision] if mapping.decision else [],
                "informatieobjecttypeOmschrijving": [],
            },
        )  # fmt: skip
    for name, one in mapping.properties.items():
        form, length = _FORMATS.get(fields[name].kind if name in fields else "", ("tekst", "255"))
        yield (
            "eigenschappen",
            {
                **mapping.head("eigenschappen", name),
                **of_case,
                "catalogus": catalogue,
                "naam": one.name,
                "definitie": one.definition,
                "specificatie": {"formaat": form, "lengte": length, "kardinaliteit": "1"},
            },
        )
    for name, title in mapping.roles.items():
        yield (
            "roltypen",
            {
                **mapping.head("roltypen", name),
                **of_case,
                "catalogus": catalogue,
                "omschrijving": title,
                "omschrijvingGeneriek": _GENERAL[name],
            },
        )
    yield from _of_documents(mapping, catalogue, case, since)


def _of_documents(mapping: ZgwMapping, catalogue: str, case: str, since: str) -> Iterator[Resource]:
    decisions = [mapping.url("besluittypen", "b")] if mapping.decision else []
    for number, (name, direction) in enumerate(document_types(mapping).items(), start=1):
        yield (
            "informatieobjecttypen",
            {
                **mapping.head("informatieobjecttypen", name),
                "catalogus": catalogue,
                "omschrijving": name,
                "vertrouwelijkheidaanduiding": mapping.designation,
                "informatieobjectcategorie": mapping.documents,
                "beginGeldigheid": since,
                "concept": True,
                "zaaktypen": [case],
                "besluittypen": [],
            },
        )
        yield (
            "zaaktype-informatieobjecttypen",
            {
                **mapping.head("zaaktype-informatieobjecttypen", name),
                "zaaktype": case,
                "zaaktypeIdentificatie": mapping.case["identification"],
                "catalogus": catalogue,
                "informatieobjecttype": name,
                "volgnummer": number,
                "richting": direction,
            },
        )
    for url in decisions:
        yield (
            "besluittypen",
            {
                "url": url,
                "catalogus": catalogue,
                "zaaktypen": [case],
                "omschrijving": mapping.decision,
                "publicatieIndicatie": False,
                "informatieobjecttypen": [],
                "beginGeldigheid": since,
                "concept": True,
                "resultaattypen": [],
                "resultaattypenOmschrijving": [],
                "vastgelegdIn": [],
            },
        )


def document_types(mapping: ZgwMapping) -> dict[str, str]:
    """Return the kinds of documents, each with whether it comes in or goes out; none where none go along."""
    return {ATTACHMENT: "inkomend", LETTER: "uitgaand"} if mapping.documents else {}


def _status_names(mapping: ZgwMapping) -> list[str]:
    return list(dict.fromkeys((*mapping.statuses.values(), mapping.end_status)))


def _case_type(mapping: ZgwMapping, since: str) -> dict[str, Any]:
    said = mapping.case
    return {
        **mapping.head("zaaktypen", "z"),
        "identificatie": said["identification"],
        "omschrijving": said["description"],
        "vertrouwelijkheidaanduiding": mapping.designation,
        "doel": said["purpose"],
        "aanleiding": said["occasion"],
        "indicatieInternOfExtern": "extern",
        "handelingInitiator": said["initiator-does"],
        "onderwerp": said["subject"],
        "handelingBehandelaar": said["handler-does"],
        "doorlooptijd": iso_duration(said["lead-time"]) or "",
        "opschortingEnAanhoudingMogelijk": False,
        "verlengingMogelijk": False,
        "verlengingstermijn": None,
        "publicatieIndicatie": False,
        "productenOfDiensten": list(said.get("products", ())),
        "selectielijstProcestype": said.get("process-type", ""),
        "referentieproces": {"naam": said.get("reference-process", said["description"]), "link": ""},
        "verantwoordelijke": said["accountable"],
        "zaakobjecttypen": [],
        "gerelateerdeZaaktypen": [],
        "beginGeldigheid": since,
        "eindeGeldigheid": None,
        "versiedatum": since,
        "concept": True,
    }
