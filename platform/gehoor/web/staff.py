"""The pages for staff: registering what someone tells."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from gehoor.core.actions import Action
from gehoor.core.agreement import DOSSIER_FORM, Agreement
from gehoor.core.fields import Field
from gehoor.core.people import with_people
from gehoor.services.answers import RefusedError, filled_in
from gehoor.services.opening import Opening, open_dossier
from gehoor.services.people import people_of
from gehoor.services.register import reading
from gehoor.services.rights import opening_rights
from gehoor.web.answer_fields import ONE_MORE, AnswerForm
from gehoor.web.attaching import receive, takes_files
from gehoor.web.policies import Policy, allow
from gehoor.web.public import agreement_in_force, refuse
from gehoor.web.sessions import me
from gehoor.web.site import now, site

pages = Blueprint("staff", __name__, url_prefix="/medewerker")

_KEY = "sleutel"


@pages.route("/<organisation>/<department>/registreren", methods=["GET", "POST"])
@allow(Policy.DEPARTMENT, Action.REGISTER)
@takes_files
def register_message(organisation: str, department: str) -> str | Response | tuple[str, int]:
    """Register what someone told, wrote or put in the box."""
    agreement = agreement_in_force(organisation, department)
    with reading(site().runtime.store) as register:
        accounts = register.accounts()
        rights = opening_rights(agreement, me().name, accounts)
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


def _page(agreement: Agreement, fields: list[Field], page: AnswerForm, key: str) -> dict[str, Any]:
    form = agreement.dossier_form
    opening = {name for name, milestone in agreement.milestones.items() if milestone.field in form.required}
    required = form.required | {of.id for of in fields if of.required_before in opening}
    return {"agreement": agreement, "form": page, "key": key, "required": required, "agreed": form}
