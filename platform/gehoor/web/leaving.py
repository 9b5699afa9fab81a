"""Leaving at once: who sits here next finds no open visit, and nothing that was half filled in."""

from __future__ import annotations

from flask import Blueprint, Response

from gehoor.services.unsent import forget
from gehoor.web.policies import Policy, allow
from gehoor.web.site import now, site
from gehoor.web.unsent_tokens import drop_all
from gehoor.web.visits import close_visit

pages = Blueprint("leaving", __name__)


@pages.post("/weg")
@allow(Policy.PUBLIC)
def leave() -> Response:
    """End the visit and wipe what was not sent. The script behind "Verlaat deze pagina" asks it on its way out."""
    close_visit()
    for token in drop_all():
        forget(site().runtime, token, now(), sent=False)
    return Response(status=204)
