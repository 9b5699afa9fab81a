"""Sending a letter: looking at it as it will be read, what is left to do, and the ways in which it can go."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.events import EventKind
from gehoor.core.dossier.letters import LetterDraft, LetterText, read_text
from gehoor.core.letters.model import LetterTemplate, Way
from gehoor.core.letters.open_spots import open_spots
from gehoor.core.letters.wishes import Wish
from gehoor.services.correspondence.drafting import OvertakenError, Writing, as_template_gives, keep_draft
from gehoor.services.correspondence.letters import DossierLetter, address_of, ways_open
from gehoor.services.correspondence.names import Named, named_in, without_names
from gehoor.services.correspondence.sending import Sending, send
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.codes_in_texts import text_without_codes
from gehoor.services.register.register import reading
from gehoor.services.register.staff import Staff
from gehoor.web.forms.refusals import reason_asked
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.correspondence.letter_view import (
    about,
    letter_of,
    overtaken_by,
    paper_letter,
    sentence,
    unshown_signs,
    writable_letter,
)
from gehoor.web.staff.dossier.dossier_head import head_of
from gehoor.web.staff.dossier.dossier_view import approval_cards

pages = Blueprint("letter_sending", __name__, url_prefix="/medewerker/dossiers/<dossier_id>/brieven")


@pages.get("/<letter>/nakijken")
@allow(Policy.DOSSIER)
def check(dossier_id: str, letter: str) -> str | Response:
    """Show the kept draft as it will be read, what is left to do, and the ways in which it can go."""
    opened = opened_dossier()
    found = letter_of(opened, letter)
    if found.draft is None:
        return _to_letters(dossier_id)
    return render_template("staff/letter_check.html", **_page(opened, found, found.draft))


@pages.post("/<letter>/versturen")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
@text_room(reden=None)
def go(dossier_id: str, letter: str) -> str | Response | tuple[str, int]:
    """Send the draft as it was kept."""
    opened = opened_dossier()
    found = writable_letter(opened, letter)
    wanted = Sending(
        dossier=dossier_id,
        letter=letter,
        draft=request.form.get("concept", 0, type=int),
        way=request.form.get("weg", ""),
        actor=me().name,
        read_again=request.form.get("nagelezen") == "ja",
        reason=text_without_codes(
            site().runtime, request.form.get("reden", "").replace("\r\n", "\n").strip()
        ),
    )
    refused: dict[str, Any] = {}
    status = 409
    try:
        dossier = send(site().runtime, wanted, now())
    except RefusedError as refusal:
        status = 422
        refused = {
            "objections": [(one, sentence(opened, one)) for one in refusal.objections],
            "asks_reason": reason_asked(refusal.objections, wanted.reason),
            "sent_way": wanted.way,
            "reason": wanted.reason,
        }
    except OvertakenError as overtaken:
        refused = {"conflict": overtaken_by(opened, overtaken)}
    else:
        if wanted.way != Way.POST:
            # It is gone: there is nothing to print, and the dossier goes on.
            return redirect(url_for("dossiers.show", dossier_id=dossier_id, bewaard=opened.mark), 303)
        sequence = next(one.sequence for one in reversed(dossier.letters) if one.draft == wanted.draft)
        return redirect(
            url_for("sent_letters.show", dossier_id=dossier_id, sequence=sequence, verstuurd=1), 303
        )
    if found.draft is None:
        # Somebody else sent it meanwhile: it stands among what was sent.
        return _to_letters(dossier_id)
    return render_template("staff/letter_check.html", **_page(opened, found, found.draft), **refused), status


@pages.post("/<letter>/zonder-namen")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def take_names_out(dossier_id: str, letter: str) -> Response | tuple[str, int]:
    """Keep the draft without the names of people that stand in it."""
    opened = opened_dossier()
    found = writable_letter(opened, letter)
    draft = found.draft
    if draft is None:
        return _to_letters(dossier_id)
    content, addressed = draft.content, head_of(opened).name
    with reading(site().runtime.store) as register:
        staff = site().runtime.staff.of(register, now())
    named = _named(opened, found.template, draft, staff)
    with force_locale(content.language):
        words = gettext("een medewerker"), gettext("iemand")
    wanted = Writing(
        dossier=dossier_id,
        letter=letter,
        language=content.language,
        subject=without_names(content.subject, named, addressed, *words),
        text=without_names(content.text, named, addressed, *words),
        seen=request.form.get("concept", 0, type=int),
        basis=content.basis,
        actor=me().name,
    )
    try:
        keep_draft(site().runtime, wanted, now())
    except RefusedError as refusal:
        # Without the names it is longer than a letter may be, or it went meanwhile.
        objections = [(one, sentence(opened, one)) for one in refusal.objections]
        page = _page(opened, found, draft)
        return render_template("staff/letter_check.html", **page, objections=objections), 422
    except OvertakenError:
        # The page shows what another kept, and the names that stand in that.
        return redirect(url_for(".check", dossier_id=dossier_id, letter=letter), 303)
    return redirect(url_for(".check", dossier_id=dossier_id, letter=letter, zonder=len(named)), 303)


@pages.post("/<letter>/namen-terug")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def put_names_back(dossier_id: str, letter: str) -> Response:
    """Keep the draft again as it was before the last time that it was kept."""
    opened = opened_dossier()
    found = writable_letter(opened, letter)
    earlier = _earlier(opened, found)
    if found.draft is None or earlier is None:
        return _to_letters(dossier_id)
    wanted = Writing(
        dossier=dossier_id,
        letter=letter,
        language=earlier.language,
        subject=earlier.subject,
        text=earlier.text,
        seen=request.form.get("concept", 0, type=int),
        basis=earlier.basis,
        actor=me().name,
    )
    with suppress(RefusedError, OvertakenError):
        # Where it went or changed meanwhile, the page shows how it stands.
        keep_draft(site().runtime, wanted, now())
    return redirect(url_for(".check", dossier_id=dossier_id, letter=letter), 303)


def _earlier(opened: OpenedDossier, found: DossierLetter) -> LetterText | None:
    """Return what a draft said before the last time that it was kept."""
    kept = [
        read_text(event.data)
        for event in opened.events
        if event.kind is EventKind.LETTER_DRAFTED and event.data["letter"] == found.template.id
    ]
    return kept[-2] if len(kept) > 1 else None


def _usual_way(ways: Sequence[Way], wish: Wish | None) -> Way | str:
    """Return the way that is chosen beforehand: as was asked, where it can go so. Else who gave an address hears that
    there is something to read, for nobody may ever look."""
    asked = [way for way in ways if wish is not None and way in wish.ways]
    return next(iter(asked), Way.EMAIL if Way.EMAIL in ways else next(iter(ways), ""))


def _named(
    opened: OpenedDossier, template: LetterTemplate, draft: LetterDraft, staff: Staff
) -> tuple[Named, ...]:
    whole = f"{draft.content.subject}\n{draft.content.text}"
    signs = (me().full_name, staff.full_name(draft.by))
    return named_in(opened, template, whole, staff.accounts.values(), signs, head_of(opened).name)


def _to_letters(dossier_id: str) -> Response:
    return redirect(url_for("messages.show", dossier_id=dossier_id, _anchor="brieven"), 303)


def _page(opened: OpenedDossier, found: DossierLetter, draft: LetterDraft) -> dict[str, Any]:
    content, template = draft.content, found.template
    whole = f"{content.subject}\n{content.text}"
    with reading(site().runtime.store) as register:
        staff = site().runtime.staff.of(register, now())
    by = staff.full_name(draft.by)
    fresh = as_template_gives(site().runtime, opened, template, content.language, by, now())
    ways = ways_open(opened.agreement, template, opened.dossier)
    page = about(opened, content, found)
    return {
        **page,
        "kept": draft,
        "by": by,
        "open_spots": open_spots(whole),
        "stale": fresh.basis != content.basis,
        "named": _named(opened, template, draft, staff),
        "ways": ways,
        "usual_way": _usual_way(ways, page["wish"]),
        "unshown": unshown_signs(paper_letter(opened, content, now())) if Way.POST in ways else (),
        "address": address_of(opened.agreement, opened.dossier),
        "reach": head_of(opened),
        "names": {name: account.full_name for name, account in staff.accounts.items()},
        "approvals": [card for card in approval_cards(opened) if card.state.milestone == template.reaches],
    }
