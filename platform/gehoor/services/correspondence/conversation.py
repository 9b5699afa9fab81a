"""Correspondence with someone who has a follow-up code, also when nobody knows who they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent, parse_instant
from gehoor.core.wording.registry import sentences_of
from gehoor.services.access.authorisation import Actor
from gehoor.services.correspondence.announcing import announcement
from gehoor.services.correspondence.texts import TextRefusedError, checked, once_for, remembering
from gehoor.services.messages.notifications import event_key, notice
from gehoor.services.ports.records import Account
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.recording.recording import Outcome, responsible_role
from gehoor.services.register.codes_in_texts import text_without_codes
from gehoor.services.register.runtime import Runtime

_WRITTEN: Final = "written"
_MOST: Final = 200
"""How many messages either side may write: whoever writes and writes again fills no disk, and keeps nobody from
answering."""


def write_to_us(
    runtime: Runtime,
    dossier_id: str,
    text: str,
    key: str,
    now: datetime,
    still: Callable[[Case], None] = lambda _case: None,
) -> None:
    """Keep a message from outside, and tell who has the dossier. Nothing is kept of who sent it.

    ``key`` names the rendered form: the same text sent twice from it is one message. ``still``: what refuses, judged
    with all else, where it is not to be written there any more. Raises ``TextRefusedError``, ``UnknownDossierError``,
    and what that does.
    """
    _write(runtime, dossier_id, (text, key), EventKind.WRITTEN_TO_US, None, now, still)


def has_room(dossier: Dossier) -> bool:
    """Say whether somebody outside may write one more message."""
    return sum(not one.ours for one in dossier.conversation) < _MOST


def write_back(runtime: Runtime, dossier_id: str, text: str, key: str, now: datetime, actor: Actor) -> None:
    """Keep a message to someone outside, who reads it with their code; where that was agreed and they gave an address,
    an e-mail says that there is something to read. Raises like ``write_to_us``, and as ``changing`` does."""
    _write(runtime, dossier_id, (text, key), EventKind.WRITTEN_BY_US, actor, now)


def _write(
    runtime: Runtime,
    dossier_id: str,
    sent: tuple[str, str],
    kind: EventKind,
    actor: Actor | None,
    now: datetime,
    still: Callable[[Case], None] = lambda _case: None,
) -> None:
    text = checked(text_without_codes(runtime, sent[0]))
    once = once_for("message", dossier_id, sent[1], text)

    def change(case: Case) -> Change | None:
        if case.register.submission(once) is not None:
            return None
        still(case)
        if not case.dossier.has_code:
            raise TextRefusedError("no-code")
        mine = [one for one in case.dossier.conversation if one.ours is (actor is not None)]
        if len(mine) >= _MOST:
            raise TextRefusedError("many")
        outcome = case.outcome(NewEvent(kind, {"text": text}))
        message = None
        if actor is not None:
            message = announcement(case)
        elif not _was_told(case, to := _told(case, outcome)):
            reason = sentences_of(case.agreement).notices.written
            message = notice(runtime, case.agreement, outcome.dossier, to, reason, now)
        return Change(outcome, (message,) if message else (), (remembering(once, dossier_id),))

    changing(runtime, dossier_id, actor, Action.WRITE_MESSAGES, now, change)


def _was_told(case: Case, to: tuple[str, str, list[Account]]) -> bool:
    """Say whether those people were told today of a message that nobody answered since: one more adds nothing."""
    if not case.dossier.unanswered or not to[2]:
        return False
    names = {one.name for one in to[2] if one.email}
    return any(
        names <= set(one.people) and one.state != "nobody"
        for one in case.register.messages_of(case.dossier.id)
        if one.key.startswith(f"{case.dossier.id}/{_WRITTEN}/")
        and _local(case, parse_instant(one.created_at)) == case.today
    )


def _local(case: Case, at: datetime) -> date:
    return at.astimezone(ZoneInfo(case.agreement.time_zone)).date()


def _told(case: Case, outcome: Outcome) -> tuple[str, str, list[Account]]:
    """Return whom a message from outside is for, as ``notice`` asks it: who handles the dossier, else the role that
    has the first thing to do, else who owns this kind of message."""
    agreement, dossier, decision = case.agreement, outcome.dossier, outcome.decision
    key = event_key(_WRITTEN, dossier.version, case.now)
    kind = agreement.kinds.get(str(decision.values.get(agreement.field_for("message-kind"), "")))
    role = responsible_role(decision) or (kind.owner if kind else "") or next(iter(agreement.roles))
    acting, people = case.staff.acting(agreement, role, case.hidden_from, case.excluded)
    handled = _handling(case)
    if any(one.name not in case.staff.presence.away for one in handled):
        # The role goes along: by the time that it is sent, whoever handles it may have gone.
        return key, acting or role, handled
    return key, acting or role, [*people, *(one for one in handled if one not in people)]


def _handling(case: Case) -> list[Account]:
    """Return who handles a dossier, and who acts for them while they are away, as far as they still have a role in
    which it exists for them."""
    holders = case.staff.holders(case.agreement.organisation)
    reached = {
        one.name: one for name in case.dossier.handlers for one in case.staff.reached(name, case.excluded)
    }
    return [one for one in reached.values() if holders.roles_of(case.agreement, one.name, case.hidden_from)]
