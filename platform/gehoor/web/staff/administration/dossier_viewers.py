"""Who may see dossiers of a department, for who manages accounts there."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint, abort, render_template, request

from gehoor.services.accounts.absence import zone_of_work
from gehoor.services.register.register import reading
from gehoor.services.search.dossier_viewers import viewers
from gehoor.web.display.absences import shown_absence
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, managed

pages = Blueprint("dossier_viewers", __name__, url_prefix="/medewerker/beheer/inzage")


@pages.get("")
@allow(Policy.MANAGES)
def show() -> str:
    """Show who may see dossiers of a department, by which roles, and of which levels."""
    runtime = site().runtime
    places = {"/".join(place): one for place, one in managed().agreements.items()}
    asked = request.args.get("afdeling") or next(iter(places))
    if asked not in places:
        abort(404)
    agreement = places[asked]
    place = (agreement.organisation, agreement.department)
    found, others = viewers(runtime, place, me().name, now())
    with reading(runtime.store) as register:
        staff = runtime.staff.of(register, now())
        zones = {
            one.account.name: ZoneInfo(zone_of_work(runtime, register, one.account, now())) for one in found
        }
    return render_template(
        "staff/dossier_viewers.html",
        places={key: one.department_name for key, one in places.items()},
        asked=asked,
        agreement=agreement,
        found=found,
        others=others,
        absent={
            name: shown_absence(staff.accounts[name], staff.accounts, zone, now())
            for name, zone in zones.items()
            if name in staff.presence.away
        },
    )
