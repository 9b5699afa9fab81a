"""Telling the story: where it begins, everything on one page for who likes that better, and the receipt."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.steps import steps_of
from gehoor.services.access.manned import is_open
from gehoor.services.correspondence.announcing import acknowledges, acknowledging
from gehoor.services.dossiers.incoming import Opening, Receipt
from gehoor.services.dossiers.opening import open_dossier, sent_before
from gehoor.services.intake.status_page import follow
from gehoor.services.intake.unsent_forms import open_unsent
from gehoor.services.intake.wizard import walk
from gehoor.services.recording.answers import RefusedError, known_beforehand
from gehoor.web.forms.answer_form import ONE_MORE, PREFIX, AnswerForm
from gehoor.web.forms.form_cache import empty_form
from gehoor.web.forms.left_over import left_over, left_over_sentences
from gehoor.web.forms.refusals import refuse
from gehoor.web.forms.uploads import Received, receive, takes_files
from gehoor.web.public.form_lookup import form_of, shared, to, translated
from gehoor.web.public.receipts import held_receipt, hold_receipt, receipt_of
from gehoor.web.public.unsent_tokens import token_of
from gehoor.web.request.agreement_in_force import agreement_in_force
from gehoor.web.request.form_keys import Purpose, content_sent, key_sent, new_key
from gehoor.web.request.languages import asked
from gehoor.web.request.site import now, site
from gehoor.web.security.origin_check import led_here
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.rate_limits import each_quarter, hit, visitor

pages = Blueprint("telling", __name__)

Answer: TypeAlias = str | bytes | Response | tuple[str, int]
_MOST_SENT: Final = each_quarter(300)
"""So often may a form be sent from one place: far more than people behind one address ever do."""
_FIRST = "eerste"
"""The part of the address of a receipt that says that the browser had no cookie of this site before."""


@pages.get("/<organisation>/<department>/<form_id>")
@allow(Policy.PUBLIC)
def start(organisation: str, department: str, form_id: str) -> str | Response:
    """Say what will be asked, and lead to the first question, or to where someone was."""
    agreement = agreement_in_force(organisation, department)
    form = form_of(agreement, form_id)
    token = token_of(organisation, department, form_id)
    unsent = open_unsent(site().runtime, token, now()) if token else None
    if unsent is None and not is_open(site().runtime, agreement, now()):
        return _closed(agreement)
    way = walk(site().runtime, agreement, form, unsent.answers if unsent else {}, now())
    # Somebody may come back to a form that was sent or lost in between.
    gone = request.args.get("weg") == "1"
    return render_template(
        "public/start.html",
        **shared(agreement, form),
        first=way.steps[0],
        most=len(steps_of(form)),
        unsent=unsent,
        gone=gone,
        sent=receipt_of((organisation, department, form_id)),
    )


@pages.route("/<organisation>/<department>/<form_id>/alles", methods=["GET", "POST"])
@allow(Policy.PUBLIC)
@takes_files
def whole(organisation: str, department: str, form_id: str) -> Answer:
    """Show a whole form on one page, and take it in."""
    agreement = agreement_in_force(organisation, department)
    form = form_of(agreement, form_id)
    fields = list(form.fields.values())
    defaults = {of.id: of.default for of in fields if of.default is not None}

    def shown(page: AnswerForm, key: str, others: list[str] | None = None, **more: Any) -> str:
        page.beside = known_beforehand(agreement, form, now())
        return render_template(
            "public/tell.html", **shared(agreement, form), form=page, key=key, others=others, **more
        )

    def empty(key: str, sent: Receipt | None = None) -> str:
        return shown(AnswerForm(agreement, fields, stored=defaults), key, sent=sent)

    names = (organisation, department, form_id)
    if request.method != "POST":
        key, sent = new_key(Purpose.TELL, *names), receipt_of(names)
        offered = empty(key, sent) if sent else empty_form(agreement, form, key, empty)
        return offered if is_open(site().runtime, agreement, now()) else _closed(agreement)
    page = AnswerForm(agreement, fields, sent=request.form, stored=defaults)
    key = key_sent(Purpose.TELL, *names)
    try:
        hit(_MOST_SENT, request.endpoint or "", visitor())
    except TooManyRequests:
        # Nothing is kept of it, and nothing typed is lost: the page comes back as it was.
        return shown(
            page,
            key,
            [_("Dit is van hier te vaak geprobeerd. Wacht een kwartier en probeer het opnieuw, of bel ons.")],
        ), 429
    received = receive(page, key, {})
    if page.grow(request.form.get(ONE_MORE, "")):
        received.keep(page)
        refuse(page, agreement, form_id, translated(agreement, form, received.objections), form)
        return shown(page, key)
    if gone := left_over(form, request.form):
        received.keep(page)
        refuse(page, agreement, form_id, translated(agreement, form, received.objections), form)
        return shown(page, key, left_over_sentences(gone.values())), 422
    try:
        _take_in(names, page, received)
    except RefusedError as refusal:
        received.keep(page)
        objections = translated(agreement, form, [*received.objections, *refusal.objections])
        return shown(page, key, refuse(page, agreement, form_id, objections, form)), 422
    return to_receipt(agreement)


def _closed(agreement: Agreement) -> Response:
    """Lead to the page of a department where nobody would see what is told: it says so. What somebody was telling
    already is taken in, and waits for who gets a role there."""
    return redirect(to("public.department", agreement), 303)


def _take_in(names: tuple[str, str, str], page: AnswerForm, received: Received) -> None:
    """Open a dossier, once, and let this browser hold its receipt. Raises ``RefusedError``."""
    content = content_sent(PREFIX)
    # The page that was sent was opened anew by the button to go back, and has a key of its own.
    if receipt_of(names, content):
        return
    once = f"{received.key}/{content}"
    # Files that waited are in the dossier by now, when the same is sent again.
    if not (received.objections and sent_before(site().runtime, once)):
        if received.objections:
            raise RefusedError([])
        files = tuple(received.files)
        opening = Opening(
            *names,
            page.answers(),
            received.key,
            files=files,
            once=once,
            language=asked(),
            acknowledging=acknowledging(site().runtime),
        )
        open_dossier(site().runtime, opening, now())
    hold_receipt(names, once, content)


def to_receipt(agreement: Agreement) -> Response:
    """Lead to the receipt that this browser holds."""
    # Of a browser without any cookie we do not know yet whether it keeps them.
    first = {} if request.cookies else {_FIRST: "1"}
    return redirect(to("telling.receipt", agreement, **first), 303)


@pages.get("/<organisation>/<department>/ontvangen")
@allow(Policy.PUBLIC)
def receipt(organisation: str, department: str) -> str | Response:
    """Show the number and the follow-up code to the browser that sent the form, for a while."""
    shown = held_receipt()
    if shown is None:
        agreement = agreement_in_force(organisation, department)
        if _FIRST in request.args and not request.cookies and led_here():
            return render_template("public/no_receipt.html", agreement=agreement)
        return redirect(to("public.department", agreement))
    seen = follow(site().runtime, shown.dossier, now())
    return render_template(
        "public/receipt.html",
        agreement=seen.agreement,
        seen=seen,
        code=shown.code,
        mailed=acknowledges(seen.agreement),
        follow=f"{site().runtime.home}{url_for('following.enter')}",
    )
