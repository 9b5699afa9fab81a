"""Reports: which there are to make, their figures as they now stand, what is written beside them, and keeping them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from gehoor.core.access.roles import works_as
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.dossier.events import instant_text
from gehoor.core.figures.documents import table_document
from gehoor.core.reports.model import Chapter, Report
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.services.disclosure.named_in_texts import named_in_texts
from gehoor.services.figures.looking import Looking, looking
from gehoor.services.figures.offered_reports import (
    READING,
    Asked,
    NoSuchReportError,
    Offered,
    asked_report,
    offered_in,
)
from gehoor.services.figures.reckoning import count_dossiers
from gehoor.services.figures.report_drafts import Draft, draft_in, empty_record, language_of, other_drafts
from gehoor.services.figures.report_records import (
    KEPT,
    ReportRecord,
    kept_reports,
    report_record,
    save_report,
)
from gehoor.services.figures.self_assessment import Assessment
from gehoor.services.ports.records import Account, to_document
from gehoor.services.ports.store import Document
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime

LONGEST: Final = 20_000
"""So many characters can be written in a chapter."""


class WrittenMeanwhileError(Exception):
    """Somebody wrote in the same chapter meanwhile. ``theirs``: what stands there now; ``by``: who wrote that (an
    account)."""

    def __init__(self, theirs: str, by: str) -> None:
        super().__init__(theirs)
        self.theirs = theirs
        self.by = by


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


def names_told(runtime: Runtime, account: Account, now: datetime, draft: Draft) -> dict[str, tuple[str, ...]]:
    """Return of each chapter (its key) that comes in the public version the names of people in what is written there,
    also in a self-assessment: of people whose names stand in a dossier, as far as whoever looks may see them."""
    texts = {
        one.key: "\n".join(_written(draft, one)) for one in draft.offered.report.chapters if not one.internal
    }
    if draft.asked.span or not any(texts.values()):
        return {}
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:

        def shown(dossiers: list[str]) -> Iterator[tuple[Document, Agreement, frozenset[str]]]:
            for place in seen.agreements:
                for one in seen.select(seen.where(place, equals={"id": list(dossiers)})):
                    unseen = seen.unseen_under(place, one["agreement"])
                    agreement = seen.agreement_under(one["agreement"])
                    if unseen is not None and agreement is not None:
                        yield one, agreement, unseen

        return named_in_texts(seen.register, texts, draft.offered.organisation, shown)


def _written(draft: Draft, chapter: Chapter) -> Iterator[str]:
    if chapter.writes and chapter.key in draft.record.texts:
        yield draft.record.texts[chapter.key]["text"]
    for name in chapter.assesses:
        lines = draft.assessments[name].lines if name in draft.assessments else ()
        yield from (part.answer["text"] for line in lines for part in line.parts if part.answer.get("text"))


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
    *,
    internal: bool = False,
) -> None:
    """Keep what somebody writes in a chapter. ``said``: the chapter (its key), the text, and what stood there when they
    began. ``internal``: what the internal version says beside what all may read. Raises ``NoSuchReportError`` and
    ``WrittenMeanwhileError``."""
    chapter, text, before = said
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        offered, _places_of = asked_report(seen, asked)
        written_in = {
            one.key for one in offered.report.chapters if one.writes and not (internal and one.internal)
        }
        if asked.span or chapter not in written_in:
            raise NoSuchReportError(chapter)
        empty = empty_record(offered, asked)
    with writing(runtime.store) as register:
        record = report_record(register, empty.id) or empty
        texts = record.internal_texts if internal else record.texts
        there = texts.get(chapter, {})
        stands = there.get("text", "")
        if stands == text:
            return
        if stands != before:
            raise WrittenMeanwhileError(stands, there.get("by", ""))
        written = {"text": text[:LONGEST], "by": account.name, "at": instant_text(now)}
        texts = {**texts, chapter: written}
        changed = replace(record, internal_texts=texts) if internal else replace(record, texts=texts)
        save_report(register, changed)


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
    draft. Where nothing changed since it was kept before, that is returned, and nothing is kept. ``findings``: a
    self-assessment in words, for all or for the public. Raises ``NoSuchReportError``."""
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
        internal_texts={
            one.id: draft.record.internal_texts[one.key]
            for one in offered.report.chapters
            if one.key in draft.record.internal_texts and not one.internal
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
        language=language_of(seen.agreements[places[0]]),
        first=draft.reckoned.first,
        since=draft.reckoned.since,
        interim=interim,
    )
    with writing(runtime.store) as register:
        last = next(
            (
                one
                for one in kept_reports(register, record.organisation)
                if _is_same(one, record) and not one.withdrawal
            ),
            None,
        )
        if last is not None and _said(last) == _said(record):
            return last
        record = replace(record, digest=digest_of(record))
        save_report(register, record)
    return record


def _is_same(one: ReportRecord, other: ReportRecord) -> bool:
    """Say whether two reports are the same one, of the same year and departments."""
    return _about(one) == _about(other)


def _about(one: ReportRecord) -> tuple[str, str, int, frozenset[str]]:
    return one.organisation, one.report, one.year, frozenset(one.departments)


def _said(record: ReportRecord) -> str:
    """Return all that a kept report says, but for who kept it, who wrote what in it, and when."""
    bare = replace(
        record,
        id="",
        made_by="",
        made_as="",
        made_at="",
        digest="",
        approval={},
        withdrawal={},
        texts=_words(record.texts),
        internal_texts=_words(record.internal_texts),
    )
    return dump(to_document(bare), sort=True)


def _words(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    # A text that was changed and changed back says what it said.
    return {key: {"text": one["text"]} for key, one in texts.items() if one.get("text")}


def superseding(kept: Collection[ReportRecord]) -> dict[str, ReportRecord]:
    """Return of each kept report (its id) that was kept again later, the newest of them that is not withdrawn."""
    newest: dict[tuple[str, str, int, frozenset[str]], ReportRecord] = {}
    for one in sorted(kept, key=lambda one: (one.made_at, one.id)):
        if not one.withdrawal:
            newest[_about(one)] = one
    return {
        one.id: last
        for one in kept
        if (last := newest.get(_about(one))) and (last.made_at, last.id) > (one.made_at, one.id)
    }


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
    said = to_document(replace(record, digest="", approval={}, withdrawal={}))
    for name in ("before", "interim", "first", "since", "internal_texts", "approval", "withdrawal"):
        if not said[name]:
            # An earlier Gehoor did not say this.
            del said[name]
    return content_hash(dump(said, sort=True))
