"""Opening a dossier in an emergency: by its number, with a reason."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.objections.text_room import SHORT
from gehoor.services.dossiers.break_glass import Emergency, break_glass
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError
from gehoor.web.request.languages import said
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room

pages = Blueprint("emergencies", __name__, url_prefix="/medewerker")


@pages.route("/<organisation>/<department>/in-nood", methods=["GET", "POST"])
@allow(Policy.DEPARTMENT, Action.BREAK_GLASS)
@text_room(reden=None)
def opening(organisation: str, department: str) -> str | Response | tuple[str, int]:
    """Ask which dossier and why, and open it."""
    number, reason = (
        request.form.get("nummer", request.args.get("nummer", ""))[:60],
        request.form.get("reden", ""),
    )

    def page(**refused: str) -> str:
        return render_template(
            "staff/emergency.html",
            place=(organisation, department),
            number=number,
            reason=reason,
            longest=SHORT,
            refused=refused,
        )

    if request.method != "POST":
        return page()
    wanted = Emergency((organisation, department), number, me().name, reason)
    try:
        dossier = break_glass(site().runtime, wanted, now())
    except RefusedError as refusal:
        first = refusal.objections[0]
        if first.code == "text-too-long":
            return page(reden=said().objections.text(first, say=gettext)), 422
        return page(reden=_("Zeg waarom u dit dossier nu moet zien.")), 422
    except UnknownDossierError:
        return page(nummer=_("Wij vinden hier geen dossier met dit nummer.")), 422
    return redirect(url_for("dossiers.show", dossier_id=dossier.id), 303)
