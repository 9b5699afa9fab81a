"""Zelfbeoordeling: a standard or a law held against what is agreed and the dossiers of a year, with room to answer."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.figures.assessment import Standing
from gehoor.services.figures.self_assessment import (
    LONGEST,
    VERDICTS,
    AnsweredMeanwhileError,
    Assessment,
    NoSuchStandardError,
    answer_question,
    assessment_of,
    offered_standards,
)
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.figures.assessment_words import (
    certainty_word,
    full_name_of,
    part_words,
    standing_word,
    titled,
    verdict_word,
)
from gehoor.web.staff.figures.given_back import given_back

pages = Blueprint("self_assessment", __name__, url_prefix="/medewerker/zelfbeoordeling")

_LONGEST_NAME: Final = 200


@pages.get("/")
@allow(Policy.COUNTS, Action.MAKE_REPORTS)
def overview() -> str:
    """Show what one can hold oneself against."""
    return render_template(
        "staff/self_assessments.html", offered=offered_standards(site().runtime, me(), now())
    )


@pages.get("/<organisation>/<standard>")
@allow(Policy.COUNTS, Action.MAKE_REPORTS)
def show(organisation: str, standard: str) -> str:
    """Show a standard held against an organisation."""
    return _page(_found(organisation, standard))


@pages.post("/<organisation>/<standard>")
@allow(Policy.COUNTS, Action.MAKE_REPORTS)
@text_room(tekst=LONGEST)
def answer(organisation: str, standard: str) -> Response | tuple[str, int]:
    """Keep what somebody answers."""
    form = request.form
    requirement, number = form.get("vereiste", "")[:_LONGEST_NAME], form.get("nummer", 0, int)
    verdict, text = form.get("antwoord", ""), form.get("tekst", "").replace("\r\n", "\n").strip()
    key = f"{requirement}/{number}"
    try:
        if verdict not in VERDICTS:
            found = assessment_of(site().runtime, me(), now(), (organisation, standard))
            if not found.asks(requirement, number):
                raise NoSuchStandardError(requirement)
            return _page(found, typed=(key, verdict, text), missing=True), 422
        answer_question(
            site().runtime,
            me(),
            now(),
            (organisation, standard, requirement, number),
            (verdict, text, form.get("eerder", "")[:_LONGEST_NAME]),
        )
    except AnsweredMeanwhileError as error:
        page = _page(_found(organisation, standard), typed=(key, verdict, text), theirs=error.theirs)
        return page, 409
    except NoSuchStandardError:
        return given_back(text, _("Deze vraag is er niet meer"), url_for(".overview"), _("Zelfbeoordeling"))
    where = url_for(".show", organisation=organisation, standard=standard, bewaard="ja", _anchor=requirement)
    return redirect(where, 303)


def _found(organisation: str, standard: str) -> Assessment:
    try:
        return assessment_of(site().runtime, me(), now(), (organisation, standard))
    except NoSuchStandardError:
        abort(404)


def _page(
    found: Assessment,
    *,
    typed: tuple[str, str, str] = ("", "", ""),
    theirs: str | None = None,
    missing: bool = False,
) -> str:
    name = full_name_of()
    return render_template(
        "staff/self_assessment.html",
        found=found,
        counts=[(one, found.count(one)) for one in Standing],
        standing_word=standing_word,
        certainty_word=certainty_word,
        part_words=lambda part: part_words(part, name=name),
        titled=titled,
        verdicts=[(one, verdict_word(one)) for one in VERDICTS],
        typed=typed,
        theirs=theirs,
        missing=missing,
        longest=LONGEST,
        saved=request.args.get("bewaard", "") == "ja",
    )
