"""Who handles a dossier: one person at most. It is taken, given, handed over or given back; each is an event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gehoor.core.access.roles import may_open
from gehoor.core.agreement.actions import Action
from gehoor.core.decision.decide import decide
from gehoor.core.decision.objections import Objection
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.services.access.conflict_of_interest import refuse_excluded
from gehoor.services.access.notifications import notice
from gehoor.services.access.people import can_handle
from gehoor.services.access.rights import barred_in
from gehoor.services.dossiers.answers import RefusedError
from gehoor.services.dossiers.recording import provisional, record
from gehoor.services.ports.records import Account
from gehoor.services.register.register import Register, UnknownDossierError, reading, writing
from gehoor.services.register.runtime import Runtime

MOST_AT_ONCE = 100
"""How many dossiers can be given to someone in one go: as many as a page of a list shows, and some."""
_GIVEN = "Dit dossier is u toegewezen."


@dataclass(frozen=True)
class Assigning:
    """Who is to handle a dossier (an account; empty: nobody), and who says so.

    ``before``: who handled it when that was decided; None when it does not matter.
    """

    dossier: str
    to: str
    actor: str
    note: str = ""
    before: str | None = None


@dataclass(frozen=True, slots=True)
class NotAssigned:
    """A dossier of many that could not be given, and why. ``number`` is empty for what does not exist."""

    number: str
    objection: Objection


def assign(runtime: Runtime, wanted: Assigning, now: datetime) -> Dossier:
    """Give a dossier to someone, or to nobody. Raises ``RefusedError``, and ``UnknownDossierError`` also for whoever
    may not open it."""
    with writing(runtime.store) as register:
        dossier = register.dossier(wanted.dossier)
        agreement = runtime.library.agreement(register, dossier.agreement)
        excluded = refuse_excluded(agreement, dossier, wanted.actor)
        place = (dossier.organisation, dossier.department)
        accounts = register.accounts()
        actor = next((one for one in accounts if one.name == wanted.actor and one.active), None)
        if actor is None or not may_open(actor.name, actor.roles, place, excluded):
            raise UnknownDossierError(wanted.dossier)
        people = {one.name: one for one in can_handle(place, accounts, excluded)}
        decision = decide(agreement, dossier, now, runtime.engine)
        barred = barred_in(agreement, actor.name, accounts, decision.stand_ins, excluded)
        if Action.ASSIGN in barred:
            raise RefusedError([Objection("", "assign-not-yours")])
        _refuse(wanted, dossier, people, accounts, closed=decision.closed)
        if wanted.to == dossier.handler:
            return dossier
        data: dict[str, Any] = {
            "to": wanted.to,
            "name": people[wanted.to].full_name if wanted.to else "",
            "before": dossier.handler,
            "note": wanted.note.strip(),
            "conflict": False,
        }
        what = NewEvent(EventKind.ASSIGNED, data)
        events, after = provisional(dossier, [what], agreement, now, wanted.actor)
        if wanted.to not in ("", wanted.actor):
            to = (f"handler/{after.version}", "", [people[wanted.to]])
            message = notice(runtime, agreement, after, to, _GIVEN, now)
            if message:
                register.queue(message)
        return record(runtime, register, agreement, events, after, decision, _code_hash(register, dossier.id))


def assign_many(
    runtime: Runtime, dossiers: Iterable[str], wanted: Assigning, now: datetime
) -> tuple[list[Dossier], list[NotAssigned]]:
    """Give several dossiers to someone, each judged by itself. Returns those that went, and why the others did not."""
    given: list[Dossier] = []
    refused: list[NotAssigned] = []
    for dossier_id in list(dict.fromkeys(dossiers))[:MOST_AT_ONCE]:
        try:
            given.append(assign(runtime, replace(wanted, dossier=dossier_id), now))
        except UnknownDossierError:
            refused.append(NotAssigned("", Objection("", "assign-unknown")))
        except RefusedError as refusal:
            with reading(runtime.store) as register:
                summary = register.summary(dossier_id)
            number = summary.number if summary else ""
            refused.append(NotAssigned(number, refusal.objections[0]))
    return given, refused


def _refuse(
    wanted: Assigning,
    dossier: Dossier,
    people: dict[str, Account],
    accounts: list[Account],
    *,
    closed: bool,
) -> None:
    if wanted.before is not None and wanted.before != dossier.handler:
        who = next((one.full_name for one in accounts if one.name == dossier.handler), "niemand")
        raise RefusedError([Objection("", "assign-changed", {"who": who})])
    if closed:
        raise RefusedError([Objection("", "assign-closed")])
    if wanted.to and wanted.to not in people:
        raise RefusedError([Objection("", "assign-cannot")])


def _code_hash(register: Register, dossier_id: str) -> str | None:
    summary = register.summary(dossier_id)
    return summary.code_hash if summary else None
