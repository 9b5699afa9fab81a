"""Who handles a dossier: one person, or as many as was agreed. It is taken, given, handed over or given back.

Each of those is an event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.objections.objections import Objection
from gehoor.core.wording.registry import sentences_of
from gehoor.services.access.authorisation import Actor, NotAllowedError, Operator, name_of
from gehoor.services.access.confidentiality import exists_for, kept_from
from gehoor.services.messages.notifications import event_key, notice
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import UNDECIDABLE, reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.changing import AnonymisedError, Case, Change, changing
from gehoor.services.recording.recording import SWEEPER, given_back
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

MOST_AT_ONCE = 100
"""How many dossiers can be given to someone with one page: as many as a page of a list shows, and some."""


@dataclass(frozen=True)
class Assigning:
    """Who is to handle a dossier (an account; empty: nobody), and who says so.

    ``before``: who handled it when that was decided, and does so no longer; None when it does not matter. ``beside``:
    they handle it together with those who do already. ``by_role``: only to somebody for whom it exists because of a
    role; else, and where it goes to nobody, nobody handles it, and the responsible role hears that: of a level that is
    for its handler too, whoever says so may not know of it either.
    """

    dossier: str
    to: str
    actor: Actor
    note: str = ""
    before: str | None = None
    by_role: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class NotAssigned:
    """A dossier of many that could not be given, and why. ``number`` is empty for what does not exist."""

    number: str
    objection: Objection


def assign(runtime: Runtime, wanted: Assigning, now: datetime) -> Dossier:
    """Give a dossier to someone, or to nobody. Raises ``RefusedError``, and as ``changing`` does."""

    def change(case: Case) -> Change | None:
        dossier = case.dossier
        back = wanted.by_role and (not wanted.to or wanted.to in case.hidden_from - case.excluded)
        to = "" if back else wanted.to
        place = (dossier.organisation, dossier.department)
        people = {one.name: one for one in case.staff.candidates(place, case.not_to_handle)}
        _refuse(replace(wanted, to=to), case, people)
        said = _said(replace(wanted, to=to), dossier, case.staff)
        if said is None:
            return None
        to = said["to"]
        name = people[to].full_name if to else ""
        data = {**said, "name": name, "note": wanted.note.strip(), "conflict": back}
        outcome = case.outcome(NewEvent(EventKind.ASSIGNED, data))
        if back:
            told = (case.agreement, outcome.dossier, outcome.decision)
            hidden = kept_from(*told, case.excluded, case.staff)
            return Change(outcome, tuple(given_back(runtime, case.staff, *told, hidden)))
        if not to or to == case.actor_name:
            return Change(outcome)
        reached = (
            event_key("handler", outcome.dossier.version, case.now),
            "",
            case.staff.reached(to, case.excluded),
        )
        reason = sentences_of(case.agreement).notices.assigned
        message = notice(runtime, case.agreement, outcome.dossier, reached, reason, now)
        return Change(outcome, (message,) if message else ())

    return changing(runtime, wanted.dossier, wanted.actor, Action.ASSIGN, now, change)


def assign_many(
    runtime: Runtime, dossiers: Iterable[str], wanted: Assigning, now: datetime
) -> tuple[list[Dossier], list[NotAssigned]]:
    """Give several dossiers to someone, each judged by itself, however many they are. Returns those that went, and why
    the others did not."""
    given: list[Dossier] = []
    refused: list[NotAssigned] = []
    for dossier_id in dict.fromkeys(dossiers):
        try:
            given.append(assign(runtime, replace(wanted, dossier=dossier_id), now))
        except UnknownDossierError:
            refused.append(NotAssigned("", Objection("", "assign-unknown")))
        except NotAllowedError:
            refused.append(NotAssigned(_number(runtime, dossier_id), Objection("", "assign-not-yours")))
        except RefusedError as refusal:
            refused.append(NotAssigned(_number(runtime, dossier_id), refusal.objections[0]))
        except AnonymisedError:
            refused.append(NotAssigned("", Objection("", "assign-closed")))
        except UNDECIDABLE:
            # What is wrong with one keeps nobody from the others.
            number = _listed_number(runtime, dossier_id, wanted.actor, now)
            refused.append(NotAssigned(number, Objection("", "assign-damaged")))
    return given, refused


def take_back(
    runtime: Runtime, dossiers: Iterable[str], actor: Actor, now: datetime, before: str | None = None
) -> None:
    """Have dossiers go back to their department, whatever whoever brings that about may know of them: of what is about
    themselves nothing says that they did. ``before``: as for ``Assigning``, and the responsible role hears it; None:
    whoever handles them."""
    wanted = Assigning("", "", Operator(name_of(actor)), before=before, by_role=before is not None)
    for dossier in dossiers:
        if assign_many(runtime, [dossier], wanted, now)[1]:
            assign_many(runtime, [dossier], replace(wanted, actor=Operator(SWEEPER)), now)


def take_back_about(runtime: Runtime, name: str, actor: Actor, now: datetime) -> None:
    """Have the dossiers that somebody (an account) handles and that are about who ends that, an actor, go back to their
    department: by whoever leaves nobody is chosen for them, and by the actor neither."""
    if isinstance(actor, Operator):
        return
    with reading_projection(runtime) as register:
        own = runtime.staff.of(register, now).accounts_of(actor)
        about = sorted({one for mine in own for one in register.excluded_dossiers(mine)})
        found = [one for dossier in about if (one := register.sound_summary(dossier)) is not None]
        ids = [one.id for one in found if not one.closed and name in (one.handler, *one.beside)]
    take_back(runtime, ids, actor, now, name)


def _listed_number(runtime: Runtime, dossier_id: str, actor: Actor, now: datetime) -> str:
    """Return the number of a dossier that cannot be read, as lists show it to an actor; empty where they do not."""
    with reading(runtime.store) as register:
        summary, staff = register.sound_summary(dossier_id), runtime.staff.of(register, now)
        account = None if isinstance(actor, Operator) else staff.active(actor)
        shown = summary is not None and (
            isinstance(actor, Operator)
            or (account is not None and exists_for(register, runtime.library, staff, account, summary))
        )
        return summary.number if summary is not None and shown else ""


def _number(runtime: Runtime, dossier_id: str) -> str:
    with reading(runtime.store) as register:
        return register.dossier(dossier_id).number


def _said(wanted: Assigning, dossier: Dossier, staff: Staff) -> dict[str, Any] | None:
    """Return what the event says of who handles the dossier; None where that stays as it is."""
    leaves = wanted.before if wanted.before in dossier.beside else ""
    if leaves or (wanted.beside and dossier.handlers):
        to = "" if wanted.to in dossier.handlers else wanted.to
        left = {"left": staff.full_name(leaves)} if leaves else {}
        return {"to": to, "before": leaves, "beside": True, **left} if to or leaves else None
    if wanted.to == dossier.handler:
        return None
    first = {"first": staff.full_name(dossier.beside[0])} if dossier.beside and not wanted.to else {}
    return {"to": wanted.to, "before": dossier.handler, **first}


def _refuse(wanted: Assigning, case: Case, people: dict[str, Account]) -> None:
    dossier = case.dossier
    if wanted.before is not None and wanted.before not in (dossier.handler, *dossier.beside):
        who = case.staff.full_name(dossier.handler) if dossier.handler else ""
        raise RefusedError([Objection("", "assign-changed", {"who": who})])
    if case.decision.closed:
        raise RefusedError([Objection("", "assign-closed")])
    if wanted.to and wanted.to not in people:
        raise RefusedError([Objection("", "assign-cannot")])
    # Who takes the place of one of those beside the first, joins as well: with fewer asked, nobody does any more.
    leaves = wanted.before in dossier.beside
    joins = (wanted.beside or leaves) and bool(wanted.to) and wanted.to not in dossier.handlers
    if joins and len(dossier.handlers) - leaves >= case.decision.handlers:
        most = case.decision.handlers
        raise RefusedError([Objection("", "assign-most" if most > 1 else "assign-one", {"most": most})])
