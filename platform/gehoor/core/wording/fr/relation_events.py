"""What a dossier has to do with others, in French: linked, merged, sent on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.events import EventKind
from gehoor.core.wording.event_parts import field_label, present
from gehoor.core.wording.fr.typography import COLON
from gehoor.core.wording.port import EventSentence, EventText


def _named(data: Mapping[str, Any]) -> str:
    """Name the other dossier, as far as whoever reads it may know."""
    return data["number"] or "un dossier d'un autre service"


def _led_on(data: Mapping[str, Any]) -> str:
    """Name the dossier in which it goes on; where that is, its own people know from its answers."""
    return data["number"] or "un autre dossier"


def _linked(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Lié à {_named(data)}", present(("Motif", data["reason"])))


def _unlinked(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"N'est plus lié à {_named(data)}", present(("Motif", data["reason"])))


def _merged(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    who = "la même personne" if data["same_person"] else "une autre personne"
    return EventText(
        f"Fusionné{COLON}la suite est dans {_led_on(data)}",
        present(("Motif", data["reason"]), ("Auteur de l'autre signalement", who if data["number"] else "")),
    )


def _unmerged(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Fusion avec {_led_on(data)} annulée", present(("Motif", data["reason"])))


def _took_in(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    who = (
        "la même personne"
        if data["same_person"]
        else "une autre personne, qui doit encore apprendre la suite"
    )
    return EventText(
        f"Fusionné{COLON}{_named(data)} continue ici",
        present(("Motif", data["reason"]), ("Auteur du signalement", who)),
    )


def _gave_back(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"{_named(data)} continue de nouveau séparément", present(("Motif", data["reason"])))


def _merged_told(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Communiqué à l'auteur de {_named(data)}", present(("Comment", data["note"])))


def _sent_on(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    went = ", ".join(field_label(agreement, name) for name in data["fields"])
    return EventText(
        f"Transmis à {data['to']}",
        present(
            ("Numéro là-bas", data["number"]), ("Motif", data["reason"]), ("Ce qui a été transmis", went)
        ),
    )


def _came_on(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Transmis par {data['place']}", present(("Numéro là-bas", data["number"])))


def _brought_in(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    lacking = ", ".join(field_label(agreement, name) for name in data["lacking"])
    details = present(
        ("Nom dans la source", data["key"]),
        ("Numéro conservé", data["number"]),
        ("Non rempli dans la source", lacking),
    )
    return EventText(f"Repris de {data['source']}", details)


RELATION_EVENTS: Final[Mapping[EventKind, EventSentence]] = {
    EventKind.LINKED: _linked,
    EventKind.UNLINKED: _unlinked,
    EventKind.MERGED: _merged,
    EventKind.UNMERGED: _unmerged,
    EventKind.TOOK_IN: _took_in,
    EventKind.GAVE_BACK: _gave_back,
    EventKind.MERGED_TOLD: _merged_told,
    EventKind.SENT_ON: _sent_on,
    EventKind.CAME_ON: _came_on,
    EventKind.BROUGHT_IN: _brought_in,
}
