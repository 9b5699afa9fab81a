"""What programs hear: an event for each change of what whoever told a dossier can see, kept in the transaction of that
change. It says which dossier, and nothing of what is in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from gehoor.core.access.told_outside import seen_outside
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import Event, EventKind, instant_text
from gehoor.core.text.canonical_json import dump
from gehoor.core.wording.registry import sentences_of
from gehoor.services.messages.claims import POSTING, UNTOLD
from gehoor.services.messages.hook_records import hooks_for
from gehoor.services.messages.notifications import About
from gehoor.services.ports.hooks import Hook, HookEvent
from gehoor.services.ports.records import Message
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime

HELD: Final = "held"
"""The state of an event for a subscription that was paused: it goes once that goes on."""


def news_of(
    runtime: Runtime,
    register: Register,
    before: Dossier,
    after: tuple[Agreement, Dossier, Decision],
    sequence: int,
) -> list[Message]:
    """Return what programs hear of a change. ``sequence``: of its last event, by which each is told once."""
    agreement, dossier, decision = after
    hooks = hooks_for(register, dossier.organisation)
    if hooks is not None and not hooks:
        return []
    event = HookEvent.REGISTERED
    if before.version:
        known = _what_changed(runtime, register, before, after)
        if known is None:
            return []
        event = known
    return _told(runtime, hooks, event, dossier, agreement.department, sequence, decision.at)


def news_of_missed(
    runtime: Runtime, register: Register, agreement: Agreement, about: About, events: Iterable[Event]
) -> list[Message]:
    """Return what programs hear as a day passed that people outside were told of."""
    missed = [
        one
        for one in events
        if one.kind is EventKind.DEADLINE_MISSED
        and (term := agreement.terms.get(one.data["term"])) is not None
        and term.public
    ]
    hooks = hooks_for(register, about.organisation) if missed else []
    if hooks is not None and not hooks:
        return []
    last = missed[-1]
    return _told(runtime, hooks, HookEvent.CHANGED, about, agreement.department, last.sequence, last.at)


def _what_changed(
    runtime: Runtime, register: Register, before: Dossier, after: tuple[Agreement, Dossier, Decision]
) -> HookEvent | None:
    agreement, dossier, decision = after
    earlier = runtime.library.agreement(register, before.agreement)
    decided = decide(earlier, before, decision.at, runtime.engine)
    if decided.closed is not decision.closed:
        return HookEvent.CLOSED if decision.closed else HookEvent.REOPENED
    formats = sentences_of(agreement).formats
    same = seen_outside(earlier, before, decided, formats) == seen_outside(
        agreement, dossier, decision, formats
    )
    return None if same else HookEvent.CHANGED


def _told(
    runtime: Runtime,
    hooks: Iterable[Hook] | None,
    event: HookEvent,
    about: About,
    department: str,
    sequence: int,
    at: datetime,
) -> list[Message]:
    name = f"{about.id}.{sequence}"
    text = dump(
        {
            "specversion": "1.0",
            "id": name,
            "source": f"{runtime.home}/api/v1/organisations/{about.organisation}",
            "type": event.value,
            "subject": about.number,
            "time": at.isoformat().replace("+00:00", "Z"),
            "datacontenttype": "application/json",
            "data": {
                "dossier": about.id,
                "number": about.number,
                "organisation": about.organisation,
                "department": department,
                "href": f"{runtime.home}/api/v1/dossiers/{about.id}",
            },
        }
    )
    kept = Message(
        key=f"hook//{name}",
        dossier=about.id,
        organisation=about.organisation,
        department=department,
        role="",
        recipients=(),
        subject=event.value,
        text=text,
        created_at=instant_text(at),
        state=UNTOLD,
        next_at=instant_text(at),
        hook="",
    )
    # Where nobody can tell for whom it is, it waits until somebody can: it is never lost.
    return [kept] if hooks is None else told_to(hooks, kept)


def told_to(hooks: Iterable[Hook], kept: Message) -> list[Message]:
    """Return an event for each of the programs that hear of it."""
    _hook, _of, name = kept.key.split("/", 2)
    return [
        replace(
            kept,
            key=f"hook/{hook.id}/{name}",
            state=HELD if hook.is_paused else POSTING,
            next_at=None if hook.is_paused else kept.created_at,
            hook=hook.id,
        )
        for hook in hooks
        if kept.subject in hook.events
    ]
