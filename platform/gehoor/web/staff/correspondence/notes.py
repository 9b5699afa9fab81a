"""Notes and contact moments on the pages of staff."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.services.correspondence.notes import (
    LONGEST_WHOM,
    ContactMade,
    ContactRefusedError,
    note_contact,
    pin_note,
    strike_note,
    write_note,
)
from gehoor.services.correspondence.texts import LONGEST, TextRefusedError
from gehoor.services.recording.answers import RefusedError
from gehoor.web.forms.typed_before import forget_typed, keep_sent
from gehoor.web.request.form_keys import Purpose, key_sent
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.staff.correspondence.letter_view import sentence
from gehoor.web.staff.correspondence.messages_page import CONTACT, NOTE, Refused, messages_page

pages = Blueprint("notes", __name__, url_prefix="/medewerker/dossiers/<dossier_id>")

_PARTS: Final = {"notities": NOTE, "contacten": CONTACT}


@pages.post("/notities")
@allow(Policy.DOSSIER, Action.NOTES)
def write(dossier_id: str) -> Response | tuple[str, int]:
    """Keep a note."""
    typed = {"notitie": request.form.get("notitie", ""), "vastzetten": request.form.get("vastzetten", "")}
    key = key_sent(Purpose.NOTE, dossier_id, me().name)
    try:
        write_note(
            site().runtime,
            dossier_id,
            typed["notitie"],
            key,
            now(),
            me().name,
            pinned=bool(typed["vastzetten"]),
        )
    except TextRefusedError as refusal:
        return messages_page(Refused("notitie", _refusal(refusal), "notitie", typed)), 422
    forget_typed(dossier_id, NOTE.form)
    return _back(dossier_id, "notities")


@pages.post("/notities/<int:note>")
@allow(Policy.DOSSIER, Action.NOTES)
def pin(dossier_id: str, note: int) -> Response:
    """Put a note on top, or take it off."""
    pin_note(site().runtime, dossier_id, note, now(), me().name, pinned=request.form.get("vast") == "ja")
    return _back(dossier_id, "notities")


@pages.post("/notities/<int:note>/doorhalen")
@allow(Policy.DOSSIER, Action.NOTES)
def strike(dossier_id: str, note: int) -> Response | tuple[str, int]:
    """Strike out a note."""
    typed = {"doorhalen": request.form.get("waarom", "")}
    try:
        strike_note(site().runtime, dossier_id, note, typed["doorhalen"], now(), me().name)
    except TextRefusedError as refusal:
        said = _refusal(refusal) if refusal.code == "long" else str(_("Vul in waarom."))
        return messages_page(Refused(f"doorhalen-{note}", said, f"doorhalen-{note}", typed)), 422
    return _back(dossier_id, "notities")


@pages.post("/contacten")
@allow(Policy.DOSSIER, Action.NOTES)
def contact(dossier_id: str) -> Response | tuple[str, int]:
    """Keep a contact moment."""
    typed = MultiDict((name, value) for name in CONTACT.names for value in request.form.getlist(name))
    made = ContactMade(
        dossier=dossier_id,
        on=_day(typed.get("contact-dag", "")),
        whom=typed.get("contact-wie", ""),
        way=typed.get("contact-hoe", ""),
        ours=typed.get("contact-kant") != "zij",
        reached=typed.get("contact-bereikt") != "nee",
        text=typed.get("contact-tekst", ""),
        key=key_sent(Purpose.CONTACT, dossier_id, me().name),
        actor=me().name,
        answers=typed.get("contact-antwoord") == "ja",
        counts_as=tuple(typed.getlist("contact-telt")),
    )
    try:
        note_contact(site().runtime, made, now())
    except TextRefusedError as refusal:
        return messages_page(Refused("contact", _refusal(refusal), "contact-tekst", typed)), 422
    except RefusedError as refusal:
        told = " ".join(sentence(opened_dossier(), one) for one in refusal.objections)
        return messages_page(Refused("contact", told, "contact-telt", typed)), 422
    except ContactRefusedError as refusal:
        said, at = _contact_refusal(refusal)
        return messages_page(Refused("contact", said, at, typed)), 422
    forget_typed(dossier_id, CONTACT.form)
    return _back(dossier_id, "contacten")


@pages.post("/notities/onbewaard", defaults={"part": "notities"})
@pages.post("/contacten/onbewaard", defaults={"part": "contacten"})
@allow(Policy.DOSSIER, Action.NOTES)
def keep_typed(dossier_id: str, part: str) -> Response:
    """Keep what was typed of a note or a contact moment so far, for whoever types it alone; tell when."""
    return keep_sent(dossier_id, _PARTS[part], opened_dossier().agreement.time_zone, LONGEST)


@pages.post("/notities/onbewaard/weg", defaults={"part": "notities"})
@pages.post("/contacten/onbewaard/weg", defaults={"part": "contacten"})
@allow(Policy.DOSSIER, Action.NOTES)
def throw_away(dossier_id: str, part: str) -> Response:
    """Throw away what was typed and not kept."""
    forget_typed(dossier_id, _PARTS[part].form)
    return redirect(url_for("messages.show", dossier_id=dossier_id, _anchor=part), 303)


def _back(dossier_id: str, part: str) -> Response:
    return redirect(
        url_for("messages.show", dossier_id=dossier_id, _anchor=part, bewaard=opened_dossier().mark),
        303,
    )


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _refusal(refusal: TextRefusedError) -> str:
    if refusal.code == "long":
        return str(_("Dit is te lang. Gebruik hoogstens %(most)s tekens.", most=LONGEST))
    return str(_("Schrijf hier eerst iets."))


def _contact_refusal(refusal: ContactRefusedError) -> tuple[str, str]:
    sentences = {
        "whom": (
            _("Vul in met wie het was, in hoogstens %(most)s tekens.", most=LONGEST_WHOM),
            "contact-wie",
        ),
        "way": (_("Kies hoe het ging."), "contact-hoe"),
        "no-day": (_("Vul in op welke dag het was."), "contact-dag"),
        "not-so": (_("Langs deze weg telt het contact daar niet voor mee."), "contact-telt"),
        "later": (_("Deze dag moet nog komen. Vul in op welke dag het was."), "contact-dag"),
    }
    sentence, at = sentences[refusal.code]
    return str(sentence), at
