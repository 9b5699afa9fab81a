"""An organisation that says how long it keeps dossiers, and a complaint that was closed and is full of people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gehoor.core.text.canonical_json import dump, load
from gehoor.services.agreements.publishing import publish
from gehoor.services.correspondence.conversation import write_back, write_to_us
from gehoor.services.ports.store import Store
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import (
    INVESTIGATED,
    PUBLISHED_ON,
    REGISTERED,
    by,
    fill,
    new_runtime,
    open_by_web,
    proposal,
)

RETENTION: dict[str, Any] = {
    "gewoon": {
        "name": "Gewone klachten", "keep-for": "5 years", "from": "afgesloten", "selection-rule": "SR-7",
        "certainty": "to-confirm",
    },
    "ernstig": {
        "name": "Ernstige klachten", "keep-for": "10 years", "from": "afgesloten", "if": {"ernst": {"at-least": 4}},
    },
}  # fmt: skip
RIGHTS = {"approve-retention": ["kwaliteitscoordinator"], "export-person": ["kwaliteitscoordinator"]}


def keeping(document: dict[str, Any]) -> None:
    """Change the document of a department so that it says how long it keeps dossiers, and who approves."""
    document["retention"] = load(dump(RETENTION))
    document["rights"] = {**document.get("rights", {}), **RIGHTS}
    document["forms"]["dossier"]["properties"]["bewaarblokkering"] = {
        "title": "Waarom dit dossier voorlopig blijft", "type": "string", "meaning": "retention-hold",
        "phase": "begrip", "personal-data": "PX", "when-anonymised": "goes",
    }  # fmt: skip


def keeping_de_linde(
    store: Store | None = None, change: Callable[[dict[str, Any]], None] = keeping
) -> Runtime:
    """Return a runtime in which Beukenhof keeps dossiers for five years, and serious ones for ten."""
    runtime = new_runtime(store)
    publish(runtime, [proposal("beukenhof", change)], PUBLISHED_ON, "coordinator")
    return runtime


TOLD: dict[str, str] = {
    "uiteenzetting": "Verpleegkundige Xandrine Quackelbeen snauwde papa Ödilon af, zegt Zwaantje.",
    "klager_naam": "Zwaantje Vermaerckt",
    "klager_email": "zwaantje.vermaerckt@voorbeeld.be",
    "klager_telefoon": "0471 98 76 54",
}
"""What somebody told on the website, with what nothing else in a register holds."""


FOUNDED: dict[str, Any] = {
    **INVESTIGATED,
    "gegrondheid": "gegrond",
    "gegrondheid_motivering": "Xandrine was die dag kortaf.",
    "ernst_motivering": "Odilon huilde de hele avond.",
    "onderzoek_afgerond_op": "2026-05-20",
}
ANSWERED: dict[str, Any] = {
    "antwoord_datum": "2026-05-29",
    "antwoord_wijze": "brief",
    "tweede_lijn_vermeld": True,
    "verontschuldiging": ["schriftelijk"],
    "maatregelen_individueel_meegedeeld": "Xandrine sprak met Zwaantje.",
    "acties_structureel_meegedeeld": "Een extra ronde op zondag.",
}
CLOSED: dict[str, Any] = {
    "afgesloten_op": "2026-06-10",
    "afsluitreden": "beantwoord",
    "herstelmaatregelen": [
        {
            "type": "ondersteunend_gesprek",
            "omschrijving": "Gesprek met Theofiel.",
            "uitgevoerd_op": "2026-06-02",
        }
    ],
    "verbeteracties": [
        {
            "omschrijving": "Extra ronde.",
            "betrokken_medewerkers": "Xandrine, 2 juni",
            "leidinggevende": "Kunigonde, 2 juni",
            "uitgevoerd_op": "2026-06-03",
        }
    ],
}


def closed_complaint(runtime: Runtime, severity: int = 3, **told: Any) -> str:
    """Bring a complaint of 12 May 2026 to its end on 10 June 2026; returns its id."""
    dossier = open_by_web(runtime, "2026-05-12 14:00", **{**TOLD, **told}).dossier
    write_to_us(runtime, dossier, "Bel mijn zus Petronella Zoetewey.", "weg-1", at("2026-05-13 08:00"))
    fill(
        runtime, dossier, "2026-05-13 09:00", **REGISTERED, type_bericht="klacht", registratiedatum="2026-05-13",
        ontvangstmelding_op="2026-05-13", ontvangstmelding_wijze="email",
    )  # fmt: skip
    write_back(
        runtime, dossier, "Wij belden Petronella.", "terug-1", at("2026-05-14 09:00"), by(runtime, "ria")
    )
    fill(runtime, dossier, "2026-05-20 09:00", **{**FOUNDED, "ernst": severity})
    fill(runtime, dossier, "2026-05-29 09:00", actor="behandelaarster", **ANSWERED)
    fill(runtime, dossier, "2026-06-10 09:00", reason="Zij wilde geen nazorg.", **CLOSED)
    return dossier
