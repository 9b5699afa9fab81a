"""The page of a report that is kept: what it says, its files, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import abort, render_template, request, url_for

from gehoor.core.agreement.model import Agreement
from gehoor.core.figures.report_document import ReportDocument, without_silent
from gehoor.services.figures.offered_reports import NoSuchReportError
from gehoor.services.figures.report_lists import listed_tables
from gehoor.services.figures.report_records import ReportRecord
from gehoor.services.figures.report_standing import LONGEST_WHO, LONGEST_WHY, may_say
from gehoor.services.figures.reports import kept_for_account, kept_report, superseding
from gehoor.services.register.register import reading
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.staff.figures.draft_page import PUBLIC
from gehoor.web.staff.figures.report_front import front_tiles
from gehoor.web.staff.figures.report_reading import kept_document
from gehoor.web.staff.figures.table_words import without_empty


def kept_page(
    record: ReportRecord, faults: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None
) -> str:
    """Return the page of a kept report. ``faults``: by field, why what was noted of it could not be kept; ``typed``:
    what stood in those fields."""
    public = request.args.get("versie") == PUBLIC
    listed = frozenset() if public else listed_tables(site().runtime, me(), now(), record)
    where: dict[str, Any] = {
        "organisation": record.organisation,
        "report": record.report,
        "year": record.year,
    }
    document = document_of(record, public=public)
    return render_template(
        "staff/report_kept.html",
        record=record,
        document=without_silent(without_empty(document)),
        public=public,
        done=request.args.get("gedaan", ""),
        newer=superseding(kept_for_account(site().runtime, me(), now())).get(record.id),
        listed=listed,
        front=front_tiles(document),
        may_say=not record.withdrawal and may_say(site().runtime, me(), now(), record),
        may_write=may_say(site().runtime, me(), now(), record),
        faults=faults or {},
        typed=typed or {},
        longest={"goedgekeurd-door": LONGEST_WHO, "waarom": LONGEST_WHY},
        behind=lambda table, row, column, *names: url_for(
            "report_lists.behind", **where, afdeling=list(record.departments), vastgelegd=record.id,
            tabel=table, rij=row, kolom=column, naam=names,
        ),
    )  # fmt: skip


def found_kept(name: str) -> ReportRecord:
    """Return a kept report; what nobody may read here is not found."""
    try:
        return kept_report(site().runtime, me(), now(), name)
    except NoSuchReportError:
        abort(404)


def document_of(record: ReportRecord, *, public: bool) -> ReportDocument:
    """Return a kept report as it is read."""
    organisation, who = names_of([record])[record.id]
    return kept_document(record, organisation, record.made_as if public else who, public=public)


def agreement_of(record: ReportRecord) -> Agreement | None:
    """Return an agreement that a kept report was made from, for how it looks."""
    runtime = site().runtime
    digest = next(iter(record.agreements.values()), "")
    with reading(runtime.store) as register:
        return runtime.library.sound_agreement(register, digest) if digest else None


def names_of(records: Iterable[ReportRecord]) -> dict[str, tuple[str, str]]:
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
