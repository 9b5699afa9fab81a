"""What happened to a dossier, one Dutch sentence for each event."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gehoor.core.agreement import Agreement
from gehoor.core.events import Event, EventKind


def event_text(agreement: Agreement, event: Event) -> str:
    """Say what an event was."""
    return _SENTENCES[event.kind](agreement, event)


def _opened(agreement: Agreement, event: Event) -> str:
    return f"dossier geopend met het formulier \u201c{agreement.forms[event.data['form']].title}\u201d"


def _answered(agreement: Agreement, event: Event) -> str:
    fields = agreement.dossier_form.fields
    filled = [fields[name].label for name in event.data["values"]]
    cleared = [f"{fields[name].label} (gewist)" for name in event.data["cleared"]]
    return f"ingevuld: {', '.join(filled + cleared)}"


def _missed(agreement: Agreement, event: Event) -> str:
    return f"te laat: {_term(agreement, event)}{_told(agreement, event)}"


def _escalated(agreement: Agreement, event: Event) -> str:
    return f"nog altijd te laat, niveau {event.data['level']}: {_term(agreement, event)}{_told(agreement, event)}"


def _reminded(agreement: Agreement, event: Event) -> str:
    return f"herinnerd: {_term(agreement, event)}{_told(agreement, event)}"


def _notified(agreement: Agreement, event: Event) -> str:
    return f"verwittigd{_told(agreement, event)}: {agreement.rules[event.data['rule']].because}"


def _term(agreement: Agreement, event: Event) -> str:
    return agreement.terms[event.data["term"]].name


def _told(agreement: Agreement, event: Event) -> str:
    told = event.data.get("told", "")
    name = agreement.roles[told].name if told in agreement.roles else told
    return f", bericht aan {name}" if told else ""


_SENTENCES: Mapping[EventKind, Callable[[Agreement, Event], str]] = {
    EventKind.OPENED: _opened,
    EventKind.ANSWERED: _answered,
    EventKind.DEADLINE_MISSED: _missed,
    EventKind.ESCALATED: _escalated,
    EventKind.REMINDED: _reminded,
    EventKind.NOTIFIED: _notified,
}
