"""De Linde with what belongs together agreed: what earlier dossiers tell, merging, withdrawing and sending on."""

from __future__ import annotations

from typing import Any

from gehoor.services.dossiers.incoming import Receipt
from gehoor.services.dossiers.viewing import OpenedDossier, look
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_web, publish_change, staff

COORDINATOR = "kwaliteitscoordinator"
NOW = "2026-05-06 09:00"
RIGHTS = ("link-dossiers", "merge", "send-on")
_TEXT = {"type": "string", "maxLength": 300, "phase": "registratie", "personal-data": "P0"}


def belonging(document: dict[str, Any]) -> None:
    """Agree what merging, withdrawing and sending on come to; only a coordinator does them."""
    for action in RIGHTS:
        document["rights"][action] = [COORDINATOR]
    fields = document["forms"]["dossier"]["properties"]
    fields["te_vertellen"] = {
        "title": "Wie nog iets moet horen", "type": "integer", "readOnly": True, "phase": "registratie",
        "personal-data": "P0",
    }  # fmt: skip
    fields["ingetrokken_op"] = {
        "title": "Ingetrokken op", "type": "string", "format": "date", "phase": "registratie", "personal-data": "P0",
    }  # fmt: skip
    fields["ingetrokken_waarom"] = {"title": "Waarom ingetrokken", **_TEXT}
    fields["heen"] = {"title": "Waarheen", **_TEXT}
    fields["nummer_daar"] = {"title": "Nummer daar", **_TEXT}
    fields["mag_weg"] = {
        "title": "Mag dit naar een ander?", "type": "boolean", "phase": "registratie", "personal-data": "P0",
    }  # fmt: skip
    closing = {
        "registratiedatum": "today",
        "afgesloten_op": "today",
        "geen_antwoord_reden": "andere",
    }
    document["merge"] = {
        "fill": {**closing, "afsluitreden": "samengevoegd"},
        "number-in": "nummer_daar",
        "still-to-tell-in": "te_vertellen",
    }
    document["withdraw"] = {
        "explanation": "Dan stoppen wij.",
        "afterwards": "U trok dit in.",
        "fill": {"ingetrokken_op": "today"},
        "reason-in": "ingetrokken_waarom",
    }
    document["send-on"] = {
        "department": {
            "goes-along": ["uiteenzetting", "onderwerp", "anoniem", "klager_naam", "klager_email", "drager"],
            "fill": {**closing, "afsluitreden": "doorverwezen"},
            "place-in": "heen",
            "number-in": "nummer_daar",
        },
        "elsewhere": {
            "goes-along": ["uiteenzetting", "klager_naam", "nadeel_schade"],
            "consent-in": "mag_weg",
            "place-in": "heen",
        },
    }
    document["rules"]["nog-te-vertellen"] = {
        "if": {"te_vertellen": {"at-least": 1}},
        "then": [{"block": "afgesloten"}],
        "because": "Ook de ander hoort wat ervan komt.",
    }


def house() -> Runtime:
    """Two departments: Els coordinates both, An and Bo one each, and Rita is at the desk of the first."""
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    for department in ("beukenhof", "eikenrode"):
        publish_change(runtime, belonging, "2026-02-01 09:00", department)
    staff(runtime, "els", f"de-linde/*:{COORDINATOR}")
    staff(runtime, "an", f"de-linde/beukenhof:{COORDINATOR}")
    staff(runtime, "bo", f"de-linde/eikenrode:{COORDINATOR}")
    staff(runtime, "rita", "de-linde/beukenhof:onthaal")
    return runtime


def told(runtime: Runtime, when: str, department: str = "beukenhof", **answers: Any) -> Receipt:
    """A complaint on the website by els@voorbeeld.be, about something else each time."""
    return open_by_web(runtime, when, department, **{"uiteenzetting": f"Klacht van {when}", **answers})


def ready(runtime: Runtime, dossier: str, when: str = "2026-05-05 09:00") -> None:
    """Write down what stands before closing a message that somebody just told."""
    fill(runtime, dossier, when, onderwerp="De bel", acuut_gevaar="nee")


def seen(runtime: Runtime, dossier: str, name: str = "", when: str = NOW) -> OpenedDossier:
    return look(runtime, dossier, at(when), name)
