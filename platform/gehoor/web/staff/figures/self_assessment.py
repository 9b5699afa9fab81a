"""Zelfbeoordeling: a standard or a law held against what is agreed and the dossiers of a year, with room to answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
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
_DIGITS: Final = 6


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


@dataclass(frozen=True, slots=True)
class _Typed:
    """What somebody typed at a question: of a requirement the evidence at this place, and when what they saw there was
    kept."""

    requirement: str
    number: int
    verdict: str
    text: str
    before: str

    @property
    def key(self) -> str:
        """Return by what an answer is kept."""
        return f"{self.requirement}/{self.number}"


@pages.post("/<organisation>/<standard>")
@allow(Policy.COUNTS, Action.MAKE_REPORTS)
@text_room(tekst=LONGEST)
def answer(organisation: str, standard: str) -> Response | tuple[str, int]:
    """Keep every answer that was typed, whichever button was pressed: nothing that was typed is lost."""
    typed, gone = list(_typed()), list[str]()
    missing: dict[str, _Typed] = {}
    theirs: dict[str, str] = {}
    for one in typed:
        try:
            found = assessment_of(site().runtime, me(), now(), (organisation, standard), counts=False)
            if not found.asks(one.requirement, one.number):
                raise NoSuchStandardError(one.requirement)
            if one.verdict not in VERDICTS:
                missing[one.key] = one
                continue
            asked = (organisation, standard, one.requirement, one.number)
            answer_question(site().runtime, me(), now(), asked, (one.verdict, one.text, one.before))
        except AnsweredMeanwhileError as error:
            theirs[one.key] = error.theirs
        except NoSuchStandardError:
            gone.append(one.text)
    if gone:
        lost = "\n\n".join([*gone, *(one.text for one in typed if one.key in {*missing, *theirs})]).strip()
        return given_back(lost, _("Deze vraag is er niet meer"), url_for(".overview"), _("Zelfbeoordeling"))
    if missing or theirs:
        back = {one.key: one for one in typed if one.key in {*missing, *theirs}}
        page = _page(_found(organisation, standard), back, theirs=theirs, missing=bool(missing))
        return page, 422 if missing else 409
    at = request.form.get("bij", "")[:_LONGEST_NAME] or (typed[0].requirement if typed else "")
    where = url_for(".show", organisation=organisation, standard=standard, bewaard="ja", _anchor=at or None)
    return redirect(where, 303)


def _typed() -> Iterator[_Typed]:
    """Yield what was typed at each question where that is another answer than the page showed."""
    form = request.form
    names = ("vereiste", "nummer", "eerder", "tekst", "stond", "stond-tekst")
    for requirement, number, before, text, stood, stood_text in zip_longest(
        *map(form.getlist, names), fillvalue=""
    ):
        one = _Typed(
            requirement[:_LONGEST_NAME],
            int(number) if number.isascii() and number.isdigit() and len(number) < _DIGITS else 0,
            form.get(f"antwoord-{requirement}/{number}", ""),
            _plain(text),
            before[:_LONGEST_NAME],
        )
        if (one.verdict, one.text) != (stood, _plain(stood_text)):
            yield one


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _found(organisation: str, standard: str) -> Assessment:
    try:
        return assessment_of(site().runtime, me(), now(), (organisation, standard))
    except NoSuchStandardError:
        abort(404)


def _page(
    found: Assessment,
    typed: Mapping[str, _Typed] | None = None,
    *,
    theirs: Mapping[str, str] | None = None,
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
        typed=typed or {},
        theirs=theirs or {},
        missing=missing,
        longest=LONGEST,
        saved=request.args.get("bewaard", "") == "ja",
    )
