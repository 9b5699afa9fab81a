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
from gehoor.core.figures.documents import table_document
from gehoor.core.figures.suppression.public_tables import public_tables
from gehoor.core.figures.suppression.published_together import PublishedTogether, published_together
from gehoor.core.figures.tables import FigureTable
from gehoor.core.reports.model import Chapter, Report
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.core.wording.registry import sentences_in
from gehoor.services.figures.looking import Looking, Place, looking
from gehoor.services.figures.offered_reports import (
    READING,
    Asked,
    NoSuchReportError,
    Offered,
    asked_report,
    offered_in,
)
from gehoor.services.figures.other_drafts import OtherDraft, other_drafts
from gehoor.services.figures.public_version import agreed_beside, is_whole, told_beside
from gehoor.services.figures.reckoning import Reckoned, count_dossiers, reckon
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


class WrittenMeanwhileError(Exception):
    """Somebody else wrote in the same chapter meanwhile. ``theirs``: what stands there now."""

    def __init__(self, theirs: str) -> None:
        super().__init__(theirs)
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as it is being made: its figures as whoever looks at it sees them, and what is written so far."""

    offered: Offered
    asked: Asked
    reckoned: Reckoned
    record: ReportRecord
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    """What an organisation holds itself against in it, by name."""
    others: tuple[OtherDraft, ...] = ()
    """What was written of it for other departments."""
    may_make: bool = True
    """Whether whoever looks may write in it and keep it."""
    together: PublishedTogether | None = None
    """All that is public of its departments over its year, and that anybody may lay beside it."""
    agreements: tuple[Agreement, ...] = ()
    """Those of its departments."""
    whole: bool = True
    """Whether it is of all departments that agreed on it: only then it has a public version. Beside that of all, one of
    some of them would tell what each of the two hides."""

    @property
    def year(self) -> int:
        """Return the year that it is about."""
        return self.asked.year

    @property
    def is_of_year(self) -> bool:
        """Say whether it is about a calendar year: only then it is written, kept and made public."""
        return self.asked.span is None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing counts in it."""
        tables = self.reckoned.tables.values()
        lines = (line for one in tables for line in (*one.lines, *([one.total] if one.total else [])))
        return bool(tables) and not any(line.total for line in lines)

    def public(self) -> list[FigureTable]:
        """Return its tables as the public may see them: none of some departments alone."""
        report, found = self.offered.report, self.reckoned
        if not self.whole:
            return []
        if self.together is None:
            return public_tables(
                [found.tables[name] for name in report.tables], report, found.period, found.members
            )
        sentences = sentences_in(_language(self.agreements[0]))
        return told_beside(report, found, self.together, self.agreements, sentences)


def offered_reports(runtime: Runtime, account: Account, now: datetime) -> tuple[list[Offered], list[Offered]]:
    """Return the reports that an account may make, and those that it may only read. Departments that agreed on the same
    one make it together."""
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        made = offered_in(seen)
    with looking(runtime, account, now, Action.READ_REPORTS) as seen:
        read = offered_in(seen)
    mine = {(one.organisation, one.report.id, key) for one in made for key in one.departments}
    others = [
        one for one in read if not {(one.organisation, one.report.id, key) for key in one.departments} <= mine
    ]
    return made, others


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
    asked: Asked,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Draft:
    """Return a report as it is being made, for who makes it or reads it. Raises ``NoSuchReportError``."""
    with looking(runtime, account, now, *READING) as seen:
        offered, places = asked_report(seen, asked)
        draft = draft_in(seen, offered, places, asked, progress)
        others = () if asked.span else other_drafts(seen, offered, draft.record)
        return replace(draft, others=others, may_make=seen.may(places, Action.MAKE_REPORTS))


def report_asked(runtime: Runtime, account: Account, now: datetime, asked: Asked) -> Report:
    """Return a report as it is agreed on. Raises ``NoSuchReportError``."""
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        return asked_report(seen, asked)[0].report


def draft_size(runtime: Runtime, account: Account, now: datetime, asked: Asked) -> tuple[Offered, int]:
    """Return a report that somebody asks for, and how many dossiers are looked at for it, without reading them. Raises
    ``NoSuchReportError``."""
    with looking(runtime, account, now, *READING) as seen:
        offered, places = asked_report(seen, asked)
        return offered, count_dossiers(seen, offered.report, places, (asked.period, asked.earlier))


