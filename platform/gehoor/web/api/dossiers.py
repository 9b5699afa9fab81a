"""Dossiers: which there are, one of them, a new one, and a change of its answers."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.forms.fields import Field
from gehoor.core.objections.text_room import SHORT
from gehoor.services.access.rights import opening_rights
from gehoor.services.dossiers.editing import EditConflictError, Filling, fill_in
from gehoor.services.dossiers.incoming import Opening, Receipt
from gehoor.services.dossiers.opening import open_dossier, sent_before
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.register.register import reading
from gehoor.services.search.dossier_access import dossier_for
from gehoor.services.search.worklist import work_list
from gehoor.web.api.bodies import refuse_other_kinds, refuse_unknown, sent_body, sent_query
from gehoor.web.api.dossier_shown import answers_shown, listed, shown
from gehoor.web.api.faults import ProblemError, fault, member_of, refusing
from gehoor.web.api.files import files_sent
from gehoor.web.api.listing import QUERY, address, wish_in
from gehoor.web.api.once import once, sent_as
from gehoor.web.api.operations import answered, operation, pages
from gehoor.web.api.shapes import closed
from gehoor.web.display.filters import moment
from gehoor.web.forms.uploads import takes_files
from gehoor.web.request.agreement_in_force import agreement_in_force
from gehoor.web.request.problems import problem
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.security.text_room import text_room

TAG: Final = "dossiers"
_ANSWERS: Final = {"type": "object"}


@pages.get("/dossiers")
@allow(Policy.STAFF)
@operation(
    summary=lazy_gettext("De dossiers van de werklijst, bladzijde per bladzijde"),
    tag=TAG,
    gives="Dossiers",
    query=QUERY,
    refuses=(400,),
)
def list_dossiers() -> Response:
    """Return a page of the work list of who asks."""
    asked = sent_query()
    found = work_list(site().runtime, me(), now(), wish_in(asked), whole=True)
    body: dict[str, Any] = {"total": found.total, "dossiers": [listed(line) for line in found.lines]}
    beside = {"next": found.after, "previous": found.before}
    links = {name: address(asked, cursor) for name, cursor in beside.items() if cursor}
    told = ", ".join(
        f'<{where}>; rel="{"prev" if name == "previous" else name}"' for name, where in links.items()
    )
    return answered(body | links, headers={"Link": told} if told else None)


@pages.get("/dossiers/<dossier_id>")
@allow(Policy.DOSSIER)
@operation(summary=lazy_gettext("Een dossier"), tag=TAG, gives="Dossier", versioned=False)
def read_dossier(dossier_id: str) -> Response:  # noqa: ARG001 - the policy opens the dossier
    """Return a dossier, as far as it is for who asks."""
    return _told(opened_dossier())


@pages.patch("/dossiers/<dossier_id>")
@allow(Policy.DOSSIER, Action.FILL_IN)
@operation(
    summary=lazy_gettext("Antwoorden in een dossier invullen, wijzigen of wissen (null)"),
    tag=TAG,
    gives="Dossier",
    takes=closed(
        {"answers": _ANSWERS, "reason": {"type": "string", "maxLength": SHORT}}, optional=("reason",)
    ),
    versioned=True,
    form="change",
    refuses=(400, 409, 412, 415, 422, 428),
)
def change_dossier(dossier_id: str) -> Response:
    """Change answers in a dossier, of which the version that was seen is told."""
    opened = opened_dossier()
    version = _version_seen(opened)
    body = sent_body()
    answers = body["answers"]
    fields = opened.agreement.dossier_form.fields
    refuse_unknown(answers, [name for name in fields if name not in opened.rights.unseen])
    refuse_other_kinds(answers, fields)
    given = {name: "" if value is None else value for name, value in answers.items()}
    filling = Filling(
        dossier_id, given, version, me().name, sent_key(), reason=body.get("reason", ""), all_meant=True
    )
    try:
        with refusing(opened.agreement):
            fill_in(site().runtime, filling, now())
    except EditConflictError as conflict:
        raise ProblemError(_conflict(dossier_id, conflict)) from conflict
    return _told(dossier_for(site().runtime, me(), dossier_id, now()))


def _registered_again(dossier: str, **_parts: str) -> Response:
    with reading(site().runtime.store) as register:
        number = register.dossier(dossier).number
    earlier = sent_before(site().runtime, sent_as())
    return _registered(Receipt(dossier, number, earlier.code if earlier else ""))


@pages.post("/organisations/<organisation>/departments/<department>/dossiers")
@allow(Policy.DEPARTMENT, Action.REGISTER)
@operation(
    summary=lazy_gettext("Een dossier registreren, zoals een medewerker dat doet"),
    tag=TAG,
    status=201,
    gives="Registered",
    takes=closed({"answers": _ANSWERS}),
    files=True,
    once=True,
    form="dossier",
    refuses=(400, 410, 413, 415, 422),
)
@takes_files
@text_room(request=None)
@once(_registered_again)
def register_dossier(organisation: str, department: str) -> Response:
    """Register what somebody told."""
    agreement = agreement_in_force(organisation, department)
    asked = registering(agreement)
    given = sent_body()["answers"]
    refuse_unknown(given, asked)
    refuse_other_kinds(given, asked)
    with refusing(agreement):
        received = files_sent(agreement, list(asked.values()), {})
        opening = Opening(
            organisation,
            department,
            DOSSIER_FORM,
            {**given, **received.answers},
            sent_as(),
            me().name,
            me().full_name,
            received.files,
            all_meant=True,
        )
        return _registered(open_dossier(site().runtime, opening, now()))


def registering(agreement: Agreement) -> dict[str, Field]:
    """Return the fields that the account fills in when it registers, as the page for it asks them."""
    with reading(site().runtime.store) as register:
        holders = site().runtime.staff.of(register, now()).holders(agreement.organisation)
    barred = opening_rights(agreement, me().name, holders).unchangeable
    return {
        name: of
        for name, of in agreement.dossier_form.fields.items()
        if of.at_opening and not of.read_only and name not in barred
    }


def sent_key() -> str:
    """Return under what files of this account would wait: none do."""
    return f"api/{me().name}"


def _registered(receipt: Receipt) -> Response:
    body = {
        "id": receipt.dossier,
        "number": receipt.number,
        **({"code": receipt.code} if receipt.code else {}),
    }
    return answered(body, 201, headers={"Location": url_for("api.read_dossier", dossier_id=receipt.dossier)})


def _told(opened: OpenedDossier) -> Response:
    return answered(shown(opened), version=opened.mark)


def _version_seen(opened: OpenedDossier) -> int:
    """Return the version that was seen. Raises ``ProblemError`` where none is told, or one that there is not."""
    if "If-Match" not in request.headers:
        detail = _("Zeg met de kop If-Match welke versie u las: die staat in ETag, en in “version”.")
        raise ProblemError(problem(428, _("Zeg welke versie u las"), detail))
    if request.if_match.star_tag:
        return opened.dossier.version
    seen = [
        opened.version_at(mark)
        for mark in request.if_match.as_set(include_weak=True)
        if mark and mark.startswith("v")
    ]
    if not any(seen):
        detail = _("Deze versie is er niet, of niet meer. Lees het dossier opnieuw.")
        raise ProblemError(problem(412, _("Iemand anders wijzigde dit"), detail))
    return max(seen)


def _conflict(dossier_id: str, conflict: EditConflictError) -> Response:
    opened = dossier_for(site().runtime, me(), dossier_id, now())
    fields, answers = opened.agreement.dossier_form.fields, answers_shown(opened)
    with reading(site().runtime.store) as register:
        who = site().runtime.staff.of(register, now()).full_name(conflict.actor)
    when = moment(conflict.at, opened.agreement.time_zone)
    errors = [
        fault(
            f"/answers{member_of(name)}",
            "conflict",
            _("%(who)s wijzigde dit op %(when)s: %(labels)s.", who=who, when=when, labels=fields[name].label),
            field=name,
            value=answers.get(name),
        )
        for name in conflict.fields
        if name in fields and name not in opened.rights.unseen
    ]
    detail = _("Er is niets bewaard. Lees het dossier opnieuw, en wijzig wat er nu staat.")
    return problem(412, _("Iemand anders wijzigde dit"), detail, errors=errors)
