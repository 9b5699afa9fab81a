"""Who opened a dossier, and when: for those whom the agreement lets read that."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.access_log import refused_action
from gehoor.services.access.access_log import MOST, readers_of
from gehoor.services.accounts.absence import first_instant, instant_after
from gehoor.web.display.absences import typed_day
from gehoor.web.request.languages import said
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier

pages = Blueprint("readers", __name__, url_prefix="/medewerker/dossiers")


@pages.get("/<dossier_id>/inzage")
@allow(Policy.DOSSIER, Action.READ_ACCESS_LOG)
def show(dossier_id: str) -> str:
    """Show who opened a dossier, the latest first, in a period."""
    opened = opened_dossier()
    asked = {name: request.args.get(name, "").strip() for name in ("van", "tot")}
    first, last, zone = typed_day(asked["van"]), typed_day(asked["tot"]), opened.agreement.time_zone
    span = (first_instant(first, zone) if first else "", instant_after(last, zone) if last else "")
    found = readers_of(site().runtime, dossier_id, now(), span)
    return render_template(
        "staff/readers.html",
        dossier=opened.dossier,
        agreement=opened.agreement,
        found=found[:MOST],
        total=len(found),
        asked=asked,
        refused={one.access.way: _refused(one.access.way) for one in found[:MOST]},
    )


def _refused(way: str) -> str | None:
    """Return what was refused, in words: empty where the page named nothing; None for a reading."""
    action = refused_action(way)
    return said().actions.names[Action(action)] if action else action
