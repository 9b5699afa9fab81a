"""What a dossier has to do with others, in Dutch: linked, merged, sent on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.events import EventKind
from gehoor.core.wording.event_parts import field_label, present
from gehoor.core.wording.port import EventSentence, EventText


def _named(data: Mapping[str, Any]) -> str:
    """Name the other dossier, as far as whoever reads it may know."""
    return data["number"] or "een dossier van een andere afdeling"


def _led_on(data: Mapping[str, Any]) -> str:
    """Name the dossier in which it goes on; where that is, its own people know from its answers."""
    return data["number"] or "een ander dossier"


def _linked(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Verbonden met {_named(data)}", present(("Reden", data["reason"])))


def _unlinked(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Niet meer verbonden met {_named(data)}", present(("Reden", data["reason"])))


def _merged(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    who = "dezelfde melder" if data["same_person"] else "een andere melder"
    return EventText(
        f"Samengevoegd: dit gaat verder in {_led_on(data)}",
        present(("Reden", data["reason"]), ("Wie het andere meldde", who if data["number"] else "")),
    )


def _unmerged(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Samenvoegen met {_led_on(data)} ongedaan gemaakt", present(("Reden", data["reason"])))


def _took_in(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    who = "dezelfde melder" if data["same_person"] else "een andere melder, die nog moet horen wat ervan komt"
    return EventText(
        f"Samengevoegd: {_named(data)} gaat hier verder",
        present(("Reden", data["reason"]), ("Wie het meldde", who)),
    )


def _gave_back(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"{_named(data)} gaat weer apart verder", present(("Reden", data["reason"])))


def _merged_told(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Verteld aan wie {_named(data)} meldde", present(("Hoe", data["note"])))


def _sent_on(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    went = ", ".join(field_label(agreement, name) for name in data["fields"])
    return EventText(
        f"Doorgestuurd naar {data['to']}",
        present(("Nummer daar", data["number"]), ("Reden", data["reason"]), ("Wat meeging", went)),
    )


def _came_on(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Doorgestuurd door {data['place']}", present(("Nummer daar", data["number"])))


def _brought_in(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    lacking = ", ".join(field_label(agreement, name) for name in data["lacking"])
    details = present(
        ("Hoe het daar heette", data["key"]),
        ("Nummer dat het hield", data["number"]),
        ("Niet ingevuld in de bron", lacking),
    )
    return EventText(f"Ingebracht uit {data['source']}", details)


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
