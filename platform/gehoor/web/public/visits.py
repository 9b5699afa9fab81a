"""The visit of a browser to one dossier: opened with a follow-up code, so that a message does not ask it again."""

from __future__ import annotations

from flask import session

from gehoor.services.intake.visits import begin_visit, end_visit, visited
from gehoor.web.request.site import now, site

_TOKEN = "visit"  # noqa: S105


def open_visit(dossier: str) -> None:
    """Let this browser look at a dossier for a while; an earlier visit ends."""
    close_visit()
    session[_TOKEN] = begin_visit(site().runtime, dossier, now())


def visited_dossier() -> str | None:
    """Return the dossier that this browser may look at now."""
    token = session.get(_TOKEN)
    return visited(site().runtime, token, now()) if token else None


def close_visit() -> None:
    """End the visit, here and on the server."""
    token = session.pop(_TOKEN, None)
    if token:
        end_visit(site().runtime, token)
