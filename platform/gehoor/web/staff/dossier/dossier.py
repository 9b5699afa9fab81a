"""Handling a dossier: one form through all phases, the one that is worked on first."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.objections.objections import Objection
from gehoor.services.correspondence.letters import letters_of
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.autosave import forget, unsaved_of
from gehoor.services.dossiers.editing import EditConflictError, Filling, fill_in
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.attachments import files_in
from gehoor.services.search.related import related
from gehoor.services.search.undelivered import did_not_go
from gehoor.web.display.filters import moment
from gehoor.web.forms.answer_form import ONE_MORE, PREFIX, AnswerForm
from gehoor.web.forms.refusals import reason_asked, refuse
from gehoor.web.forms.uploads import receive, show_in, takes_files
from gehoor.web.request.languages import said
from gehoor.web.request.session import browser_secret, me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.dossier.announced import asked_of_others, in_letters
from gehoor.web.staff.dossier.closing import before_closing
from gehoor.web.staff.dossier.dossier_form import (
    SHOWN,
    appearing_form,
    sent_form,
    stored_form,
    take_over,
    typed_otherwise,
    with_shown,
    with_unsaved,
)
from gehoor.web.staff.dossier.dossier_head import head_of
from gehoor.web.staff.dossier.dossier_view import (
    approval_cards,
    full_names,
    handling_role,
    phase_sections,
    required_marks,
    who_fills,
)
from gehoor.web.staff.dossier.retention import closed_card
from gehoor.web.staff.dossier.term_cards import term_cards
from gehoor.web.staff.dossier.timeline import just_happened
from gehoor.web.staff.handling.term_changes import redo
from gehoor.web.staff.relations.looked_up import looked_up_at, search_words

pages = Blueprint("dossiers", __name__, url_prefix="/medewerker/dossiers")


@pages.get("/<dossier_id>")
@allow(Policy.DOSSIER)
def show(dossier_id: str) -> str:
    """Show the form of a dossier, with the story beside it."""
    opened = opened_dossier()
    unsaved = unsaved_of(site().runtime, dossier_id, me().name, now())
    if unsaved:
        opened = with_shown(opened, typed_otherwise(opened, unsaved))
    page = with_unsaved(opened, unsaved) if unsaved else stored_form(opened)
    return render_template(
        "staff/dossier.html",
        **_page(opened, page),
        saved=just_happened(opened, full_names()),
        closed=closed_card(opened),
        unsaved=unsaved,
    )


@pages.post("/<dossier_id>")
@allow(Policy.DOSSIER, Action.FILL_IN)
@takes_files
@text_room(reden=None)
def save(dossier_id: str) -> str | Response | tuple[str, int]:
    """Keep what was filled in."""
    opened = opened_dossier()
    version = opened.version_at(request.form.get("versie", ""))
    # Only what the page showed: a field that appeared in between was not left empty by anyone. And all of it:
    # what was fixed or closed in between is refused, not forgotten.
    shown = set(request.form.getlist(SHOWN))
    asked = [field for field in opened.agreement.dossier_form.fields.values() if field.id in shown]
    given = AnswerForm(opened.agreement, asked, sent=request.form)
    # What waits here belongs to who sent it.
    key = f"{dossier_id}/{me().name}/{browser_secret()}"
    received = receive(given, key, files_in(opened.agreement.dossier_form.fields, opened.dossier.values))
    answers = given.answers() | _without_a_field(opened, shown)
    page = sent_form(opened, shown)
    show_in(page, given)
    if page.grow(request.form.get(ONE_MORE, "")):
        received.keep(page)
        refuse(page, opened.agreement, DOSSIER_FORM, received.objections)
        take_over(opened, page, version)
        return render_template("staff/dossier.html", **_page(opened, page))
    completed = request.form.get("afronden", "")
    if completed in page and answers.get(completed) == "":
        # The act of the button alone: the page that comes back after a refusal does not hold it.
        answers[completed] = _at_this_moment(opened, completed)
    try:
        if received.objections:
            raise RefusedError([])
        reason = request.form.get("reden", "")
        filling = Filling(dossier_id, answers, version, me().name, key, tuple(received.files), reason)
        fill_in(site().runtime, filling, now())
        forget(site().runtime, dossier_id, me().name)
    except RefusedError as refusal:
        opened = with_shown(opened, refusal.shown)
        page = sent_form(opened, shown)
        show_in(page, given)
        received.keep(page)
        take_over(opened, page, version)
        return _refused(opened, page, [*received.objections, *refusal.objections])
    except EditConflictError as conflict:
        # Also what somebody else hid meanwhile: what was typed there stands there still.
        opened = with_shown(opened, conflict.fields)
        page = sent_form(opened, shown)
        show_in(page, given)
        received.keep(page)
        take_over(opened, page, version)
        return _conflict(opened, page, conflict)
    if (letter := request.form.get("brief", "")) in opened.agreement.correspondence:
        # What it tells is kept before it is written.
        room = "letter_sending.check" if letter in opened.dossier.drafts else "letter_writing.compose"
        return redirect(url_for(room, dossier_id=dossier_id, letter=letter), 303)
    if (kept := request.form.get("overnemen", "")) in opened.rights.once_handling:
        return _taken_over(opened, kept)
    return redirect(url_for(".show", dossier_id=dossier_id, bewaard=opened.mark), 303)


def _taken_over(opened: OpenedDossier, field: str) -> Response | tuple[str, int]:
    """Take over a dossier to answer what is kept for who handles it, or join where more may; what was typed is kept."""
    dossier = opened.dossier
    wanted = Assigning(
        dossier=dossier.id,
        to=me().name,
        actor=me().name,
        before=request.form.get("eerst"),
        beside=len(dossier.handlers) < opened.decision.handlers,
    )
    there = url_for(".show", dossier_id=dossier.id, bewaard=opened.mark, _anchor=f"v_{field}")
    return redo(dossier.id, lambda: assign(site().runtime, wanted, now()), there)


def _without_a_field(opened: OpenedDossier, shown: set[str]) -> dict[str, str]:
    """Return what was typed in fields that are gone since the page was shown, to be refused and not forgotten."""
    gone = shown - set(opened.agreement.dossier_form.fields)
    typed = {name: request.form.get(f"{PREFIX}{name}", "").strip() for name in gone}
    return {name: text for name, text in typed.items() if text}


def _at_this_moment(opened: OpenedDossier, name: str) -> str:
    """Return this moment on the organisation's clock, as its field holds it."""
    local = now().astimezone(ZoneInfo(opened.agreement.time_zone))
    stored_as = opened.agreement.dossier_form.fields[name].type.moment
    return stored_as(local) if stored_as else ""


