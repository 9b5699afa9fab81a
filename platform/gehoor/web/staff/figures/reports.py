"""Reports: which there are, making one, keeping it, and its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.figures.periods import Beside
from gehoor.core.figures.report_document import ReportDocument
from gehoor.core.figures.report_texts import report_csv, report_json
from gehoor.services.figures.offered_reports import NoSuchReportError
from gehoor.services.figures.report_drafts import Draft
from gehoor.services.figures.report_lists import listed_tables
from gehoor.services.figures.report_records import ReportRecord
from gehoor.services.figures.reports import (
    LONGEST,
    WrittenMeanwhileError,
    draft_of,
    draft_size,
    keep_report,
    kept_for_account,
    kept_report,
    offered_reports,
    report_asked,
    write_chapter,
)
from gehoor.services.register.register import reading
from gehoor.web.display.files import XLSX, as_file
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.menu import may_adapt
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.figures.asked_period import (
    beside_offered,
    in_address,
    last_quarter,
    period_name,
    quarters_offered,
    span_in,
)
from gehoor.web.staff.figures.asked_report import LONGEST_NAME, asked_in, draft_address
from gehoor.web.staff.figures.assessment_words import findings
from gehoor.web.staff.figures.given_back import given_back
from gehoor.web.staff.figures.report_front import front_tiles, with_front
from gehoor.web.staff.figures.report_reading import draft_document, kept_document

pages = Blueprint("reports", __name__, url_prefix="/medewerker/verslagen")

_PUBLIC: Final = "openbaar"
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
        "staff/reports.html", made=made, read=read, kept=kept, names=_names(kept), quarter=last_quarter
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
    return _draft_page(_draft(organisation, report, year))


@pages.post("/<organisation>/<report>/<int:year>/hoofdstuk")
@allow(Policy.COUNTS, Action.MAKE_REPORTS)
@text_room(tekst=LONGEST, eerder=LONGEST)
def write(organisation: str, report: str, year: int) -> Response | tuple[str, int]:
    """Keep what was written in every chapter, whichever button was pressed: nothing that was typed is lost."""
    refused = _write_all(organisation, report, year)
    if refused is not None:
        return refused
    chapter = request.form.get("bij") or request.form.get("hoofdstuk", "")
    return redirect(
        draft_address(
            organisation,
            report,
            year,
            _anchor=_anchor_of(organisation, report, year, chapter),
            bewaard=chapter[:LONGEST_NAME],
            maak=1,
        ),
        303,
    )


def _write_all(organisation: str, report: str, year: int) -> tuple[str, int] | None:
    """Keep what was written in each chapter. Return a page with what could not be kept: somebody else wrote there
    meanwhile, or the chapter is gone."""
    form, refused, gone = request.form, dict[str, tuple[str, str]](), list[str]()
    for chapter, text, before in zip(*map(form.getlist, ("hoofdstuk", "tekst", "eerder")), strict=False):
        said = (chapter[:LONGEST_NAME], _plain(text), _plain(before))
        if said[1] == said[2]:
            continue
        try:
            write_chapter(site().runtime, me(), now(), asked_in(organisation, report, year), said)
        except WrittenMeanwhileError as error:
            refused[said[0]] = (said[1], error.theirs)
        except NoSuchReportError:
            gone.append(said[1])
    if gone:
        lost = "\n\n".join([*gone, *(text for text, _theirs in refused.values())])
        return given_back(lost, _("Dit hoofdstuk is er niet meer"), url_for(".overview"), _("Alle verslagen"))
    return (_draft_page(_draft(organisation, report, year), refused), 409) if refused else None


@pages.post("/<organisation>/<report>/<int:year>/vastleggen")
@allow(Policy.COUNTS, Action.MAKE_REPORTS)
@text_room(tekst=LONGEST, eerder=LONGEST)
def keep(organisation: str, report: str, year: int) -> Response | tuple[str, int]:
    """Keep a report as it now is, with what was typed in it and not saved yet."""
    refused = _write_all(organisation, report, year)
    if refused is not None:
        return refused
    try:
        asked = asked_in(organisation, report, year)
        record = keep_report(site().runtime, me(), now(), asked, findings=findings)
    except NoSuchReportError:
        abort(404)
    return redirect(url_for("reports.kept", name=record.id), 303)


@pages.get("/vastgelegd/<name>")
@allow(Policy.COUNTS, Action.READ_REPORTS)
def kept(name: str) -> str:
    """Show a report that is kept."""
    record = _kept(name)
    public = request.args.get("versie") == _PUBLIC
    listed = frozenset() if public else listed_tables(site().runtime, me(), now(), record)
    where: dict[str, Any] = {
        "organisation": record.organisation,
        "report": record.report,
        "year": record.year,
    }
    document = _document(record, public=public)
    return render_template(
        "staff/report_kept.html",
        record=record,
        document=document,
        public=public,
        listed=listed,
        front=front_tiles(document),
        behind=lambda table, row, column, *names: url_for(
            "report_lists.behind", **where, afdeling=list(record.departments), vastgelegd=record.id,
            tabel=table, rij=row, kolom=column, naam=names,
        ),
    )  # fmt: skip


@pages.get("/vastgelegd/<name>/verslag.<kind>")
@allow(Policy.COUNTS, Action.READ_REPORTS)
def file(name: str, kind: str) -> Response:
    """Give a report that is kept as a file."""
    record = _kept(name)
    public = request.args.get("versie") == _PUBLIC
    return _file(_document(record, public=public), kind, f"{record.report}-{record.year}-{_suffix(public)}")


@pages.get("/<organisation>/<report>/<int:year>/ontwerp.<kind>")
@allow(Policy.COUNTS)
def draft_file(organisation: str, report: str, year: int, kind: str) -> Response:
    """Give a report as it is being made as a file."""
    found = _draft(organisation, report, year)
    public = _is_public(found)
    of = (
        [str(year)]
        if found.is_of_year
        else [str(one) for one in (found.asked.period.first, found.asked.period.last)]
    )
    whose = [one.rpartition("/")[2] for one in found.asked.departments]
    begins = [_("ontwerp"), report] if found.is_of_year else [report]
    name = "-".join([*begins, *whose[:_NAMED], *of, _suffix(public)])
    return _file(draft_document(found, public=public), kind, name)


def _file(document: ReportDocument, kind: str, name: str) -> Response:
    document, files = with_front(document), site().report_files
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


def _is_public(found: Draft) -> bool:
    """Say whether somebody wants the public version: there is none of other days than a year, as what is hidden in the
    one could be worked out of the others."""
    return found.is_of_year and request.args.get("versie") == _PUBLIC


def _draft_page(found: Draft, refused: Mapping[str, tuple[str, str]] | None = None) -> str:
    public = _is_public(found)
    organisation, report = found.offered.organisation, found.offered.report
    where: dict[str, Any] = {"organisation": organisation, "report": report.id, "year": found.year}
    where["afdeling"] = list(found.asked.departments) or None
    where |= in_address(found.asked.span, found.asked.beside)
    earlier, document = found.reckoned.earlier, draft_document(found, public=public)
    return render_template(
        "staff/report_draft.html",
        being=found,
        document=document,
        public=public,
        asks={one.key: one.asks or _("Wat wilt u hierbij zeggen?") for one in report.chapters if one.writes}
        if found.may_make and found.is_of_year
        else {},
        texts=found.record.texts,
        # What was written of a chapter that the report no longer has: it stays, for who wants to take it over.
        left_over={
            name: one["text"]
            for name, one in found.record.texts.items()
            if one["text"] and name not in {chapter.key for chapter in report.chapters if chapter.writes}
        },
        internal={one.key for one in report.chapters if one.internal},
        called={one.key: one.title for one in report.chapters},
        saved=request.args.get("bewaard", ""),
        refused=refused or {},
        longest=LONGEST,
        address=lambda **more: url_for("reports.draft", **{**where, "maak": None, **more}),
        chosen=found.asked.departments,
        front=front_tiles(document),
        behind=lambda table, row, column, *names: url_for(
            "report_lists.behind", **where, tabel=table, rij=row, kolom=column, naam=names
        ),
        behind_earlier=lambda table, row, *names: url_for(
            "report_lists.behind",
            **{**where, **in_address(earlier), "year": earlier.last.year},
            tabel=table,
            rij=row,
            naam=names,
        ),
        file=lambda kind: url_for(
            "reports.draft_file", **where, kind=kind, versie=_PUBLIC if public else None
        ),
        to=lambda page: url_for(f"reports.{page}", **where),
        adapts=may_adapt(organisation),
        years=found.offered.years[:8],
        quarters=[
            (
                period_name(one),
                one == found.asked.span,
                {"year": one.last.year, **in_address(one, found.asked.beside)},
            )
            for one in quarters_offered(found.offered.today)
        ],
        no_days=in_address(None),
        wrong=span_in(request.args)[1],
        days_before=found.asked.beside is Beside.DAYS_BEFORE,
        beside=beside_offered(found.asked.span, found.asked.beside),
        running=found.year == found.offered.years[0],
        unwritten=[one.title for one in report.chapters if one.asks and one.key not in found.record.texts],
    )


def _anchor_of(organisation: str, report: str, year: int, chapter: str) -> str | None:
    """Return where a chapter stands on the page of a draft; None where it is not in it any more."""
    try:
        chapters = report_asked(site().runtime, me(), now(), asked_in(organisation, report, year)).chapters
    except NoSuchReportError:
        return None
    return next((f"s-{number}" for number, one in enumerate(chapters, 1) if one.key == chapter), None)


def _draft(organisation: str, report: str, year: int) -> Draft:
    try:
        return draft_of(site().runtime, me(), now(), asked_in(organisation, report, year))
    except NoSuchReportError:
        abort(404)


def _kept(name: str) -> ReportRecord:
    try:
        return kept_report(site().runtime, me(), now(), name)
    except NoSuchReportError:
        abort(404)


def _document(record: ReportRecord, *, public: bool) -> ReportDocument:
    organisation, who = _names([record])[record.id]
    return kept_document(record, organisation, record.made_as if public else who, public=public)


def _names(records: list[ReportRecord]) -> dict[str, tuple[str, str]]:
    """Return of each report what its organisation is called, and who made it."""
    runtime = site().runtime
    with reading(runtime.store) as register:
        staff = runtime.staff.of(register, now())
        found = {}
        for one in records:
            digest = next(iter(one.agreements.values()), "")
            agreement = runtime.library.sound_agreement(register, digest) if digest else None
            name = agreement.organisation_name if agreement else one.organisation
            found[one.id] = (name, f"{staff.full_name(one.made_by)} ({one.made_as})")
    return found


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
