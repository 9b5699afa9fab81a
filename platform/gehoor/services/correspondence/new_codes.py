"""Giving a follow-up code anew: to whoever lost theirs, or never had one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.letters.model import NEW_CODE
from gehoor.services.access.authorisation import Actor
from gehoor.services.correspondence.announcing import announced_by, code_mail
from gehoor.services.correspondence.letters import address_of
from gehoor.services.correspondence.texts import TextRefusedError, checked, once_for, remembering
from gehoor.services.ports.store import Where
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.register.follow_up_codes import code_for, code_hash, code_secret
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime


class CodeWay(StrEnum):
    """How somebody gets a code."""

    EMAIL = "email"
    """By e-mail, to the address in the dossier: nobody here sees it."""
    PAPER = "paper"
    """On paper or read out: whoever gives it sees it once."""


@dataclass(frozen=True)
class NewCode:
    """A code to give. ``reason``: how one knows that whoever asks is who told it; ``key`` names the rendered form: sent
    twice it is one code."""

    dossier: str
    way: str
    reason: str
    key: str
    actor: Actor


def ways_to_give(agreement: Agreement, dossier: Dossier) -> tuple[CodeWay, ...]:
    """Return the ways in which a code can be given in a dossier: by e-mail where that was agreed and there is an
    address. None where whoever told it has the code of another dossier, that leads on to this one."""
    if not agreement.anonymous.follow_up_code or dossier.relations.came_from is not None:
        return ()
    mails = announced_by(agreement, NEW_CODE) is not None and bool(address_of(agreement, dossier))
    return (CodeWay.EMAIL, CodeWay.PAPER) if mails else (CodeWay.PAPER,)


def give_code(runtime: Runtime, wanted: NewCode, now: datetime) -> str:
    """Give a code that takes the place of the one before: that opens nothing any more, and who is reading with it is
    asked for the new one. Returns the code; an empty text where it goes by e-mail.

    Raises ``TextRefusedError`` (with code ``way`` where it cannot be given so), and as ``changing`` does."""
    reason = checked(wanted.reason)
    made_for = once_for("code", wanted.dossier, wanted.key, "")
    code = code_for(code_secret(runtime), made_for)

    def change(case: Case) -> Change | None:
        if wanted.way not in ways_to_give(case.agreement, case.dossier):
            raise TextRefusedError("way")
        if case.register.submission(made_for) is not None:
            return None
        data = {"way": wanted.way, "reason": reason, "code": code_hash(code)}
        outcome = case.outcome(NewEvent(EventKind.CODE_GIVEN, data))
        mail = code_mail(case, made_for) if wanted.way == CodeWay.EMAIL else None
        return Change(
            outcome,
            (mail,) if mail else (),
            (remembering(made_for, wanted.dossier), _end_visits(wanted.dossier)),
        )

    after = changing(runtime, wanted.dossier, wanted.actor, Action.NEW_CODE, now, change)
    return code if wanted.way == CodeWay.PAPER and after.code_hash == code_hash(code) else ""


def _end_visits(dossier: str) -> Callable[[Register], None]:
    """Return what ends the visits that were opened with the code of before."""

    def end(register: Register) -> None:
        for one in register.tables.select("visits", where=Where({"dossier": dossier}, sound_only=True)):
            register.tables.delete("visits", one["id"])

    return end
