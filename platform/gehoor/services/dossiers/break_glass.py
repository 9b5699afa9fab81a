"""Breaking the glass: opening, in an emergency and with a reason, a dossier that a level or field rights hide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent, instant_text
from gehoor.core.objections.objections import Objection
from gehoor.core.objections.text_room import SHORT
from gehoor.core.wording.registry import sentences_of
from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.messages.notifications import event_key, notice
from gehoor.services.ports.records import Message
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
    reason = sentences_of(case.agreement).notices.glass_broken
    found = []
    for role in roles:
        acting, people = case.staff.acting(case.agreement, role, case.hidden_from, case.excluded)
        key = event_key(f"glass/{role}", dossier.version, case.now)
        to = (key, acting or role, people)
        found.append(notice(case.runtime, case.agreement, dossier, to, reason, case.now))
    return [one for one in found if one is not None]
