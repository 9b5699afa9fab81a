"""Reports: which there are to make, their figures as they now stand, what is written beside them, and keeping them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from gehoor.core.access.roles import works_as
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.events import instant_text
from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.counting import behind
from gehoor.core.figures.documents import table_document
from gehoor.core.figures.suppression import public_tables
from gehoor.core.figures.tables import FigureTable
from gehoor.core.reports.model import Chapter, Report
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.core.wording.registry import sentences_in
from gehoor.services.figures.looking import Looking, Place, looking, today_in
from gehoor.services.figures.reckoning import Reckoned, listed, reckon
from gehoor.services.figures.report_records import (
    DRAFT,
    KEPT,
    ReportRecord,
    draft_id,
    kept_reports,
    report_record,
    save_report,
)
from gehoor.services.figures.self_assessment import Assessment, assess
from gehoor.services.ports.records import Account, to_document
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime

LONGEST: Final = 20_000
"""So many characters can be written in a chapter."""
_MOST_YEARS: Final = 60


class NoSuchReportError(LookupError):
    """There is no such report to make or read, for who asks."""


class WrittenMeanwhileError(Exception):
    """Somebody else wrote in the same chapter meanwhile. ``theirs``: what stands there now."""

    def __init__(self, theirs: str) -> None:
        super().__init__(theirs)
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Offered:
    """A report that somebody may make: of which departments (``organisation/department``, with their names)."""

    organisation: str
    organisation_name: str
    report: Report
    departments: Mapping[str, str]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as it is being made: its figures as whoever makes it sees them, and what is written so far."""

    offered: Offered
    department: str
    year: int
    reckoned: Reckoned
    record: ReportRecord
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    """What an organisation holds itself against in it, by name."""

    def public(self) -> list[FigureTable]:
        """Return its tables as the public may see them."""
        report, found = self.offered.report, self.reckoned
        return public_tables(
            [found.tables[name] for name in report.tables], report, found.period, found.members
        )


def offered_reports(runtime: Runtime, account: Account, now: datetime) -> list[Offered]:
    """Return the reports that an account may make. Departments that agreed on the same one make it together."""
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        return _offered(seen)


def kept_for_account(runtime: Runtime, account: Account, now: datetime) -> list[ReportRecord]:
    """Return the reports that are kept and that an account may read: of all departments of an organisation to who may
    in each, of one to who may there."""
    with looking(runtime, account, now, Action.READ_REPORTS) as seen:
        return [
            one
            for organisation in dict.fromkeys(organisation for organisation, _ in seen.agreements)
            for one in kept_reports(seen.register, organisation)
            if _may_read(seen, one)
        ]


def kept_report(runtime: Runtime, account: Account, now: datetime, name: str) -> ReportRecord:
    """Return a report that is kept. Raises ``NoSuchReportError``, also for who may not read it."""
    with looking(runtime, account, now, Action.READ_REPORTS) as seen:
        found = report_record(seen.register, name)
        if found is None or found.state != KEPT or not _may_read(seen, found):
            raise NoSuchReportError(name)
        return found


def _may_read(seen: Looking, record: ReportRecord) -> bool:
    mine = {"/".join(place) for place in seen.agreements}
    return set(record.departments) <= mine


