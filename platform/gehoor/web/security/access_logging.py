"""Logging reads: whoever is shown a dossier is in its access log, written once the answer has been sent; so is whoever
is refused something in it."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, current_app, g, request

from gehoor.core.dossier.access_log import Way, refused
from gehoor.services.access.access_log import log_access
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import opened_dossier, opened_task, policy_of

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
        is_refused = answer.status_code == 403
        if (shown or is_refused) and (seen := _seen()) is not None:
            dossier, way, zone = seen
            way = refused(_asked_for()) if is_refused else way
            reader, at, runtime = me().name, now(), site().runtime
            answer.call_on_close(lambda: log_access(runtime, dossier, reader, way, at, zone))
        return answer


def _asked_for() -> str:
    """Return the action of the page that was asked for; empty where the page names none."""
    allowed = policy_of(current_app.view_functions[request.endpoint or ""])
    try:
        action = allowed.wanted(request.view_args or {}) if allowed else None
    except KeyError:
        action = None
    return action or ""


def _seen() -> tuple[str, str, str] | None:
    """Return of which dossier something was shown, in which way, and the time zone there; None: of none."""
    if "task" in g:
        return opened_task().dossier_id, Way.TASK, opened_task().agreement.time_zone
    if "opened" in g:
        way = _WAYS.get(request.endpoint or "", Way.PAGE)
        return opened_dossier().dossier.id, way, opened_dossier().agreement.time_zone
    return None
