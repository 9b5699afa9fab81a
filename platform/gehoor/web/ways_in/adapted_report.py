"""Dit verslag aanpassen: the chapters of a report in their order, and the report as it would become.

A chapter is known by its name. What somebody does is done to the report as it is by now, where that is what their page
showed; where it is not, they are told, and nothing happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.proposals.asking import AdaptedChapter, AdaptedReport
from gehoor.core.proposals.sheets import Sheet
from gehoor.services.figures.previewing import Preview, Wish, preview_of
from gehoor.services.ports.drafting import (
    Act,
    Judged,
    NoSuchPlaceError,
    SheetEdit,
    SheetRefusedError,
)
from gehoor.services.proposals.changing import ChangedOtherwiseError, Edit, change_files
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.figures.report_reading import draft_document
from gehoor.web.ways_in.report_edits import Begun, adapted, sheet_of, then, word_of
from gehoor.web.ways_in.shown_chapters import (
    anchor,
    changed_meanwhile,
    chapter_called,
    one_line,
    report_in,
    report_shown,
    wrong_text,
    wrong_title,
)
from gehoor.web.workbench.places import in_address, why_refused
from gehoor.web.workbench.shown import (
    REFUSALS,
    counted,
    current,
    judged,
    may_change_file,
    page,
    refusal,
)

pages = Blueprint(
    "adapted_report", __name__, url_prefix="/medewerker/werkplaats/voorstel/<proposal>/verslag/<report>"
)

Answer: TypeAlias = "Response | str | tuple[str, int]"
_MOST: Final = 500
_FIRST: Final = "vooraan"
_MOVES: Final = {"hoger": -1, "lager": 1, _FIRST: 0}
"""By how many places a chapter is moved, or that it becomes the first."""
_PUBLIC: Final = "openbaar"
_INSIDE: Final = "intern"


@dataclass(frozen=True)
class _Told:
    """What is to be said at a chapter (``key``; empty: above all of them): a fault of the whole, and of what was typed
    by the name of its field."""

    key: str = ""
    fault: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)


@pages.get("")
@allow(Policy.PROPOSAL)
def show(proposal: str, report: str) -> str:
    """Show the chapters of a report, and the report of the last full year as it would become."""
    return _page(report, _Told(key=request.args.get("bij", "")))


@pages.get("/tabel")
@allow(Policy.PROPOSAL)
def table(proposal: str, report: str) -> Answer:
    """Lead to the page of a table of one's own, wherever that stands by now."""
    shown = report_in(report)
    chapter = chapter_called(shown, request.args.get("hoofdstuk", ""))
    named = request.args.get("tabel", "")
    index = next((one.index for one in chapter.tables if one.title == named), None) if chapter else None
    if chapter is None or index is None or not shown.path:
        fault = _("Deze tabel is er niet meer, of heet anders: het verslag is intussen gewijzigd.")
        return _page(report, _Told(fault=fault)), 404
    at = in_address((*shown.path, chapter.index, shown.figures, index))
    return redirect(url_for("proposal_editing.show", proposal=proposal, file=shown.files[0], p=at), 303)


@pages.post("")
@allow(Policy.PROPOSAL)
@text_room(naam=None, titel=None, schrijf=None)
def change(proposal: str, report: str) -> Answer:
    """Move a chapter, leave it out, put it back, or say something of it otherwise."""
    seen, form = current(), request.form
    key, doing = form.get("hoofdstuk", ""), "intern" if "intern" in form else form.get("doen", "")
    tree = form.get("gezien", seen.proposal.tree)
    shown, is_now = report_shown(report, tree), report_in(report)
    chapter = chapter_called(is_now, key)
    if shown is not None and chapter_called(shown, key) is None:
        abort(404)
    if chapter is None or not _is_as_shown(shown, is_now, key, doing):
        return _page(report, _Told(key, changed_meanwhile(tree))), 409
    if doing == "bewaar" and (wrong := _wrong(is_now, chapter)):
        return _page(report, _Told(key, wrong=wrong)), 422
    try:
        files = _changed(seen.sources, report, chapter, doing)
        edit = Edit(seen.proposal.id, seen.proposal.tree, files, _what(doing, chapter))
        change_files(site().runtime, edit, me().name, now())
    except NoSuchPlaceError:
        abort(404)
    except SheetRefusedError as error:
        return _page(report, _Told(key, why_refused(error))), 422
    except ChangedOtherwiseError:
        return _page(report, _Told(key, changed_meanwhile(seen.proposal.tree))), 409
    except REFUSALS as error:
        return _page(report, _Told(key, refusal(error))), 409
    after = _called_after(chapter, doing)
    gone = doing == "weg" and not chapter.taken
    where = url_for(
        ".show",
        proposal=proposal,
        report=report,
        gedaan="gewijzigd",
        bij=None if gone else after,
        _anchor=None if gone else anchor(after),
    )
    return redirect(where, 303)


def _is_as_shown(shown: AdaptedReport | None, now_: AdaptedReport, key: str, doing: str) -> bool:
    """Say whether what somebody does something to still is what their page showed: of a chapter that is moved the order
    of all, of another one what it says."""
    before, after = chapter_called(shown, key), chapter_called(now_, key)
    if shown is None or before is None or after is None:
        return False
    if doing in _MOVES:
        return [one.key for one in shown.chapters] == [one.key for one in now_.chapters]
    return replace(before, index=0) == replace(after, index=0)


def _called_after(chapter: AdaptedChapter, doing: str) -> str:
    """Return what a chapter is known by once something was done to it: one of one's own is known by its title."""
    return one_line(request.form.get("naam", "")) if doing == "bewaar" and not chapter.taken else chapter.key


