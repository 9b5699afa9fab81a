"""Een vraag toevoegen: for everybody or for one department, said once, as people will read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.proposals.asking import Asking, Whose
from gehoor.core.proposals.sheets import Control, Shape, Sheet
from gehoor.core.text.normalise import undrawn
from gehoor.services.ports.drafting import (
    Act,
    EditedFiles,
    NoSuchPlaceError,
    SheetEdit,
    SheetRefusedError,
)
from gehoor.services.proposals.changing import Edit, change_files
from gehoor.services.proposals.looking import sources_seen
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.workbench.given import PREFIX, given_in, rows_typed
from gehoor.web.workbench.places import why_refused
from gehoor.web.workbench.shown import (
    REFUSALS,
    counted,
    current,
    drafter,
    judged,
    may_change_file,
    page,
    refusal,
)
from gehoor.web.workbench.verdicts import mistakes_of

pages = Blueprint("new_question", __name__, url_prefix="/medewerker/werkplaats/voorstel/<proposal>/vraag")

Answer: TypeAlias = "Response | str | tuple[str, int]"
_LONGEST: Final = 300
_MOST: Final = 100
_APART: Final = "|"
"""Stands between a form and the question on it after which one comes."""


@dataclass(frozen=True)
class _Typed:
    """What somebody filled in. ``given``: at the keywords of the field."""

    text: str = ""
    whose: str | None = None
    kind: str = ""
    place: str = ""
    choices: str = ""
    must: str = ""
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def edit(self) -> SheetEdit:
        """What is asked of the files."""
        form, _apart, after = self.place.partition(_APART)
        return SheetEdit(
            Act.QUESTION,
            "",
            (),
            name=self.text,
            department=self.whose or "",
            form=form,
            after=after or None,
            kind=self.kind,
            choices=self.choices.splitlines()[:_MOST],
            must=self.must == "ja",
        )


@pages.get("")
@allow(Policy.PROPOSAL)
def ask(proposal: str) -> str:
    """Ask what comes."""
    return _page(_Typed(whose=request.args.get("afdeling")), {})


@pages.post("")
@allow(Policy.PROPOSAL)
def add(proposal: str) -> Answer:
    """Add a question."""
    seen = current()
    found = _asking()
    typed = _typed(found)
    faults = _wanting(typed, found)
    if faults:
        return _page(typed, faults), 422
    tree = request.form.get("gezien", seen.proposal.tree)
    try:
        sources = sources_seen(site().runtime, seen, tree)
        edited = _edited(sources, typed)
        wrong = mistakes_of(sources, {**sources, **edited.files}, next(iter(edited.files), ""), edited.path)
        if wrong:
            return _page(typed, {wrong.word: wrong.sentence}), 422
        what = str(_("vraag toegevoegd: %(text)s", text=typed.text))
        change_files(site().runtime, Edit(seen.proposal.id, tree, edited.files, what), me().name, now())
    except NoSuchPlaceError:
        abort(404)
    except SheetRefusedError as error:
        return _page(typed, {error.word: why_refused(error)}), 422
    except REFUSALS as error:
        return _page(typed, {"": refusal(error)}), 409
    return redirect(url_for("proposal_page.show", proposal=proposal, gedaan="gewijzigd"), 303)


def _typed(found: Asking) -> _Typed:
    form = request.form
    return _Typed(
        # What nobody sees, as comes along with what is pasted, would be looked for in vain in the file.
        text=_drawn(" ".join(form.get("vraag", "").split()))[:_LONGEST],
        whose=form.get("voor"),
        kind=form.get("soort", ""),
        place=form.get("plaats", ""),
        choices=form.get("keuzes", ""),
        must=form.get("moet", ""),
        given=given_in(_sheet((*found.first, *found.more)), form),
    )


def _drawn(text: str) -> str:
    return "".join(sign for sign in text if not undrawn(sign))


def _sheet(controls: tuple[Control, ...]) -> Sheet:
    return Sheet("", (), Shape.GROUP, "", "", "", 0, (), controls)


def _wanting(typed: _Typed, found: Asking) -> dict[str, str]:
    """Return what is still to be said, by what asks it."""
    wrong: dict[str, str] = {}
    if typed.whose not in {one.name for one in _mine(found)}:
        wrong["voor"] = str(_("Kies voor wie de vraag is."))
    if not typed.text:
        wrong["vraag"] = str(_("Schrijf de vraag."))
    kind = next((one for one in found.kinds if one.name == typed.kind), None)
    if kind is None:
        wrong["soort"] = str(_("Kies wat men kan antwoorden."))
    elif kind.lists and len({one.strip() for one in typed.choices.splitlines() if one.strip()}) < 2:
        wrong["choices"] = str(_("Schrijf minstens twee keuzes, elk op een eigen regel."))
    if typed.place not in _places(found):
        wrong["plaats"] = str(_("Kies waar de vraag komt."))
    for one in found.first:
        if one.required and not any(map(str.strip, typed.given.get(one.word, ()))):
            wrong[one.word] = str(_("Kies een antwoord."))
    return wrong


def _places(found: Asking) -> set[str]:
    return {
        f"{form.name}{_APART}{after}"
        for form in found.forms
        for after in ("", *(one.value for one in form.questions))
        if after or not form.is_dossier
    }


def _mine(found: Asking) -> list[Whose]:
    """Return for whom who is signed in may add something."""
    seen = current()
    return [one for one in found.whose if all(may_change_file(seen, file) for file in one.files)]


def _edited(sources: Mapping[str, bytes], typed: _Typed) -> EditedFiles:
    organisation = current().proposal.organisation
    edited = drafter().edit(sources, organisation, typed.edit)
    given = {word: texts for word, texts in typed.given.items() if any(map(str.strip, texts))}
    if not given:
        return edited
    filled = SheetEdit(Act.FILL, next(iter(edited.files)), edited.path, given)
    more = drafter().edit({**sources, **edited.files}, organisation, filled)
    return EditedFiles({**edited.files, **more.files}, edited.path)


def _asking() -> Asking:
    return drafter().asking(current().sources, current().proposal.organisation)


def _page(typed: _Typed, faults: Mapping[str, str]) -> str:
    seen, found = current(), _asking()
    mine = _mine(found)
    said = {one.word for one in (*found.first, *found.more)}
    first = next((word for word in faults if word in said), "")
    return page(
        "new_question.html",
        seen,
        whose=mine,
        first=found.first,
        more=found.more,
        asking=found,
        apart=_APART,
        typed=typed,
        given=typed.given,
        faults=faults,
        fault=faults.get("", "") or faults.get(first, ""),
        fault_word=first,
        mine=bool(mine),
        prefix=PREFIX,
        rows_typed=rows_typed,
        sheet=_sheet(()),
        told={},
        count=counted(judged(seen)),
    )
