"""What rules oblige to, settled on the dossier page: duties done or set aside, and approval."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.services.dossiers.duties import Approving, Settling, approve, finish, owe_again, waive
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.staff.handling.term_changes import redo

pages = Blueprint("settling", __name__, url_prefix="/medewerker/dossiers")

_WAYS = {"gedaan": finish, "vervalt": waive, "toch-niet": owe_again}

_ACTIONS = {
    "gedaan": Action.SETTLE_DUTIES,
    "vervalt": Action.WAIVE_DUTIES,
    "toch-niet": Action.SETTLE_DUTIES,
}


@pages.post("/<dossier_id>/plichten/<what>")
@allow(Policy.DOSSIER, by="what", actions=_ACTIONS)
def settle_duty(dossier_id: str, what: str) -> Response | tuple[str, int]:
    """A duty is done, set aside with a reason, or owed again."""
    wanted = Settling(
        dossier=dossier_id,
        duty=request.form.get("plicht", ""),
        actor=me().name,
        why=request.form.get("waarom", ""),
    )
    return redo(dossier_id, lambda: _WAYS[what](site().runtime, wanted, now()))


@pages.post("/<dossier_id>/goedkeuren")
@allow(Policy.DOSSIER)
def give_approval(dossier_id: str) -> Response | tuple[str, int]:
    """Approve what waits for it."""
    wanted = Approving(
        dossier=dossier_id,
        approval=request.form.get("goedkeuring", ""),
        actor=me().name,
        note=request.form.get("opmerking", ""),
        draft=request.form.get("concept", 0, type=int),
    )
    return redo(dossier_id, lambda: approve(site().runtime, wanted, now()))
