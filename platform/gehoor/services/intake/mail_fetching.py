"""E-mails of a mailbox become dossiers, each once; what no person wrote is put aside and makes none.

An e-mail is put in a pile only after its dossier is kept. Whoever stops in between finds it waiting the next time, and
knows by its number and its content that it was there.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.dossier.events import instant_text
from gehoor.core.forms.fields import Field
from gehoor.core.forms.file_kinds import LARGEST_SUBMISSION
from gehoor.core.mail.eml import read_eml
from gehoor.core.mail.model import IncomingMail, MailKind, UnreadableMailError
from gehoor.core.objections.objections import Objection
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.services.access.authorisation import OUTSIDE, Operator
from gehoor.services.correspondence.announcing import acknowledging
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier, sent_before
from gehoor.services.intake.left_mails import LeftMails
from gehoor.services.intake.mail_answers import told_by_mail
from gehoor.services.ports.mailbox import MailboxConnection, MailTooLargeError, Pile
from gehoor.services.ports.outside import FileRefusedError
from gehoor.services.ports.store import DamagedError
from gehoor.services.projection.projection import UNWRITABLE
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.attachments import NewFile
from gehoor.services.recording.incoming_files import PixelBounds, clean_name, looked_at
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime

_LOG: Final = logging.getLogger(__name__)
_TOO_LARGE: Final = "mail-too-large"
_DAMAGED: Final = "mail-dossier-damaged"


class Came(StrEnum):
    """What came of an e-mail."""

    REGISTERED = "registered"
    KNOWN = "known"
    """It was registered before."""
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    OWN = "own"
    UNREADABLE = "unreadable"
    """It stays in the mailbox; so does what was refused."""
    REFUSED = "refused"
    WAITING = "waiting"
    """It was unreadable or refused before, and is not looked at again until somebody asks for it."""


_MACHINES: Final[Mapping[MailKind, Came]] = {
    MailKind.AUTOMATIC: Came.AUTOMATIC, MailKind.BOUNCE: Came.BOUNCE, MailKind.OWN: Came.OWN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one e-mail."""

    came: Came
    subject: str = ""
    number: str = ""
    """Of its dossier."""
    left_files: tuple[str, ...] = ()
    """The names of what came with it and is not in the dossier."""
    objections: tuple[Objection, ...] = ()
    reason: str = ""
    """Why it could not be read: the code of the error."""

    @property
    def stays(self) -> bool:
        """Whether it stays in the mailbox, and would be refused again. What is damaged may be mended any moment."""
        return self.came in (Came.UNREADABLE, Came.REFUSED) and self.reason != _DAMAGED

    @property
    def why(self) -> str:
        """Why it stays there, in codes."""
        return self.reason or " ".join(sorted({f"{one.field}:{one.code}" for one in self.objections}))


@dataclass(frozen=True)
class MailDesk:
    """Where e-mails come in: a form of a department. ``own``: the addresses that our own messages come from; ``clock``
    says what time it is; ``again``: what was refused before is tried once more."""

    runtime: Runtime
    agreement: Agreement
    form: str
    own: Collection[str]
    clock: Callable[[], datetime]
    again: bool = False

    @property
    def asked(self) -> dict[str, Field]:
        """Return the fields that an e-mail can answer, by name."""
        fields = self.agreement.forms[self.form].fields
        return {
            name: of
            for name, of in fields.items()
            if (of.at_opening or self.form != DOSSIER_FORM) and not of.read_only
        }


def fetch_mail(desk: MailDesk, mailbox: MailboxConnection) -> Iterator[Outcome]:
    """Take in the e-mails that wait, one after the other, and give what came of each once it is done. What was refused
    before comes last, and is not read again: under the same agreement it would be refused again.

    Raises ``MailboxError``, and as ``open_dossier`` does; what was given before is kept.
    """
    waiting = mailbox.waiting()
    left = LeftMails.of(desk.runtime, (mailbox.known_as, desk.agreement.hash, desk.form), waiting)
    known = {} if desk.again else dict(left.why)
    for name in waiting:
        for outcome in () if name in known else _one(desk, mailbox, name):
            if outcome.stays:
                left = left.with_one(name, outcome.why)
            yield outcome
    for why in known.values():
        yield Outcome(Came.WAITING, reason=why)


