"""Logging reads: whoever is shown a dossier is in its access log, written once the answer has been sent."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, g, request

from gehoor.core.dossier.access_log import Way
from gehoor.services.access.access_log import log_access
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import opened_dossier

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
        if "opened" in g and request.method != "HEAD" and answer.status_code not in _SHOWED_NOTHING:
            opened, reader, at, runtime = opened_dossier(), me().name, now(), site().runtime
            way = _WAYS.get(request.endpoint or "", Way.PAGE)
            zone = opened.agreement.time_zone
            answer.call_on_close(lambda: log_access(runtime, opened.dossier.id, reader, way, at, zone))
        return answer
