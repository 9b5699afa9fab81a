"""Breaking the glass: opening, in an emergency and with a reason, a dossier that a level or field rights hide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gehoor.core.access.confidentiality import roles_with_dossiers
from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent, instant_text
from gehoor.core.objections.objections import Objection
from gehoor.core.objections.text_room import SHORT
from gehoor.core.wording.registry import sentences_of
from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.messages.notifications import event_key, notice
from gehoor.services.ports.records import Account, Message
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.register.codes_in_texts import TooLongError, fitting_without_codes
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Emergency:
    """Which dossier somebody (an account) has to open, by its number in a department, and why."""

    place: tuple[str, str]
    number: str
    actor: str
    reason: str


def break_glass(runtime: Runtime, wanted: Emergency, now: datetime) -> Dossier:
    """Let somebody see a dossier for as long as the agreement says; what they see already they are not given again.

    It is an event of the dossier, and the roles that the agreement names hear of it. Raises ``UnknownDossierError`` for
    a number that there is not, and for whoever has a conflict of interest; ``RefusedError`` without a reason; and as
    ``changing`` does.
    """
    try:
        reason = fitting_without_codes(runtime, wanted.reason, SHORT)
    except TooLongError as error:
        raise RefusedError(
            [Objection("", "text-too-long", {"bound": error.most, "length": error.length})]
        ) from error
    if not reason:
        raise RefusedError([Objection("", "reason-needed")])

    def change(case: Case) -> Change | None:
        emergency = case.agreement.emergency
        if emergency is None:
            raise NotAllowedError(case.agreement, Action.BREAK_GLASS)
        if case.actor_name not in case.hidden_from and not case.rights.unseen:
            return None
        until = now + timedelta(hours=emergency.hours)
        data = {
            "account": case.actor_name,
            "name": case.staff.full_name(case.actor_name),
            "reason": reason,
            "until": instant_text(until),
        }
        outcome = case.outcome(NewEvent(EventKind.GLASS_BROKEN, data))
        return Change(outcome, tuple(_messages(case, outcome.dossier, emergency.tell)))

    return changing(runtime, _by_number(runtime, wanted), wanted.actor, Action.BREAK_GLASS, now, change)


def _by_number(runtime: Runtime, wanted: Emergency) -> str:
    with reading_projection(runtime) as register:
        for summary in register.by_number(wanted.number.strip().upper()):
            if (summary.organisation, summary.department) == wanted.place:
                return summary.id
    raise UnknownDossierError(wanted.number)


def _messages(case: Case, dossier: Dossier, roles: tuple[str, ...]) -> list[Message]:
    """Write to the roles that the agreement names. Where nobody hears it but who does it, the next in line does: who
    deputises for such a role, else who looks after who read what, else anybody for whom the dossier exists."""
    reason = sentences_of(case.agreement).notices.glass_broken
    told = {role: _others(case, role) for role in roles}
    if not any(people for _, people in told.values()):
        role = roles[0] if roles else ""
        told[role] = (told.get(role, (role, []))[0], _next_in_line(case))
    found = []
    for role, (acting, people) in told.items():
        key = event_key(f"glass/{role}", dossier.version, case.now)
        to = (key, acting or role, people)
        found.append(notice(case.runtime, case.agreement, dossier, to, reason, case.now))
    return [one for one in found if one is not None]


def _others(case: Case, role: str) -> tuple[str, list[Account]]:
    """Return which role acts for a role, and who is told besides whoever breaks the glass; where they are all, the next
    that deputises."""
    own = case.staff.accounts_of(case.actor_name)
    acting, people = case.staff.acting(case.agreement, role, case.hidden_from, case.excluded)
    others = [one for one in people if one.name not in own]
    if others or not people:
        return acting, others
    return case.staff.acting(case.agreement, role, case.hidden_from | own, case.excluded)


def _next_in_line(case: Case) -> list[Account]:
    holders, own = case.staff.holders(case.agreement.organisation), case.staff.accounts_of(case.actor_name)
    seeing = roles_with_dossiers(case.agreement)
    looking_after = set(case.agreement.rights.get(Action.READ_ACCESS_LOG, ()))
    for wanted in (looking_after, seeing):
        found = [
            one
            for name, one in sorted(case.staff.accounts.items())
            if one.active
            and name not in own | case.hidden_from
            and (roles := holders.roles_of(case.agreement, name, case.excluded))
            and not roles.isdisjoint(wanted)
            and not roles.isdisjoint(seeing)
        ]
        if found:
            return found
    return []
