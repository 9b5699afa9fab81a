"""Announcing: an e-mail to whoever told something, that there is something to read. Never what it is about."""

from __future__ import annotations

from gehoor.core.dossier.events import instant_text
from gehoor.core.letters.model import TO_READ, LetterTemplate
from gehoor.services.correspondence.composing import composed
from gehoor.services.correspondence.drafting import of_case
from gehoor.services.correspondence.letters import address_of, language_of
from gehoor.services.messages.notifications import event_key
from gehoor.services.ports.records import Message
from gehoor.services.recording.changing import Case


def announced_by(case: Case) -> LetterTemplate | None:
    """Return what such an e-mail says; None where none was agreed."""
    return case.agreement.correspondence.get(case.agreement.notices.get(TO_READ, ""))


def announcement(case: Case, language: str = "") -> Message | None:
    """Return the e-mail that goes with what was written in a dossier, in a language (empty: that in which somebody told
    it); None where none was agreed, nobody gave an address, or they have no code to read it with."""
    template, address = announced_by(case), address_of(case.agreement, case.dossier)
    if template is None or not address or not case.dossier.has_code:
        return None
    told_in = language or language_of(case.agreement, template, case.dossier)
    text = composed(of_case(case, ""), template, told_in, case.runtime.engine)
    created = instant_text(case.now)
    return Message(
        key=f"{case.dossier.id}/{event_key(TO_READ, case.dossier.version + 1, case.now)}",
        dossier=case.dossier.id,
        organisation=case.dossier.organisation,
        department=case.dossier.department,
        role="",
        recipients=(address,),
        subject=text.subject,
        text=text.text,
        created_at=created,
        next_at=created,
        is_outside=True,
    )
