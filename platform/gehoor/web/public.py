"""The pages for everyone: which departments there are, what a complaint is there, and how far it is."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from gehoor.core.agreement import DOSSIER_FORM, Agreement
from gehoor.core.forms import Form
from gehoor.core.objection_texts import asked_field, objection_text, place_of
from gehoor.core.objections import Objection
from gehoor.services.following import dossier_of_code, follow
from gehoor.services.publications import all_in_force
from gehoor.services.register import reading
from gehoor.web.answer_fields import AnswerForm
from gehoor.web.limits import limited
from gehoor.web.policies import Policy, allow
from gehoor.web.site import now, site

pages = Blueprint("public", __name__)


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
        sentence = objection_text(objection, asked.label if asked else objection.member or objection.field)
        if not page.refuse(objection, sentence):
            others.append(f"{place_of(objection, of)}: {sentence}" if of else sentence)
    return others
