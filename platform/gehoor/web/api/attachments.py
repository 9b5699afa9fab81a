"""Attached files of a dossier: given, and added to one of its fields."""

from __future__ import annotations

import io
from typing import Any, Final

from flask import Response, abort, send_file
from flask_babel import lazy_gettext

from gehoor.core.agreement.actions import Action
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.recording.attachments import content_of
from gehoor.web.api.bodies import unknown
from gehoor.web.api.dossier_shown import files_shown
from gehoor.web.api.faults import fault, refused, refusing
from gehoor.web.api.files import FilesSent, files_sent
from gehoor.web.api.once import once, sent_as
from gehoor.web.api.operations import answered, operation, pages
from gehoor.web.forms.uploads import takes_files
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.security.text_room import text_room

TAG: Final = "attachments"


@pages.get("/dossiers/<dossier_id>/attachments")
@allow(Policy.DOSSIER, Action.READ_ATTACHMENTS)
@operation(summary=lazy_gettext("De bijlagen van een dossier"), tag=TAG, gives="Files")
def list_attachments(dossier_id: str) -> Response:  # noqa: ARG001 - the policy opens the dossier
    """Return which files stand in a dossier."""
    return answered({"attachments": files_shown(opened_dossier())})


@pages.get("/dossiers/<dossier_id>/attachments/<file_id>")
@allow(Policy.DOSSIER, Action.READ_ATTACHMENTS)
@operation(
    summary=lazy_gettext("Een bijlage zelf"), tag=TAG, media="application/octet-stream", gives="Content"
)
def read_attachment(dossier_id: str, file_id: str) -> Response:
    """Give one file that stands in a dossier, among the answers that are shown."""
    known = next((file for file in files_shown(opened_dossier()) if file["id"] == file_id), None)
    content = content_of(site().runtime, dossier_id, file_id) if known else None
    if known is None or content is None:
        abort(404)
    answer = send_file(
        io.BytesIO(content),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=known["name"],
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _taken_again(_dossier: str, dossier_id: str, field: str) -> Response:
    return _taken(_received(dossier_id, field))


@pages.post("/dossiers/<dossier_id>/attachments/<field>")
@allow(Policy.DOSSIER, Action.FILL_IN)
@operation(
    summary=lazy_gettext("Bijlagen toevoegen bij een veld"),
    tag=TAG,
    status=201,
    gives="NewFiles",
    only_files=True,
    once=True,
    refuses=(400, 409, 413, 422),
)
@takes_files
@text_room(request=None)
@once(_taken_again)
def add_attachments(dossier_id: str, field: str) -> Response:
    """Add files to a field of a dossier."""
    opened = opened_dossier()
    received = _received(dossier_id, field)
    if not received.files:
        raise refused([fault(f"/{field}", "missing", lazy_gettext("Verstuur hier minstens één bestand."))])
    filling = Filling(
        dossier_id, received.answers, opened.dossier.version, me().name, sent_as(), received.files
    )
    with refusing(opened.agreement, at=""):
        fill_in(site().runtime, filling, now())
    return _taken(received)


def _received(dossier_id: str, field: str) -> FilesSent:  # noqa: ARG001 - the policy opens the dossier
    opened = opened_dossier()
    seen = {
        name: of
        for name, of in opened.agreement.dossier_form.fields.items()
        if of.type.takes_files and name not in opened.rights.unseen
    }
    if field not in seen:
        raise refused([unknown(field, seen, "")], 404)
    with refusing(opened.agreement, at=""):
        return files_sent(opened.agreement, [seen[field]], opened.dossier.values)


def _taken(received: FilesSent) -> Response:
    files: list[dict[str, Any]] = [file.value for file in received.files]
    return answered({"attachments": files}, 201)
