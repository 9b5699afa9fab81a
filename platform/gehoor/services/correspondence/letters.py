"""The letters of a dossier as somebody who works there meets them: which there are, how far each is, what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gehoor.core.access.field_rights import FieldRights
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision, acting_role
from gehoor.core.dossier.complainant import address_of as address_of  # noqa: PLC0414 - one of what a letter asks
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.letters import LetterDraft, LetterText, SentLetter
from gehoor.core.letters.composing import fields_deciding, fields_told
from gehoor.core.letters.model import LetterTemplate, Way
from gehoor.core.rules import names as rule_names

LONGEST: Final = 50_000
"""How many characters the text of a letter may have."""
LONGEST_SUBJECT: Final = 300


@dataclass(frozen=True, slots=True)
class DossierLetter:
    """A letter that this dossier can have. ``draft``: what was kept of it and not sent; ``sent``: each time it was."""

    template: LetterTemplate
    draft: LetterDraft | None
    sent: tuple[SentLetter, ...]
    may_write: bool
    """Whether whoever looks may compose it: else a role or a field stands in the way."""
    reached: bool
    """Whether the milestone that it reaches was reached."""
    kept_for: tuple[str, ...] = ()
    """The names of the roles that send it, where whoever looks has none of them."""


def letters_of(
    agreement: Agreement, dossier: Dossier, decision: Decision, rights: FieldRights
) -> tuple[DossierLetter, ...]:
    """Return the letters that go with a dossier, in the order of the agreement, as far as they may be read, and as far
    as somebody may know that they do. Letters that only announce others go with none."""
    found = []
    for template in agreement.correspondence.values():
        draft = dossier.drafts.get(template.id)
        was_sent = tuple(one for one in dossier.letters if one.content.letter == template.id)
        if not rights.unseen.isdisjoint(fields_deciding(template, agreement.dossier_form)):
            continue
        if template.ways and (draft or was_sent or applies(template, decision)):
            state = decision.milestones.get(template.reaches)
            found.append(
                DossierLetter(
                    template,
                    draft if draft and may_read(draft.content, rights) else None,
                    tuple(one for one in was_sent if may_read(one.content, rights)),
                    may_write(agreement, template, decision, rights),
                    state is not None and state.reached,
                    _kept_for(agreement, template, decision, rights),
                )
            )
    return tuple(found)


def sent_letters(dossier: Dossier, rights: FieldRights) -> tuple[SentLetter, ...]:
    """Return the letters that were sent, the first first, as far as they may be read."""
    return tuple(one for one in dossier.letters if may_read(one.content, rights))


def applies(template: LetterTemplate, decision: Decision) -> bool:
    """Say whether a letter is for a dossier."""
    return template.applies_if is None or rule_names.letter_applies(template.id) in decision.fired


def may_read(content: LetterText, rights: FieldRights) -> bool:
    """Say whether somebody sees all that a letter tells of the dossier."""
    return rights.unseen.isdisjoint(content.fields)


def may_write(
    agreement: Agreement, template: LetterTemplate, decision: Decision, rights: FieldRights
) -> bool:
    """Say whether somebody may compose a letter: they write messages, have its role, and see all that it tells."""
    return (
        rights.may(Action.WRITE_MESSAGES)
        and sends(template, decision.stand_ins, rights)
        and rights.unseen.isdisjoint(fields_told(template, agreement.dossier_form))
    )


def sends(template: LetterTemplate, stand_ins: Mapping[str, str], rights: FieldRights) -> bool:
    """Say whether somebody sends a letter: by their role, where roles are named, or as whoever runs the server."""
    if not template.senders or rights.is_operator:
        return True
    return any(acting_role(stand_ins, role) in rights.acting for role in template.senders)


def _kept_for(
    agreement: Agreement, template: LetterTemplate, decision: Decision, rights: FieldRights
) -> tuple[str, ...]:
    if sends(template, decision.stand_ins, rights):
        return ()
    acting = dict.fromkeys(acting_role(decision.stand_ins, role) for role in template.senders)
    return tuple(agreement.roles[role].name for role in acting if role in agreement.roles)


def ways_open(agreement: Agreement, template: LetterTemplate, dossier: Dossier) -> tuple[Way, ...]:
    """Return the ways in which a letter can go in this dossier: online only with a follow-up code, by e-mail only to an
    address that was given by somebody who is not anonymous."""
    return tuple(
        way
        for way in template.ways
        if way is Way.POST
        or (dossier.has_code and (way is Way.FOLLOW_PAGE or address_of(agreement, dossier)))
    )


def languages_for(agreement: Agreement, template: LetterTemplate) -> tuple[str, ...]:
    """Return the languages that a letter is in, the first first."""
    return (
        *agreement.languages[:1],
        *(one for one in agreement.languages[1:] if one in template.translations),
    )


def language_of(agreement: Agreement, template: LetterTemplate, dossier: Dossier) -> str:
    """Return in which language a letter is written: that in which somebody told it, where the letter is in it."""
    asked = str(dossier.values.get(agreement.field_for("language"), ""))
    known = languages_for(agreement, template)
    return asked if asked in known else known[0]
