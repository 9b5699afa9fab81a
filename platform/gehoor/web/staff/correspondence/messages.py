"""Writing back to someone who follows their dossier with a code: the answers of staff."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.services.correspondence.conversation import write_back
from gehoor.services.correspondence.texts import LONGEST, TextRefusedError
from gehoor.web.display.message_refusals import refusal_text
from gehoor.web.forms.typed_before import forget_typed, keep_sent
from gehoor.web.request.form_keys import Purpose, key_sent
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.staff.correspondence.messages_page import MESSAGE, Refused, messages_page

pages = Blueprint("messages", __name__, url_prefix="/medewerker/dossiers")


@pages.get("/<dossier_id>/berichten")
@allow(Policy.DOSSIER)
def show(dossier_id: str) -> str:  # noqa: ARG001 - the policy opens the dossier
    """Show what was written and said, by itself."""
    return messages_page()


@pages.post("/<dossier_id>/berichten")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def write(dossier_id: str) -> str | Response | tuple[str, int]:
    """Take in an answer."""
    text = request.form.get("bericht", "")
    key = key_sent(Purpose.MESSAGE, dossier_id, me().name)
    try:
        write_back(site().runtime, dossier_id, text, key, now(), me().name)
    except TextRefusedError as refusal:
        return messages_page(Refused("bericht", refusal_text(refusal), "bericht", {"bericht": text})), 422
    forget_typed(dossier_id, MESSAGE.form)
    return redirect(
        url_for(".show", dossier_id=dossier_id, _anchor="berichten", bewaard=opened_dossier().mark),
        303,
    )


@pages.post("/<dossier_id>/berichten/onbewaard")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def keep_typed(dossier_id: str) -> Response:
    """Keep what was typed of an answer so far, for whoever types it alone; tell when."""
    return keep_sent(dossier_id, MESSAGE, opened_dossier().agreement.time_zone, LONGEST)


@pages.post("/<dossier_id>/berichten/onbewaard/weg")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def throw_away(dossier_id: str) -> Response:
    """Throw away what was typed and not sent."""
    forget_typed(dossier_id, MESSAGE.form)
    return redirect(url_for(".show", dossier_id=dossier_id, _anchor="berichten"), 303)
