"""Giving somebody access to what is kept about them: asked on a page, given as one file to read and pass on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.disclosure.finding import Person
from gehoor.services.disclosure.person import about_person, gives_access, not_looked_in
from gehoor.services.disclosure.report import PARTIES, files_of
from gehoor.services.register.library import NothingPublishedError
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room

pages = Blueprint("disclosure", __name__, url_prefix="/medewerker/inzage")


@pages.get("")
@allow(Policy.STAFF)
def show() -> str:
    """Ask about whom it is, and for whom."""
    return _page()


@pages.post("")
@allow(Policy.STAFF)
@text_room(naam=200)
def give() -> Response | tuple[str, int]:
    """Give what is kept about somebody, as a zip file."""
    asked = {name: request.form.get(name, "").strip() for name in ("naam", "email", "telefoon", "gebruiker")}
    who, part = Person(*asked.values()), request.form.get("voor", "")
    if who == Person() or part not in PARTIES:
        return _page(_("Zeg over wie het gaat, en voor wie het is.")), 422
    try:
        organisation = request.form.get("organisatie", "")
        found = about_person(site().runtime, organisation, who, PARTIES[part], me().name, now())
        elsewhere = not_looked_in(site().runtime, organisation, me().name, now())
    except (NothingPublishedError, NotAllowedError) as error:
        raise Forbidden from error
    if not found.dossiers and found.damaged:
        return _page(_unread(found.damaged)), 422
    if not found.dossiers:
        where = _("Niet gezocht in: %(where)s.", where=", ".join(elsewhere)) if elsewhere else ""
        nothing = _("Over deze persoon is niets gevonden.")
        return _page(f"{nothing} {where}".strip()), 422
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in files_of(found, who, part, elsewhere):
            archive.writestr(zipfile.ZipInfo(place, now().timetuple()[:6]), content)
    answer = make_response(packed.getvalue())
    answer.headers["Content-Type"] = "application/zip"
    answer.headers["Content-Disposition"] = "attachment; filename=inzage.zip"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _unread(damaged: Sequence[str]) -> str:
    named = ", ".join(filter(None, damaged)) or str(len(damaged))
    sentence = _(
        "Wat over deze persoon kan gaan, is beschadigd en kan nu niet gelezen worden: %(which)s. Verwittig wie de "
        "server beheert.",
        which=named,
    )
    return str(sentence)


def _page(fault: str = "") -> str:
    organisations = gives_access(site().runtime, me().name, now())
    if not organisations:
        raise Forbidden
    return render_template(
        "staff/disclosure.html", organisations=organisations, fault=fault, typed=request.form
    )