def _wrong(report: AdaptedReport, chapter: AdaptedChapter) -> dict[str, str]:
    """Return what is wrong with what was typed, by the name of its field."""
    name = one_line(request.form.get("naam", ""))
    wrong = {
        # What it is called now, nobody typed.
        "naam": wrong_title(name, report, chapter.key) if name != chapter.title else "",
        "schrijf": wrong_text(one_line(request.form.get("schrijf", ""))),
    }
    return {word: said for word, said in wrong.items() if said}


def _what(doing: str, chapter: AdaptedChapter) -> str:
    sentences: Mapping[str, str] = {
        "hoger": _("hoofdstuk “%(chapter)s” hoger gezet in het verslag", chapter=chapter.title),
        "lager": _("hoofdstuk “%(chapter)s” lager gezet in het verslag", chapter=chapter.title),
        _FIRST: _("hoofdstuk “%(chapter)s” vooraan gezet in het verslag", chapter=chapter.title),
        "weg": _("hoofdstuk “%(chapter)s” weggelaten uit het verslag", chapter=chapter.title),
        "terug": _("hoofdstuk “%(chapter)s” teruggezet in het verslag", chapter=chapter.title),
        "bewaar": _("hoofdstuk “%(chapter)s” van het verslag gewijzigd", chapter=chapter.title),
        "intern": _("een tabel van hoofdstuk “%(chapter)s” alleen intern gemaakt", chapter=chapter.title),
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
    if doing == "intern":
        return then(sources, begun, _made_internal(sources, report, begun, chapter))
    if doing in _MOVES:
        to = 0 if doing == _FIRST else max(chapter.index + _MOVES[doing], 0)
        return then(sources, begun, SheetEdit(Act.MOVE, begun.file, at, to=to))
    if doing == "weg" and not chapter.taken:
        return then(sources, begun, SheetEdit(Act.REMOVE, begun.file, at))
    sheet = sheet_of(sources, begun, at)
    if doing in ("weg", "terug"):
        given = {word_of(sheet, "dropped"): ["ja" if doing == "weg" else ""]}
    else:
        given = _said(sheet, chapter)
    return then(sources, begun, SheetEdit(Act.FILL, begun.file, at, given))


def _made_internal(
    sources: Mapping[str, bytes], report: str, begun: Begun, chapter: AdaptedChapter
) -> SheetEdit:
    """Return what makes that a table of one's own is only in the internal version."""
    # Beside what else is said of a chapter, ``tabel`` is for the tables that come in it.
    named = request.form.get("intern", request.form.get("tabel", ""))
    index = next((one.index for one in chapter.tables if one.title == named), None)
    shown = report_in(report)
    if index is None or not shown.figures:
        raise NoSuchPlaceError(begun.file)
    at = (*begun.path, chapter.index, shown.figures, index)
    sheet = sheet_of(sources, begun, at)
    return SheetEdit(Act.FILL, begun.file, at, {word_of(sheet, "internal"): ["ja"]})


def _said(sheet: Sheet, chapter: AdaptedChapter) -> dict[str, list[str]]:
    """Return what was typed of a chapter: its name, what has to be written, and which of its tables are left out."""
    name = one_line(request.form.get("naam", ""))
    if name == chapter.taken:
        # It is called as it was: nothing is said of it otherwise.
        name = ""
    given = {word_of(sheet, "name"): [name]}
    asks = one_line(request.form.get("schrijf", ""))
    if asks != chapter.asks:
        given[word_of(sheet, "asks")] = [asks]
    if "waar" in request.form and (request.form["waar"] == _INSIDE) != chapter.internal:
        given[word_of(sheet, "internal")] = ["nee" if chapter.internal else "ja"]
    if chapter.taken:
        kept, inside = (request.form.getlist(name)[:_MOST] for name in ("tabel", "tabel-intern"))
        held = [one for one in chapter.tables if one.index is None]
        given[word_of(sheet, "without")] = [one.title for one in held if one.title not in kept]
        given[word_of(sheet, "kept-inside")] = [
            one.title for one in held if one.title in inside and not one.agreed_inside
        ]
    return given


def _page(report: str, told: _Told) -> str:
    seen, shown = current(), report_in(report)
    found = judged(seen)
    at = chapter_called(shown, told.key)
    refused = bool(told.fault or told.wrong)
    done = request.args.get("gedaan", "") == "gewijzigd" and not refused
    public = request.args.get("versie") == _PUBLIC
    preview = preview_in(report, found, public=public)
    document = draft_document(preview.draft, public=public) if preview else None
    return page(
        "adapted_report.html",
        seen,
        shown=shown,
        mine=all(may_change_file(seen, file) for file in shown.files),
        fault=told.fault if at is None else "",
        told=told,
        # What was typed of a chapter that is gone is shown all the same: nobody loses it.
        typed=request.form if refused and request.form.get("doen") == "bewaar" else {},
        typed_at=told.key if refused else "",
        lost=refused and at is None,
        faults={**told.wrong, **({"": told.fault} if at is not None and told.fault else {})},
        anchor=anchor,
        preview=preview,
        public=public,
        asks={one.key: one.asks for one in preview.draft.offered.report.chapters} if preview else {},
        document=document,
        count=counted(found),
        kept=done and at is None,
        kept_at=told.key if done and at is not None else "",
        # Somebody came for this chapter: what can be said of it stands open.
        opened=request.args.get("open", ""),
    )


def preview_in(report: str, found: Judged | None, *, public: bool) -> Preview | None:
    """Return a report as it would become with the proposal that is looked at; None where that is not known."""
    if found is None or not found.is_sound:
        return None
    documents = {one.name: one.document for one in found.departments}
    asked = (current().proposal.organisation, report)
    return preview_of(site().runtime, me(), now(), asked, documents, Wish(public=public))
