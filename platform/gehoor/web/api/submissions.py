"""What somebody tells from outside, by a program that acts for a department: the forms that are for everyone."""

from __future__ import annotations

from typing import Final

from flask import Response, abort
from flask_babel import lazy_gettext

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.forms.fields import Field
from gehoor.services.correspondence.announcing import acknowledging
from gehoor.services.dossiers.incoming import Opening, Receipt
from gehoor.services.dossiers.opening import open_dossier, sent_before
from gehoor.services.register.register import reading
from gehoor.web.api.bodies import refuse_other_kinds, refuse_unknown, sent_body
from gehoor.web.api.faults import refusing
from gehoor.web.api.files import files_sent
from gehoor.web.api.once import once, sent_as
from gehoor.web.api.operations import answered, operation, pages
from gehoor.web.api.shapes import closed
from gehoor.web.forms.uploads import takes_files
from gehoor.web.request.agreement_in_force import agreement_in_force
from gehoor.web.request.languages import asked
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room

TAG: Final = "submissions"


def _submitted_again(dossier: str, **_parts: str) -> Response:
    earlier = sent_before(site().runtime, sent_as())
    if earlier is not None:
        return _submitted(earlier)
    with reading(site().runtime.store) as register:
        return _submitted(Receipt(dossier, register.dossier(dossier).number))


@pages.post("/organisations/<organisation>/departments/<department>/forms/<form_id>/submissions")
@allow(Policy.DEPARTMENT)
@operation(
    summary=lazy_gettext("Een formulier voor iedereen insturen, namens wie het vertelt"),
    tag=TAG,
    status=201,
    gives="Submitted",
    takes=closed(
        {"answers": {"type": "object"}, "language": {"type": "string", "maxLength": 3}},
        optional=("language",),
    ),
    files=True,
    once=True,
    form="public",
    refuses=(400, 410, 413, 415, 422),
)
@takes_files
@text_room(request=None)
@once(_submitted_again)
def submit(organisation: str, department: str, form_id: str) -> Response:
    """Take in what somebody tells, and give the number and the follow-up code for them."""
    agreement = agreement_in_force(organisation, department)
    fields = public_fields(agreement, form_id)
    body = sent_body()
    refuse_unknown(body["answers"], fields)
    refuse_other_kinds(body["answers"], fields)
    language = body.get("language", asked())
    form = agreement.form_in(form_id, language)
    with refusing(agreement, form):
        received = files_sent(agreement, list(fields.values()), {})
        opening = Opening(
            organisation,
            department,
            form_id,
            {**body["answers"], **received.answers},
            sent_as(),
            files=received.files,
            language=language,
            all_meant=True,
            acknowledging=acknowledging(site().runtime),
        )
        return _submitted(open_dossier(site().runtime, opening, now()))


def public_fields(agreement: Agreement, form_id: str) -> dict[str, Field]:
    """Return what a form for everyone asks. Raises ``NotFound`` for what is no such form."""
    form = agreement.forms.get(form_id)
    if form is None or form_id == DOSSIER_FORM:
        abort(404)
    return {name: of for name, of in form.fields.items() if not of.read_only}


def _submitted(receipt: Receipt) -> Response:
    # Whether that dossier exists for the program itself, is another matter.
    return answered({"number": receipt.number, **({"code": receipt.code} if receipt.code else {})}, 201)
