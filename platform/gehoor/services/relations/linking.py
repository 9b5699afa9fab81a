"""Linking: somebody says that two dossiers belong together, or that they do not after all. Both say so."""

from __future__ import annotations

from datetime import datetime

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.services.access.authorisation import Actor
from gehoor.services.recording.changing import Case, Change
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.others import change_both, numbered, reason_given, refused


def link(runtime: Runtime, dossier: str, number: str, reason: str, actor: Actor, now: datetime) -> Dossier:
    """Link a dossier with the one that has this number. Raises ``RefusedError`` when there is no such number for the
    actor, when they are linked, or without a reason; and as ``changing`` does."""
    why, other = reason_given(runtime, reason), numbered(runtime, dossier, number, actor, Action.LINK, now)

    def change(one: Case, another: Case) -> tuple[Change, Change]:
        if another.dossier.id in one.dossier.relations.links:
            raise refused("already-linked")
        return _told(EventKind.LINKED, one, another, why), _told(EventKind.LINKED, another, one, why)

    return change_both(runtime, (dossier, other), actor, Action.LINK, now, change)[0]


def unlink(runtime: Runtime, dossier: str, other: str, reason: str, actor: Actor, now: datetime) -> Dossier:
    """Take back that two dossiers belong together. Raises as ``link`` does."""
    why = reason_given(runtime, reason)

    def change(one: Case, another: Case) -> tuple[Change, Change]:
        if another.dossier.id not in one.dossier.relations.links:
            raise refused("not-linked")
        return _told(EventKind.UNLINKED, one, another, why), _told(EventKind.UNLINKED, another, one, why)

    return change_both(runtime, (dossier, other), actor, Action.LINK, now, change)[0]


def _told(kind: EventKind, of: Case, other: Case, why: str) -> Change:
    data = {"dossier": other.dossier.id, "number": other.dossier.number, "reason": why}
    return Change(of.outcome(NewEvent(kind, data)))
