"""Leaving at once: who sits here next finds no open visit, and nothing that was half filled in or just sent."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from gehoor.services.intake.unsent_forms import forget
from gehoor.web.public.receipts import drop_receipt
from gehoor.web.public.unsent_tokens import drop_all
from gehoor.web.public.visits import close_visit
from gehoor.web.request.agreement_in_force import agreement_in_force
from gehoor.web.request.site import now, site
from gehoor.web.security.origin_check import led_here
from gehoor.web.security.policies import Policy, allow

pages = Blueprint("leaving", __name__)


@pages.post("/weg")
@allow(Policy.PUBLIC)
def leave() -> Response:
    """End the visit and wipe what was not sent. The script behind "Verlaat deze pagina" asks it on its way out."""
    _wipe()
    return Response(status=204)


@pages.get("/weg/<organisation>/<department>")
@allow(Policy.PUBLIC)
def go(organisation: str, department: str) -> AnyResponse:
    """Do the same for who has no script, and lead to the website that the department agreed on."""
    danger = agreement_in_force(organisation, department).danger
    if danger is None or not danger.exit_to:
        abort(404)
    # A link on somebody else's page leads on too, and wipes nothing.
    if led_here():
        _wipe()
    return redirect(danger.exit_to)


def _wipe() -> None:
    close_visit()
    drop_receipt()
    for token in drop_all():
        forget(site().runtime, token, now(), sent=False)
