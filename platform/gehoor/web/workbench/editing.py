"""Bewerken: the things that were agreed, each as a form beside its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, TypeAlias

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.proposals.asking import AdaptedReport
from gehoor.core.proposals.sheets import FileOutline, Section, Sheet, Use
from gehoor.core.proposals.sources import department_of
from gehoor.core.text.normalise import normalised_words
from gehoor.services.ports.drafting import (
    Act,
    NoSuchPlaceError,
    SheetEdit,
    SheetRefusedError,
    TooHeavySourcesError,
)
from gehoor.services.proposals.changing import Edit, change_files
from gehoor.services.proposals.completing import added_whole, missing_of, place_of
from gehoor.services.proposals.looking import sources_seen
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room
from gehoor.web.workbench.given import NARROWS, PREFIX, given_in, narrowing, rows_typed
from gehoor.web.workbench.places import (
    Steps,
    in_address,
    last_step,
    may_be_new,
    path_asked,
    step_of,
    why_refused,
)
from gehoor.web.workbench.shown import (
    REFUSALS,
    counted,
    current,
    drafter,
    is_shared,
    judged,
    may_change_file,
    page,
    plainly,
    refusal,
)
from gehoor.web.workbench.verdicts import sentences_about, told_by_control

pages = Blueprint("proposal_editing", __name__, url_prefix="/medewerker/werkplaats/voorstel/<proposal>")

Answer: TypeAlias = "Response | str | tuple[str, int]"

_MOST: Final = 20
_TO_A_REPORT: Final = 2
_TO_A_TABLE: Final = 3
"""So many steps lead to a report; and so many from its chapters to a table: a chapter, the word for tables, itself."""
_RULES: Final = "rules/"
_LONGEST: Final = 100
_LAST: Final = 100_000
_KINDS: Final = (
    "complaint", "channels", "course", "terms", "rules", "form", "organisation", "department", "letter", "law",
)  # fmt: skip
"""In which order files are shown: what people agree about first."""
_MANY: Final = frozenset({"form", "department", "letter", "law"})


@dataclass(frozen=True)
class _File:
    outline: FileOutline
    shared: bool
    mine: bool
    department: str
    sections: list[Section]

    @property
    def place(self) -> int:
        """Where files of its kind come on the page."""
        return _KINDS.index(self.outline.kind) if self.outline.kind in _KINDS else len(_KINDS)

    @property
    def many(self) -> bool:
        """Whether there are usually several of its kind."""
        return self.outline.kind in _MANY or not self.outline.kind

    @property
    def heading(self) -> str:
        """What files of its kind are called together."""
        headings = {
            "department": _("Afdelingen"),
            "letter": _("Brieven"),
            "form": _("Formulieren"),
            "law": _("Wetten"),
            "": _("Andere bestanden"),
        }
        return str(headings.get(self.outline.kind, self.outline.title))

    @property
    def called(self) -> str:
        """What it is called among files of its kind."""
        stem = self.outline.file.rpartition("/")[2].partition(".")[0].replace("-", " ")
        return stem[:1].upper() + stem[1:]


@pages.get("/bewerken")
@allow(Policy.PROPOSAL)
def outline(proposal: str) -> str:
    """Show everything that was agreed, in lists."""
    return _outline("")


def _outline(fault: str) -> str:
    seen = current()
    asked = " ".join(request.args.get("q", "").split())
    found = drafter().outline(seen.sources, seen.proposal.organisation)
    files = [
        _File(
            one,
            is_shared(seen, one.file),
            may_change_file(seen, one.file),
            department_of(one.file) or "",
            list(one.sections),
        )
        for one in found
    ]
    hits = drafter().find(seen.sources, seen.proposal.organisation, asked[:_LONGEST]) if asked else ()
    return page(
        "outline.html",
        seen,
        own=[one for one in files if not one.shared],
        shared=[one for one in files if one.shared],
        asked=asked,
        hits=[(one, [hit for hit in hits if hit.file == one.outline.file]) for one in files],
        found=len(hits),
        reports=_reports(asked),
        address=_address,
        fault=fault,
        count=counted(judged(seen)),
    )


def _reports(asked: str) -> list[AdaptedReport]:
    """Return the reports of the organisation; where somebody looks for words, those that hold them all."""
    words = set(normalised_words(asked))
    try:
        found = drafter().reports(current().sources, current().proposal.organisation)
    except REFUSALS:
        return []
    return [one for one in found if words <= _words_of(one) or not words]


def _report_of(file: str, path: Steps) -> AdaptedReport | None:
    """Return the report whose chapters or tables stand at a place of a file; None where that is no place of one."""
    if len(path) <= _TO_A_REPORT or not file.startswith(_RULES):
        return None
    return next((one for one in _reports("") if one.path and path[: len(one.path)] == one.path), None)


def _words_of(report: AdaptedReport) -> set[str]:
    titles = (_("Verslagen"), _("Jaarverslag"), report.title, *(one.title for one in report.chapters))
    return {word for title in titles for word in normalised_words(str(title))}


@pages.get("/ding/<path:file>")
@allow(Policy.PROPOSAL)
def show(proposal: str, file: str) -> str:
    """Show what stands at a place of a file, as a form or a list; where nothing stands any more, what it stood in."""
    path, gone = path_asked(), False
    while path and not may_be_new() and not _stands(file, path):
        path, gone = path[:-1], True
    return _sheet_page(file, path, {}, str(_("Dit staat er niet meer.")) if gone else "")


@pages.post("/ding/<path:file>")
@allow(Policy.PROPOSAL)
def fill(proposal: str, file: str) -> Answer:
    """Keep a sheet as it was filled in."""
    path, sheet = path_asked(), _sheet(file, path_asked())
    given = given_in(sheet, request.form)
    if NARROWS in request.form:
        return _sheet_page(file, path, given, "")
    what = _("%(title)s gewijzigd", title=sheet.title)
    return _act(SheetEdit(Act.FILL, file, path, given, grows=may_be_new()), what, given)


@pages.post("/erbij/<path:file>")
@allow(Policy.PROPOSAL)
def add(proposal: str, file: str) -> Answer:
    """Add a thing at a place."""
    name = request.form.get("bestaand", "")[:120] or " ".join(request.form.get("naam", "").split())[:120]
    if not name:
        return _sheet_page(file, path_asked(), {}, _("Geef een naam.")), 422
    department, start = (request.form.get(one, "")[:100] for one in ("afdeling", "soort"))
    wanted = SheetEdit(Act.ADD, file, path_asked(), name=name, department=department, start=start)
    after = request.form.get("na", "")[:100]
    wanted = replace(wanted, grows=may_be_new(), after=step_of(after) if after else None)
    return _act(wanted, _("%(name)s toegevoegd", name=name))


@pages.post("/afdeling")
@allow(Policy.PROPOSAL)
def add_department(proposal: str) -> Answer:
    """Add a department that says no more than who it is: all else holds there as in the organisation."""
    seen = current()
    name = " ".join(request.form.get("naam", "").split())[:120]
    tree = request.form.get("gezien", seen.proposal.tree)
    try:
        sources = sources_seen(site().runtime, seen, tree)
        edited = drafter().edit(
            sources, seen.proposal.organisation, SheetEdit(Act.DEPARTMENT, "", (), name=name)
        )
        what = _("%(name)s toegevoegd", name=name)
        change_files(site().runtime, Edit(seen.proposal.id, tree, edited.files, what), me().name, now())
    except SheetRefusedError as error:
        return _outline(why_refused(error) if name else _("Geef een naam.")), 422
    except REFUSALS as error:
        return _outline(refusal(error)), 409
    return redirect(url_for("conversation.overview", proposal=proposal, gedaan="gewijzigd"), 303)


@pages.post("/weg/<path:file>")
@allow(Policy.PROPOSAL)
def remove(proposal: str, file: str) -> Answer:
    """Take a thing away; where it is named elsewhere, only after it was said where."""
    sheet, seen = _sheet(file, path_asked()), current()
    if "toch" not in request.form:
        try:
            uses = drafter().uses(seen.sources, seen.proposal.organisation, file, sheet.path)
        except (NoSuchPlaceError, TooHeavySourcesError):
            uses = ()
        if uses:
            return _sheet_page(file, sheet.path, {}, "", uses=uses), 422
    return _act(SheetEdit(Act.REMOVE, file, path_asked()), _("%(title)s weggehaald", title=sheet.title))


@pages.post("/plaats/<path:file>")
@allow(Policy.PROPOSAL)
def move(proposal: str, file: str) -> Answer:
    """Give a thing another place among its own."""
    to = min(request.form.get("naar", 0, int), _LAST)
    return _act(
        SheetEdit(Act.MOVE, file, path_asked(), to=max(0, to)),
        _("%(step)s verplaatst", step=last_step()),
    )


@pages.post("/naam/<path:file>")
@allow(Policy.PROPOSAL)
@text_room(naam=80)
def rename(proposal: str, file: str) -> Answer:
    """Call a thing otherwise, everywhere that it is named."""
    name = " ".join(request.form.get("naam", "").split())[:80]
    return _act(
        SheetEdit(Act.RENAME, file, path_asked(), name=name),
        _("%(old)s heet nu %(name)s", old=last_step(), name=name),
    )


def _act(wanted: SheetEdit, what: str, given: Mapping[str, Any] | None = None) -> Answer:
    seen = current()
    if wanted.act is not Act.FILL and not wanted.path:
        abort(404)
    tree = request.form.get("gezien", seen.proposal.tree)
    try:
        # What stood on the page may have changed since: then both changes are brought together, or told.
        sources = sources_seen(site().runtime, seen, tree)
        edit = partial(added_whole, drafter()) if wanted.act is Act.ADD else drafter().edit
        edited = edit(sources, seen.proposal.organisation, wanted)
        change_files(site().runtime, Edit(seen.proposal.id, tree, edited.files, what), me().name, now())
    except NoSuchPlaceError:
        abort(404)
    except SheetRefusedError as error:
        return _sheet_page(wanted.file, wanted.path, given or {}, why_refused(error), error.word), 422
    except REFUSALS as error:
        return _sheet_page(wanted.file, wanted.path, given or {}, refusal(error)), 409
    done = "begonnen" if wanted.act is Act.ADD else "gewijzigd"
    return redirect(_address(place_of(wanted, edited), edited.path, done), 303)


def _stands(file: str, path: Steps) -> bool:
    seen = current()
    try:
        drafter().sheet(seen.sources, seen.proposal.organisation, file, path)
    except NoSuchPlaceError:
        return False
    return True


def _sheet(file: str, path: Steps) -> Sheet:
    seen = current()
    if file not in seen.sources:
        abort(404)
    try:
        return drafter().sheet(seen.sources, seen.proposal.organisation, file, path, grows=may_be_new())
    except NoSuchPlaceError:
        abort(404)


def _sheet_page(
    file: str, path: Steps, given: Mapping[str, Any], fault: str, word: str = "", uses: Sequence[Use] = ()
) -> str:
    seen, sheet = current(), _sheet(file, path)
    found = judged(seen)
    report = _report_of(file, path)
    if report is not None and len(path) == len(report.path) + _TO_A_TABLE:
        # As it is asked where a table is added.
        controls, more = (tuple(map(plainly, some)) for some in (sheet.controls, sheet.more))
        sheet = replace(sheet, controls=controls, more=more)
    wanting = missing_of(found, sheet)
    return page(
        "sheet.html",
        seen,
        sheet=sheet,
        report=report,
        wanting=wanting,
        more=[one for one in sheet.more if one not in wanting],
        given=given,
        fault=fault,
        fault_word=word,
        uses=uses[:_MOST],
        used=len(uses),
        mine=may_change_file(seen, file),
        shared=is_shared(seen, file),
        prefix=PREFIX,
        **narrowing(_address(file, path, to=".fill", new=may_be_new()), counts=report is not None),
        rows_typed=rows_typed,
        address=lambda to, where=file: _address(where, to),
        begins=lambda to: _address(file, to, new=True),
        new="ja" if may_be_new() else None,
        steps=in_address(path),
        sentences=sentences_about(found, sheet),
        told=told_by_control(found, sheet),
        count=counted(found),
        kept=request.args.get("gedaan", "") in ("gewijzigd", "begonnen") and not fault,
        begun=request.args.get("gedaan", "") == "begonnen" and not fault,
    )


def _address(
    file: str, path: Steps, done: str | None = None, *, new: bool = False, to: str = "proposal_editing.show"
) -> str:
    place: dict[str, Any] = {"p": in_address(path), "nieuw": "ja" if new else None}
    return url_for(to, proposal=current().proposal.id, file=file, gedaan=done, **place)
