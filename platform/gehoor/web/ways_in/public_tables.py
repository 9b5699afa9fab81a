"""Welke tabellen openbaar zijn: of all tables of a report at once, whether the public reads them, and how much they
hide there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.figures.report_document import tells_nothing
from gehoor.core.figures.tables import FigureTable
from gehoor.core.proposals.asking import AdaptedChapter, AdaptedReport, AdaptedTable
from gehoor.services.figures.previewing import Preview
from gehoor.services.ports.drafting import Act, SheetEdit, SheetRefusedError
from gehoor.services.proposals.changing import ChangedOtherwiseError, Edit, change_files
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.ways_in.adapted_report import preview_in
from gehoor.web.ways_in.report_edits import Begun, adapted, sheet_of, then, word_of
from gehoor.web.ways_in.shown_chapters import changed_meanwhile, report_in
from gehoor.web.workbench.places import why_refused
from gehoor.web.workbench.shown import REFUSALS, counted, current, judged, may_change_file, page, refusal

pages = Blueprint(
    "public_tables",
    __name__,
    url_prefix="/medewerker/werkplaats/voorstel/<proposal>/verslag/<report>/openbaar",
)

Answer: TypeAlias = "Response | str | tuple[str, int]"


@dataclass(frozen=True, slots=True)
class Shown:
    """How the public reads a table: ``numbers`` it has, of which so many are ``hidden``; ``untold``: it does not stand
    there at all."""

    numbers: int
    hidden: int
    untold: bool


@pages.get("")
@allow(Policy.PROPOSAL)
def show(proposal: str, report: str) -> str:
    """Show every table, with what of it the public is not told."""
    return _page(report)


@pages.post("")
@allow(Policy.PROPOSAL)
def change(proposal: str, report: str) -> Answer:
    """Make the tables that are marked internal, and the others public."""
    seen, wanted = current(), frozenset(request.form.getlist("intern"))
    tree = request.form.get("gezien", seen.proposal.tree)
    if tree != seen.proposal.tree:
        return _page(report, wanted, changed_meanwhile(tree)), 409
    try:
        files = _changed(seen.sources, report_in(report), wanted)
        if files:
            what = _("gezegd welke tabellen van het verslag openbaar zijn")
            edit = Edit(seen.proposal.id, seen.proposal.tree, files, what)
            change_files(site().runtime, edit, me().name, now())
    except SheetRefusedError as error:
        return _page(report, wanted, why_refused(error)), 422
    except ChangedOtherwiseError:
        return _page(report, wanted, changed_meanwhile(seen.proposal.tree)), 409
    except REFUSALS as error:
        return _page(report, wanted, refusal(error)), 409
    return redirect(url_for(".show", proposal=proposal, report=report, gedaan="gewijzigd"), 303)


def _changed(
    sources: Mapping[str, bytes], report: AdaptedReport, wanted: Collection[str]
) -> Mapping[str, bytes]:
    """Return the files in which the tables that are wanted so, and no others, are internal; none where they are."""
    begun, changes = None, False
    for chapter in _listed(report):
        otherwise = [one for one in _told(chapter) if one.internal != (one.title in wanted)]
        if not otherwise:
            continue
        begun, changes = begun or adapted(sources, report.name), True
        begun = _with_taken(sources, begun, chapter, wanted)
        for table in otherwise:
            if table.index is not None:
                begun = _with_own(sources, begun, report, chapter, table)
    return begun.files if begun and changes else {}


def _with_taken(
    sources: Mapping[str, bytes], begun: Begun, chapter: AdaptedChapter, wanted: Collection[str]
) -> Begun:
    """Return files in which it is said which of the tables that came with a chapter are internal."""
    taken = [one for one in _told(chapter) if one.index is None]
    if all(one.internal == (one.title in wanted) for one in taken):
        return begun
    at = (*begun.path, chapter.index)
    word = word_of(sheet_of(sources, begun, at), "kept-inside")
    given = {word: [one.title for one in taken if one.title in wanted]}
    return Begun(then(sources, begun, SheetEdit(Act.FILL, begun.file, at, given)), begun.path)


def _with_own(
    sources: Mapping[str, bytes],
    begun: Begun,
    report: AdaptedReport,
    chapter: AdaptedChapter,
    table: AdaptedTable,
) -> Begun:
    """Return files in which a table of one's own is what it was not: internal, or public."""
    assert table.index is not None
    at = (*begun.path, chapter.index, report.figures, table.index)
    word = word_of(sheet_of(sources, begun, at), "internal")
    given = {word: ["" if table.internal else "ja"]}
    return Begun(then(sources, begun, SheetEdit(Act.FILL, begun.file, at, given)), begun.path)


def _listed(report: AdaptedReport) -> list[AdaptedChapter]:
    """Return the chapters that the public reads, of which tables can be internal."""
    return [one for one in report.chapters if not one.dropped and not one.internal and _told(one)]


def _told(chapter: AdaptedChapter) -> list[AdaptedTable]:
    return [one for one in chapter.tables if not one.dropped and not one.agreed_inside]


def _page(report: str, wanted: Collection[str] | None = None, fault: str = "") -> str:
    seen, shown = current(), report_in(report)
    found = judged(seen)
    preview = preview_in(report, found, public=True)
    return page(
        "public_tables.html",
        seen,
        shown=shown,
        chapters=[(one, _told(one)) for one in _listed(shown)],
        agreed_inside=[
            *(one.title for one in shown.chapters if one.internal and not one.dropped),
            *(table.title for one in _listed(shown) for table in one.tables if table.agreed_inside),
        ],
        mine=all(may_change_file(seen, file) for file in shown.files),
        fault=fault,
        faults={"": fault} if fault else {},
        wanted=wanted,
        preview=preview,
        told=_as_told(preview) if preview else {},
        count=counted(found),
        kept=request.args.get("gedaan", "") == "gewijzigd" and not fault,
    )


def _as_told(preview: Preview) -> dict[str, Shown]:
    """Return by its name how the public reads each table."""
    return {one.title: _of(one) for one in preview.draft.public()}


def _of(table: FigureTable) -> Shown:
    rows = (*table.lines, *([table.total] if table.total else []))
    numbers = [number for row in rows for number in row.counts]
    hidden = sum(number is None for number in numbers)
    return Shown(len(numbers), hidden, table.withheld or tells_nothing(table))
