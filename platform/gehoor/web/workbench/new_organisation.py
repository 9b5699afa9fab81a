"""A new organisation: a few questions, and its first agreements stand there as a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.proposals.sources import SourcesError
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.ports.drafting import AnswerRefusedError, TooHeavySourcesError
from gehoor.services.proposals.changing import found_organisation
from gehoor.services.proposals.rights import MayNotError, may_found
from gehoor.services.register.register import reading
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room
from gehoor.web.workbench.shown import drafter, known_organisations, refusal

pages = Blueprint("new_organisation", __name__, url_prefix="/medewerker/werkplaats/nieuw")

Answer: TypeAlias = "Response | str | tuple[str, int]"
_ZONE = ZoneInfo("Europe/Brussels")


@pages.get("")
@allow(Policy.MAKES)
def ask() -> str:
    """Ask what is needed to begin."""
    return _page({}, {})


@pages.post("")
@allow(Policy.MAKES)
@text_room(otherwise=300, name=300)
def begin() -> Answer:
    """Make a proposal with the first agreements."""
    asked = drafter().questions()
    answers = {one.name: request.form.get(one.name, "").strip()[:300] for one in asked}
    faults = {name: _("Vul dit in.") for name in ("name", "departments") if not answers.get(name)}
    if faults:
        return _page(answers, faults), 422
    try:
        organisation, files = drafter().first_files(answers, now().astimezone(_ZONE).date(), _codes())
        if organisation in known_organisations():
            return _page(answers, {"name": _("Deze organisatie is er al.")}), 422
        made = found_organisation(
            site().runtime, organisation, _("De eerste afspraken"), files, me().name, now()
        )
    except AnswerRefusedError as error:
        return _page(answers, {error.question: _("Dit kan zo niet. Begin met een letter.")}), 422
    except SourcesError:
        return _page(answers, {"name": _("Met deze naam kan het niet. Kies een kortere naam.")}), 422
    except (MayNotError, TooHeavySourcesError) as error:
        return _page(answers, {"name": refusal(error)}), 403
    return redirect(url_for("conversation.overview", proposal=made.id), 303)


def _codes() -> list[str]:
    with reading(site().runtime.store) as register:
        found = all_in_force(register, site().runtime.library, register.published_departments(), now())
    return [one.agreement.department_code for one in found]


def _page(typed: Mapping[str, str], faults: Mapping[str, str]) -> str:
    with reading(site().runtime.store) as register:
        if not may_found(site().runtime, register, me().name, now()):
            abort(404)
    return render_template(
        "workbench/new_organisation.html", questions=drafter().questions(), typed=typed, faults=faults
    )
