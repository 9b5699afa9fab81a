"""Letters: composing one, looking at it as it will be read, sending it, and reading what was sent."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.letters import LetterText, SentLetter
from gehoor.core.letters.model import LetterTemplate
from gehoor.core.letters.open_spots import open_spots
from gehoor.core.letters.paper import PaperLetter
from gehoor.core.letters.text_blocks import text_blocks
from gehoor.core.objections.objections import ASKS_REASON, Objection
from gehoor.core.wording.registry import sentences_in
from gehoor.services.correspondence.drafting import (
    SUBJECT,
    TEXT,
    OvertakenError,
    Writing,
    as_template_gives,
    begun_in,
    keep_draft,
)
from gehoor.services.correspondence.letters import (
    DossierLetter,
    address_of,
    languages_for,
    letters_of,
    sent_letters,
    ways_open,
)
from gehoor.services.correspondence.names import staff_named
from gehoor.services.correspondence.sending import Sending, send
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import reading
from gehoor.web.display.filters import moment
from gehoor.web.request.languages import said
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.staff.dossier.dossier_view import approval_cards, full_names

pages = Blueprint("letters", __name__, url_prefix="/medewerker/dossiers/<dossier_id>/brieven")


@pages.get("/<letter>")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def compose(dossier_id: str, letter: str) -> str:  # noqa: ARG001 - the policy opens the dossier
    """Show a letter to write: the draft, or what the template gives for this dossier."""
    opened = opened_dossier()
    found = _writable(opened, letter)
    language = _language(opened, found.template)
    fresh = as_template_gives(site().runtime, opened, found.template, language, me().full_name, now())
    draft = found.draft
    anew = request.args.get("opnieuw") == "1" or draft is None or draft.content.language != language
    content = fresh if draft is None or anew else draft.content
    return render_template("staff/letter.html", **_composing(opened, found, content, fresh))


@pages.post("/<letter>")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def keep(dossier_id: str, letter: str) -> str | Response | tuple[str, int]:
    """Keep what was written, and show it as it will be read."""
    opened = opened_dossier()
    found = _writable(opened, letter)
    language = _language(opened, found.template)
    wanted = Writing(
        dossier=dossier_id,
        letter=letter,
        language=language,
        subject=request.form.get(SUBJECT, ""),
        text=request.form.get(TEXT, ""),
        seen=request.form.get("gezien", 0, type=int),
        basis=request.form.get("basis", "")[:64],
        actor=me().name,
    )
    try:
        keep_draft(site().runtime, wanted, now())
    except RefusedError as refusal:
        return _not_kept(opened, found, wanted, refusal.objections), 422
    except OvertakenError as overtaken:
        page = _not_kept(opened, found, wanted, (), _overtaken(opened, overtaken))
        return page, 409
    return redirect(url_for(".check", dossier_id=dossier_id, letter=letter), 303)


@pages.get("/<letter>/nakijken")
@allow(Policy.DOSSIER)
def check(dossier_id: str, letter: str) -> str | Response:
    """Show the kept draft as it will be read, what is left to do, and the ways in which it can go."""
    opened = opened_dossier()
    found = _letter(opened, letter)
    if found.draft is None:
        return redirect(url_for("dossiers.show", dossier_id=dossier_id, _anchor="brieven"), 303)
    return render_template("staff/letter_check.html", **_checking(opened, found))


@pages.post("/<letter>/versturen")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def go(dossier_id: str, letter: str) -> str | Response | tuple[str, int]:
    """Send the draft as it was kept."""
    opened = opened_dossier()
    found = _writable(opened, letter)
    wanted = Sending(
        dossier=dossier_id,
        letter=letter,
        draft=request.form.get("concept", 0, type=int),
        way=request.form.get("weg", ""),
        actor=me().name,
        read_again=request.form.get("nagelezen") == "ja",
        reason=request.form.get("reden", "")[:500],
    )
    try:
        dossier = send(site().runtime, wanted, now())
    except RefusedError as refusal:
        told = [(one, _sentence(opened, one)) for one in refusal.objections]
        asks = bool(wanted.reason) or any(one.code in ASKS_REASON for one in refusal.objections)
        page = {**_checking(opened, found), "objections": told, "asks_reason": asks, "sent_way": wanted.way}
        return render_template("staff/letter_check.html", **page, reason=wanted.reason), 422
    except OvertakenError as overtaken:
        page = {**_checking(opened, found), "conflict": _overtaken(opened, overtaken)}
        return render_template("staff/letter_check.html", **page), 409
    sequence = next(one.sequence for one in reversed(dossier.letters) if one.draft == wanted.draft)
    return redirect(url_for(".sent", dossier_id=dossier_id, sequence=sequence, verstuurd=1), 303)


@pages.get("/verstuurd/<int:sequence>")
@allow(Policy.DOSSIER)
def sent(dossier_id: str, sequence: int) -> str:  # noqa: ARG001 - the policy opens the dossier
    """Show a letter as it was sent."""
    opened = opened_dossier()
    return render_template(
        "staff/letter_sent.html",
        **_sent(opened, sequence),
        just_sent=request.args.get("verstuurd") == "1",
    )


@pages.get("/verstuurd/<int:sequence>/afdruk")
@allow(Policy.DOSSIER)
def on_paper(dossier_id: str, sequence: int) -> str:  # noqa: ARG001 - the policy opens the dossier
    """Show a letter as it goes on paper."""
    return render_template("staff/letter_print.html", **_sent(opened_dossier(), sequence))


@pages.get("/verstuurd/<int:sequence>/brief.pdf")
@allow(Policy.DOSSIER)
def as_pdf(dossier_id: str, sequence: int) -> Response:  # noqa: ARG001 - the policy opens the dossier
    """Give a letter as a document to print or to keep."""
    printer = site().printer
    if printer is None:
        abort(404)
    opened = opened_dossier()
    letter: SentLetter = _sent(opened, sequence)["sent"]
    document = printer.pdf(_paper(opened, letter))
    name = f"{opened.dossier.number}.pdf"
    answer = send_file(
        io.BytesIO(document), mimetype="application/pdf", as_attachment=True, download_name=name
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _paper(opened: OpenedDossier, letter: SentLetter) -> PaperLetter:
    agreement, content = opened.agreement, letter.content
    formats = sentences_in(content.language).formats
    contact = agreement.contact
    lines = (
        agreement.organisation_name, agreement.department_name, contact.address, contact.phone, contact.email,
    )  # fmt: skip
    return PaperLetter(
        content.language,
        content.subject,
        text_blocks(content.text),
        tuple(line for line in lines if line),
        formats.day(letter.at.astimezone(ZoneInfo(agreement.time_zone)).date()),
        opened.dossier.number,
    )


def _letter(opened: OpenedDossier, name: str) -> DossierLetter:
    letters = letters_of(opened.agreement, opened.dossier, opened.decision, opened.rights)
    found = next((one for one in letters if one.template.id == name), None)
    if found is None:
        abort(404)
    return found


def _writable(opened: OpenedDossier, name: str) -> DossierLetter:
    found = _letter(opened, name)
    if not found.may_write:
        abort(403)
    return found


def _language(opened: OpenedDossier, template: LetterTemplate) -> str:
    asked = request.values.get("taal", "")
    return asked if asked in languages_for(opened.agreement, template) else begun_in(opened, template)


def _composing(
    opened: OpenedDossier, found: DossierLetter, content: LetterText, fresh: LetterText
) -> dict[str, Any]:
    return {
        "opened": opened,
        "agreement": opened.agreement,
        "dossier": opened.dossier,
        "letter": found,
        "template": found.template,
        "content": content,
        "basis": content.basis if found.draft and content is found.draft.content else fresh.basis,
        "differs": found.draft is not None
        and content is found.draft.content
        and fresh.basis != content.basis,
        "seen": found.draft.sequence if found.draft else 0,
        "languages": languages_for(opened.agreement, found.template),
        "story": opened.decision.values.get(opened.agreement.field_for("story"), ""),
    }


def _not_kept(
    opened: OpenedDossier,
    found: DossierLetter,
    wanted: Writing,
    objections: list[Objection] | tuple[()],
    conflict: str = "",
) -> str:
    fresh = as_template_gives(site().runtime, opened, found.template, wanted.language, me().full_name, now())
    # What was typed stays as it was typed; a text that somebody else kept meanwhile is seen below it.
    content = replace(fresh, subject=wanted.subject, text=wanted.text)
    told = {one.field: _sentence(opened, one) for one in objections}
    page = _composing(opened, found, content, fresh) | {"basis": wanted.basis or fresh.basis}
    others = found.draft.content if conflict and found.draft else None
    return render_template("staff/letter.html", **page, told=told, conflict=conflict, others=others)


def _checking(opened: OpenedDossier, found: DossierLetter) -> dict[str, Any]:
    draft = found.draft
    if draft is None:
        abort(404)
    content = draft.content
    whole = f"{content.subject}\n{content.text}"
    with reading(site().runtime.store) as register:
        staff = site().runtime.staff.of(register, now())
    accounts = staff.accounts.values()
    fresh = as_template_gives(
        site().runtime, opened, found.template, content.language, staff.full_name(draft.by), now()
    )
    return {
        "opened": opened,
        "agreement": opened.agreement,
        "dossier": opened.dossier,
        "letter": found,
        "template": found.template,
        "content": content,
        "kept": draft,
        "by": staff.full_name(draft.by),
        "open_spots": open_spots(whole),
        "stale": fresh.basis != content.basis,
        "named": staff_named(whole, accounts, (me().full_name, staff.full_name(draft.by))),
        "ways": ways_open(opened.agreement, found.template, opened.dossier),
        "address": address_of(opened.agreement, opened.dossier),
        "approvals": [
            card for card in approval_cards(opened) if card.state.milestone == found.template.reaches
        ],
    }


def _sent(opened: OpenedDossier, sequence: int) -> dict[str, Any]:
    found = next(
        (one for one in sent_letters(opened.dossier, opened.rights) if one.sequence == sequence), None
    )
    if found is None:
        abort(404)
    return {
        "opened": opened,
        "agreement": opened.agreement,
        "dossier": opened.dossier,
        "sent": found,
        "content": found.content,
        "by": _name(found),
        "day": sentences_in(found.content.language).formats.day(
            found.at.astimezone(ZoneInfo(opened.agreement.time_zone)).date()
        ),
        "makes_pdf": site().printer is not None,
    }


def _name(letter: SentLetter) -> str:
    return full_names().get(letter.by, letter.by)


def _sentence(opened: OpenedDossier, objection: Objection) -> str:
    of = opened.agreement.dossier_form.fields.get(objection.field)
    return said().objections.text(objection, of.label if of else "")


def _overtaken(opened: OpenedDossier, error: OvertakenError) -> str:
    return f"{full_names().get(error.by, error.by)}, {moment(error.at, opened.agreement.time_zone)}"
