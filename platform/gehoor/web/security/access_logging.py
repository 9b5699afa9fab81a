"""Logging reads: whoever is shown a dossier is in its access log, written once the answer has been sent."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, g, request

from gehoor.core.dossier.access_log import Way
from gehoor.services.access.access_log import log_access
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import opened_dossier, opened_task

_WAYS: Final = {
    "printing.dossier": Way.PRINT,
    "downloads.attachment": Way.ATTACHMENT,
    "readers.show": Way.ACCESS_LOG,
}
_SHOWED_NOTHING: Final = (204, 301, 302, 303, 304, 400, 403, 404, 405)


def install(app: Flask) -> None:
    """Log what the policy of a page opened, of every page about a dossier that showed something."""

    @app.after_request
    def log(answer: Response) -> Response:
        # What fails here must not fail a page, and nobody waits for the disk.
        shown = request.method != "HEAD" and answer.status_code not in _SHOWED_NOTHING
        if shown and (seen := _seen()) is not None:
            dossier, way, zone = seen
            reader, at, runtime = me().name, now(), site().runtime
            answer.call_on_close(lambda: log_access(runtime, dossier, reader, way, at, zone))
        return answer


def _seen() -> tuple[str, Way, str] | None:
    """Return of which dossier something was shown, in which way, and the time zone there; None: of none."""
    if "task" in g:
        return opened_task().dossier_id, Way.TASK, opened_task().agreement.time_zone
    if "opened" in g:
        way = _WAYS.get(request.endpoint or "", Way.PAGE)
        return opened_dossier().dossier.id, way, opened_dossier().agreement.time_zone
    return None
