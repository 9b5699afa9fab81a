"""What an exit kit says of itself: a page that explains each file, and the JSON Schemas of what is data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final[Mapping[str, Any]] = {"type": "string"}
_COUNT: Final[Mapping[str, Any]] = {"type": "integer", "minimum": 1}
_HASH: Final[Mapping[str, Any]] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_BEFORE: Final[Mapping[str, Any]] = {"type": "string", "pattern": "^([0-9a-f]{64})?$"}
_AT: Final[Mapping[str, Any]] = {"type": "string", "format": "date-time"}

README: Final = """# Uitvoer van {organisation}

Gemaakt op {made_at} (UTC) door {by}, met Gehoor {version}.

Dit pakket bevat alles wat {organisation} in het register had: {dossiers} dossiers, {attachments} bijlagen en
{agreements} versies van de afspraken. Alle tekst is UTF-8. Tijdstippen zijn UTC, dagen zijn plaatselijke dagen.

**Dit zijn persoonsgegevens, ook van wie een strikt vertrouwelijke klacht deed.** Bewaar het pakket zoals u het
register bewaart, en wis het als u het niet meer nodig hebt.

## Nakijken

    python3 verify.py

Dat programma (met de map `verifying`) heeft alleen Python 3.9 of later nodig. Het kijkt na of elk bestand is wat het
was, of de gebeurtenissen van elk dossier ongewijzigd op elkaar volgen, en of het grootboek van het register hetzelfde
zegt van gebeurtenissen, inkijk en bijlagen. Zo ziet u of alles met elkaar klopt. Wie het hele pakket anders schrijft,
kan het weer doen kloppen. Dat er niets gewijzigd is, bewijst alleen wat u elders bewaarde:

* Met `--manifest SHA-256`, die u kreeg bij het maken: dit pakket is, tot het laatste bestand, wat toen gemaakt werd.
* Met `--zegel BESTAND` (van `gehoor backup --seal`): de gebeurtenissen zijn die van toen, voor zover de rijen van het
  grootboek zonder gat naar het zegel leiden. Een rij waarvan hier alleen de hash staat, is zo'n gat. Van welk dossier
  het zegel niets bewijst, staat erbij. Brieven, berichten, tabellen, accounts en afspraken bewijst het niet.

## Wat waar staat

| bestand | wat |
|---|---|
| `manifest.json` | van elk bestand de SHA-256 en de grootte, en met welke rij het grootboek eindigt |
| `dossiers/dossiers.jsonl` | op elke regel een dossier met al zijn gebeurtenissen, in volgorde |
| `dossiers/inkijk.jsonl` | wie welk dossier inkeek |
| `dossiers/bijlagen.jsonl` | welk bestand in de map `bijlagen` van welk dossier is, en hoe het heette |
| `dossiers/brieven.jsonl` | de brieven die verstuurd zijn, zoals ze verstuurd zijn |
| `dossiers/berichten.jsonl` | de berichten aan medewerkers en melders: aan wie, wat, en of ze vertrokken |
| `dossiers/bewaring.jsonl` | hoelang een afgesloten dossier bewaard wordt, en wat daarover beslist is |
| `bijlagen/` | de bijlagen zelf, een map per dossier |
| `afspraken/publicaties.jsonl` | welke afspraken wanneer ingingen, voor welke afdeling |
| `afspraken/HASH.json` | elke versie van de afspraken, als één geheel; de naam is de SHA-256 van de inhoud |
| `afspraken/bestanden/` | de bestanden waarvan die gemaakt zijn, een map per versie; Gehoor leest ze zo weer in |
| `afspraken/voorstellen.jsonl` | wat voorgesteld werd, en wie akkoord ging |
| `verslagen/verslagen.jsonl` | de verslagen die bewaard zijn |
| `accounts/accounts.jsonl` | wie welke rol heeft of vroeger had; zonder wachtwoorden en andere geheimen |
| `accounts/namen.jsonl` | hoe wie anders iets deed of inkeek, heet |
| `accounts/logboek.jsonl` | wat er met accounts gebeurde |
| `grootboek/grootboek.jsonl` | de keten door het register; van rijen met iets van anderen alleen de hash |
| `tabellen/dossiers.csv` | de dossiers als tabel, met een kolom voor elke vraag |
| `tabellen/rijen.csv` | de antwoorden in lijsten, zoals deelklachten en maatregelen |
| `tabellen/gebeurtenissen.csv` | wat er gebeurde, zonder de inhoud |
| `tabellen/codelijsten.csv` | elke code met haar naam, per versie van de afspraken |
| `tabellen/accounts.csv` | de accounts als tabel |
| `schemas/` | JSON Schema van elk bestand met gegevens |

