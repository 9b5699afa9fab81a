"""Reports: which there are, making one, keeping it, and its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.figures.report_document import ReportDocument, without_silent
from gehoor.core.figures.report_texts import report_csv, report_json
from gehoor.services.figures.offered_reports import NoSuchReportError
from gehoor.services.figures.report_drafts import Draft
from gehoor.services.figures.reports import (
    LONGEST,
    WrittenMeanwhileError,
    draft_of,
    draft_size,
    keep_report,
    kept_for_account,
    names_told,
    offered_reports,
    report_asked,
    superseding,
    write_chapter,
)
from gehoor.web.display.files import XLSX, as_file
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.figures.asked_period import last_quarter, period_name
from gehoor.web.staff.figures.asked_report import LONGEST_NAME, asked_in, draft_address
from gehoor.web.staff.figures.assessment_words import findings
from gehoor.web.staff.figures.draft_page import (
    ALL_KEPT,
    PUBLIC,
    Refused,
    anchor_of,
    draft_page,
    is_public,
    small_told,
)
from gehoor.web.staff.figures.given_back import given_back
from gehoor.web.staff.figures.kept_page import agreement_of, document_of, found_kept, kept_page, names_of
from gehoor.web.staff.figures.report_front import with_front
from gehoor.web.staff.figures.report_paper import dressed
from gehoor.web.staff.figures.report_reading import draft_document
from gehoor.web.staff.figures.table_words import gathered, without_empty

ROOM: Final = dict.fromkeys(("tekst", "eerder", "intern-tekst", "intern-eerder"), LONGEST)
"""So many characters can be written in a chapter, for all or for the internal version alone."""

pages = Blueprint("reports", __name__, url_prefix="/medewerker/verslagen")

_MANY: Final = 3000
"""Of more dossiers than this, it is said first that the report is being made: it takes seconds."""
_NAMED: Final = 3
"""So many departments are named in the name of a file."""


@pages.get("/")
@allow(Policy.COUNTS)
def overview() -> str:
    """Show which reports can be made, and those that are kept."""
    made, read = offered_reports(site().runtime, me(), now())
    kept = kept_for_account(site().runtime, me(), now())
    return render_template(
        "staff/reports.html",
        made=made,
        read=read,
        kept=kept,
        names=names_of(kept),
        superseded=superseding(kept),
        quarter=last_quarter,
    )


@pages.get("/<organisation>/<report>/<int:year>")
@allow(Policy.COUNTS)
def draft(organisation: str, report: str, year: int) -> str:
    """Show a report as it is being made, with room to write. Of very many dossiers it is said first that it is being
    made, and the page goes on by itself."""
    if "maak" not in request.args:
        asked = asked_in(organisation, report, year)
        try:
            offered, size = draft_size(site().runtime, me(), now(), asked)
        except NoSuchReportError:
            abort(404)
        if size > _MANY:
            return render_template(
                "staff/report_progress.html",
                offered=offered,
                period=period_name(asked.period),
                size=size,
                onward=draft_address(organisation, report, year, maak=1, versie=request.args.get("versie")),
            )
    return draft_page(_draft(organisation, report, year))


@pages.post("/<organisation>/<report>/<int:year>/hoofdstuk")
@allow(Policy.COUNTS, Action.MAKE_REPORTS)
@text_room(**ROOM)
def write(organisation: str, report: str, year: int) -> Response | tuple[str, int]:
    """Keep what was written in every chapter, whichever button was pressed: nothing that was typed is lost."""
    refused = _write_all(organisation, report, year)
    if refused is not None:
        return refused
    chapter = request.form.get("bij") or request.form.get("hoofdstuk", "")
    place = _place_of(organisation, report, year, chapter)
    return redirect(
        draft_address(
            organisation,
            report,
            year,
            _anchor=anchor_of(place) if place else None,
            bewaard=chapter[:LONGEST_NAME] if place else ALL_KEPT,
            maak=1,
        ),
        303,
    )


def _write_all(
    organisation: str, report: str, year: int, *, freezing: bool = False
) -> tuple[str, int] | None:
    """Keep what was written in each chapter. Return a page with what could not be kept: somebody else wrote there
    meanwhile, or the chapter is gone."""
    refused, gone = dict[tuple[str, bool], Refused](), list[str]()
    for inside, chapter, text, before in _typed():
        said = (chapter[:LONGEST_NAME], _plain(text), _plain(before))
        if said[1] == said[2]:
            continue
        try:
            asked = asked_in(organisation, report, year)
            write_chapter(site().runtime, me(), now(), asked, said, internal=inside)
        except WrittenMeanwhileError as error:
            refused[said[0], inside] = Refused(said[1], error.theirs, error.by == me().name)
        except NoSuchReportError:
            gone.append(said[1])
    if gone:
        lost = "\n\n".join([*gone, *(one.text for one in refused.values())])
        return given_back(lost, _("Dit hoofdstuk is er niet meer"), url_for(".overview"), _("Alle verslagen"))
    if not refused:
        return None
    return draft_page(_draft(organisation, report, year), refused, freezing=freezing), 409


def _typed() -> Iterator[tuple[bool, str, str, str]]:
    """Yield what was typed: whether it is for the internal version alone, the chapter, the text, and what stood there
    when somebody began."""
    for inside in (False, True):
        names = [f"{'intern-' if inside else ''}{one}" for one in ("hoofdstuk", "tekst", "eerder")]
        for chapter, text, before in zip(*map(request.form.getlist, names), strict=False):
            yield inside, chapter, text, before


@pages.post("/<organisation>/<report>/<int:year>/vastleggen")
@allow(Policy.COUNTS, Action.MAKE_REPORTS)
@text_room(**ROOM)
def keep(organisation: str, report: str, year: int) -> Response | tuple[str, int]:
    """Keep a report as it now is, with what was typed in it and not saved yet."""
    refused = _write_all(organisation, report, year, freezing=True)
    if refused is not None:
        return refused
    found = _draft(organisation, report, year)
    agreed = {one for one in ("namen", "getallen") if request.form.get(one) == "ja"}
    if ("namen" not in agreed and names_told(site().runtime, me(), now(), found)) or (
        "getallen" not in agreed and small_told(found)
    ):
        return draft_page(found, freezing=True, agreed=agreed), 422
    try:
        asked = asked_in(organisation, report, year)
        before = {one.id for one in kept_for_account(site().runtime, me(), now())}
        record = keep_report(site().runtime, me(), now(), asked, findings=findings)
    except NoSuchReportError:
        abort(404)
    done = "ongewijzigd" if record.id in before else "vastgelegd"
    return redirect(url_for("reports.kept", name=record.id, gedaan=done), 303)


@pages.get("/vastgelegd/<name>")
@allow(Policy.COUNTS, Action.READ_REPORTS)
def kept(name: str) -> str:
    """Show a report that is kept."""
    return kept_page(found_kept(name))


@pages.get("/vastgelegd/<name>/verslag.<kind>")
@allow(Policy.COUNTS, Action.READ_REPORTS)
def file(name: str, kind: str) -> Response:
    """Give a report that is kept as a file."""
    record = found_kept(name)
    public = request.args.get("versie") == PUBLIC
    document = dressed(document_of(record, public=public), agreement_of(record))
    name = "-".join(
        [record.report, str(record.year), _suffix(public), *([_("ingetrokken")] if record.withdrawal else [])]
    )
    return _file(document, kind, name)


@pages.get("/<organisation>/<report>/<int:year>/ontwerp.<kind>")
@allow(Policy.COUNTS)
def draft_file(organisation: str, report: str, year: int, kind: str) -> Response:
    """Give a report as it is being made as a file."""
    found = _draft(organisation, report, year)
    public = is_public(found)
    of = (
        [str(year)]
        if found.is_of_year
        else [str(one) for one in (found.asked.period.first, found.asked.period.last)]
    )
    whose = [one.rpartition("/")[2] for one in found.asked.departments]
    begins = [_("ontwerp"), report] if found.is_of_year else [report]
    name = "-".join([*begins, *whose[:_NAMED], *of, _suffix(public)])
    return _file(dressed(draft_document(found, public=public), found.agreements[0]), kind, name)


def _file(document: ReportDocument, kind: str, name: str) -> Response:
    # Who reckons with it finds each table under its name.
    document = with_front(without_silent(document if kind == "json" else gathered(document)))
    if kind == "pdf":
        document = without_empty(document)
    files = site().report_files
    made: Mapping[str, tuple[str, Callable[[], bytes | None]]] = {
        "csv": ("text/csv; charset=utf-8", lambda: report_csv(document, local=True)),
        "txt": ("text/csv; charset=utf-8", lambda: report_csv(document, local=False)),
        "json": ("application/json", lambda: report_json(document)),
        "xlsx": (XLSX, lambda: files.xlsx(document) if files else None),
        "pdf": ("application/pdf", lambda: files.pdf(document) if files else None),
    }
    if kind not in made:
        abort(404)
    media, make = made[kind]
    content = make()
    if content is None:
        abort(404)
    return as_file(content, media, name, kind)


def _suffix(public: bool) -> str:
    """Return what the name of a file ends with, so that nobody sends the one for the other."""
    said: str = _("openbaar") if public else _("intern")
    return said


def _place_of(organisation: str, report: str, year: int, chapter: str) -> int:
    """Return the place (from 1) of a chapter in a report; 0 where it is not in it any more."""
    try:
        chapters = report_asked(site().runtime, me(), now(), asked_in(organisation, report, year)).chapters
    except NoSuchReportError:
        return 0
    return next((place for place, one in enumerate(chapters, 1) if one.key == chapter), 0)


def _draft(organisation: str, report: str, year: int) -> Draft:
    try:
        return draft_of(site().runtime, me(), now(), asked_in(organisation, report, year))
    except NoSuchReportError:
        abort(404)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
