"""E-mails to whoever told something: that it came in, that there is something to read, or with which code. Never what
it is about."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import instant_text
from gehoor.core.letters.model import NEW_CODE, RECEIVED, TO_READ, LetterTemplate
from gehoor.core.letters.places import CODE, places_in
from gehoor.services.correspondence.composing import Known, composed
from gehoor.services.correspondence.drafting import of_case
from gehoor.services.correspondence.letters import address_of, language_of
from gehoor.services.messages.notifications import event_key
from gehoor.services.ports.records import Message
from gehoor.services.ports.store import DamagedError
from gehoor.services.recording.changing import Case
from gehoor.services.register.follow_up_codes import code_secret, token_for
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime

_MOST_A_DAY: Final = 5
"""So many such e-mails go to one address on a day: two machines that answer each other end there, and nobody's mailbox
is filled by who gives the address of another."""

_ENOUGH: Final = (
    f"naar dit adres gingen er vandaag al {_MOST_A_DAY}; wie dit meldde, kreeg geen bericht en geen volgcode"
)


def announced_by(agreement: Agreement, occasion: str = TO_READ) -> LetterTemplate | None:
    """Return what the e-mail of an occasion says; None where none was agreed."""
    return agreement.correspondence.get(agreement.notices.get(occasion, ""))


def announcement(case: Case, language: str = "") -> Message | None:
    """Return the e-mail that goes with what was written in a dossier, in a language (empty: that in which somebody told
    it); None where none was agreed, nobody gave an address, or they have no code to read it with."""
    if not case.dossier.has_code:
        return None
    key = f"{case.dossier.id}/{event_key(TO_READ, case.dossier.version + 1, case.now)}"
    return _mail(case.runtime, of_case(case, ""), TO_READ, key, language)


def code_mail(case: Case, code_of: str) -> Message | None:
    """Return the e-mail with a code that is given anew; None as for ``announcement``. ``code_of``: see ``Message``."""
    key = f"{case.dossier.id}/{event_key(NEW_CODE, case.dossier.version + 1, case.now)}"
    return _mail(case.runtime, of_case(case, ""), NEW_CODE, key, code_of=code_of)


@dataclass(frozen=True)
class Acknowledging:
    """Says at once by e-mail that something came in: see ``Opening.acknowledging``. ``secret`` is that of the follow-up
    codes; how many went to whom is counted under names that nobody without it can make."""

    runtime: Runtime
    secret: str

    def key(
        self, register: Register, agreement: Agreement, dossier: Dossier, now: datetime, *, by_mail: bool
    ) -> str:
        """Return what the e-mail about a dossier is called; an empty text where none goes. ``by_mail``: it came in an
        e-mail, of which forms that name its address use up nothing."""
        address = address_of(agreement, dossier)
        if not address or announced_by(agreement, RECEIVED) is None:
            return ""
        day = now.astimezone(ZoneInfo(agreement.time_zone)).date().isoformat()
        counted = (agreement.organisation, mailbox_of(address), day, *(("mail",) if by_mail else ()))
        name = token_for(self.secret, RECEIVED, *counted)
        keys = (f"{RECEIVED}/{name}/{count}" for count in range(1, 1 + _MOST_A_DAY))
        return next((key for key in keys if not _is_taken(register, key)), "")

    def message(
        self, about: tuple[Agreement, Dossier, Decision], now: datetime, key: str, code_of: str
    ) -> Message | None:
        """Return the e-mail; without a ``key`` one that does not go, and says why. ``code_of``: see ``Message``."""
        known = Known(*about, sender="", handler="", home=self.runtime.home, now=now)
        told = _mail(self.runtime, known, RECEIVED, key or f"{RECEIVED}/{about[1].id}", code_of=code_of)
        if key or told is None:
            return told
        return replace(told, state="nobody", next_at=None, error=_ENOUGH)


def mailbox_of(address: str) -> str:
    """Return an address as it is counted: other ways to write one mailbox are the same one."""
    local, _, domain = (
        unicodedata.normalize("NFKC", address).casefold().replace("\u3002", ".").rpartition("@")
    )
    return f"{local.partition('+')[0]}@{domain}"


def _is_taken(register: Register, key: str) -> bool:
    try:
        return register.message(key) is not None
    except DamagedError:
        return True  # It is there. What became of it keeps nobody from telling something.


def acknowledges(agreement: Agreement) -> bool:
    """Say whether it was agreed that whoever fills in a form hears by e-mail that it came in. Whether one goes is told
    to nobody outside: who gives the address of somebody else would learn how much that one told today."""
    template = announced_by(agreement, RECEIVED)
    return template is not None and bool(_without_code(template).passages)


def acknowledging(runtime: Runtime) -> Acknowledging:
    """Return what says that something came in. Not to be asked inside a transaction."""
    return Acknowledging(runtime, code_secret(runtime))


def _mail(
    runtime: Runtime, known: Known, occasion: str, key: str, language: str = "", code_of: str = ""
) -> Message | None:
    agreement, dossier = known.agreement, known.dossier
    template, address = announced_by(agreement, occasion), address_of(agreement, dossier)
    if template is None or not address:
        return None
    if not code_of:
        template = _without_code(template)
    if not template.passages:
        return None
    told_in = language or language_of(agreement, template, dossier)
    text = composed(known, template, told_in, runtime.engine)
    created = instant_text(known.now)
    return Message(
        key=key,
        dossier=dossier.id,
        organisation=dossier.organisation,
        department=dossier.department,
        role="",
        recipients=(address,),
        subject=text.subject,
        text=text.text,
        created_at=created,
        next_at=created,
        is_outside=True,
        code_of=code_of or None,
    )


def _without_code(template: LetterTemplate) -> LetterTemplate:
    """Return an e-mail without what is about the code: whoever saw theirs already, gets it in no mailbox."""
    kept = [one for one in template.passages if all(word != CODE for _, word in places_in(one.text))]
    return replace(template, passages=tuple(kept))
