"""Who opened a dossier, and when: for those whom the agreement lets read that."""

from __future__ import annotations

from flask import Blueprint, render_template

from gehoor.core.agreement.actions import Action
from gehoor.services.access.access_log import MOST, readers_of
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier

pages = Blueprint("readers", __name__, url_prefix="/medewerker/dossiers")


@pages.get("/<dossier_id>/inzage")
@allow(Policy.DOSSIER, Action.READ_ACCESS_LOG)
def show(dossier_id: str) -> str:
    """Show who opened a dossier, the latest first."""
    opened, found = opened_dossier(), readers_of(site().runtime, dossier_id, now())
    return render_template(
        "staff/readers.html",
        dossier=opened.dossier,
        agreement=opened.agreement,
        found=found[:MOST],
        total=len(found),
    )
