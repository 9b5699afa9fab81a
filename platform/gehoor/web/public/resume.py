"""Going on later: a form that is not finished stays under a code that is told once."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.services.intake.unsent_forms import open_unsent, save_for_later
from gehoor.web.public.form_lookup import form_of, shared, to
from gehoor.web.public.unsent_tokens import drop_token, hold_token, token_of
from gehoor.web.request.agreement_in_force import agreement_in_force
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.rate_limits import limited

pages = Blueprint("resuming", __name__)

_SAVED = "saved"


@pages.post("/<organisation>/<department>/<form_id>/bewaren")
@allow(Policy.PUBLIC)
def save(organisation: str, department: str, form_id: str) -> Response:
    """Let the form stay that this browser is filling in."""
    return let_stay(agreement_in_force(organisation, department), form_id)


def let_stay(agreement: Agreement, form_id: str) -> Response:
    """Let a form stay, and lead to its code. The browser lets go of it: who sits here next finds nothing."""
    names = (agreement.organisation, agreement.department, form_id)
    saved = save_for_later(site().runtime, token_of(*names), now())
    if saved is None:
        return redirect(to("telling.start", agreement, form_id=form_id, weg=1), 303)
    drop_token(*names)
    session[_SAVED] = {"code": saved[0], "until": instant_text(saved[1])}
    return redirect(to("resuming.saved", agreement, form_id=form_id), 303)


@pages.get("/<organisation>/<department>/<form_id>/bewaard")
@allow(Policy.PUBLIC)
def saved(organisation: str, department: str, form_id: str) -> str | Response:
    """Show the code to go on with, once."""
    agreement = agreement_in_force(organisation, department)
    form = form_of(agreement, form_id)
    shown = session.pop(_SAVED, None)
    if shown is None:
        return redirect(url_for("resuming.resume"))
    until = parse_instant(shown["until"]).astimezone(ZoneInfo(agreement.time_zone))
    # What stands after # is not sent to a server, so it is in no log.
    address = f"{site().runtime.home}{url_for('.resume')}#{shown['code']}"
    return render_template(
        "public/saved.html",
        **shared(agreement, form),
        code=shown["code"],
        until=until.date(),
        address=address,
    )


@pages.route("/verder", methods=["GET", "POST"])
@allow(Policy.PUBLIC)
@limited(300, in_vain=True)
def resume() -> str | Response | tuple[str, int]:
    """Go on with a form by its code. Wrong and expired codes get the same answer."""
    if request.method != "POST":
        return render_template("public/resume.html", wrong=False)
    code = request.form.get("code", "")
    unsent = open_unsent(site().runtime, code, now())
    if unsent is None:
        return render_template("public/resume.html", wrong=True), 422
    names = (unsent.organisation, unsent.department, unsent.form)
    hold_token(*names, code)
    agreement = agreement_in_force(unsent.organisation, unsent.department)
    address = url_for(
        "stepping.check",
        organisation=unsent.organisation,
        department=unsent.department,
        form_id=unsent.form,
        taal=unsent.language if unsent.language in agreement.languages[1:] else None,
    )
    return redirect(address, 303)
