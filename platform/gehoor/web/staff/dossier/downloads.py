"""An attached file, for who may see the dossier: always saved, never opened in the page's own place."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, Response, abort, send_file

from gehoor.core.agreement.actions import Action
from gehoor.services.recording.attachments import content_of, files_in
from gehoor.web.forms.uploads import as_preview
from gehoor.web.request.site import site
from gehoor.web.security.policies import Policy, allow, opened_dossier

pages = Blueprint("downloads", __name__, url_prefix="/medewerker/dossiers")


@pages.get("/<dossier_id>/bijlagen/<file_id>/klein")
@allow(Policy.DOSSIER, Action.READ_ATTACHMENTS)
def preview(dossier_id: str, file_id: str) -> Response:
    """Give a small picture of a photo that stands in a dossier, among the answers that are shown."""
    return as_preview(*_found(dossier_id, file_id))


@pages.get("/<dossier_id>/bijlagen/<file_id>")
@allow(Policy.DOSSIER, Action.READ_ATTACHMENTS)
def attachment(dossier_id: str, file_id: str) -> Response:
    """Give one file that stands in a dossier, among the answers that are shown."""
    known, content = _found(dossier_id, file_id)
    answer = send_file(
        io.BytesIO(content), mimetype=known["type"], as_attachment=True, download_name=known["name"]
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _found(dossier_id: str, file_id: str) -> tuple[dict[str, Any], bytes]:
    opened = opened_dossier()
    known = files_in(opened.agreement.dossier_form.fields, opened.decision.values).get(file_id)
    content = content_of(site().runtime, dossier_id, file_id) if known else None
    if known is None or content is None:
        abort(404)
    return known, content