def draft_of(
    runtime: Runtime,
    account: Account,
    now: datetime,
    asked: tuple[str, str, int, str],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Draft:
    """Return a report as it is being made. ``asked``: the organisation, the report, the year, and the department (as
    ``organisation/department``; empty: all that agreed on it). Raises ``NoSuchReportError``."""
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        offered, places = _places(seen, asked)
        return draft_in(seen, offered, places, asked, progress)


def report_asked(
    runtime: Runtime, account: Account, now: datetime, asked: tuple[str, str, int, str]
) -> Report:
    """Return a report as it is agreed on. ``asked``: as for ``draft_of``. Raises ``NoSuchReportError``."""
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        return _places(seen, asked)[0].report


def behind_figure(
    runtime: Runtime,
    account: Account,
    now: datetime,
    asked: tuple[str, str, int, str],
    figure: tuple[str, str | None, str | None],
) -> tuple[Offered, list[tuple[Counted, int]]]:
    """Return the dossiers behind a figure of a report (its table, row and column; none: all of them), the first number
    first, each with how often it counts there. Raises ``NoSuchReportError``."""
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        offered, places = _places(seen, asked)
        name, row, column = figure
        table = offered.report.tables.get(name)
        if table is None:
            raise NoSuchReportError(name)
        period = Period.of_year(asked[2])
        times = behind(offered.report, table, period, (row, column))
        found = [
            (one, count)
            for one in listed(seen, offered.report, places, period, table)
            if (count := times(one))
        ]
        return offered, sorted(found, key=lambda pair: pair[0].facts.number)


def write_chapter(
    runtime: Runtime,
    account: Account,
    now: datetime,
    asked: tuple[str, str, int, str],
    said: tuple[str, str, str],
) -> None:
    """Keep what somebody writes in a chapter. ``said``: the chapter (its key), the text, and what stood there when they
    began. Raises ``NoSuchReportError`` and ``WrittenMeanwhileError``."""
    chapter, text, before = said
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        offered, _places_of = _places(seen, asked)
        if chapter not in {one.key for one in offered.report.chapters if one.asks}:
            raise NoSuchReportError(chapter)
        empty = _empty(offered, asked)
    with writing(runtime.store) as register:
        record = report_record(register, empty.id) or empty
        stands = record.texts.get(chapter, {}).get("text", "")
        if stands == text:
            return
        if stands != before:
            raise WrittenMeanwhileError(stands)
        written = {"text": text[:LONGEST], "by": account.name, "at": instant_text(now)}
        save_report(register, replace(record, texts={**record.texts, chapter: written}))


def keep_report(
    runtime: Runtime,
    account: Account,
    now: datetime,
    asked: tuple[str, str, int, str],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    findings: Callable[[Assessment, bool], Mapping[str, Any]] = lambda _found, _public: {},
) -> ReportRecord:
    """Keep a report as it now is: with all dossiers of its departments, whoever makes it, the agreements that it was
    made from, and a hash of all it says. What was written stays in the draft. ``findings``: a self-assessment in words,
    for all or for the public. Raises ``NoSuchReportError``."""
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        offered, places = _places(seen, asked)
        whole = replace(seen, account="", excluded=())
        draft = draft_in(whole, offered, places, asked, progress)
        made_as = works_as(account.roles, seen.agreements[places[0]])
    tables = [draft.reckoned.tables[name] for name in offered.report.tables]
    record = replace(
        draft.record,
        id=runtime.new_id(),
        state=KEPT,
        # What was written of a chapter is kept with what that is called in this report.
        texts={
            one.title: draft.record.texts[one.key]
            for one in offered.report.chapters
            if one.key in draft.record.texts
        },
        chapters=tuple(
            {
                "title": one.title,
                "explanation": one.explanation,
                "internal": one.internal,
                "tables": [table.id for table in one.tables],
                **_in_words(draft, one, findings),
            }
            for one in offered.report.chapters
        ),
        tables=tuple(map(table_document, tables)),
        public=tuple(map(table_document, draft.public())),
        agreements={"/".join(place): seen.agreements[place].hash for place in places},
        departments={"/".join(place): seen.agreements[place].department_name for place in places},
        made_by=account.name,
        made_as=made_as,
        made_at=instant_text(now),
        language=_language(seen.agreements[places[0]]),
    )
    record = replace(record, digest=digest_of(record))
    with writing(runtime.store) as register:
        save_report(register, record)
    return record


def _in_words(
    draft: Draft, chapter: Chapter, findings: Callable[[Assessment, bool], Mapping[str, Any]]
) -> dict[str, Any]:
    found = [draft.assessments[name] for name in chapter.assesses if name in draft.assessments]
    if not found:
        return {}
    return {
        "findings": [findings(one, False) for one in found],
        "public-findings": [findings(one, True) for one in found],
    }


def digest_of(record: ReportRecord) -> str:
    """Return the hash of all that a kept report says."""
    return content_hash(dump(to_document(replace(record, digest="")), sort=True))


def _offered(seen: Looking) -> list[Offered]:
    found: dict[tuple[str, str], list[tuple[Place, Report]]] = {}
    for place, agreement in seen.agreements.items():
        for name, report in agreement.reports.items():
            found.setdefault((place[0], name), []).append((place, report))
    return [
        _one_offered(seen, [(place, report) for place, report in agreed if report == same])
        for agreed in found.values()
        for same in _different([report for _, report in agreed])
    ]


def _different(reports: Sequence[Report]) -> list[Report]:
    found: list[Report] = []
    for one in reports:
        if one not in found:
            found.append(one)
    return found


def _one_offered(seen: Looking, agreed: Sequence[tuple[Place, Report]]) -> Offered:
    first, report = agreed[0]
    agreement = seen.agreements[first]
    this_year = today_in(seen, first).year
    return Offered(
        first[0],
        agreement.organisation_name,
        report,
        {"/".join(place): seen.agreements[place].department_name for place, _ in agreed},
        tuple(range(this_year, this_year - _MOST_YEARS, -1)),
    )


def _places(seen: Looking, asked: tuple[str, str, int, str]) -> tuple[Offered, list[Place]]:
    organisation, name, year, department = asked
    for one in _offered(seen):
        if (one.organisation, one.report.id) != (organisation, name) or year not in one.years:
            continue
        if department and department not in one.departments:
            continue
        wanted = [department] if department else list(one.departments)
        return one, [place for place in seen.agreements if "/".join(place) in wanted]
    raise NoSuchReportError(name)


def draft_in(
    seen: Looking,
    offered: Offered,
    places: Sequence[Place],
    asked: tuple[str, str, int, str],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Draft:
    """Return a report as it is being made, of some departments. ``asked``: as for ``draft_of``."""
    sentences = sentences_in(_language(seen.agreements[places[0]]))
    period = Period.of_year(asked[2])
    reckoned = reckon(seen, offered.report, places, period, sentences, progress)
    empty = _empty(offered, asked)
    record = report_record(seen.register, empty.id) or empty
    named = dict.fromkeys(name for one in offered.report.chapters for name in one.assesses)
    held = replace(seen, agreements={place: seen.agreements[place] for place in places})
    known = [one for one in named if one in seen.agreements[places[0]].standards]
    assessments = {one: assess(held, (asked[0], one), asked[2]) for one in known}
    return Draft(offered, asked[3], asked[2], reckoned, record, assessments)


def _empty(offered: Offered, asked: tuple[str, str, int, str]) -> ReportRecord:
    organisation, name, year, department = asked
    report = offered.report
    return ReportRecord(
        draft_id(organisation, name, year, [department] if department else offered.departments),
        organisation,
        name,
        year,
        DRAFT,
        report.name,
        department,
        least=report.least,
        source=report.source,
        certainty=report.certainty,
    )


def _language(agreement: Agreement) -> str:
    return agreement.languages[0]