def _refused(opened: OpenedDossier, page: AnswerForm, objections: list[Objection]) -> tuple[str, int]:
    others = refuse(page, opened.agreement, DOSSIER_FORM, objections)
    reason = request.form.get("reden", "")
    asks = reason_asked(objections, reason)
    shown = _page(opened, page)
    # What was to be completed is done with the reason, and not by saving alone.
    completed = request.form.get("afronden", "")
    completing = next((one for one in shown["sections"] if completed and one.completes == completed), None)
    context = {**shown, "others": others, "asks_reason": asks, "reason": reason, "completing": completing}
    return render_template("staff/dossier.html", **context), 422


def _conflict(opened: OpenedDossier, page: AnswerForm, conflict: EditConflictError) -> tuple[str, int]:
    fields = opened.agreement.dossier_form.fields
    labels = ", ".join(fields[name].label for name in conflict.fields)
    who = full_names().get(conflict.actor, conflict.actor)
    when = moment(conflict.at, opened.agreement.time_zone)
    message = _("%(who)s wijzigde dit op %(when)s: %(labels)s.", who=who, when=when, labels=labels)
    for name in conflict.fields:
        stored = opened.dossier.values.get(name)
        shown = "-" if stored is None else fields[name].type.show(stored, fields[name], said().formats)
        page.refuse(Objection(name, "conflict"), _("Intussen staat er: %(value)s", value=shown))
    return render_template("staff/dossier.html", **_page(opened, page), conflict=message), 409


def _page(opened: OpenedDossier, page: AnswerForm) -> dict[str, Any]:
    decision = opened.decision
    page.beside, page.kept = decision.values, opened.dossier.values
    fills = who_fills(opened)
    letters = letters_of(opened.agreement, opened.dossier, decision, opened.rights)
    return {
        "opened": opened,
        "agreement": opened.agreement,
        "dossier": opened.dossier,
        "form": page,
        "appearing": appearing_form(opened),
        "story": decision.values.get(opened.agreement.field_for("story"), ""),
        "sections": phase_sections(opened, page),
        "terms": term_cards(opened, page),
        "mine_to_approve": [one for one in approval_cards(opened) if one.mine and not one.state.holds],
        "related": related(site().runtime, opened, me(), now()),
        "looked_up_at": looked_up_at(opened, page),
        "words": search_words(opened),
        "handler": handling_role(opened),
        "names": full_names(),
        "head_facts": head_of(opened),
        "marks": required_marks(opened),
        "who_fills": fills,
        "closing": before_closing(opened, page, fills),
        "others_fill_in": bool(asked_of_others(opened)),
        "letters": letters,
        "in_letters": in_letters(opened, letters),
        "undelivered": () if decision.closed else [one for one in opened.messages if did_not_go(one)],
    }
