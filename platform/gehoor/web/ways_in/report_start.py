"""Dit verslag aanpassen, from the page of a report: in a proposal that is open, or a new one."""

from __future__ import annotations

from typing import Final, TypeAlias

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.proposals.proposal import State
from gehoor.services.proposals.changing import NoSourcesError, begin_proposal
from gehoor.services.proposals.looking import proposals
from gehoor.services.proposals.rights import MayNotError, makers_of
from gehoor.services.register.register import reading
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room
from gehoor.web.ways_in.shown_chapters import LONGEST_TITLE, anchor
from gehoor.web.workbench.shown import drafter, organisation_name, refusal, wrong_name

pages = Blueprint("report_start", __name__, url_prefix="/medewerker/werkplaats/verslag")

PUBLIC: Final = "openbaar"
"""Where somebody goes who came for which tables are public."""
Answer: TypeAlias = "Response | str | tuple[str, int]"


@pages.get("/<organisation>/<report>")
@allow(Policy.MAKES)
def choose(organisation: str, report: str) -> str:
    """Ask in which proposal a report is adapted: one that is open, or a new one."""
    return _choices(organisation, report, "")


@pages.post("/<organisation>/<report>")
@allow(Policy.MAKES)
@text_room(titel=None)
def begin(organisation: str, report: str) -> Answer:
    """Begin a proposal in which a report is adapted."""
    title = " ".join(request.form.get("titel", "").split())
    if wrong := wrong_name(title):
        return _choices(organisation, report, wrong), 422
    try:
        made = begin_proposal(site().runtime, organisation, title, me().name, now())
    except NoSourcesError:
        fault = _("De bestanden van deze afspraken staan nog niet in het register.")
        return _choices(organisation, report, fault), 422
    except MayNotError as error:
        return _choices(organisation, report, refusal(error)), 403
    return redirect(_onward(made.id, report, request.form.get("hoofdstuk", "")), 303)


def _onward(proposal: str, report: str, chapter: str) -> str:
    """Return where a report is adapted: at a chapter, or at what of it is public, where somebody came for that."""
    if request.values.get("naar") == PUBLIC:
        return url_for("public_tables.show", proposal=proposal, report=report)
    if not chapter:
        return url_for("adapted_report.show", proposal=proposal, report=report)
    return url_for(
        "adapted_report.show", proposal=proposal, report=report, open=chapter, _anchor=anchor(chapter)
    )


def _choices(organisation: str, report: str, fault: str) -> str:
    runtime, name = site().runtime, me().name
    drafter()
    with reading(runtime.store) as register:
        rights = [
            one for one in makers_of(runtime, register, name, now()) if one.organisation == organisation
        ]
    if not rights or not rights[0].any(Action.PROPOSE):
        abort(404)
    chapter = request.values.get("hoofdstuk", "")[:LONGEST_TITLE]
    mine = [one for one in proposals(runtime, name, now(), (State.OPEN,)) if one.organisation == organisation]
    return render_template(
        "workbench/report_start.html",
        organisation=organisation,
        organisation_name=organisation_name(organisation),
        report=report,
        open=[(one.title, _onward(one.id, report, chapter)) for one in mine],
        chapter=chapter,
        onward=PUBLIC if request.values.get("naar") == PUBLIC else "",
        last_year=now().year - 1,
        fault=fault,
    )
