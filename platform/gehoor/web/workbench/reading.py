"""Lezen: the agreements of a proposal in sentences, and its letters as they go out. One says something of each part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext as _

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.letters.blank_letter import BlankLetter, BlankPassage, blank_letter
from gehoor.core.letters.model import LetterTemplate, Passage
from gehoor.core.letters.open_spots import plain_line
from gehoor.core.wording.registry import sentences_in
from gehoor.services.correspondence.composing import place_names
from gehoor.services.proposals.looking import SeenProposal
from gehoor.web.request.languages import said
from gehoor.web.security.policies import Policy, allow
from gehoor.web.workbench.shown import counted, current, drafter, judged, page

pages = Blueprint("proposal_reading", __name__, url_prefix="/medewerker/werkplaats/voorstel/<proposal>")


@pages.get("/lezen")
@allow(Policy.PROPOSAL)
def read(proposal: str) -> str:
    """Show the agreements as they would become, in plain language."""
    words = said().agreements
    return _read(
        "reading.html",
        lambda _seen, agreement: {
            "chapters": words.whole(agreement),
            "spoken": words.language,
            "asked": request.args.get("bij", ""),
            "part": request.args.get("deel", ""),
            "said_just_now": "bewaard" in request.args,
        },
    )


@pages.get("/lezen/brieven")
@allow(Policy.PROPOSAL)
def letters(proposal: str) -> str:
    """Show the letters as they would go out, with at each place what the dossier fills in."""
    return _read("letters.html", _told_letters)


def _read(template: str, told: Callable[[SeenProposal, Agreement], Mapping[str, Any]]) -> str:
    """Show the agreements of one department, as a template tells them."""
    seen = current()
    found = judged(seen)
    departments = list(found.departments) if found else []
    wanted = request.args.get("afdeling", "")
    chosen = next((one for one in departments if one.name == wanted), departments[0] if departments else None)
    more = told(seen, build_agreement(chosen.document, chosen.places)) if chosen else {}
    return page(
        template,
        seen,
        departments=departments,
        chosen=chosen,
        judged=found,
        count=counted(found),
        **more,
    )


@dataclass(frozen=True)
class _Letter:
    template: LetterTemplate
    when: str
    blank: BlankLetter
    passages: list[tuple[BlankPassage, str]]
    """Each with when it is in the letter; empty: always."""
    file: str
    about: str
    """What a remark is about that is about all of it; one at a line says that after it."""

    @property
    def lines(self) -> list[str]:
        """Return what stands in it, line by line, for who says something of one."""
        texts = (self.blank.subject, *(one.text for one, _when in self.passages))
        return [bare for text in texts for line in text.splitlines() if (bare := plain_line(line))]


def _told_letters(seen: SeenProposal, agreement: Agreement) -> Mapping[str, Any]:
    templates = agreement.correspondence.values()
    first = agreement.languages[0]
    languages = list(dict.fromkeys((first, *(one for of in templates for one in of.translations))))
    wanted = request.args.get("taal", "")
    language = wanted if wanted in languages else languages[0]
    words = said().agreements
    form = agreement.form_in(DOSSIER_FORM, language)
    names = place_names(agreement, sentences_in(language).letters)
    outlines = drafter().outline(seen.sources, seen.proposal.organisation)
    files = {_stem(one.file): one.file for one in outlines if one.kind == "letter"}

    def when(of: Passage) -> str:
        parts = [_("als %(when)s", when=words.clause(agreement, of.condition))] if of.condition else []
        parts += (
            [_("een regel voor elk: %(rows)s", rows=agreement.dossier_form.fields[of.rows].label)]
            if of.rows
            else []
        )
        said_so = ", ".join(map(str, parts))
        return f"{said_so[:1].upper()}{said_so[1:]}:" if said_so else ""

    def letter(of: LetterTemplate) -> _Letter:
        blank = blank_letter(of, form, names, language)
        condition = words.clause(agreement, of.applies_if) if of.applies_if else ""
        parts = [(one, when(one.passage)) for one in blank.passages]
        letter = _("Brief: %(name)s", name=of.name)
        about = f"{agreement.department}: {letter}"
        return _Letter(of, condition, blank, parts, files.get(of.id, ""), about)

    return {
        "letters": [letter(one) for one in templates],
        "languages": languages,
        "language": language,
        "asked": request.args.get("zeg", ""),
    }


def _stem(file: str) -> str:
    return file.rpartition("/")[2].partition(".")[0]
