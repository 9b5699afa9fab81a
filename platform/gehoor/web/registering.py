"""The page on which staff register what someone tells, and what they see once they did."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, jsonify, render_template, request
from werkzeug.wrappers import Response

from gehoor.core.actions import Action
from gehoor.core.agreement import DOSSIER_FORM, Agreement
from gehoor.core.fields import Field
from gehoor.services.answers import RefusedError, filled_in
from gehoor.services.earlier import earlier, told_before
from gehoor.services.opening import Opening, open_dossier, sent_before
from gehoor.services.register import reading
from gehoor.services.rights import opening_rights
from gehoor.web.answer_fields import ONE_MORE, PREFIX, AnswerForm
from gehoor.web.attaching import receive, takes_files
from gehoor.web.policies import Policy, allow
from gehoor.web.proposing import SEEN, filled_in_by, proposal_in
from gehoor.web.public import agreement_in_force, refuse
from gehoor.web.register_groups import grouped, needed_at_opening
from gehoor.web.registered import show_registered
from gehoor.web.sessions import me
from gehoor.web.site import now, site

pages = Blueprint("registering", __name__, url_prefix="/medewerker")

_KEY: Final = "sleutel"
_PROPOSE: Final = "stel-voor"
_ANYWAY: Final = "toch"
"""The button that registers although nearly the same was told before."""


@dataclass(frozen=True)
class Desk:
    """Where somebody registers: the agreement in force, and what is asked of them there, in the order of the page."""

    agreement: Agreement
    fields: tuple[Field, ...]
    required: frozenset[str]

    @property
    def place(self) -> tuple[str, str]:
        """Return the organisation and the department."""
        return self.agreement.organisation, self.agreement.department


def desk(organisation: str, department: str) -> Desk:
    """Return where whoever is signed in registers for a department."""
    agreement = agreement_in_force(organisation, department)
    with reading(site().runtime.store) as register:
        rights = opening_rights(agreement, me().name, register.accounts())
    asked = {
        of.id: of
        for of in agreement.dossier_form.fields.values()
        if of.at_opening and of.id not in rights.unchangeable
    }
    required = needed_at_opening(agreement, asked.values())
    order = grouped(agreement, asked.values(), required).order
    return Desk(agreement, tuple(asked[name] for name in order), required)


@pages.get("/<organisation>/<department>/registreren")
@allow(Policy.DEPARTMENT, Action.REGISTER)
def begin(organisation: str, department: str) -> str:
    """Show the page to register on."""
    at = desk(organisation, department)
    form = at.agreement.dossier_form
    proposed = filled_in(at.agreement, form, me().full_name, now())
    return _page(at, AnswerForm(at.agreement, at.fields, stored=proposed), secrets.token_urlsafe(24))


@pages.post("/<organisation>/<department>/registreren")
@allow(Policy.DEPARTMENT, Action.REGISTER)
@takes_files
def register_message(organisation: str, department: str) -> str | Response | tuple[str, int]:
    """Register what someone told, wrote or put in the box."""
    at = desk(organisation, department)
    proposal = proposal_in(at.agreement, request.form)
    proposes = _PROPOSE in request.form
    page = AnswerForm(
        at.agreement, at.fields, sent=filled_in_by(proposal, request.form) if proposes else request.form
    )
    key = request.form.get(_KEY, "") or secrets.token_urlsafe(24)
    received = receive(page, key, {})
    if proposes or page.grow(request.form.get(ONE_MORE, "")):
        received.keep(page)
        refuse(page, at.agreement, DOSSIER_FORM, received.objections)
        return _page(at, page, key, proposes=proposes)
    opening = Opening(
        *at.place,
        DOSSIER_FORM,
        page.answers(),
        key,
        me().name,
        me().full_name,
        tuple(received.files),
        proposal.proposed,
    )
    # Sent by a double click or the button to go back, it was looked at before.
    hold_on = {} if received.objections or sent_before(site().runtime, opening) else _hold_on(at, page)
    if hold_on:
        received.keep(page)
        return _page(at, page, key, **hold_on)
    try:
        if received.objections:
            raise RefusedError([])
        receipt = open_dossier(site().runtime, opening, now())
    except RefusedError as refusal:
        received.keep(page)
        objections = [*received.objections, *refusal.objections]
        others = refuse(page, at.agreement, DOSSIER_FORM, objections)
        return _page(at, page, key, others=others), 422
    return show_registered(at.agreement, receipt, page.answers())


@pages.post("/<organisation>/<department>/registreren/eerder")
@allow(Policy.DEPARTMENT, Action.REGISTER)
def hint(organisation: str, department: str) -> Response:
    """Say whether who is being typed told something before, as far as whoever asks may know."""
    at = desk(organisation, department)
    found = earlier(
        site().runtime, at.agreement, me(), AnswerForm(at.agreement, at.fields, sent=request.form).answers()
    )
    return jsonify(total=found.total, html=render_template("staff/earlier.html", earlier=found))


def _hold_on(at: Desk, page: AnswerForm) -> dict[str, Any]:
    """Return what has to be looked at first: a proposal that nobody saw yet, or nearly the same story."""
    answers, fields = page.answers(), at.agreement.dossier_form.fields
    if any(answers.get(name) in ("", []) and not fields[name].show_if for name in at.required):
        return {}  # What is missing is told first.
    proposed = proposal_in(at.agreement, request.form).proposed
    kind = at.agreement.field_for("message-kind")
    if proposed and kind in answers and proposed.kind not in (answers[kind], request.form.get(SEEN)):
        return {"differs": True}
    if _ANYWAY not in request.form:
        same = told_before(site().runtime, at.agreement, me(), answers, now())
        return {"same": same} if same else {}
    return {}


def _page(at: Desk, page: AnswerForm, key: str, **more: Any) -> str:
    agreement, groups = at.agreement, grouped(at.agreement, at.fields, at.required)
    return render_template(
        "staff/register.html",
        agreement=agreement,
        agreed=agreement.dossier_form,
        form=page,
        key=key,
        required=at.required,
        groups=groups,
        wrong=any(page.stands_out(name) for name in groups.more),
        proposal=proposal_in(agreement, request.form),
        answered=request.form,
        ids={meaning: f"{PREFIX}{name}" for meaning, name in agreement.meanings.items() if name in page},
        anyway=_ANYWAY in request.form,
        **more,
    )
