"""What departments agreed, as programs read it: the canonical agreement in force, and the JSON Schemas of its forms."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from gehoor.core.access.roles import departments_of
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.services.agreements.publications import InForce, all_in_force
from gehoor.services.register.register import reading
from gehoor.services.register.validity import valid_from
from gehoor.web.api.operations import VERSION, answered, operation, pages
from gehoor.web.api.schemas import changing_schema, form_schema, registering_schema
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, may_here

TAG: Final = "agreements"
SCHEMA_MEDIA: Final = "application/schema+json"
CHANGE_FORM: Final = "dossier-change"
"""Under which name the schema stands of what may be changed in a dossier."""


@pages.get("/")
@allow(Policy.STAFF)
@operation(summary=lazy_gettext("Waar wat te vinden is"), tag=TAG, gives="Entry")
def entry() -> Response:
    """Return where all else is."""
    return answered(
        {
            "version": VERSION,
            "client": {"account": me().name, "name": me().full_name},
            "departments": url_for("api.list_departments"),
            "dossiers": url_for("api.list_dossiers"),
            "description": url_for("api.description"),
        }
    )


@pages.get("/departments")
@allow(Policy.STAFF)
@operation(summary=lazy_gettext("De afdelingen waar deze koppeling werkt"), tag=TAG, gives="Departments")
def list_departments() -> Response:
    """Return the departments in which the account works."""
    return answered({"departments": [_department(one) for one in my_departments()]})


@pages.get("/organisations/<organisation>/departments/<department>/agreement")
@allow(Policy.DEPARTMENT, Action.READ_AGREEMENT)
@operation(
    summary=lazy_gettext("De afspraken die nu gelden, zoals ze bewaard zijn"), tag=TAG, gives="Agreement"
)
def read_agreement(organisation: str, department: str) -> Response:
    """Return the agreement in force."""
    found = _in_force(organisation, department)
    with reading(site().runtime.store) as register:
        stored = register.agreement_document(found.agreement.hash)
    if stored is None:
        abort(404)
    return answered(
        {
            "organisation": organisation,
            "department": department,
            "hash": found.agreement.hash,
            "published": found.publication.published_at,
            "by": found.publication.by,
            "valid_from": valid_from(found.publication).isoformat(),
            "agreement": stored[0],
        }
    )


@pages.get("/organisations/<organisation>/departments/<department>/forms/<form_id>/schema")
@allow(Policy.DEPARTMENT)
@operation(
    summary=lazy_gettext("Wat een formulier vraagt, als JSON Schema 2020-12"), tag=TAG, gives="JsonSchema",
    media=SCHEMA_MEDIA,
)  # fmt: skip
def read_schema(organisation: str, department: str, form_id: str) -> Response:
    """Return the schema of a form: that of the dossier as it is registered, of its changes, or one for everyone."""
    agreement = _in_force(organisation, department).agreement
    if form_id == DOSSIER_FORM:
        schema = registering_schema(agreement)
    elif form_id == CHANGE_FORM:
        schema = changing_schema(agreement)
    elif form_id in agreement.forms:
        schema = form_schema(agreement, form_id)
    else:
        abort(404)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return answered(whole, media=SCHEMA_MEDIA)


def my_departments() -> list[InForce]:
    """Return what is in force in the departments in which the account works."""
    with reading(site().runtime.store) as register:
        mine = departments_of(me().roles, register.published_departments())
        return all_in_force(register, site().runtime.library, mine, now())


def _in_force(organisation: str, department: str) -> InForce:
    with reading(site().runtime.store) as register:
        found = all_in_force(register, site().runtime.library, [(organisation, department)], now())
    if not found:
        abort(404)
    return found[0]


def _department(one: InForce) -> dict[str, Any]:
    agreement = one.agreement
    place: dict[str, Any] = {"organisation": agreement.organisation, "department": agreement.department}
    forms = [
        (DOSSIER_FORM, _("Registreren")),
        (CHANGE_FORM, _("Wijzigen")),
        *((form.id, form.title) for form in agreement.forms.values() if form.id != DOSSIER_FORM),
    ]
    return {
        **place,
        "name": agreement.department_name,
        "agreement": agreement.hash,
        "ended": one.ended,
        "may": sorted(action.value for action in Action if _may(agreement, action)),
        "forms": [
            {"form": form, "title": title, "schema": url_for("api.read_schema", **place, form_id=form)}
            for form, title in forms
        ],
    }


def _may(agreement: Agreement, action: Action) -> bool:
    return bool(may_here(agreement.organisation, agreement.department, action.value))
