"""The pages for staff: signing in and out, and registering what someone tells."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gehoor.core.access import works_in
from gehoor.core.agreement import DOSSIER_FORM, Agreement
from gehoor.core.fields import Field
from gehoor.core.people import with_people
from gehoor.services.accounts import sign_in as begin
from gehoor.services.accounts import sign_out as end
from gehoor.services.answers import RefusedError, filled_in
from gehoor.services.opening import Opening, open_dossier
from gehoor.services.people import people_of
from gehoor.services.records import Account
from gehoor.services.register import reading
from gehoor.services.rights import rights_of
from gehoor.web.answer_fields import ONE_MORE, AnswerForm
from gehoor.web.attaching import receive, takes_files
from gehoor.web.limits import limited
from gehoor.web.policies import Policy, allow
from gehoor.web.public import agreement_in_force, refuse
from gehoor.web.sessions import begin_session, current_account, end_session
from gehoor.web.site import now, site

pages = Blueprint("staff", __name__, url_prefix="/medewerker")

_KEY = "sleutel"


@pages.route("/aanmelden", methods=["GET", "POST"])
@allow(Policy.PUBLIC)
@limited("40 per 15 minutes")
def sign_in() -> str | Response | tuple[str, int]:
    """Sign in with a name and a password."""
    onward = _local(request.values.get("naar", ""))
    if request.method == "GET":
        return render_template("staff/sign_in.html", wrong=False, name="", onward=onward)
    name, password = request.form.get("naam", ""), request.form.get("wachtwoord", "")
    token = begin(site().runtime, site().hasher, name, password, now())
    if token is None:
        return render_template("staff/sign_in.html", wrong=True, name=name, onward=onward), 422
    begin_session(token)
    return redirect(onward or url_for(".work"), 303)


@pages.post("/afmelden")
@allow(Policy.STAFF)
def sign_out() -> Response:
    """End the session, on the server too."""
    token = end_session()
    if token:
        end(site().runtime, token)
    return redirect(url_for(".sign_in"), 303)


@pages.route("/<organisation>/<department>/registreren", methods=["GET", "POST"])
@allow(Policy.STAFF)
@takes_files
def register_message(organisation: str, department: str) -> str | Response | tuple[str, int]:
    """Register what someone told, wrote or put in the box."""
    if not works_in(me().roles, organisation, department):
        abort(404)
    agreement = agreement_in_force(organisation, department)
    with reading(site().runtime.store) as register:
        accounts = register.accounts()
        rights = rights_of(agreement, me().name, accounts, {})
    agreement = with_people(agreement, people_of(organisation, accounts))
    fields = [
        of
        for of in agreement.dossier_form.fields.values()
        if of.at_opening and of.id not in rights.unchangeable
    ]
    if request.method == "GET":
        proposed = filled_in(agreement, agreement.dossier_form, me().full_name, now())
        page = AnswerForm(agreement, fields, stored=proposed)
        return render_template(
            "staff/register.html", **_page(agreement, fields, page, secrets.token_urlsafe(24))
        )
    page = AnswerForm(agreement, fields, sent=request.form)
    key = request.form.get(_KEY, "") or secrets.token_urlsafe(24)
    received = receive(page, key, {})
    if page.grow(request.form.get(ONE_MORE, "")):
        received.keep(page)
        refuse(page, agreement, DOSSIER_FORM, received.objections)
        return render_template("staff/register.html", **_page(agreement, fields, page, key))
    opening = Opening(
        organisation,
        department,
        DOSSIER_FORM,
        page.answers(),
        key,
        me().name,
        me().full_name,
        tuple(received.files),
    )
    try:
        if received.objections:
            raise RefusedError([])
        receipt = open_dossier(site().runtime, opening, now())
    except RefusedError as refusal:
        received.keep(page)
        others = refuse(page, agreement, DOSSIER_FORM, [*received.objections, *refusal.objections])
        return render_template(
            "staff/register.html", **_page(agreement, fields, page, key), others=others
        ), 422
    return render_template("staff/registered.html", agreement=agreement, receipt=receipt)


def me() -> Account:
    """Return who is signed in, on a page that asks for it."""
    account = current_account()
    assert account is not None
    return account


def _page(agreement: Agreement, fields: list[Field], page: AnswerForm, key: str) -> dict[str, Any]:
    form = agreement.dossier_form
    opening = {name for name, milestone in agreement.milestones.items() if milestone.field in form.required}
    required = form.required | {of.id for of in fields if of.required_before in opening}
    return {"agreement": agreement, "form": page, "key": key, "required": required, "agreed": form}


def _local(address: str) -> str:
    """Only an address within this site is followed after signing in."""
    parts = urlsplit(address)
    safe = (
        address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and not parts.netloc
        and not parts.scheme
    )
    return address if safe else ""
