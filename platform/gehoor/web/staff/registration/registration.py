"""The page on which staff register what someone tells, and what they see once they did."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, jsonify, render_template, request
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.forms.fields import StoredValue
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier, sent_before
from gehoor.services.recording.answers import RefusedError, filled_in
from gehoor.services.search.duplicate_detection import earlier
from gehoor.web.forms.answer_form import ONE_MORE, PREFIX, AnswerForm
from gehoor.web.forms.left_over import left_over, left_over_sentences
from gehoor.web.forms.refusals import refuse
from gehoor.web.forms.uploads import Received, receive, takes_files
from gehoor.web.request.form_keys import Purpose, content_sent, key_sent, new_key
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.staff.registration.classification import QUESTION, filled_in_by, proposal_in
from gehoor.web.staff.registration.desk_typing import forget_at_desk, typed_at_desk
from gehoor.web.staff.registration.mail_intake import mail_came, read_dropped
from gehoor.web.staff.registration.phone_intake_form import PROPOSE, Desk, desk, hold_on
from gehoor.web.staff.registration.receipt import show_registered

pages = Blueprint("registering", __name__, url_prefix="/medewerker")


@pages.get("/<organisation>/<department>/registreren")
@allow(Policy.DEPARTMENT, Action.REGISTER)
def begin(organisation: str, department: str) -> str:
    """Show the page to register on."""
    at = desk(organisation, department)
    form = at.agreement.dossier_form
    proposed = filled_in(at.agreement, form, me().full_name, now())
    typed = typed_at_desk(at)
    if typed is not None:
        page = AnswerForm(at.agreement, at.fields, stored={**proposed, **typed.answers})
        return at.page(page, typed.key, answered=typed.questions, unsaved=True)
    page = AnswerForm(at.agreement, at.fields, stored=proposed)
    return at.page(page, new_key(Purpose.REGISTER, *at.place, me().name))


@pages.post("/<organisation>/<department>/registreren")
@allow(Policy.DEPARTMENT, Action.REGISTER)
@takes_files
def register_message(organisation: str, department: str) -> str | Response | tuple[str, int]:
    """Register what someone told, wrote or put in the box."""
    at = desk(organisation, department)
    proposal = proposal_in(at.agreement, request.form)
    proposes = PROPOSE in request.form
    sent = filled_in_by(proposal, request.form) if proposes else request.form
    proposed = filled_in(at.agreement, at.agreement.dossier_form, me().full_name, now())
    key = key_sent(Purpose.REGISTER, *at.place, me().name)
    if mail_came():
        return _with_mail(at, key, proposed)
    page = AnswerForm(at.agreement, at.fields, sent=sent, stored=proposed)
    received = receive(page, key, {})
    if proposes or page.grow(request.form.get(ONE_MORE, "")):
        received.keep(page)
        refuse(page, at.agreement, DOSSIER_FORM, received.objections)
        return at.page(page, key, proposes=proposes)
    opening = Opening(
        *at.place,
        DOSSIER_FORM,
        page.answers(),
        key,
        me().name,
        me().full_name,
        tuple(received.files),
        proposal.proposed,
        once=f"{key}/{content_sent(PREFIX, QUESTION)}",
    )
    # The same, sent by a double click or the button to go back. With files that are in the dossier by now, too.
    earlier_sent = sent_before(site().runtime, opening.sent_as)
    if earlier_sent:
        forget_at_desk(at)
        return show_registered(at.agreement, earlier_sent, page.answers())
    if gone := left_over(at.agreement.dossier_form, request.form):
        received.keep(page)
        others = refuse(page, at.agreement, DOSSIER_FORM, received.objections)
        return at.page(page, key, others=[*left_over_sentences(gone.values()), *others]), 422
    wait = {} if received.objections else hold_on(at, page.answers(), request.form)
    if wait:
        received.keep(page)
        return at.page(page, key, **wait)
    return _opened(at, page, key, opening, received)


def _opened(
    at: Desk, page: AnswerForm, key: str, opening: Opening, received: Received
) -> str | tuple[str, int]:
    """Open the dossier and show what to give along, or say why not."""
    try:
        if received.objections:
            raise RefusedError([])
        receipt = open_dossier(site().runtime, opening, now())
    except RefusedError as refusal:
        received.keep(page)
        objections = [*received.objections, *refusal.objections]
        others = refuse(page, at.agreement, DOSSIER_FORM, objections)
        return at.page(page, key, others=others), 422
    forget_at_desk(at)
    return show_registered(at.agreement, receipt, page.answers())


def _with_mail(at: Desk, key: str, proposed: Mapping[str, StoredValue]) -> str | tuple[str, int]:
    """Show the page with what an e-mail says filled in."""
    read = read_dropped(at, proposed)
    page = AnswerForm(at.agreement, at.fields, sent=read.sent, stored=proposed)
    received = receive(page, key, {})
    left = received.take(page, read.files)
    received.keep(page)
    refuse(page, at.agreement, DOSSIER_FORM, received.objections)
    taken = [file.name for file in received.files]
    left += read.mail.unread if read.mail else ()
    found = earlier(site().runtime, at.agreement, me(), page.answers(), now())
    shown = at.page(page, key, read=read, left=left, taken=taken, earlier=found)
    return (shown, 422) if read.refusal else shown


@pages.post("/<organisation>/<department>/registreren/eerder")
@allow(Policy.DEPARTMENT, Action.REGISTER)
def hint(organisation: str, department: str) -> Response:
    """Say whether who is being typed told something before, as far as whoever asks may know."""
    at = desk(organisation, department)
    answers = AnswerForm(at.agreement, at.fields, sent=request.form).answers()
    found = earlier(site().runtime, at.agreement, me(), answers, now())
    return jsonify(total=found.total, html=render_template("staff/earlier.html", earlier=found))
