"""Notifications: messages to people inside the organisation, from the letters that were agreed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

from gehoor.core.agreement.model import Agreement, Letter
from gehoor.core.decision.model import ROW, DueAction
from gehoor.core.dossier.events import EventKind, instant_text
from gehoor.core.text.formats import Formats
from gehoor.core.wording.event_parts import term_name
from gehoor.core.wording.registry import sentences_of
from gehoor.services.access.task_access import holders_of
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

TASK_NOTICE: Final = "task"
"""The occasion of the letter to who has a task: that they have it, that it is to be done soon, or that it is late."""

_EVERYBODY: Final[Mapping[str, frozenset[str]]] = MappingProxyType({})


class Audience(NamedTuple):
    """Everyone who may be told, the accounts that may not know of the dossier (``hidden``), those of them with a
    conflict of interest (``excluded``), and what says for whom tasks of it exist."""

    staff: Staff
    hidden: Collection[str]
    excluded: Collection[str]
    may_have: Callable[[str], bool] = lambda _: False


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

    @property
    def handlers(self) -> Sequence[str]:
        """Who handles it, the first first."""
        ...


def messages_for(
    runtime: Runtime,
    agreement: Agreement,
    dossier: About,
    due_actions: Iterable[DueAction],
    to: Audience,
    now: datetime,
    unaware: Mapping[str, frozenset[str]] = _EVERYBODY,
) -> list[Message]:
    """Write the messages that go with what fired. They carry the number and a link, never the complaint itself.

    ``unaware``: by rule, the accounts that may not know what it says. Who has the task of a term is reminded instead of
    the role, and hears that it is late beside it. Of what one rule says to a role, one message goes.
    """
    found, written = [], set[tuple[str, str, str]]()
    for one in due_actions:
        told = _to_do(runtime, agreement, dossier, one, to, now)
        found += told
        found += _to_handlers(runtime, agreement, dossier, one, to, now)
        name = agreement.notices.get(_NOTICE[one.kind], "")
        letter = agreement.letters.get(name)
        if letter and one.tell and not (told and one.kind is EventKind.REMINDED):
            if rule := one.data.get("rule", ""):
                # Who is told by a rule that asks their approval as well, gets one message.
                if (rule, one.tell, name) in written:
                    continue
                written.add((rule, one.tell, name))
            kept = unaware.get(one.data.get("rule", ""), ())
            found.append(
                _message(
                    runtime, agreement, dossier, one, letter, to._replace(hidden={*to.hidden, *kept}), now
                )
            )
    return found


def _to_handlers(
    runtime: Runtime,
    agreement: Agreement,
    dossier: About,
    due_action: DueAction,
    to: Audience,
    now: datetime,
) -> list[Message]:
    """Write the message to who handles a dossier, of a term that is theirs as well: to remind them and when it is late,
    not at each level after. Who gets it for their role gets no other."""
    term = agreement.terms.get(due_action.data.get("term", ""))
    if term is None or not term.handler_too or due_action.kind not in _HANDLERS_HEAR:
        return []
    letter = agreement.letters.get(agreement.notices.get(_NOTICE[due_action.kind], ""))
    _acting, of_role = (
        to.staff.acting(agreement, due_action.tell, to.hidden, to.excluded) if due_action.tell else ("", [])
    )
    told = {one.name for one in of_role}
    holders = to.staff.holders(agreement.organisation)
    people = {
        one.name: one
        for name in dossier.handlers
        for one in to.staff.reached(name, to.excluded)
        # Somebody whose roles ended, or who acts for them elsewhere, knows of no dossier here.
        if one.name not in told and holders.roles_of(agreement, one.name, to.hidden)
    }
    if letter is None or not people:
        return []
    data = due_action.data
    due = _shown_due(data.get("due"), sentences_of(agreement).formats)
    about = {"term": term_name(agreement, data), "due": due, "reason": ""}
    to_whom = (f"{due_action.once}/handler", "", [*people.values()])
    return [_written(runtime, agreement, dossier, letter, to_whom, about, now)]


_HANDLERS_HEAR: Final = (EventKind.REMINDED, EventKind.DEADLINE_MISSED)


def _to_do(
    runtime: Runtime,
    agreement: Agreement,
    dossier: About,
    due_action: DueAction,
    to: Audience,
    now: datetime,
) -> list[Message]:
    """Write the message to who has the task of a term, to remind them and when it is late; not at each level after."""
    if not due_action.named or due_action.kind is EventKind.ESCALATED:
        return []
    notices, data = sentences_of(agreement).notices, due_action.data
    late = due_action.kind is EventKind.DEADLINE_MISSED
    of = (
        agreement.terms[data["term"]].task,
        str(data["occurrence"]).removeprefix(ROW) if "row" in data else "",
    )
    people = holders_of(due_action.named, to.staff, to.may_have, to.excluded)
    reason = notices.task_late if late else notices.task_reminder
    told = TaskNotice(of, f"{due_action.once}/task", reason, data.get("due", ""))
    message = task_notice(runtime, agreement, dossier, told, people, now)
    return [message] if message else []


@dataclass(frozen=True, slots=True)
class TaskNotice:
    """What a message to who has a task says: which one it is (its id, and the key of its row), what names the message
    within the dossier, the reason, and by when it has to be done (as ISO text, or empty)."""

    of: tuple[str, str]
    key: str
    reason: str
    due: str = ""


def task_notice(
    runtime: Runtime,
    agreement: Agreement,
    dossier: About,
    told: TaskNotice,
    people: list[Account],
    now: datetime,
) -> Message | None:
    """Write a message to who has a task, with a link to it and nothing of the dossier; nothing where no letter was
    agreed for it, or there is nobody."""
    letter = agreement.letters.get(agreement.notices.get(TASK_NOTICE, ""))
    if letter is None or not people:
        return None
    words = sentences_of(agreement)
    task, row = told.of
    about = {
        "number": "",
        "term": agreement.tasks[task].name,
        "due": _shown_due(told.due, words.formats) or words.notices.task_no_day,
        "reason": told.reason,
        "link": f"{runtime.home}/medewerker/taken/{'/'.join(filter(None, (dossier.id, task, row)))}",
    }
    message = _written(runtime, agreement, dossier, letter, (told.key, "", people), about, now)
    return replace(message, task=f"{task}/{row}")


def _message(
    runtime: Runtime,
    agreement: Agreement,
    dossier: About,
    due_action: DueAction,
    letter: Letter,
    to: Audience,
    now: datetime,
) -> Message:
    acting, people = to.staff.acting(agreement, due_action.tell, to.hidden, to.excluded)
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
