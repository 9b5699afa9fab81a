"""Telling the story: where it begins, everything on one page for who likes that better, and the receipt."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.steps import steps_of
from gehoor.services.dossiers.answers import RefusedError
from gehoor.services.dossiers.opening import Opening, Receipt, open_dossier
from gehoor.services.intake.saved_drafts import open_unsent
from gehoor.services.intake.status_page import follow
from gehoor.services.intake.wizard import walk
from gehoor.web.forms.answer_form import ONE_MORE, AnswerForm
from gehoor.web.forms.form_cache import empty_form
from gehoor.web.forms.refusals import refuse
from gehoor.web.forms.uploads import receive, takes_files
from gehoor.web.public.draft_tokens import token_of
from gehoor.web.public.form_lookup import KEY, form_of, shared, to, translated
from gehoor.web.request.agreement_in_force import agreement_in_force
from gehoor.web.request.site import now, site
from gehoor.web.security.origin_check import led_here
from gehoor.web.security.policies import Policy, allow

pages = Blueprint("telling", __name__)

_RECEIPT = "receipt"
_FIRST = "eerste"
"""The part of the address of a receipt that says that the browser had no cookie of this site before."""


@pages.get("/<organisation>/<department>/<form_id>")
@allow(Policy.PUBLIC)
def start(organisation: str, department: str, form_id: str) -> str:
    """Say what will be asked, and lead to the first question, or to where someone was."""
    agreement = agreement_in_force(organisation, department)
    form = form_of(agreement, form_id)
    token = token_of(organisation, department, form_id)
    unsent = open_unsent(site().runtime, token, now()) if token else None
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
    )


@pages.route("/<organisation>/<department>/<form_id>/alles", methods=["GET", "POST"])
@allow(Policy.PUBLIC)
@takes_files
def whole(organisation: str, department: str, form_id: str) -> str | bytes | Response | tuple[str, int]:
    """Show a whole form on one page, and take it in."""
    agreement = agreement_in_force(organisation, department)
    form = form_of(agreement, form_id)
    fields = list(form.fields.values())

    def shown(page: AnswerForm, key: str, others: list[str] | None = None, **more: Any) -> str:
        return render_template(
            "public/tell.html", **shared(agreement, form), form=page, key=key, others=others, **more
        )

    def empty(key: str) -> str:
        defaults = {of.id: of.default for of in fields if of.default is not None}
        return shown(AnswerForm(agreement, fields, stored=defaults), key)

    if request.method != "POST":
        return empty_form(agreement, form, secrets.token_urlsafe(24), empty)
    page = AnswerForm(agreement, fields, sent=request.form)
    key = request.form.get(KEY, "") or secrets.token_urlsafe(24)
    received = receive(page, key, {})
    if page.grow(request.form.get(ONE_MORE, "")):
        received.keep(page)
        refuse(page, agreement, form_id, translated(agreement, form, received.objections), form)
        return shown(page, key)
    try:
        if received.objections:
            raise RefusedError([])
        opening = Opening(organisation, department, form_id, page.answers(), key, files=tuple(received.files))
        opened = open_dossier(site().runtime, opening, now())
    except RefusedError as refusal:
        received.keep(page)
        objections = translated(agreement, form, [*received.objections, *refusal.objections])
        return shown(page, key, refuse(page, agreement, form_id, objections, form)), 422
    return to_receipt(agreement, opened)


def to_receipt(agreement: Agreement, opened: Receipt) -> Response:
    """Lead to the receipt of what was just sent."""
    session[_RECEIPT] = {"dossier": opened.dossier, "code": opened.code}
    # Of a browser without any cookie we do not know yet whether it keeps them.
    first = {} if request.cookies else {_FIRST: "1"}
    return redirect(to("telling.receipt", agreement, **first), 303)


@pages.get("/<organisation>/<department>/ontvangen")
@allow(Policy.PUBLIC)
def receipt(organisation: str, department: str) -> str | Response:
    """Show the number and the follow-up code, once."""
    shown = session.pop(_RECEIPT, None)
    if shown is None:
        agreement = agreement_in_force(organisation, department)
        if _FIRST in request.args and not request.cookies and led_here():
            return render_template("public/no_receipt.html", agreement=agreement)
        return redirect(to("public.department", agreement))
    if _FIRST in request.args:
        # The cookie stays, empty: without it, this page shown again would say that the browser keeps none.
        session[_RECEIPT] = None
    seen = follow(site().runtime, shown["dossier"], now())
    return render_template(
        "public/receipt.html",
        agreement=seen.agreement,
        seen=seen,
        code=shown["code"],
        follow=f"{site().runtime.home}{url_for('following.enter')}",
    )
