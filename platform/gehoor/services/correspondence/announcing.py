"""Announcing: an e-mail to whoever told something, that there is something to read. Never what it is about."""

from __future__ import annotations

from typing import Final

from gehoor.core.dossier.events import instant_text
from gehoor.core.letters.model import LetterTemplate
from gehoor.services.correspondence.composing import composed
from gehoor.services.correspondence.drafting import of_case
from gehoor.services.correspondence.letters import address_of
from gehoor.services.ports.records import Message
from gehoor.services.recording.changing import Case

TO_READ: Final = "to-read"
"""The occasion for which an organisation agrees what such an e-mail says."""


def announced_by(case: Case) -> LetterTemplate | None:
    """Return what such an e-mail says; None where none was agreed."""
    return case.agreement.correspondence.get(case.agreement.notices.get(TO_READ, ""))


def announcement(case: Case, language: str) -> Message | None:
    """Return the e-mail that goes with what was written in a dossier; None where none was agreed, or nobody gave an
    address."""
    template, address = announced_by(case), address_of(case.agreement, case.dossier)
    if template is None or not address:
        return None
    text = composed(of_case(case, ""), template, language, case.runtime.engine)
    created = instant_text(case.now)
    return Message(
        key=f"{case.dossier.id}/{TO_READ}/{case.dossier.version + 1}",
        dossier=case.dossier.id,
        organisation=case.dossier.organisation,
        department=case.dossier.department,
        role="",
        recipients=(address,),
        subject=text.subject,
        text=text.text,
        created_at=created,
        next_at=created,
        people=(),
    )
