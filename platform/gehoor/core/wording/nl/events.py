"""What happened to a dossier, in Dutch: a line for each event, with what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gehoor.core.agreement.classification import kept_proposal
from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse_terms import duration
from gehoor.core.calendar.durations import show_duration
from gehoor.core.dossier.events import Event, EventKind
from gehoor.core.forms.fields import KINDS
from gehoor.core.text.dates import show_date
from gehoor.core.wording.nl.agreement.phrases import capital, quoted
from gehoor.core.wording.nl.register import question_label

_SHORT = 12
"""How many characters of a hash tell two agreements apart for people."""


@dataclass(frozen=True, slots=True)
class EventText:
    """What an event was: a line, and labelled details. ``urgent``: something was missed."""

    what: str
    details: tuple[tuple[str, str], ...] = ()
    urgent: bool = False


def event_text(agreement: Agreement, event: Event) -> EventText:
    """Say what an event was."""
    return _TEXTS[event.kind](agreement, event.data)


def _opened(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    form = agreement.forms.get(data["form"])
    title = form.title if form else data["form"]
    details = (
        *_answers(agreement, data["values"]),
        *_proposal(agreement, data),
        *_looked_up(agreement, data),
    )
    return EventText(f"Dossier geopend met het formulier \u201c{title}\u201d", details)


def _proposal(agreement: Agreement, data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Say what the deciding questions proposed, when something else was chosen."""
    proposed = kept_proposal(data)
    if proposed is None or proposed.kind == data["values"].get(agreement.field_for("message-kind")):
        return ()
    kind = agreement.kinds.get(proposed.kind)
    question = agreement.questions.get(proposed.decided_by)
    because = f"door de vraag {quoted(question.question)}" if question else "want geen vraag besliste"
    return (("Voorstel van de vragen, niet gevolgd", f"{kind.name if kind else proposed.kind}, {because}"),)


def _answered(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    cleared = tuple((_label(agreement, name), "leeggemaakt") for name in data["cleared"])
    return EventText(
        "Ingevuld", (*_answers(agreement, data["values"]), *cleared, *_looked_up(agreement, data))
    )


def _suspended(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = (("Reden", data["reason"]), ("Vanaf", _day(data["start"])))
    return EventText(f"Opgeschort: {_term(agreement, data)}", details)


def _resumed(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Loopt weer: {_term(agreement, data)}", (("Telt weer vanaf", _day(data["end"])),))


def _extended(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = (
        ("Met", show_duration(duration(data["by"]))),
        ("Reden", data["reason"]),
        ("Gemeld op", _day(data["told"])),
        ("Instemming op", _day(data["consent"])),
    )
    return EventText(f"Verlengd: {_term(agreement, data)}", tuple(pair for pair in details if pair[1]))


def _reopened(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("Heropend", (("Reden", data["reason"]),))


def _repinned(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = (
        ("Reden", data["reason"]),
        ("Eerst", f"afspraken met code {data['from'][:_SHORT]}"),
        ("Nu", f"afspraken met code {data['to'][:_SHORT]}"),
    )
    return EventText("Voortaan gelden andere afspraken", details)


def _missed(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Te laat: {_term(agreement, data)}", _told(agreement, data), urgent=True)


def _escalated(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    what = f"Nog altijd te laat: {_term(agreement, data)} (niveau {data['level']})"
    return EventText(what, _told(agreement, data), urgent=True)


def _reminded(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Herinnering: {_term(agreement, data)}", _told(agreement, data))


def _notified(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    rule = agreement.rules.get(data["rule"])
    why = (("Omdat", rule.because), ("Steunt op", rule.basis)) if rule else ()
    return EventText(f"Verwittigd: {_role(agreement, data)}", tuple(pair for pair in why if pair[1]))


def _looked_up(agreement: Agreement, data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Say what the register gave with this save; nothing when it gave nothing."""
    return tuple(
        (capital(question_label(agreement, agreement.register_questions[fact])), str(found["count"]))
        for fact, found in data.get("found", {}).items()
        if found["count"] and fact in agreement.register_questions
    )


def _duty_done(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Gedaan: {data['name']}", (("Opmerking", data["note"]),) if data["note"] else ())


def _duty_waived(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Niet gedaan, met reden: {data['name']}", (("Reden", data["reason"]),))


def _duty_back(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText(f"Toch nog te doen: {data['name']}", (("Reden", data["reason"]),))


def _approval_asked(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    rule = agreement.rules.get(data["rule"])
    what = (
        f"Goedkeuring gevraagd voor \u201c{_milestone(agreement, data)}\u201d aan: {_role(agreement, data)}"
    )
    return EventText(what, (("Omdat", rule.because),) if rule else ())


def _approved(agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = (("Opmerking", data["note"]),) if data["note"] else ()
    return EventText(f"Goedgekeurd: {_milestone(agreement, data)}", details)


def _written_to_us(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("De melder schreef een bericht", (("Bericht", data["text"]),))


def _written_by_us(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    return EventText("Bericht aan de melder", (("Bericht", data["text"]),))


def _assigned(_agreement: Agreement, data: Mapping[str, Any]) -> EventText:
    details = (("Nota", data["note"]),) if data["note"] else ()
    if data["to"]:
        what = "Overgedragen aan" if data["before"] else "Behandelt dit dossier:"
        return EventText(f"{what} {data['name']}", details)
    if data["conflict"]:
        # Why is for those who see the answer that says so.
        return EventText(
            "Wie dit dossier behandelde, doet dat niet meer. Iemand anders neemt het over.", details
        )
    return EventText("Teruggegeven: niemand behandelt dit dossier", details)


def _milestone(agreement: Agreement, data: Mapping[str, Any]) -> str:
    known = agreement.milestones.get(data["milestone"])
    return known.name if known else str(data["milestone"])


_TEXTS: Mapping[EventKind, Callable[[Agreement, Mapping[str, Any]], EventText]] = {
    EventKind.OPENED: _opened,
    EventKind.ANSWERED: _answered,
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
    EventKind.REPINNED: _repinned,
    EventKind.ASSIGNED: _assigned,
    EventKind.DEADLINE_MISSED: _missed,
    EventKind.ESCALATED: _escalated,
    EventKind.REMINDED: _reminded,
    EventKind.NOTIFIED: _notified,
}


def _term(agreement: Agreement, data: Mapping[str, Any]) -> str:
    term = agreement.terms.get(data["term"])
    return term.name if term else str(data["term"])


def _role(agreement: Agreement, data: Mapping[str, Any]) -> str:
    role = agreement.roles.get(data.get("told", ""))
    return role.name if role else str(data.get("told", ""))


def _told(agreement: Agreement, data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return (("Gemeld aan", _role(agreement, data)),) if data.get("told") else ()


def _answers(agreement: Agreement, values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    fields = agreement.dossier_form.fields
    return tuple(
        (fields[name].label, KINDS[fields[name].kind].show(value, fields[name]))
        for name, value in values.items()
        if name in fields
    )


def _label(agreement: Agreement, name: str) -> str:
    field = agreement.dossier_form.fields.get(name)
    return field.label if field else name


def _day(text: str) -> str:
    return show_date(date.fromisoformat(text)) if text else ""
