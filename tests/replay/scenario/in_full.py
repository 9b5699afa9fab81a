"""An agreement with what neither organisation agreed on: roles that stand in, terms that come back, a last hour."""

from __future__ import annotations

from typing import Any

from tests.replay.scenario.complaints import INVESTIGATED, REGISTERED, by_phone
from tests.replay.scenario.directing import Director, Story

_RULES: dict[str, dict[str, Any]] = {
    "directeur-treedt-op": {
        "if": {"voorwerp": "persoon"},
        "then": [{"assign": "algemeen-directeur", "instead-of": "kwaliteitscoordinator"}],
        "because": "Wie beklaagd is, behandelt niet.",
    },
    "dagelijks-bij-derde": {
        "if": {"voorwerp": "derde"},
        "then": [
            {"assign": "dagelijks-verantwoordelijke"},
            {"show": "datum_op_stuk"},
            {"hide": "klager_postcode"},
            {"derive": "aangeklaagde_dienst", "same-as": "onderwerp"},
            {"notify": "sociale-dienst"},
        ],
        "because": "Met een derde spreekt de dagelijks verantwoordelijke.",
    },
    "leefgroep-telt": {
        "if": {"leefgroep": "Eik"},
        "then": [{"duty": "Het team inlichten", "responsible": "teamverantwoordelijke"}],
        "because": "De leefgroep hoort het van ons.",
    },
}
_TERMS: dict[str, dict[str, Any]] = {
    "stand-van-zaken": {
        "name": "Stand van zaken geven", "within": "2 weeks", "from": "ontvangst",
        "until": "ontvangstmelding verstuurd", "recurring-until": "antwoord verstuurd",
        "responsible": "kwaliteitscoordinator", "remind": ["2 working-days"],
        "late": [{"tell": "kwaliteitscoordinator"}],
    },
    "bevestiging": {
        "name": "Mondeling bevestigen", "within": "1 working-days", "from": "ontvangst", "until": "geregistreerd",
        "cutoff": "15:00", "count-day-zero": True, "responsible": "onthaal",
    },
    "bedanking": {
        "name": "Bedanken", "within": "1 months", "from-term": "antwoord", "until": "nazorg gedaan",
        "shift": "previous", "min-working-days": 3, "responsible": "sociale-dienst", "late": [{"tell": "onthaal"}],
    },
}  # fmt: skip


def in_full(document: dict[str, Any]) -> None:
    """Change a canonical document of Beukenhof so."""
    document["forms"]["dossier"]["properties"]["leefgroep"] = {
        "title": "Leefgroep", "type": "string", "enum": ["Beuk", "Eik"], "phase": "registratie",
    }  # fmt: skip
    document["rules"] |= _RULES
    document["terms"] |= _TERMS


def under_it(director: Director) -> Story:
    """Dossiers under that agreement, which is valid from July."""
    yield "2026-07-10 15:20"
    by_phone(director, "optreden", voorwerp="persoon", klager_naam="Naam")
    by_phone(director, "derde", klager_naam="Van buiten")
    yield "2026-07-13 09:00"
    director.fill("optreden", "ria", registratiedatum="2026-07-13", voorwerp="persoon", **REGISTERED)
    director.fill(
        "derde", "ria", voorwerp="derde", datum_op_stuk="2026-07-09", leefgroep="Eik", klager_postcode="9000"
    )
    director.fill("derde", "ria", registratiedatum="2026-07-13", **REGISTERED)
    director.do("look", dossier="optreden", by="ann")
    duty = "leefgroep-telt/0"
    director.do("waive duty", dossier="derde", duty=duty, by="dirk", reason="Het team was erbij.")
    yield "2026-07-15 09:00"
    for case in ("optreden", "derde"):
        director.fill(case, "dirk", ontvangstmelding_op="2026-07-15", ontvangstmelding_wijze="email")
    director.do("write to us", dossier="derde", text="Is er al nieuws?", key="derde-1")
    director.do("write to us", dossier="optreden", text="Is er al nieuws?", key="optreden-1")
    yield "2026-07-29 09:00"
    director.fill("optreden", "ann", ontvangstmelding_op="2026-07-28")
    yield "2026-08-03 09:00"
    director.fill("derde", "dirk", voorwerp="dienst")
    director.do("suspend", dossier="derde", term="antwoord", by="dirk", reason="wachten-op-klager")
    director.fill(
        "optreden", "ann", gegrondheid="onduidelijk", onderzoek_afgerond_op="2026-08-03", **INVESTIGATED
    )
