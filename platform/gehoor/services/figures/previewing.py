"""A report as it would become: counted as it is proposed, over the last full year, before anybody agreed on it.

What is in force says who may count what; of the proposal only the report is taken. A table about something that is not
in force yet has no figures: it is told, and nothing is counted by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.model import fact_names
from gehoor.core.conditions.parse import ConditionError
from gehoor.core.reports.model import PLACES_AND_TIMES, Report, ReportTable
from gehoor.core.reports.parse import build_reports
from gehoor.services.figures.looking import Looking, Place, looking, today_in
from gehoor.services.figures.offered_reports import Asked, Offered
from gehoor.services.figures.report_drafts import Draft, draft_in
from gehoor.services.ports.records import Account
from gehoor.services.register.runtime import Runtime

_FIGURES: Final = "figures"


@dataclass(frozen=True, slots=True)
class Preview:
    """A report as it would become, with its figures. ``uncounted``: the tables that are about something that is not in
    force yet."""

    draft: Draft
    uncounted: tuple[str, ...]
    newly: tuple[tuple[str, str], ...] = ()
    """The tables that would be public and are not now, each with the chapter (its key) that it is in: what is public
    beside others can make that those are not."""
    told: tuple[str, ...] = ()
    """The tables that the public is told now, where somebody asks what the public would be told."""


def preview_of(
    runtime: Runtime,
    account: Account,
    now: datetime,
    asked: tuple[str, str],
    documents: Mapping[str, Mapping[str, Any]],
    *,
    public: bool = False,
) -> Preview | None:
    """Return a report as it would become over the last full year. ``asked``: the organisation and the report;
    ``documents``: what is proposed (canonical), by department; ``public``: whether it is held against what the public
    is told now. None for who may make no report there."""
    organisation, name = asked
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        places = [
            place
            for place in seen.agreements
            if place[0] == organisation and name in documents.get(place[1], {}).get("reports", {})
        ]
        if not places:
            return None
        uncounted: list[str] = []
        said = documents[places[0][1]]["reports"][name]
        report = _countable(name, said, [seen.agreements[one] for one in places], uncounted)
        today = today_in(seen, places[0])
        last_year = Asked(organisation, name, today.year - 1)
        draft = draft_in(seen, _offered(seen, places, report, today), places, last_year)
        agreed = seen.agreements[places[0]].reports.get(name)
        newly = _newly(report, agreed)
        told: tuple[str, ...] = ()
        if public and newly and agreed is not None:
            now_ = draft_in(seen, _offered(seen, places, agreed, today), places, last_year)
            told = tuple(one.title for one in now_.public() if not one.withheld)
        return Preview(draft, tuple(uncounted), newly, told)


def newly_public(
    runtime: Runtime,
    account: Account,
    now: datetime,
    asked: tuple[str, str],
    documents: Mapping[str, Mapping[str, Any]],
) -> tuple[str, ...]:
    """Return the tables of a report that would be public and are not now, without counting anything; none for who may
    make no report there. As for a preview."""
    organisation, name = asked
    with looking(runtime, account, now, Action.MAKE_REPORTS) as seen:
        for place, agreement in seen.agreements.items():
            said = documents.get(place[1], {}).get("reports", {}).get(name)
            if place[0] == organisation and said is not None:
                report = _countable(name, said, [agreement], [])
                return tuple(title for _chapter, title in _newly(report, agreement.reports.get(name)))
        return ()


def _newly(proposed: Report, agreed: Report | None) -> tuple[tuple[str, str], ...]:
    before = {bare for _chapter, _title, bare in _public(agreed)} if agreed else set[ReportTable]()
    return tuple((chapter, title) for chapter, title, bare in _public(proposed) if bare not in before)


def _public(report: Report) -> Iterator[tuple[str, str, ReportTable]]:
    for chapter in report.chapters:
        for table in chapter.tables:
            if not (chapter.internal or table.internal):
                bare = replace(table, id="", title="", explanation="", chart=None)
                yield chapter.key, table.title, bare


def _offered(seen: Looking, places: Sequence[Place], report: Report, today: date) -> Offered:
    names = {"/".join(place): seen.agreements[place].department_name for place in places}
    first = places[0]
    return Offered(
        first[0], seen.agreements[first].organisation_name, report, names, (today.year - 1,), today
    )


def _countable(
    name: str, said: Mapping[str, Any], agreements: Sequence[Agreement], uncounted: list[str]
) -> Report:
    """Return a report with the tables that can be counted by what is in force."""
    chapters = []
    for chapter in said["chapters"]:
        kept = []
        for figure in chapter.get(_FIGURES, ()):
            if all(
                _is_countable(name, {**said, "chapters": [{**chapter, _FIGURES: [figure]}]}, one)
                for one in agreements
            ):
                kept.append(figure)
            else:
                uncounted.append(figure["name"])
        chapters.append({**chapter, _FIGURES: kept})
    return build_reports({"reports": {name: {**said, "chapters": chapters}}}, agreements[0].fact_types)[name]


def _is_countable(name: str, said: Mapping[str, Any], agreement: Agreement) -> bool:
    try:
        report = build_reports({"reports": {name: said}}, agreement.fact_types)[name]
    except ConditionError:
        return False
    fields = agreement.dossier_form.fields
    table = next(iter(report.tables.values()))
    return (
        all(one in agreement.milestones for one in _milestones(report, table))
        and (not table.term or table.term in agreement.terms)
        and all(_is_known(one, agreement) for one in _fields(table))
        and (table.only is None or all(one in fields for one in fact_names(table.only)))
    )


def _milestones(report: Report, table: ReportTable) -> Iterator[str]:
    yield report.period_of(table)
    if table.flow and report.closed_by:
        yield report.closed_by
    if table.lead_time:
        yield from (table.lead_time.start, table.lead_time.until)


def _fields(table: ReportTable) -> Iterator[str]:
    for one in (table.by, table.across, table.mean_of, table.sum_of):
        if one and one not in PLACES_AND_TIMES:
            yield one


def _is_known(name: str, agreement: Agreement) -> bool:
    rows, _, member = name.partition(".")
    field = agreement.dossier_form.fields.get(rows)
    return field is not None and (not member or member in field.members)
