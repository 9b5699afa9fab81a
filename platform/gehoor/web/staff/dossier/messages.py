"""Writing back to someone who follows their dossier with a code: the answers of staff."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.services.correspondence.conversation import TextRefusedError, write_back
from gehoor.web.display.message_refusals import refusal_text
from gehoor.web.request.form_keys import Purpose, key_sent
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier

pages = Blueprint("messages", __name__, url_prefix="/medewerker/dossiers")


@pages.route("/<dossier_id>/berichten", methods=["GET", "POST"])
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def write(dossier_id: str) -> str | Response | tuple[str, int]:
    """Show the conversation by itself, and take in an answer."""
    opened = opened_dossier()

    def page(text: str = "", refused: str = "") -> str:
        return render_template(
            "staff/messages.html",
            agreement=opened.agreement,
            dossier=opened.dossier,
            text=text,
            refused=refused,
        )

    if request.method != "POST":
        return page()
    text = request.form.get("bericht", "")
    key = key_sent(Purpose.MESSAGE, dossier_id, me().name)
    try:
        write_back(site().runtime, dossier_id, text, key, now(), me().name)
    except TextRefusedError as refusal:
        return page(text, refusal_text(refusal)), 422
    return redirect(url_for("dossiers.show", dossier_id=dossier_id, bewaard=1, _anchor="berichten"), 303)
