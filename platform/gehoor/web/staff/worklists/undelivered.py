"""The messages that did not go out, of all departments where somebody works."""

from __future__ import annotations

from flask import Blueprint, render_template

from gehoor.services.projection.projection import reading_projection
from gehoor.services.search.undelivered import MOST, undelivered_for
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow

pages = Blueprint("undelivered", __name__, url_prefix="/medewerker")


@pages.get("/berichten")
@allow(Policy.STAFF)
def messages() -> str:
    """Show which messages did not go out, and why."""
    with reading_projection(site().runtime) as register:
        found = undelivered_for(site().runtime, register, me(), now())
    return render_template("staff/undelivered.html", found=found, most=MOST)
