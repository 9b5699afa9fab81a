"""Drafting a letter: who answers somebody writes it with care, keeps it, and has it approved where that was agreed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.dossier.letters import LetterText
from gehoor.core.forms.reading import UnreadableError, read_line, read_text
from gehoor.core.letters.model import LetterTemplate
from gehoor.core.objections.objections import Objection
from gehoor.services.access.authorisation import Actor, Operator
from gehoor.services.correspondence.composing import Known, composed
from gehoor.services.correspondence.letters import (
    LONGEST,
    LONGEST_SUBJECT,
    applies,
    language_of,
    languages_for,
    may_write,
)
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.register.runtime import Runtime

SUBJECT: Final = "brief-onderwerp"
TEXT: Final = "brief-tekst"


@dataclass(frozen=True)
class Writing:
    """What somebody wrote. ``seen``: the sequence of the draft that they had before them (0: none), so that nobody
    writes over what another wrote meanwhile; ``basis``: what the template gave when they began."""

    dossier: str
    letter: str
    language: str
    subject: str
    text: str
    seen: int
    basis: str
    actor: Actor


class OvertakenError(Exception):
    """Somebody else kept another text of the letter in between: who (by account) and when (UTC)."""

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__(by)
        self.by, self.at = by, at


def as_template_gives(
    runtime: Runtime,
    opened: OpenedDossier,
    template: LetterTemplate,
    language: str,
    sender: str,
    now: datetime,
) -> LetterText:
    """Return a letter as its template gives it now, for somebody who may compose it. ``sender``: their full name."""
    return composed(_known(runtime, opened, sender, now), template, language, runtime.engine)


def begun_in(opened: OpenedDossier, template: LetterTemplate) -> str:
    """Return the language in which a letter is begun: that of its draft, or of who told it."""
    draft = opened.dossier.drafts.get(template.id)
    return draft.content.language if draft else language_of(opened.agreement, template, opened.dossier)


def keep_draft(runtime: Runtime, wanted: Writing, now: datetime) -> Dossier:
    """Keep a draft. Raises ``RefusedError`` and ``OvertakenError``, and as ``changing`` does."""

    def change(case: Case) -> Change | None:
        template = writable(case, wanted.letter)
        draft = case.dossier.drafts.get(template.id)
        if draft is not None and draft.sequence != wanted.seen:
            raise OvertakenError(draft.by, draft.at)
        content = _content(case, template, wanted)
        if draft is not None and draft.content == content:
            return None
        return Change(case.outcome(NewEvent(EventKind.LETTER_DRAFTED, event_data(template, content))))

    return changing(runtime, wanted.dossier, wanted.actor, Action.WRITE_MESSAGES, now, change)


def event_data(template: LetterTemplate, content: LetterText) -> dict[str, Any]:
    """Return what an event says of a letter."""
    return {
        "letter": template.id,
        "name": template.name,
        "language": content.language,
        "subject": content.subject,
        "text": content.text,
        "fields": sorted(content.fields),
        "basis": content.basis,
    }


def writable(case: Case, letter: str) -> LetterTemplate:
    """Return the template of a letter that the actor may write in a dossier. Raises ``RefusedError``."""
    template = case.agreement.correspondence.get(letter)
    if template is None or not template.ways or not applies(template, case.decision):
        raise refused("no-such-letter")
    if not may_write(case.agreement, template, case.decision, case.rights):
        names = [case.agreement.roles[role].name for role in template.senders if role in case.agreement.roles]
        raise refused("letter-sender", role=", ".join(names)) if names else refused("no-such-letter")
    return template


def of_case(case: Case, sender: str) -> Known:
    """Return what is known when a letter is composed for a dossier that is being changed."""
    handler = case.staff.full_name(case.dossier.handler) if case.dossier.handler else ""
    runtime = case.runtime
    return Known(case.agreement, case.dossier, case.decision, sender, handler, runtime.home, case.now)


def refused(code: str, field: str = "", **details: Any) -> RefusedError:
    """Return the refusal of a letter."""
    return RefusedError([Objection(field, code, details)])


def sender_name(case: Case) -> str:
    """Return the full name of who writes a letter; an empty text for whoever runs the server."""
    return "" if isinstance(case.actor, Operator) else case.staff.full_name(case.actor_name)


def _content(case: Case, template: LetterTemplate, wanted: Writing) -> LetterText:
    try:
        subject, text = read_line(wanted.subject), (read_text(wanted.text) or "").strip()
    except UnreadableError as error:
        raise refused("letter-empty", TEXT) from error
    if not subject or not text:
        raise refused("letter-empty", SUBJECT if not subject else TEXT)
    for of, length, bound in ((SUBJECT, len(subject), LONGEST_SUBJECT), (TEXT, len(text), LONGEST)):
        if length > bound:
            raise refused("letter-long", of, bound=bound)
    language = wanted.language
    if language not in languages_for(case.agreement, template):
        raise refused("no-such-letter")
    now = composed(of_case(case, sender_name(case)), template, language, case.runtime.engine)
    return replace(now, subject=subject, text=text, basis=wanted.basis or now.basis)


def _known(runtime: Runtime, opened: OpenedDossier, sender: str, now: datetime) -> Known:
    return Known(opened.agreement, opened.dossier, opened.decision, sender, opened.handler, runtime.home, now)
