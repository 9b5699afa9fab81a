"""A letter as pages show it: which one is asked for, and what every page of a letter is made with."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, request

from gehoor.core.dossier.letters import LetterText
from gehoor.core.letters.model import LetterTemplate
from gehoor.core.letters.paper import PaperLetter
from gehoor.core.letters.text_blocks import text_blocks
from gehoor.core.letters.wishes import wish_in
from gehoor.core.objections.objections import Objection
from gehoor.core.wording.public_texts import department_in, organisation_in
from gehoor.core.wording.registry import sentences_in
from gehoor.services.correspondence.drafting import OvertakenError, begun_in
from gehoor.services.correspondence.letters import DossierLetter, languages_for, letters_of
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.web.display.filters import moment
from gehoor.web.display.logos import logo_of
from gehoor.web.request.languages import said
from gehoor.web.request.site import site
from gehoor.web.staff.dossier.dossier_head import head_of
from gehoor.web.staff.dossier.dossier_view import full_names


def letter_of(opened: OpenedDossier, name: str) -> DossierLetter:
    """Return a letter of a dossier. Raises ``NotFound``."""
    letters = letters_of(opened.agreement, opened.dossier, opened.decision, opened.rights)
    found = next((one for one in letters if one.template.id == name), None)
    if found is None:
        abort(404)
    return found


def writable_letter(opened: OpenedDossier, name: str) -> DossierLetter:
    """Return a letter that whoever asks for it may compose. Raises ``NotFound`` and ``Forbidden``."""
    found = letter_of(opened, name)
    if not found.may_write:
        abort(403)
    return found


def asked_language(opened: OpenedDossier, template: LetterTemplate) -> str:
    """Return the language that is asked for, where the letter is in it; else that in which it is begun."""
    asked = request.values.get("taal", "")
    return asked if asked in languages_for(opened.agreement, template) else begun_in(opened, template)


def about(opened: OpenedDossier, content: LetterText, found: DossierLetter | None = None) -> dict[str, Any]:
    """Return what every page of a letter is made with. ``found``: one that is still to be sent."""
    page = {
        "opened": opened,
        "agreement": opened.agreement,
        "dossier": opened.dossier,
        "content": content,
        "wish": wish_in(opened.agreement.dossier_form, opened.decision.values, opened.rights.unseen),
    }
    return page if found is None else {**page, "letter": found, "template": found.template}


def paper_letter(opened: OpenedDossier, content: LetterText, at: datetime) -> PaperLetter:
    """Return a letter as it goes on paper at an instant."""
    agreement = opened.agreement
    contact = agreement.contact
    lines = (
        organisation_in(agreement, content.language), department_in(agreement, content.language),
        contact.address, contact.phone, contact.email,
    )  # fmt: skip
    return PaperLetter(
        content.language,
        content.subject,
        text_blocks(content.text),
        tuple(line for line in lines if line),
        local_day(opened, at, content.language),
        opened.dossier.number,
        recipient_of(opened),
        logo_of(agreement)[1],
        f"Logo {lines[0]}",
    )


def recipient_of(opened: OpenedDossier) -> tuple[str, ...]:
    """Return name and address of who complained, in lines, as far as whoever looks may see them; nothing of who wants
    to stay unknown."""
    facts = head_of(opened)
    if facts.anonymous:
        return ()
    return tuple(filter(None, (facts.name, *(line.strip() for line in facts.address.splitlines()))))


def local_day(opened: OpenedDossier, at: datetime, language: str) -> str:
    """Return the local day of an instant, in the words of a letter."""
    local = at.astimezone(ZoneInfo(opened.agreement.time_zone)).date()
    return sentences_in(language).formats.day(local)


def unshown_signs(letter: PaperLetter) -> tuple[str, ...]:
    """Return the signs that a PDF of a letter cannot show; none where no PDF is made."""
    printer = site().printer
    return printer.unshown(letter) if printer is not None else ()


def sentence(opened: OpenedDossier, objection: Objection) -> str:
    """Say why a letter was refused."""
    of = opened.agreement.dossier_form.fields.get(objection.field)
    return said().objections.text(objection, of.label if of else "")


def overtaken_by(opened: OpenedDossier, error: OvertakenError) -> str:
    """Say who kept another text of the letter, and when."""
    return f"{full_names().get(error.by, error.by)}, {moment(error.at, opened.agreement.time_zone)}"
