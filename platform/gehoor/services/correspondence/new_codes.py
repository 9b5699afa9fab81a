"""Giving a follow-up code anew: to whoever lost theirs, or never had one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import BrokenChainError, EventKind, NewEvent
from gehoor.core.letters.model import NEW_CODE
from gehoor.services.access.authorisation import Actor, NotAllowedError
from gehoor.services.access.rights import as_seen
from gehoor.services.correspondence.announcing import announced_by, code_mail
from gehoor.services.correspondence.letters import address_of
from gehoor.services.correspondence.texts import TextRefusedError, checked, once_for, remembering
from gehoor.services.ports.store import DamagedError, Where
from gehoor.services.recording.changing import Case, Change, changing, open_case
from gehoor.services.register.follow_up_codes import code_for, code_hash, code_secret, key_hash
from gehoor.services.register.register import Register, UnknownDossierError
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
    twice it is one code; ``seen``: which code counted when it was rendered (``code_mark``), None where nobody says."""

    dossier: str
    way: str
    reason: str
    key: str
    actor: Actor
    seen: str | None = None


class GivenMeanwhileError(TextRefusedError):
    """Somebody (``by``: an account) gave a code since the form was rendered: with another, that one would open
    nothing, and whoever gave it does not know."""

    def __init__(self, by: str) -> None:
        super().__init__("meanwhile")
        self.by = by


def code_mark(dossier: Dossier) -> str:
    """Return what says which code counts in a dossier, and nothing of the code."""
    return sha256(f"shown/{dossier.id}/{dossier.code_hash}".encode()).hexdigest()[:16]


def ways_to_give(agreement: Agreement, dossier: Dossier) -> tuple[CodeWay, ...]:
    """Return the ways in which a code can be given in a dossier, as whoever gives it sees that: by e-mail where it was
    agreed and there is an address. None in one that was sent on: it is given where that goes on."""
    if not agreement.anonymous.follow_up_code or goes_on_under_its_code(dossier):
        return ()
    mails = announced_by(agreement, NEW_CODE) is not None and bool(address_of(agreement, dossier))
    return (CodeWay.EMAIL, CodeWay.PAPER) if mails else (CodeWay.PAPER,)


def goes_on_under_its_code(dossier: Dossier) -> bool:
    """Say whether a dossier was sent on to another, in which a code takes the place of the one that it has."""
    return dossier.relations.merged is None and bool(dossier.relations.goes_on_in)


def give_code(runtime: Runtime, wanted: NewCode, now: datetime) -> str:
    """Give a code that takes the place of the one before: that opens nothing any more, and who is reading with it is
    asked for the new one. In a dossier that was sent on from another, that is the code of the other. Returns the code;
    an empty text where it goes by e-mail.

    Raises ``GivenMeanwhileError``, ``TextRefusedError`` (with code ``way`` where it cannot be given so, ``elsewhere``
    where it would lead on to a dossier in which they may not give one), and as ``changing`` does."""
    reason = checked(wanted.reason)
    made_for = once_for("code", wanted.dossier, wanted.key, f"{wanted.way}\n{reason}")
    code = code_for(code_secret(runtime), made_for)
    once = key_hash(made_for)

    def change(case: Case) -> Change | None:
        if wanted.way not in ways_to_give(case.agreement, as_seen(case.dossier, case.agreement, case.rights)):
            raise TextRefusedError("way")
        _refuse_elsewhere(case)
        if case.register.submission(once) is not None:
            return None
        if wanted.seen is not None and wanted.seen != code_mark(case.dossier):
            raise GivenMeanwhileError(_last_giver(case))
        data = {"way": wanted.way, "reason": reason, "code": code_hash(code)}
        outcome = case.outcome(NewEvent(EventKind.CODE_GIVEN, data))
        mail = code_mail(case, made_for) if wanted.way == CodeWay.EMAIL else None
        return Change(
            outcome,
            (mail,) if mail else (),
            (remembering(once, wanted.dossier), _end_visits(wanted.dossier)),
        )

    after = changing(runtime, wanted.dossier, wanted.actor, Action.NEW_CODE, now, change)
    return code if wanted.way == CodeWay.PAPER and after.code_hash == code_hash(code) else ""


def _last_giver(case: Case) -> str:
    events = reversed(case.register.events(case.dossier.id))
    return next((one.actor for one in events if one.kind is EventKind.CODE_GIVEN), "")


def _refuse_elsewhere(case: Case) -> None:
    """Refuse where a code would lead on to a dossier in which the actor could not give one: it does not exist for them,
    they may not there, or nobody can tell."""
    onward, gone_through = case.dossier.relations.goes_on_in, {case.dossier.id}
    while onward and onward not in gone_through:
        gone_through.add(onward)
        try:
            following = case.register.dossier(onward)
            if following.frozen is None:
                open_case(case.runtime, case.register, onward, case.actor, Action.NEW_CODE, case.now)
        except (UnknownDossierError, NotAllowedError, DamagedError, BrokenChainError) as error:
            raise TextRefusedError("elsewhere") from error
        onward = following.relations.goes_on_in


def _end_visits(dossier: str) -> Callable[[Register], None]:
    """Return what ends the visits that were opened with the code of before."""

    def end(register: Register) -> None:
        for one in register.tables.select("visits", where=Where({"dossier": dossier}, sound_only=True)):
            register.tables.delete("visits", one["id"])

    return end
