"""The pages for everyone: what a complaint is here, telling the story, the receipt, and how far it is."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gehoor.core.agreement import DOSSIER_FORM, Agreement
from gehoor.core.form_languages import in_language, languages_of
from gehoor.core.forms import Form
from gehoor.core.objection_texts import asked_field, objection_text, place_of
from gehoor.core.objections import Objection
from gehoor.services.answers import RefusedError
from gehoor.services.following import dossier_of_code, follow
from gehoor.services.opening import Opening, open_dossier
from gehoor.services.publications import all_in_force
from gehoor.services.register import reading
from gehoor.web.answer_fields import ONE_MORE, AnswerForm
from gehoor.web.attaching import receive, takes_files
from gehoor.web.filters import day
from gehoor.web.languages import language_name
from gehoor.web.limits import limited
from gehoor.web.policies import Policy, allow
from gehoor.web.site import now, site

pages = Blueprint("public", __name__)

_KEY = "sleutel"
"""The hidden field that names a rendered form, so that sending it twice opens one dossier."""
_RECEIPT = "receipt"
_LANGUAGE = "taal"
"""The part of an address that asks for a form in another language."""


@pages.get("/")
@allow(Policy.PUBLIC)
def home() -> str:
    """Show the organisations and departments to choose from."""
    with reading(site().runtime.store) as register:
        found = all_in_force(register, site().runtime.library, register.published_departments(), now())
    organisations: dict[str, list[Agreement]] = {}
    for one in found:
        organisations.setdefault(one.agreement.organisation_name, []).append(one.agreement)
    return render_template("public/home.html", organisations=organisations)


@pages.get("/<organisation>/<department>/")
@allow(Policy.PUBLIC)
def department(organisation: str, department: str) -> str:
    """Show what a department has agreed, in its own words."""
    agreement = agreement_in_force(organisation, department)
    terms = [term for term in agreement.terms.values() if term.public]
    return render_template(
        "public/department.html", agreement=agreement, terms=terms, forms=public_forms(agreement)
    )


@pages.route("/<organisation>/<department>/<form_id>", methods=["GET", "POST"])
@allow(Policy.PUBLIC)
@takes_files
def tell(organisation: str, department: str, form_id: str) -> str | Response | tuple[str, int]:
    """Show a low-threshold form, and take it in."""
    agreement = agreement_in_force(organisation, department)
    if form_id not in public_forms(agreement):
        abort(404)
    form = _in_asked_language(agreement, agreement.forms[form_id])
    fields = list(form.fields.values())
    if request.method == "GET":
        defaults = {of.id: of.default for of in fields if of.default is not None}
        page = AnswerForm(agreement, fields, stored=defaults)
        return render_template("public/tell.html", **_page(agreement, form, page, secrets.token_urlsafe(24)))
    page = AnswerForm(agreement, fields, sent=request.form)
    key = request.form.get(_KEY, "") or secrets.token_urlsafe(24)
    received = receive(page, key, {})
    if page.grow(request.form.get(ONE_MORE, "")):
        received.keep(page)
        refuse(page, agreement, form_id, _translated(agreement, form, received.objections), form)
        return render_template("public/tell.html", **_page(agreement, form, page, key))
    try:
        if received.objections:
            raise RefusedError([])
        opening = Opening(organisation, department, form_id, page.answers(), key, files=tuple(received.files))
        receipt = open_dossier(site().runtime, opening, now())
    except RefusedError as refusal:
        received.keep(page)
        objections = _translated(agreement, form, [*received.objections, *refusal.objections])
        others = refuse(page, agreement, form_id, objections, form)
        return render_template("public/tell.html", **_page(agreement, form, page, key), others=others), 422
    session[_RECEIPT] = {"dossier": receipt.dossier, "code": receipt.code}
    return redirect(url_for(".receipt", organisation=organisation, department=department), 303)


@pages.get("/<organisation>/<department>/ontvangen")
@allow(Policy.PUBLIC)
def receipt(organisation: str, department: str) -> str | Response:
    """Show the number and the follow-up code, once."""
    shown = session.pop(_RECEIPT, None)
    if shown is None:
        return redirect(url_for(".department", organisation=organisation, department=department))
    seen = follow(site().runtime, shown["dossier"], now())
    return render_template("public/receipt.html", agreement=seen.agreement, seen=seen, code=shown["code"])


@pages.route("/volgen", methods=["GET", "POST"])
@allow(Policy.PUBLIC)
@limited("20 per 15 minutes")
def follow_up() -> str | tuple[str, int]:
    """Show how far a dossier is to whoever has its code."""
    if request.method == "GET":
        return render_template("public/follow.html", seen=None, wrong=False)
    with reading(site().runtime.store) as register:
        from_code = dossier_of_code(register, request.form.get("code", ""))
    if from_code is None:
        return render_template("public/follow.html", seen=None, wrong=True), 422
    return render_template("public/follow.html", seen=follow(site().runtime, from_code, now()), wrong=False)


def agreement_in_force(organisation: str, department: str) -> Agreement:
    """Return the agreement in force at this request; a page that does not exist when there is none."""
    with reading(site().runtime.store) as register:
        return site().runtime.library.in_force(register, organisation, department, now())


def public_forms(agreement: Agreement) -> list[str]:
    """Return the forms for people outside: every form but the dossier itself."""
    return [name for name in agreement.forms if name != DOSSIER_FORM]


def _in_asked_language(agreement: Agreement, form: Form) -> Form:
    """Return a form in the language that was asked for, when it is in that language."""
    language = request.args.get(_LANGUAGE, "")
    known = languages_of(form, agreement.languages)
    return in_language(form, language, known[0]) if language in known else form


def _translated(agreement: Agreement, form: Form, objections: list[Objection]) -> list[Objection]:
    """Say what a form refuses in the language that it is shown in."""
    agreed = agreement.forms[form.id].at_least_one
    said = {one.refusal: shown.refusal for one, shown in zip(agreed, form.at_least_one, strict=True)}
    return [
        replace(one, details={**one.details, "refusal": said[one.details["refusal"]]})
        if one.details.get("refusal") in said
        else one
        for one in objections
    ]


def refuse(
    page: AnswerForm,
    agreement: Agreement,
    form_id: str,
    objections: list[Objection],
    shown: Form | None = None,
) -> list[str]:
    """Put each objection at its field; returns the sentences that belong to no field of this page.

    ``shown``: the form in the language of the page, when that is another.
    """
    form = shown or agreement.forms[form_id]
    others = []
    for objection in objections:
        of = form.fields.get(objection.field) or agreement.dossier_form.fields.get(objection.field)
        asked = asked_field(objection, of)
        label = asked.label if asked else objection.member or objection.field
        sentence = objection_text(objection, label, say=gettext, show=day)
        if not page.refuse(objection, sentence):
            others.append(f"{place_of(objection, of)}: {sentence}" if of else sentence)
    return others


def _page(agreement: Agreement, form: Form, page: AnswerForm, key: str) -> dict[str, Any]:
    required = form.required | {of.id for of in form.fields.values() if of.required_before}
    languages = languages_of(form, agreement.languages)
    asked = request.args.get(_LANGUAGE, "")
    return {
        "agreement": agreement,
        "agreed": form,
        "form": page,
        "key": key,
        "required": required,
        "languages": {code: language_name(code) for code in languages},
        "language": asked if asked in languages else languages[0],
    }