def write_chapter(
    runtime: Runtime,
    account: Account,
    now: datetime,
    asked: Asked,
    said: tuple[str, str, str],
) -> None:
    """Keep what somebody writes in a chapter. ``said``: the chapter (its key), the text, and what stood there when they
    began. Raises ``NoSuchReportError`` and ``WrittenMeanwhileError``."""
    chapter, text, before = said
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        offered, _places_of = asked_report(seen, asked)
        if asked.span or chapter not in {one.key for one in offered.report.chapters if one.writes}:
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
    asked: Asked,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    findings: Callable[[Assessment, bool], Mapping[str, Any]] = lambda _found, _public: {},
) -> ReportRecord:
    """Keep a report as it now is: with all dossiers of its departments, whoever makes it, the agreements that it was
    made from, and a hash of all it says. While its year still runs it counts what exists for who makes it: what they
    may not see would else be told by what their draft lacks, on the day that it comes. What was written stays in the
    draft. ``findings``: a self-assessment in words, for all or for the public. Raises ``NoSuchReportError``."""
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        offered, places = asked_report(seen, asked)
        if asked.span:
            raise NoSuchReportError(asked.report)
        interim = asked.year >= offered.years[0]
        whole = seen if interim else replace(seen, account="", excluded=())
        draft = draft_in(whole, offered, places, asked, progress, sound=True)
        made_as = works_as(account.roles, seen.agreements[places[0]])
    tables = [draft.reckoned.tables[name] for name in offered.report.tables]
    before = draft.reckoned.before
    record = replace(
        draft.record,
        id=runtime.new_id(),
        state=KEPT,
        texts={
            one.id: draft.record.texts[one.key]
            for one in offered.report.chapters
            if one.key in draft.record.texts and (one.internal or one.key not in offered.report.shared_keys)
        },
        chapters=tuple(
            {
                "id": one.id,
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
        before=tuple(table_document(before[name]) for name in offered.report.tables if name in before),
        agreements={"/".join(place): seen.agreements[place].hash for place in places},
        departments={"/".join(place): seen.agreements[place].department_name for place in places},
        made_by=account.name,
        made_as=made_as,
        made_at=instant_text(now),
        language=_language(seen.agreements[places[0]]),
        interim=interim,
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
    said = to_document(replace(record, digest=""))
    if not record.before:
        # An earlier Gehoor kept none.
        del said["before"]
    if not record.interim:
        # Nor did it say this.
        del said["interim"]
    return content_hash(dump(said, sort=True))


def draft_in(
    seen: Looking,
    offered: Offered,
    places: Sequence[Place],
    asked: Asked,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    *,
    sound: bool = False,
) -> Draft:
    """Return a report as it is being made, of some departments."""
    sentences = sentences_in(_language(seen.agreements[places[0]]))
    periods = (asked.period, asked.earlier)
    together = None if asked.span else published_together(agreed_beside(seen, offered.report, places))
    reports = (offered.report, together.report if together else offered.report)
    reckoned = reckon(seen, reports, places, periods, sentences, progress, sound=sound)
    empty = _empty(offered, asked)
    record = (None if asked.span else report_record(seen.register, empty.id)) or empty
    named = dict.fromkeys(name for one in offered.report.chapters for name in one.assesses)
    held = replace(seen, agreements={place: seen.agreements[place] for place in places})
    known = [one for one in named if one in seen.agreements[places[0]].standards]
    assessments = {one: assess(held, (asked.organisation, one), asked.year) for one in known}
    agreements = tuple(seen.agreements[place] for place in places)
    return Draft(
        offered,
        asked,
        reckoned,
        record,
        assessments,
        together=together,
        agreements=agreements,
        whole=is_whole(seen, offered.report, places),
    )


def _empty(offered: Offered, asked: Asked) -> ReportRecord:
    report = offered.report
    departments = asked.departments or tuple(offered.departments)
    return ReportRecord(
        draft_id(asked.organisation, asked.report, asked.year, departments),
        asked.organisation,
        asked.report,
        asked.year,
        DRAFT,
        report.name,
        departments[0] if len(departments) == 1 else "",
        least=report.least,
        source=report.source,
        certainty=report.certainty,
    )


def _language(agreement: Agreement) -> str:
    return agreement.languages[0]
