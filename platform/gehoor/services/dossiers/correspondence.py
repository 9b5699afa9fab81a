"""Writing to and fro with someone who has a follow-up code, also when nobody knows who they are."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.forms.reading import UnreadableError, read_text
from gehoor.services.access.conflict_of_interest import refuse_excluded
from gehoor.services.access.notifications import notice, recipients
from gehoor.services.dossiers.follow_up_codes import key_hash
from gehoor.services.dossiers.opening import OUTSIDE
from gehoor.services.dossiers.recording import provisional, record, responsible_role
from gehoor.services.ports.records import Account
from gehoor.services.register.register import UnknownDossierError, writing
from gehoor.services.register.runtime import Runtime

LONGEST: Final = 5000
"""How many characters a message may have."""
_MOST: Final = 200
"""How many messages a conversation may have: whoever writes and writes again fills no disk."""
_WHY: Final = "Er is een nieuw bericht van de melder. Lees en beantwoord het in het dossier."


class TextRefusedError(ValueError):
    """A message cannot be kept as it is. ``code`` says why: ``empty``, ``long``, ``many`` or ``no-code``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def write_to_us(runtime: Runtime, dossier_id: str, text: str, key: str, now: datetime) -> None:
    """Keep a message from outside, and tell who has the dossier. Nothing is kept of who sent it.

    ``key`` names the rendered form: sent twice, it is one message. Raises ``TextRefusedError`` and
    ``UnknownDossierError``.
    """
    _write(runtime, dossier_id, (text, key), EventKind.WRITTEN_TO_US, OUTSIDE, now)


def write_back(runtime: Runtime, dossier_id: str, text: str, key: str, now: datetime, actor: str) -> None:
    """Keep a message to someone outside, who reads it with their code. Raises like ``write_to_us``."""
    _write(runtime, dossier_id, (text, key), EventKind.WRITTEN_BY_US, actor, now)


def _write(
    runtime: Runtime, dossier_id: str, sent: tuple[str, str], kind: EventKind, actor: str, now: datetime
) -> None:
    text, once = _checked(sent[0]), key_hash(f"message/{sent[1]}")
    with writing(runtime.store) as register:
        summary = register.summary(dossier_id)
        if summary is None:
            raise UnknownDossierError(dossier_id)
        if register.submission(once) is not None:
            return
        dossier = register.dossier(dossier_id)
        if not dossier.has_code:
            raise TextRefusedError("no-code")
        if len(dossier.conversation) >= _MOST:
            raise TextRefusedError("many")
        agreement = runtime.library.agreement(register, dossier.agreement)
        if kind is EventKind.WRITTEN_BY_US:
            refuse_excluded(agreement, dossier, actor)
        written = NewEvent(kind, {"text": text})
        events, after = provisional(dossier, [written], agreement, now, actor)
        decision = decide(agreement, after, now, runtime.engine)
        if kind is EventKind.WRITTEN_TO_US:
            to = _told(agreement, after, decision, register.accounts())
            message = notice(runtime, agreement, after, to, _WHY, now)
            if message:
                register.queue(message)
        record(runtime, register, agreement, events, after, decision, summary.code_hash)
        register.remember_submission(once, dossier_id)


def _checked(text: str) -> str:
    try:
        read = read_text(text, ZoneInfo("UTC"))
    except UnreadableError as error:
        raise TextRefusedError("empty") from error
    if read is None:
        raise TextRefusedError("empty")
    if len(read) > LONGEST:
        raise TextRefusedError("long")
    return read.strip()


def _told(
    agreement: Agreement, dossier: Dossier, decision: Decision, accounts: list[Account]
) -> tuple[str, str, list[Account]]:
    """Return whom a message from outside is for, as ``notice`` asks it: who handles the dossier, else the role that
    has the first thing to do, else who owns this kind of message."""
    key = f"written/{dossier.version}"
    excluded = excluded_from(agreement, dossier.values)
    handling = [one for one in accounts if one.name == dossier.handler and one.active]
    if handling and dossier.handler not in excluded:
        return key, "", handling
    kind = agreement.kinds.get(str(decision.values.get(agreement.field_for("message-kind"), "")))
    role = responsible_role(decision) or (kind.owner if kind else "") or next(iter(agreement.roles))
    acting, people = recipients(agreement, role, accounts, excluded)
    return key, acting or role, people
