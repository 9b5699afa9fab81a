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
        wrong = _mistakes(answers, organisation, files)
        if organisation in known_organisations():
            wrong = {"name": str(_("Deze organisatie is er al."))}
        if wrong:
            return _page(answers, wrong), 422
        made = found_organisation(
            site().runtime, organisation, _("De eerste afspraken"), files, me().name, now()
        )
    except AnswerRefusedError as error:
        return _page(answers, {error.question: _why_refused(error)}), 422
    except SourcesError:
        return _page(answers, {"name": _("Met deze naam kan het niet. Kies een kortere naam.")}), 422
    except (MayNotError, TooHeavySourcesError) as error:
        return _page(answers, {"name": refusal(error)}), 403
    return redirect(url_for("conversation.overview", proposal=made.id), 303)


def _why_refused(error: AnswerRefusedError) -> str:
    if error.meant is None:
        return str(_("Dit kan zo niet. Begin met een letter."))
    meant = error.meant or _("Schrijf een getal en een eenheid, zoals '10 kalenderdagen' of '6 weken'.")
    return str(_("Dit kunnen wij niet als een duur lezen. %(meant)s", meant=meant))


def _mistakes(answers: Mapping[str, str], organisation: str, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return what is wrong with the first agreements, by the question whose answer stands in that line: nothing begins
    with a mistake in it."""
    faults: dict[str, str] = {}
    for one in drafter().judge(files, organisation).told:
        if one.serious:
            lines = files.get(one.file, b"").decode().splitlines()
            line = lines[one.line - 1] if 0 < one.line <= len(lines) else ""
            faults.setdefault(_asked_in(line, answers), one.sentence)
    return faults


def _asked_in(line: str, answers: Mapping[str, str]) -> str:
    """Return the question of which the longest answer stands in a line; without one the first."""
    there = [
        (len(part.strip()), name)
        for name, answer in answers.items()
        for part in answer.split(",")
        if part.strip() and part.strip() in line
    ]
    return max(there, default=(0, next(iter(answers))))[1]


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
