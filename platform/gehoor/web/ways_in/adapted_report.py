"""Dit verslag aanpassen: the chapters of a report in their order, and the report as it would become."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.proposals.asking import AdaptedChapter, AdaptedReport
from gehoor.core.proposals.sheets import Sheet
from gehoor.services.figures.previewing import Preview, preview_of
from gehoor.services.ports.drafting import (
    Act,
    EditedFiles,
    Judged,
    NoSuchPlaceError,
    SheetEdit,
    SheetRefusedError,
)
from gehoor.services.proposals.changing import Edit, change_files
from gehoor.services.proposals.looking import sources_seen
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.staff.figures.report_reading import draft_document
from gehoor.web.workbench.places import Steps, in_address, why_refused
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

pages = Blueprint(
    "adapted_report", __name__, url_prefix="/medewerker/werkplaats/voorstel/<proposal>/verslag/<report>"
)

Answer: TypeAlias = "Response | str | tuple[str, int]"
_LONGEST: Final = 200
_LONGEST_TEXT: Final = 1000
_MOST: Final = 500


@pages.get("")
@allow(Policy.PROPOSAL)
def show(proposal: str, report: str) -> str:
    """Show the chapters of a report, and the report of the last full year as it would become."""
    return _page(report, "")


@pages.post("")
@allow(Policy.PROPOSAL)
def change(proposal: str, report: str) -> Answer:
    """Move a chapter, leave it out, put it back, or say something of it otherwise."""
    seen, form = current(), request.form
    number = form.get("hoofdstuk", -1, int)
    chapters = report_in(report).chapters
    if not 0 <= number < len(chapters):
        abort(404)
    chapter, doing = chapters[number], form.get("doen", "")
    tree = form.get("gezien", seen.proposal.tree)
    try:
        sources = sources_seen(site().runtime, seen, tree)
        files = _changed(sources, report, chapter, doing)
        what = _what(doing, chapter)
        change_files(site().runtime, Edit(seen.proposal.id, tree, files, what), me().name, now())
    except NoSuchPlaceError:
        abort(404)
    except SheetRefusedError as error:
        return _page(report, why_refused(error), number), 422
    except REFUSALS as error:
        return _page(report, refusal(error), number), 409
    where = url_for(
        ".show", proposal=proposal, report=report, gedaan="gewijzigd", _anchor=_anchor(doing, number)
    )
    return redirect(where, 303)


def _anchor(doing: str, number: int) -> str:
    moved = {"hoger": -1, "lager": 1}.get(doing, 0)
    return f"h{max(number + moved, 0)}"


def _what(doing: str, chapter: AdaptedChapter) -> str:
    sentences: Mapping[str, str] = {
        "hoger": _("verslag: %(chapter)s hoger gezet", chapter=chapter.title),
        "lager": _("verslag: %(chapter)s lager gezet", chapter=chapter.title),
        "weg": _("verslag: %(chapter)s weggelaten", chapter=chapter.title),
        "terug": _("verslag: %(chapter)s teruggezet", chapter=chapter.title),
        "bewaar": _("verslag: %(chapter)s gewijzigd", chapter=chapter.title),
    }
    if doing not in sentences:
        abort(404)
    return str(sentences[doing])


def _changed(
    sources: Mapping[str, bytes], report: str, chapter: AdaptedChapter, doing: str
) -> Mapping[str, bytes]:
    _what(doing, chapter)
    begun = adapted(sources, report)
    at = (*begun.path, chapter.index)
    if doing in ("hoger", "lager"):
        to = max(chapter.index + (1 if doing == "lager" else -1), 0)
        return _then(sources, begun, SheetEdit(Act.MOVE, begun.file, at, to=to))
    if doing == "weg" and not chapter.taken:
        return _then(sources, begun, SheetEdit(Act.REMOVE, begun.file, at))
    sheet = _sheet_of(sources, begun, at)
    if doing in ("weg", "terug"):
        given = {_word(sheet, "dropped"): ["ja" if doing == "weg" else ""]}
    else:
        given = _said(sheet, chapter)
    return _then(sources, begun, SheetEdit(Act.FILL, begun.file, at, given))


def _said(sheet: Sheet, chapter: AdaptedChapter) -> dict[str, list[str]]:
    """Return what was typed of a chapter: its name, what has to be written, and which of its tables are left out."""
    name = " ".join(request.form.get("naam", "").split())[:_LONGEST]
    if not name:
        raise SheetRefusedError("", "name")
    if name == chapter.taken:
        # It is called as it was: nothing is said of it otherwise.
        name = ""
    given = {_word(sheet, "name"): [name]}
    asks = " ".join(request.form.get("schrijf", "").split())[:_LONGEST_TEXT]
    if asks != chapter.asks:
        given[_word(sheet, "asks")] = [asks]
    if chapter.taken:
        kept = request.form.getlist("tabel")[:_MOST]
        held = [one.title for one in chapter.tables if one.index is None]
        given[_word(sheet, "without")] = [one for one in held if one not in kept]
    return given


class _Begun(EditedFiles):
    """The files in which every chapter of a report stands by itself, and where."""

    @property
    def file(self) -> str:
        """The one in which they stand."""
        return next(iter(self.files))


def adapted(sources: Mapping[str, bytes], report: str) -> _Begun:
    """Return files in which every chapter of a report stands by itself, in a file of the organisation."""
    made = drafter().edit(sources, current().proposal.organisation, SheetEdit(Act.ADAPT, "", (), name=report))
    return _Begun(made.files, made.path)


def _then(sources: Mapping[str, bytes], begun: _Begun, wanted: SheetEdit) -> Mapping[str, bytes]:
    made = drafter().edit({**sources, **begun.files}, current().proposal.organisation, wanted)
    return {**begun.files, **made.files}


def _sheet_of(sources: Mapping[str, bytes], begun: _Begun, at: Steps) -> Sheet:
    return drafter().sheet({**sources, **begun.files}, current().proposal.organisation, begun.file, at)


def _word(sheet: Sheet, keyword: str) -> str:
    return next(one.word for one in (*sheet.controls, *sheet.more) if one.keyword == keyword)


def report_in(name: str) -> AdaptedReport:
    """Return a report of the proposal that is looked at, by its name; 404 where there is none."""
    seen = current()
    found = [one for one in drafter().reports(seen.sources, seen.proposal.organisation) if one.name == name]
    if not found:
        abort(404)
    return found[0]


def _page(report: str, fault: str, at: int = -1) -> str:
    seen, shown = current(), report_in(report)
    found = judged(seen)
    mine = all(may_change_file(seen, file) for file in shown.files)
    preview = _preview(report, found)
    return page(
        "adapted_report.html",
        seen,
        shown=shown,
        mine=mine,
        fault=fault,
        typed=request.form if fault else {},
        typed_at=at,
        in_address=in_address,
        preview=preview,
        asks={one.key: one.asks for one in preview.draft.offered.report.chapters} if preview else {},
        document=draft_document(preview.draft, public=False) if preview else None,
        count=counted(found),
        kept=request.args.get("gedaan", "") == "gewijzigd" and not fault,
    )


def _preview(report: str, found: Judged | None) -> Preview | None:
    if found is None or not found.is_sound:
        return None
    documents = {one.name: one.document for one in found.departments}
    return preview_of(site().runtime, me(), now(), (current().proposal.organisation, report), documents)
