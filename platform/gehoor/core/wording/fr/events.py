"""What happened to a dossier, in French: a line for each event, with what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse_terms import duration
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
from gehoor.core.wording.fr.formats import FORMATS, show_duration
from gehoor.core.wording.fr.questions import question_label
from gehoor.core.wording.fr.relation_events import RELATION_EVENTS
from gehoor.core.wording.fr.typography import COLON, quoted
from gehoor.core.wording.port import Events, EventSentence, EventText


def _opened(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = (*_answers(agreement, data), *_proposal(agreement, data), *_looked_up(agreement, data))
    return EventText(f"Dossier ouvert avec le formulaire {quoted(form_title(agreement, data))}", details)


def _proposal(agreement: Agreement, data: Mapping[str, Any]) -> Details:
    """Say what the deciding questions proposed, when something else was chosen."""
    proposed = not_followed(agreement, data)
    if proposed is None:
        return ()
    asked = proposed.question
    because = f"à cause de la question {quoted(asked)}" if asked else "car aucune question n'a tranché"
    return (("Proposition des questions, non suivie", f"{proposed.kind}, {because}"),)


def _answered(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    cleared = tuple((field_label(agreement, name), "effacé") for name in data["cleared"])
    late = data.get("late")
    return EventText(
        f"Complété par Gehoor, car en retard{COLON}{term_name(agreement, late)}"
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
        return "Complété"
    others = f" et {len(more)} autres" if len(more) > 1 else "".join(f", {one}" for one in more)
    return f"Complété{COLON}{first}{others}"


def _recounted(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(
        "Recompté, car ce qui est compté a changé dans un autre dossier",
        event_parts.recounted(agreement, data, question_label, "aucun"),
    )


def _suspended(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = (
        ("Motif", data["reason"]),
        ("À partir du", _day(data["start"])),
        *_disappeared(agreement, data),
    )
    return EventText(f"Délai suspendu{COLON}{term_name(agreement, data)}", details)


def _resumed(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = (("Compte de nouveau à partir du", _day(data["end"])),)
    return EventText(f"Le délai court de nouveau{COLON}{term_name(agreement, data)}", details)


def _extended(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = present(
        ("Durée", show_duration(duration(data["by"]))),
        ("Motif", data["reason"]),
        ("Communiqué le", _day(data["told"])),
        ("Accord donné le", _day(data["consent"])),
    )
    return EventText(f"Délai prolongé{COLON}{term_name(agreement, data)}", details)


def _reopened(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("Dossier rouvert", (("Motif", data["reason"]), *_disappeared(agreement, data)))


def _glass_broken(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Ouvert en urgence par {data['name']}", (("Motif", data["reason"]),), urgent=True)


def _repinned(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = (
        ("Motif", data["reason"]),
        ("Avant", f"accords portant le code {short_hash(data['from'])}"),
        ("Maintenant", f"accords portant le code {short_hash(data['to'])}"),
        *_disappeared(agreement, data),
    )
    return EventText("D'autres accords s'appliquent désormais", details)


def _missed(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"En retard{COLON}{term_name(agreement, data)}", _told(agreement, data), urgent=True)


def _escalated(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    what = f"Toujours en retard{COLON}{term_name(agreement, data)} (niveau {data['level']})"
    return EventText(what, _told(agreement, data), urgent=True)


def _reminded(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Rappel{COLON}{term_name(agreement, data)}", _told(agreement, data))


def _notified(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    rule = agreement.rules.get(data["rule"])
    why = present(("Parce que", rule.because), ("Fondement", rule.basis)) if rule else ()
    return EventText(f"Averti{COLON}{told_instead(agreement, data, ', qui remplace ')}", why)


def _duty_done(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Fait{COLON}{data['name']}", present(("Remarque", data["note"])))


def _duty_waived(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Non fait, avec motif{COLON}{data['name']}", (("Motif", data["reason"]),))


def _duty_back(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Finalement encore à faire{COLON}{data['name']}", (("Motif", data["reason"]),))


def _approval_asked(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    rule = agreement.rules.get(data["rule"])
    asked, role = quoted(milestone_name(agreement, data)), told_role(agreement, data)
    because = (("Parce que", rule.because),) if rule else ()
    return EventText(f"Approbation demandée pour {asked}, à{COLON}{role}", because)


def _approved(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    what = f"Approuvé{COLON}{milestone_name(agreement, data)}"
    return EventText(what, present(("Remarque", data["note"])))


def _written_to_us(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("Message de l'auteur du signalement", (("Message", data["text"]),))


def _written_by_us(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("Message à l'auteur du signalement", (("Message", data["text"]),))


_WAYS: Final = {
    "follow-page": "sur la page de suivi",
    "email": "sur la page de suivi, avec un e-mail",
    "post": "sur papier",
}


def _note_written(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("Note", present(("Note", data["text"])))


def _note_pinned(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("Note épinglée" if data["pinned"] else "Note détachée")


def _note_struck(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("Note biffée", present(("Pourquoi", data["why"])))


_CONTACT: Final = {
    "phone": "par téléphone",
    "conversation": "lors d'un entretien",
    "email": "par e-mail",
    "letter": "par lettre",
    "other": "d'une autre manière",
}


def _contact_noted(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    way, whom = _CONTACT[data["way"]], f" avec {data['whom']}" if data["whom"] else ""
    what = f"Contact{whom}, {way}" if data["reached"] else f"Pas de contact obtenu{whom}, {way}"
    return EventText(
        what,
        present(
            ("Quand", FORMATS.day(date.fromisoformat(data["on"]))),
            ("De qui", "de nous" if data["ours"] else "vers nous"),
            ("Ce qui a été dit", data["text"]),
        ),
    )


def _code_given(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    way = "par e-mail" if data["way"] == "email" else "sur papier ou lu à voix haute"
    known = ("Comment nous savons qui c'est", data["reason"])
    return EventText("Nouveau code de suivi donné", present(("Comment", way), known))


def _letter_drafted(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Projet de lettre gardé : {data['name']}" if data["name"] else "Projet de lettre gardé")


def _letter_sent(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(
        f"Envoyé : {data['name']}" if data["name"] else "Lettre envoyée",
        present(("Comment", _WAYS[data["way"]]), ("Pourquoi pas comme demandé", data.get("why", ""))),
    )


def _beside(data: Mapping[str, Any]) -> str:
    """Say who handles a dossier too from now on, or no longer."""
    if data["to"]:
        instead = f", qui remplace {data['left']}" if data.get("left") else ""
        return f"Traite aussi ce dossier{COLON}{data['name']}{instead}"
    if data["conflict"]:
        # Why is for those who see the answer that says so.
        return "Une des personnes qui traitaient ce dossier ne le fait plus."
    return f"Ne traite plus ce dossier{COLON}{data['left']}"


def _assigned(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = present(("Note", data["note"]))
    if data.get("beside"):
        return EventText(_beside(data), details)
    if data.get("first"):
        return EventText(
            f"Traitait ce dossier en second et en est désormais responsable{COLON}{data['first']}", details
        )
    if data["to"]:
        what = "Dossier transmis à" if data["before"] else f"Traite ce dossier{COLON.rstrip()}"
        return EventText(f"{what} {data['name']}", details)
    if data["conflict"]:
        # Why is for those who see the answer that says so.
        return EventText(
            "La personne qui traitait ce dossier ne le fait plus. Quelqu'un d'autre le reprend.", details
        )
    return EventText(f"Dossier rendu{COLON}personne ne le traite", details)


def _put_back(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(
        "Rétabli à partir d'une copie : ce qui s'est passé depuis n'y est plus",
        (("Copie du", _day(data["copy"][:10])),),
        urgent=True,
    )


def _told(agreement: Agreement, data: Mapping[str, Any]) -> Details:
    return present(("Communiqué à", told_people(agreement, data)))


def _answers(agreement: Agreement, data: Mapping[str, Any]) -> Details:
    return event_parts.answers(agreement, data["values"], FORMATS)


def _looked_up(agreement: Agreement, data: Mapping[str, Any]) -> Details:
    return event_parts.looked_up(agreement, data, question_label)


def _disappeared(agreement: Agreement, data: Mapping[str, Any]) -> Details:
    labels = ("N'est plus en retard", "Ne sera plus fait", "Clôturé sans", "Pourquoi")
    return event_parts.disappeared(agreement, data, FORMATS, labels)


def _day(text: str) -> str:
    return event_parts.day(text, FORMATS)


def _anonymised(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = present(
        ("Délai de conservation", data["name"]),
        ("Conservé jusqu'au", _day(data["kept_until"])),
        ("Règle de sélection", data["selection_rule"]),
        ("Approuvé par", data["approved_by"]),
    )
    return EventText("Anonymisé : ce qui concerne des personnes est effacé", details)


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
    language="fr",
    by_kind=_TEXTS,
    outside="auteur du signalement",
    staff="collaborateur",
    operator="gestionnaire du serveur",
)
