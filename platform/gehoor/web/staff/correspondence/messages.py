"""Writing back to someone who follows their dossier with a code: the answers of staff."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.services.correspondence.conversation import TextRefusedError, write_back
from gehoor.services.correspondence.letters import letters_of
from gehoor.web.display.message_refusals import refusal_text
from gehoor.web.request.form_keys import Purpose, key_sent
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier

pages = Blueprint("messages", __name__, url_prefix="/medewerker/dossiers")


@pages.get("/<dossier_id>/berichten")
@allow(Policy.DOSSIER)
def show(dossier_id: str) -> str:  # noqa: ARG001 - the policy opens the dossier
    """Show what was written to and fro, by itself."""
    return _page()


@pages.post("/<dossier_id>/berichten")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def write(dossier_id: str) -> str | Response | tuple[str, int]:
    """Take in an answer."""
    text = request.form.get("bericht", "")
    key = key_sent(Purpose.MESSAGE, dossier_id, me().name)
    try:
        write_back(site().runtime, dossier_id, text, key, now(), me().name)
    except TextRefusedError as refusal:
        return _page(text, refusal_text(refusal)), 422
    return redirect(url_for("dossiers.show", dossier_id=dossier_id, bewaard=1, _anchor="berichten"), 303)


def _page(text: str = "", refused: str = "") -> str:
    opened = opened_dossier()
    return render_template(
        "staff/messages.html",
        opened=opened,
        agreement=opened.agreement,
        dossier=opened.dossier,
        letters=letters_of(opened.agreement, opened.dossier, opened.decision, opened.rights),
        text=text,
        refused=refused,
    )
