"""The pages for everyone: which departments there are, what a complaint is there, and the poster that says so."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.services.access.manned import is_manned, is_open
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.register.register import reading
from gehoor.web.display.own_words import organisation_called
from gehoor.web.request.agreement_in_force import agreement_in_force
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow

pages = Blueprint("public", __name__)


@pages.get("/")
@allow(Policy.PUBLIC)
def home() -> str:
    """Show the organisations and departments to choose from."""
    with reading(site().runtime.store) as register:
        found = all_in_force(register, site().runtime.library, register.published_departments(), now())
        staff = site().runtime.staff.of(register, now())
    organisations: dict[str, list[Agreement]] = {}
    for one in found:
        if one.ended:
            continue
        organisations.setdefault(organisation_called(one.agreement), []).append(one.agreement)
    closed = {one.agreement.hash for one in found if not is_manned(one.agreement, staff)}
    return render_template("public/home.html", organisations=organisations, closed=closed)


@pages.get("/<organisation>/<department>/")
@allow(Policy.PUBLIC)
def department(organisation: str, department: str) -> str:
    """Show what a department has agreed, in its own words."""
    agreement = agreement_in_force(organisation, department)
    terms = [term for term in agreement.terms.values() if term.public]
    is_closed = not is_open(site().runtime, agreement, now())
    forms = [] if is_closed else public_forms(agreement)
    return render_template(
        "public/department.html", agreement=agreement, terms=terms, forms=forms, is_closed=is_closed
    )


@pages.get("/<organisation>/<department>/affiche")
@allow(Policy.PUBLIC)
def poster(organisation: str, department: str) -> str:
    """Show a poster to print, with a QR code that leads to the department's page."""
    agreement = agreement_in_force(organisation, department)
    path = url_for(".department", organisation=organisation, department=department)
    return render_template("public/poster.html", agreement=agreement, address=f"{site().runtime.home}{path}")


def public_forms(agreement: Agreement) -> list[str]:
    """Return the forms for people outside: every form but the dossier itself."""
    return [name for name in agreement.forms if name != DOSSIER_FORM]
