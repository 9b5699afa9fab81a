"""Notifications: messages to people inside the organisation, from the letters that were agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from gehoor.core.agreement.model import Agreement, Letter
from gehoor.core.decision.model import DueAction
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.dossier.dossier import Dossier, occurrence_key
from gehoor.core.dossier.events import EventKind, instant_text
from gehoor.core.text.dates import show_date, show_instant
from gehoor.services.ports.records import Account, Message
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

_NOTICE = {
    EventKind.REMINDED: "reminder",
    EventKind.DEADLINE_MISSED: "late",
    EventKind.ESCALATED: "late",
    EventKind.NOTIFIED: "notification",
    EventKind.APPROVAL_ASKED: "notification",
}
"""Which of the agreed letters goes with what happened."""


def messages_for(
    runtime: Runtime,
    agreement: Agreement,
    dossier: Dossier,
    due_actions: Iterable[DueAction],
    staff: Staff,
    now: datetime,
) -> list[Message]:
    """Write the messages that go with what fired. They carry the number and a link, never the complaint itself."""
    return [
        _message(runtime, agreement, dossier, due_action, letter, staff, now)
        for due_action in due_actions
        if due_action.tell
        and (letter := agreement.letters.get(agreement.notices.get(_NOTICE[due_action.kind], "")))
    ]


def _message(
    runtime: Runtime,
    agreement: Agreement,
    dossier: Dossier,
    due_action: DueAction,
    letter: Letter,
    staff: Staff,
    now: datetime,
) -> Message:
    excluded = excluded_from(agreement, dossier.values)
    acting, people = staff.acting(agreement, due_action.tell, excluded)
    about = {
        "term": agreement.terms[due_action.data["term"]].name if "term" in due_action.data else "",
        "due": _shown_due(due_action.data.get("due")),
        "reason": agreement.rules[due_action.data["rule"]].because if "rule" in due_action.data else "",
    }
    key = occurrence_key(due_action.key, due_action.occurrence)
    return _written(runtime, agreement, dossier, letter, (key, acting or due_action.tell, people), about, now)


def notice(
    runtime: Runtime,
    agreement: Agreement,
    dossier: Dossier,
    to: tuple[str, str, list[Account]],
    reason: str,
    now: datetime,
) -> Message | None:
    """Write a message that no rule asked for; nothing where no letter was agreed for it.

    ``to``: what names the message within the dossier, the role it is for (or empty), and the people.
    """
    letter = agreement.letters.get(agreement.notices.get("notification", ""))
    if letter is None:
        return None
    return _written(runtime, agreement, dossier, letter, to, {"term": "", "due": "", "reason": reason}, now)


def _written(
    runtime: Runtime,
    agreement: Agreement,
    dossier: Dossier,
    letter: Letter,
    to: tuple[str, str, list[Account]],
    about: Mapping[str, str],
    now: datetime,
) -> Message:
    key, role, people = to
    known = agreement.roles.get(role)
    places = {
        "number": dossier.number,
        "department": agreement.department_name,
        "recipient": ", ".join(person.full_name for person in people) or (known.name if known else role),
        "link": runtime.link(dossier.id),
        "term": "",
        "due": "",
        **about,
    }
    created = instant_text(now)
    return Message(
        key=f"{dossier.id}/{key}",
        dossier=dossier.id,
        organisation=dossier.organisation,
        department=dossier.department,
        role=role,
        recipients=tuple(person.email for person in people if person.email),
        subject=fill(letter.subject, places),
        text=fill(letter.text, places),
        created_at=created,
        next_at=created,
    )


def fill(text: str, places: Mapping[str, str]) -> str:
    """Put words in the places of a letter. What stands in the words themselves is never read as a place."""
    parts = text.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, closing, rest = part.partition("}")
        filled.append(places[name] + rest if closing and name in places else "{" + part)
    return "".join(filled)


def _shown_due(due: str | None) -> str:
    if not due:
        return ""
    return show_instant(datetime.fromisoformat(due)) if "T" in due else show_date(date.fromisoformat(due))
