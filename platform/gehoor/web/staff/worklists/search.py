"""Searching from the header of every page for staff, and switching off its key."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.services.search.dossier_access import may_break_glass
from gehoor.services.search.search import all_found, search
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.staff.worklists.list_files import FILE_NAMES, list_file, offer
from gehoor.web.staff.worklists.worklist import SLASH_COOKIE, my_agreements

pages = Blueprint("searching", __name__, url_prefix="/medewerker")

_A_YEAR: Final = timedelta(days=365)


@pages.get("/zoeken")
@allow(Policy.STAFF)
def search_page() -> str:
    """Show what was found for what was typed."""
    typed = _typed()
    page = min(max(1, request.args.get("bladzijde", 1, type=int)), 1000)
    found = search(site().runtime, me(), typed, now(), page) if typed else None
    # Offered whether or not there is such a dossier: it tells nothing.
    breaking = may_break_glass(site().runtime, me(), now()) if found and not found.total else ()
    return render_template(
        "staff/search.html",
        searched=typed,
        found=found,
        page=page,
        breaking=breaking,
        offer=offer([f"{one.organisation}/{one.department}" for one in my_agreements()]) if found else None,
        files=[
            (name, url_for("searching.found_as_file", q=typed, kind=kind))
            for kind, name in FILE_NAMES.items()
        ],
    )


@pages.get("/zoeken.<kind>")
@allow(Policy.COUNTS, Action.EXPORT_DOSSIERS)
def found_as_file(kind: str) -> Response | tuple[str, int]:
    """Give all that was found for what was typed as a file."""
    typed = _typed()
    found = all_found(site().runtime, me(), typed, now()) if typed else []
    return list_file(
        kind, url_for("searching.search_page", q=typed), lambda _most: (len(found), found), [_("Gezocht")]
    )


def _typed() -> str:
    return " ".join(request.args.get("q", "").split())[:200]


@pages.post("/sneltoets")
@allow(Policy.STAFF)
def slash_key() -> Response:
    """Switch the slash key on or off, in this browser."""
    answer = redirect(url_for(".search_page"), 303)
    off = request.form.get("sneltoets") == "uit"
    answer.set_cookie(
        SLASH_COOKIE,
        "uit" if off else "aan",
        max_age=_A_YEAR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path=current_app.config["SESSION_COOKIE_PATH"] or "/",
    )
    return answer
