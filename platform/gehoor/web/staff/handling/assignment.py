"""Who handles a dossier: taken, given, handed over or given back, from its own page and from a list."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.objections.text_room import SHORT
from gehoor.services.dossiers.assignment import MOST_AT_ONCE, Assigning, assign, assign_many
from gehoor.services.register.codes_in_texts import fitting_without_codes
from gehoor.web.request.addresses import local, split
from gehoor.web.request.languages import said
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.staff.handling.term_changes import redo

pages = Blueprint("assigning", __name__, url_prefix="/medewerker")

_NOBODY = "niemand"


@pages.post("/dossiers/<dossier_id>/behandelaar")
@allow(Policy.DOSSIER, Action.ASSIGN)
def give(dossier_id: str) -> Response | tuple[str, int]:
    """Give a dossier to someone, to one more, or give it back."""
    wanted = Assigning(
        dossier=dossier_id,
        to=_person(),
        actor=me().name,
        note=_note(),
        before=request.form.get("eerst"),
        beside=request.form.get("mee") == "ja",
    )
    return redo(dossier_id, lambda: assign(site().runtime, wanted, now()))


@pages.post("/toewijzen")
@allow(Policy.STAFF)
def give_many() -> Response | str:
    """Give the dossiers that were chosen in a list to someone, each judged by itself."""
    wanted = Assigning("", _person(), me().name, _note())
    back = _back()
    chosen = request.form.getlist("dossier")
    if not chosen or not request.form.get("aan"):
        return redirect(back, 303)
    chosen = list(dict.fromkeys(chosen))
    given, refused = assign_many(site().runtime, chosen[:MOST_AT_ONCE], wanted, now())
    why = [(one.number or _("Een van de dossiers"), said().objections.text(one.objection)) for one in refused]
    if len(chosen) > MOST_AT_ONCE:
        left = len(chosen) - MOST_AT_ONCE
        why.append(
            (_("Nog %(count)s dossiers", count=left), _("Zoveel tegelijk gaat niet: kies ze opnieuw."))
        )
    return render_template("staff/assigned.html", given=given, refused=why, back=back)


def _note() -> str:
    return fitting_without_codes(site().runtime, request.form.get("nota", ""), SHORT)


def _person() -> str:
    person = request.form.get("aan", "")
    return "" if person == _NOBODY else person.strip().lower()


def _back() -> str:
    """Return the list to go back to: one of this site, as it was."""
    parts = split(local(request.form.get("terug", "")))
    return f"{url_for('staff.work')}?{parts.query}" if parts and parts.query else url_for("staff.work")
