"""What happened to a dossier, in Dutch: a line for each event, with what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse_terms import duration
from gehoor.core.calendar.durations import show_duration
from gehoor.core.dossier.events import EventKind
from gehoor.core.wording import event_parts
from gehoor.core.wording.event_parts import (
    Details,
    field_label,
    filled_labels,
    form_title,
    milestone_name,
    not_followed,
    present,
    reached_in,
    short_hash,
    term_name,
    told_instead,
    told_people,
    told_role,
)
from gehoor.core.wording.nl.formats import FORMATS, quoted
from gehoor.core.wording.nl.register import question_label
from gehoor.core.wording.nl.relation_events import RELATION_EVENTS
from gehoor.core.wording.port import Events, EventSentence, EventText


def _opened(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = (
        *_answers(agreement, data),
        *_proposal(agreement, data),
        *_looked_up(agreement, data),
    )
    return EventText(f"Dossier geopend met het formulier {quoted(form_title(agreement, data))}", details)


def _proposal(agreement: Agreement, data: Mapping[str, Any]) -> Details:
    """Say what the deciding questions proposed, when something else was chosen."""
    proposed = not_followed(agreement, data)
    if proposed is None:
        return ()
    asked = proposed.question
    because = f"door de vraag {quoted(asked)}" if asked else "want geen vraag besliste"
    return (("Voorstel van de vragen, niet gevolgd", f"{proposed.kind}, {because}"),)


def _answered(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    cleared = tuple((field_label(agreement, name), "leeggemaakt") for name in data["cleared"])
    late = data.get("late")
    return EventText(
        f"Door Gehoor ingevuld, want te laat: {term_name(agreement, late)}"
        if late
        else _filled(agreement, data),
        (*_answers(agreement, data), *cleared, *_looked_up(agreement, data), *_disappeared(agreement, data)),
    )


def _filled(agreement: Agreement, data: Mapping[str, Any]) -> str:
    """Name what happened by it: a milestone, else the fields that were filled in."""
    if reached := reached_in(agreement, data):
        return ", ".join(reached)
    first, *more = filled_labels(agreement, data) or ("",)
    if not first:
        return "Ingevuld"
    return f"Ingevuld: {first}" + (
        f" en nog {len(more)}" if len(more) > 1 else "".join(f", {one}" for one in more)
    )


def _recounted(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(
        "Opnieuw geteld, want in een ander dossier veranderde waarop geteld wordt",
        event_parts.recounted(agreement, data, question_label, "geen"),
    )


def _suspended(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = (
        ("Reden", data["reason"]),
        ("Vanaf", _day(data["start"])),
        *_disappeared(agreement, data),
    )
    return EventText(f"Opgeschort: {term_name(agreement, data)}", details)


def _resumed(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Loopt weer: {term_name(agreement, data)}", (("Telt weer vanaf", _day(data["end"])),))


def _extended(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = present(
        ("Met", show_duration(duration(data["by"]))),
        ("Reden", data["reason"]),
        ("Gemeld op", _day(data["told"])),
        ("Instemming op", _day(data["consent"])),
    )
    return EventText(f"Verlengd: {term_name(agreement, data)}", details)


def _reopened(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("Heropend", (("Reden", data["reason"]), *_disappeared(agreement, data)))


def _glass_broken(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"In nood geopend door {data['name']}", (("Reden", data["reason"]),), urgent=True)


def _repinned(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = (
        ("Reden", data["reason"]),
        ("Eerst", f"afspraken met code {short_hash(data['from'])}"),
        ("Nu", f"afspraken met code {short_hash(data['to'])}"),
        *_disappeared(agreement, data),
    )
    return EventText("Voortaan gelden andere afspraken", details)


def _missed(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Te laat: {term_name(agreement, data)}", _told(agreement, data), urgent=True)


def _escalated(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    what = f"Nog altijd te laat: {term_name(agreement, data)} (niveau {data['level']})"
    return EventText(what, _told(agreement, data), urgent=True)


def _reminded(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Herinnering: {term_name(agreement, data)}", _told(agreement, data))


def _notified(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    rule = agreement.rules.get(data["rule"])
    why = present(("Omdat", rule.because), ("Steunt op", rule.basis)) if rule else ()
    return EventText(f"Verwittigd: {told_instead(agreement, data, ', in plaats van ')}", why)


def _duty_done(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Gedaan: {data['name']}", present(("Opmerking", data["note"])))


def _duty_waived(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Niet gedaan, met reden: {data['name']}", (("Reden", data["reason"]),))


def _duty_back(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Toch nog te doen: {data['name']}", (("Reden", data["reason"]),))


def _approval_asked(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    rule = agreement.rules.get(data["rule"])
    asked, role = quoted(milestone_name(agreement, data)), told_role(agreement, data)
    because = (("Omdat", rule.because),) if rule else ()
    return EventText(f"Goedkeuring gevraagd voor {asked} aan: {role}", because)


def _approved(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Goedgekeurd: {milestone_name(agreement, data)}", present(("Opmerking", data["note"])))


def _written_to_us(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("De melder schreef een bericht", (("Bericht", data["text"]),))


def _written_by_us(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("Bericht aan de melder", (("Bericht", data["text"]),))


_WAYS: Final = {
    "follow-page": "op de volgpagina",
    "email": "op de volgpagina, met een e-mail dat hij klaarstaat",
    "post": "op papier",
}


def _note_written(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("Notitie", present(("Notitie", data["text"])))


def _note_pinned(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("Notitie vastgezet" if data["pinned"] else "Notitie losgemaakt")


def _note_struck(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("Notitie doorgehaald", present(("Waarom", data["why"])))


_CONTACT: Final = {
    "phone": "per telefoon",
    "conversation": "in een gesprek",
    "email": "per e-mail",
    "letter": "per brief",
    "other": "op een andere manier",
}


def _contact_noted(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    way, whom = _CONTACT[data["way"]], f" met {data['whom']}" if data["whom"] else ""
    what = f"Contact{whom}, {way}" if data["reached"] else f"Geen contact gekregen{whom}, {way}"
    return EventText(
        what,
        present(
            ("Wanneer", FORMATS.day(date.fromisoformat(data["on"]))),
            ("Van wie", "van ons" if data["ours"] else "naar ons"),
            ("Wat gezegd werd", data["text"]),
        ),
    )


def _code_given(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    way = "per e-mail" if data["way"] == "email" else "op papier of voorgelezen"
    return EventText(
        "Nieuwe volgcode gegeven", present(("Hoe", way), ("Hoe wij weten wie het is", data["reason"]))
    )


def _letter_drafted(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(
        f"Concept van een brief bewaard: {data['name']}" if data["name"] else "Concept van een brief bewaard"
    )


def _letter_sent(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(
        f"Verstuurd: {data['name']}" if data["name"] else "Een brief verstuurd",
        present(("Hoe", _WAYS[data["way"]]), ("Waarom anders dan gevraagd", data.get("why", ""))),
    )


def _beside(data: Mapping[str, Any]) -> str:
    """Say who handles a dossier too from now on, or no longer."""
    if data["to"]:
        instead = f", in plaats van {data['left']}" if data.get("left") else ""
        return f"Behandelt dit dossier mee: {data['name']}{instead}"
    if data["conflict"]:
        # Why is for those who see the answer that says so.
        return "Wie dit dossier mee behandelde, doet dat niet meer."
    return f"Behandelt dit dossier niet meer mee: {data['left']}"


def _assigned(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = present(("Nota", data["note"]))
    if data.get("beside"):
        return EventText(_beside(data), details)
    if data.get("first"):
        return EventText(f"Behandelde dit dossier mee, en behandelt het nu: {data['first']}", details)
    if data["to"]:
        what = "Overgedragen aan" if data["before"] else "Behandelt dit dossier:"
        return EventText(f"{what} {data['name']}", details)
    if data["conflict"]:
        # Why is for those who see the answer that says so.
        return EventText(
            "Wie dit dossier behandelde, doet dat niet meer. Iemand anders neemt het over.", details
        )
    return EventText("Teruggegeven: niemand behandelt dit dossier", details)


def _put_back(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(
        "Teruggezet uit een kopie: wat er sindsdien mee gebeurde, is weg",
        (("Kopie van", _day(data["copy"][:10])),),
        urgent=True,
    )


def _told(agreement: Agreement, data: Mapping[str, Any]) -> Details:
    return present(("Gemeld aan", told_people(agreement, data)))


def _answers(agreement: Agreement, data: Mapping[str, Any]) -> Details:
    return event_parts.answers(agreement, data["values"], FORMATS)


def _looked_up(agreement: Agreement, data: Mapping[str, Any]) -> Details:
    return event_parts.looked_up(agreement, data, question_label)


def _disappeared(agreement: Agreement, data: Mapping[str, Any]) -> Details:
    labels = ("Niet meer te laat", "Niet meer gedaan", "Afgesloten zonder", "Waarom")
    return event_parts.disappeared(agreement, data, FORMATS, labels)


def _day(text: str) -> str:
    return event_parts.day(text, FORMATS)


def _anonymised(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = present(
        ("Bewaartermijn", data["name"]),
        ("Bewaard tot", _day(data["kept_until"])),
        ("Selectieregel", data["selection_rule"]),
        ("Goedgekeurd door", data["approved_by"]),
    )
    return EventText("Geanonimiseerd: wat over mensen gaat, is weg", details)


_TEXTS: Final[Mapping[EventKind, EventSentence]] = {
    **RELATION_EVENTS,
    EventKind.OPENED: _opened,
    EventKind.ANSWERED: _answered,
    EventKind.RECOUNTED: _recounted,
    EventKind.SUSPENDED: _suspended,
    EventKind.RESUMED: _resumed,
    EventKind.EXTENDED: _extended,
    EventKind.REOPENED: _reopened,
    EventKind.DUTY_DONE: _duty_done,
    EventKind.DUTY_WAIVED: _duty_waived,
    EventKind.DUTY_BACK: _duty_back,
    EventKind.APPROVAL_ASKED: _approval_asked,
    EventKind.APPROVED: _approved,
    EventKind.WRITTEN_TO_US: _written_to_us,
    EventKind.WRITTEN_BY_US: _written_by_us,
    EventKind.GLASS_BROKEN: _glass_broken,
    EventKind.REPINNED: _repinned,
    EventKind.NOTE_WRITTEN: _note_written,
    EventKind.NOTE_PINNED: _note_pinned,
    EventKind.NOTE_STRUCK: _note_struck,
    EventKind.CONTACT_NOTED: _contact_noted,
    EventKind.CODE_GIVEN: _code_given,
    EventKind.LETTER_DRAFTED: _letter_drafted,
    EventKind.LETTER_SENT: _letter_sent,
    EventKind.ASSIGNED: _assigned,
    EventKind.DEADLINE_MISSED: _missed,
    EventKind.ESCALATED: _escalated,
    EventKind.REMINDED: _reminded,
    EventKind.NOTIFIED: _notified,
    EventKind.PUT_BACK: _put_back,
    EventKind.ANONYMISED: _anonymised,
}
EVENTS: Final = Events(
    language="nl", by_kind=_TEXTS, outside="melder", staff="medewerker", operator="wie de server beheert"
)
