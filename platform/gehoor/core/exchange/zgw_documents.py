"""The documents of a case of ZGW: each file with what is said of it, and that it belongs to the case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from gehoor.core.exchange.zgw_mapping import ZgwMapping
from gehoor.core.exchange.zgw_types import ATTACHMENT, LETTER, Resource

_CHECKSUM: Final = "sha_256"
_LANGUAGES: Final = {"nl": "dut", "fr": "fre", "en": "eng", "de": "ger"}


@dataclass(frozen=True, slots=True)
class Document:
    """A file of a dossier: its id, name, media type, size, SHA-256 (hexadecimal), and the day (local) that it is of."""

    id: str
    name: str
    media_type: str
    size: int
    digest: str
    day: date
    letter: bool = False


@dataclass(frozen=True, slots=True)
class DocumentOf:
    """Of which dossier a document is, with the address of its case, how secret it is, who wrote it, and in which
    language (two letters)."""

    dossier: str
    case: str
    designation: str
    author: str
    language: str


def document_resources(mapping: ZgwMapping, of: DocumentOf, one: Document, at: str) -> Iterator[Resource]:
    """Give a document and its place in the case. ``at``: the local moment that it was there, as ISO text."""
    key = (of.dossier, one.id)
    url = mapping.url("enkelvoudiginformatieobjecten", *key)
    kind = LETTER if one.letter else ATTACHMENT
    yield (
        "enkelvoudiginformatieobjecten",
        {
            **mapping.head("enkelvoudiginformatieobjecten", *key),
            "identificatie": mapping.uuid("enkelvoudiginformatieobjecten", *key),
            "bronorganisatie": mapping.rsin,
            "creatiedatum": one.day.isoformat(),
            "titel": one.name[:200] or kind,
            "vertrouwelijkheidaanduiding": of.designation,
            "auteur": of.author[:200],
            "status": "definitief",
            "formaat": one.media_type[:255],
            "taal": _LANGUAGES.get(of.language, "dut"),
            "versie": 1,
            "beginRegistratie": at,
            "bestandsnaam": one.name[:255],
            "inhoud": f"{url}/download",
            "bestandsomvang": one.size,
            "link": "",
            "beschrijving": "",
            "indicatieGebruiksrecht": False,
            "integriteit": {"algoritme": _CHECKSUM, "waarde": one.digest, "datum": one.day.isoformat()},
            "informatieobjecttype": mapping.url("informatieobjecttypen", kind),
            "locked": False,
            "bestandsdelen": [],
        },
    )
    yield (
        "zaakinformatieobjecten",
        {
            **mapping.head("zaakinformatieobjecten", *key),
            "informatieobject": url,
            "zaak": of.case,
            "aardRelatieWeergave": "Hoort bij, omgekeerd: kent",
            "titel": one.name[:200],
            "beschrijving": "",
            "registratiedatum": at,
            "vernietigingsdatum": None,
            "status": None,
        },
    )


def text_of_letter(subject: str, text: str) -> bytes:
    """Return a letter that was sent as a document."""
    return f"{subject}\n\n{text}\n".encode()