De tabellen openen in een rekenblad. Een cel die met een teken als `=` of `+` zou beginnen, heeft er een aanhalingsteken
voor. De tabellen zijn om te lezen; wie de gegevens overneemt, neemt de bestanden met JSON.

## Hoe de ketens werken

De hash van een gebeurtenis is de SHA-256 van de JSON van
`[dossier, sequence, kind, at, actor, agreement, data, previous]`: leden gesorteerd, zonder spaties, in UTF-8.
`previous` is de hash van de vorige gebeurtenis, of een lege tekst.

De hash van een rij van het grootboek is de SHA-256 van de hash van de vorige rij, `place` en `entries`, elk op een
eigen regel. In `entries` staat per dossier hoeveel gebeurtenissen er waren, en van de laatste de hash: BLAKE2b van 16
bytes met `salt` van het dossier als sleutel, in base64url. Wat er eens in staat, staat er later niet anders in, tenzij
een rij zegt waarom: `*` (geanonimiseerd), `!` (opnieuw ingeschreven) of `~` (uit een kopie teruggezet) bij het dossier,
of `ledger/events/DOSSIER` (het laatste werd opgegeven). Wat daarvoor stond, telt dan niet meer.

## Wat er niet in zit

Wachtwoorden, tweede stappen, tokens en sleutels; wat iemand op de website typte en niet verstuurde; wat van een andere
organisatie is. Van wat geanonimiseerd is, zit er wat daarvan overbleef.
"""

SCHEMAS: Final[Mapping[str, Mapping[str, Any]]] = {
    "dossiers": {
        "id": _TEXT,
        "number": _TEXT,
        "organisation": _TEXT,
        "department": _TEXT,
        "opened_at": _AT,
        "agreement": _HASH,
        "salt": _TEXT,
        "events": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["dossier", "sequence", "kind", "at", "actor", "agreement", "data", "previous", "hash"],
                "properties": {
                    "dossier": _TEXT,
                    "sequence": _COUNT,
                    "kind": _TEXT,
                    "at": _AT,
                    "actor": _TEXT,
                    "agreement": _HASH,
                    "data": {"type": "object"},
                    "previous": _BEFORE,
                    "hash": _HASH,
                },
            },
        },
    },
    "inkijk": {
        "dossier": _TEXT, "sequence": _COUNT, "at": _AT, "reader": _TEXT, "way": _TEXT, "hour": _TEXT,
        "previous": _BEFORE, "hash": _HASH,
    },
    "bijlagen": {
        "dossier": _TEXT, "number": _TEXT, "id": _TEXT, "name": _TEXT, "type": _TEXT,
        "size": {"type": "integer", "minimum": 0}, "file": _TEXT, "sha256": _HASH,
    },
    "brieven": {
        "dossier": _TEXT, "number": _TEXT, "at": _AT, "by": _TEXT, "letter": _TEXT, "name": _TEXT, "way": _TEXT,
        "language": _TEXT, "subject": _TEXT, "text": _TEXT,
    },
    "berichten": {"key": _TEXT, "dossier": _TEXT, "subject": _TEXT, "text": _TEXT, "state": _TEXT, "created_at": _AT},
    "publicaties": {
        "organisation": _TEXT, "department": _TEXT, "agreement": _HASH, "published_at": _AT, "sequence": _COUNT,
    },
    "accounts": {
        "name": _TEXT, "full_name": _TEXT, "email": _TEXT, "active": {"type": "boolean"},
        "roles": {"type": "array", "items": _TEXT}, "roles_before": {"type": "array", "items": _TEXT},
    },
    "namen": {"name": _TEXT, "full_name": _TEXT},
    "grootboek": {"place": {"type": "string", "pattern": "^[0-9]{12}$"}, "hash": _HASH},
}  # fmt: skip
"""Name of a file of JSON Lines -> the members that each line has."""


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a line in one of the files of data."""
    members = SCHEMAS[name]
    return {
        "$schema": _DRAFT,
        "title": name,
        "type": "object",
        "required": [*members],
        "properties": dict(members),
    }
