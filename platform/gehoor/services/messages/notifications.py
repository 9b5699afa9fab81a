"""Notifications: messages to people inside the organisation, from the letters that were agreed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Protocol

from gehoor.core.agreement.model import Agreement, Letter
from gehoor.core.decision.model import DueAction
from gehoor.core.dossier.events import EventKind, instant_text
from gehoor.core.text.formats import Formats
from gehoor.core.wording.event_parts import term_name
from gehoor.core.wording.registry import sentences_of
from gehoor.services.messages.addresses import addresses_of
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

_EVERYBODY: Final[Mapping[str, frozenset[str]]] = MappingProxyType({})


class About(Protocol):
    """What a message says of the dossier that it is about."""

    @property
    def id(self) -> str:
        """What it is called in the register."""
        ...

    @property
    def organisation(self) -> str:
        """Where it is."""
        ...

    @property
    def department(self) -> str:
        """Where in the organisation."""
        ...

    @property
    def number(self) -> str:
        """What people call it."""
        ...


def messages_for(
    runtime: Runtime,
    agreement: Agreement,
    dossier: About,
    due_actions: Iterable[DueAction],
    to: tuple[Staff, Collection[str]],
    now: datetime,
    unaware: Mapping[str, frozenset[str]] = _EVERYBODY,
) -> list[Message]:
    """Write the messages that go with what fired. They carry the number and a link, never the complaint itself.

    ``to``: everyone who may be told, and the accounts that may not know of the dossier; ``unaware``: by rule, those
    that may not know what it says.
    """
    staff, hidden = to
    return [
        _message(runtime, agreement, dossier, due_action, letter, (staff, {*hidden, *kept}), now)
        for due_action in due_actions
        for kept in (unaware.get(due_action.data.get("rule", ""), ()),)
        if due_action.tell
        and (letter := agreement.letters.get(agreement.notices.get(_NOTICE[due_action.kind], "")))
    ]


def _message(
    runtime: Runtime,
    agreement: Agreement,
    dossier: About,
    due_action: DueAction,
    letter: Letter,
    to: tuple[Staff, Collection[str]],
    now: datetime,
) -> Message:
    staff, excluded = to
    acting, people = staff.acting(agreement, due_action.tell, excluded)
    about = {
        "term": term_name(agreement, due_action.data) if "term" in due_action.data else "",
        "due": _shown_due(due_action.data.get("due"), sentences_of(agreement).formats),
        "reason": agreement.rules[due_action.data["rule"]].because if "rule" in due_action.data else "",
    }
    to_whom = (due_action.once, acting or due_action.tell, people)
    return _written(runtime, agreement, dossier, letter, to_whom, about, now)


def notice(
    runtime: Runtime,
    agreement: Agreement,
    dossier: About,
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
    dossier: About,
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
        recipients=addresses_of(people),
        subject=fill(letter.subject, places),
        text=fill(letter.text, places),
        created_at=created,
        next_at=created,
        people=tuple(person.name for person in people if person.email),
    )


def event_key(what: str, version: int, at: datetime) -> str:
    """Return what a message is called that tells of an event of a dossier: its number in there, and when (UTC).

    The number alone does not do: a dossier that was put back from a copy gives it to another event, and a message that
    was sent of the first would stand in the way of one of the second.
    """
    return f"{what}/{version}/{instant_text(at)}"


def fill(text: str, places: Mapping[str, str]) -> str:
    """Put words in the places of a letter. What stands in the words themselves is never read as a place."""
    filled: list[str] = []
    for whole, name, rest in _parts(text):
        filled += (places[name], rest) if name in places else (whole,)
    return "".join(filled)


@lru_cache(maxsize=512)
def _parts(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return the parts of a letter: each as it stands, the place that it begins with, and what follows on that."""
    first, *others = text.split("{")
    found = [(first, "", "")]
    for part in others:
        name, closing, rest = part.partition("}")
        found.append(("{" + part, name if closing else "", rest))
    return tuple(found)


def _shown_due(due: str | None, formats: Formats) -> str:
    if not due:
        return ""
    return (
        formats.instant(datetime.fromisoformat(due)) if "T" in due else formats.day(date.fromisoformat(due))
    )