def _one(desk: MailDesk, mailbox: MailboxConnection, name: str) -> Iterator[Outcome]:
    try:
        content = mailbox.read(name)
        if content is None:
            return
        mail = read_eml(content, desk.own)
    except MailTooLargeError:
        yield Outcome(Came.UNREADABLE, reason=_TOO_LARGE)
        return
    except UnreadableMailError as error:
        yield Outcome(Came.UNREADABLE, reason=error.code)
        return
    try:
        outcome = _taken_in(desk, mail)
    except (DamagedError, UnknownDossierError):
        # What is damaged in the register keeps its own e-mail waiting, and no other.
        outcome = Outcome(Came.REFUSED, mail.subject, reason=_DAMAGED)
    except UNWRITABLE as error:
        # Neither does what cannot be decided on, or kept.
        _LOG.error("An e-mail cannot be taken in: %s", type(error).__name__)
        outcome = Outcome(Came.REFUSED, mail.subject, reason=_DAMAGED)
    if outcome.came is not Came.REFUSED:
        mailbox.put(name, _pile(outcome))
    yield outcome


def _pile(outcome: Outcome) -> Pile:
    if outcome.came in _MACHINES.values():
        return Pile.MACHINE
    return Pile.LOOK if outcome.left_files else Pile.DONE


def _taken_in(desk: MailDesk, mail: IncomingMail) -> Outcome:
    if mail.kind in _MACHINES:
        return Outcome(_MACHINES[mail.kind], mail.subject)
    files, left = _files(desk, mail)
    once = _once(desk, mail)
    if earlier := sent_before(desk.runtime, once):
        return Outcome(Came.KNOWN, mail.subject, earlier.number, tuple(left))
    try:
        receipt = open_dossier(desk.runtime, _opening(desk, mail, files, once), desk.clock())
    except RefusedError as refusal:
        return Outcome(Came.REFUSED, mail.subject, objections=tuple(refusal.objections))
    return Outcome(Came.REGISTERED, mail.subject, receipt.number, tuple(left))


def _opening(desk: MailDesk, mail: IncomingMail, files: list[NewFile], once: str) -> Opening:
    # Who gives no name is called by their address.
    named = replace(mail, sender_name=mail.sender_name or mail.sender_address)
    answers: dict[str, Any] = told_by_mail(desk.agreement, named, desk.asked, desk.clock())
    if files and (of := _for_files(desk)):
        answers[of.id] = [file.value for file in files]
    return Opening(
        organisation=desk.agreement.organisation,
        department=desk.agreement.department,
        form=desk.form,
        answers=answers,
        key=once,
        actor=Operator(OUTSIDE) if desk.form == DOSSIER_FORM else "",
        files=tuple(files),
        hears_code=False,
        acknowledging=acknowledging(desk.runtime),
    )


def _files(desk: MailDesk, mail: IncomingMail) -> tuple[list[NewFile], list[str]]:
    """Return the files that can be kept, and the names of the others."""
    of = _for_files(desk)
    kept: list[NewFile] = []
    left = list(mail.unread)
    bounds = PixelBounds()
    most = int(of.schema["maxItems"]) if of else 0
    for file in mail.files:
        name = clean_name(file.name)
        try:
            if of is None or len(kept) >= most:
                raise FileRefusedError("files-too-many")
            found = looked_at(desk.runtime, of, name, file.content, bounds)
            if sum(len(one.content) for one in (*kept, found)) > LARGEST_SUBMISSION:
                raise FileRefusedError("files-too-large")
        except FileRefusedError:
            left.append(name)
        else:
            kept.append(found)
    return kept, left


def _for_files(desk: MailDesk) -> Field | None:
    return next((of for of in desk.asked.values() if of.type.takes_files), None)


def _once(desk: MailDesk, mail: IncomingMail) -> str:
    """Return what names an e-mail: the number that its sender gave it, and what is in it. The way that it came is left
    out: sent to two of our addresses, it comes twice. Its number alone would let a stranger keep another's away."""
    place = [desk.agreement.organisation, desk.agreement.department]
    sent = instant_text(mail.sent_at) if mail.sent_at else ""
    files = [[file.name, hashlib.sha256(file.content).hexdigest()] for file in mail.files]
    said = [mail.message_id, mail.sender_name, mail.sender_address, mail.subject, mail.text, sent, files]
    return f"mail/{content_hash(dump([*place, *said]))}"
