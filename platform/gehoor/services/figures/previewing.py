"""A report as it would become: counted as it is proposed, over the last full year, before anybody agreed on it.

What is in force says who may count what; of the proposal only the report is taken. A table about something that is not
in force yet has no figures: it is told, and nothing is counted by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.model import fact_names
from gehoor.core.conditions.parse import ConditionError
from gehoor.core.figures.report_document import tells_nothing
from gehoor.core.figures.tables import FigureTable
from gehoor.core.reports.model import PLACES_AND_TIMES, Chapter, Report, ReportTable
from gehoor.core.reports.parse import build_reports
from gehoor.core.reports.public_changes import PublicChanges, PublicTable, public_changes
from gehoor.services.figures.looking import Looking, Place, looking, today_in
from gehoor.services.figures.offered_reports import Asked, Offered
from gehoor.services.figures.reckoning import count_dossiers
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
    changes: PublicChanges = field(default_factory=PublicChanges)
    """What the public would read that it does not now: what is public beside others can make that those are not."""
    fallen: tuple[PublicTable, ...] = ()
    """The tables that the public is told now and would not be any more, as they would give away small numbers: known
    where somebody asks what the public would be told."""
    quieter: tuple[tuple[PublicTable, int], ...] = ()
    """The tables that count what they count now and of which the public would be told fewer numbers, each with how many
    fewer: known in the same case."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of a preview. ``public``: that it is held against what the public is told now; ``actions``:
    it is for who does one of these; ``most``: of more dossiers than this, nothing is counted."""

    public: bool = False
    actions: tuple[Action, ...] = (Action.MAKE_REPORTS,)
    most: int | None = None


AS_MADE: Final = Wish()


def preview_of(
    runtime: Runtime,
    account: Account,
    now: datetime,
    asked: tuple[str, str],
    documents: Mapping[str, Mapping[str, Any]],
    wish: Wish = AS_MADE,
) -> Preview | None:
    """Return a report as it would become over the last full year. ``asked``: the organisation and the report;
    ``documents``: what is proposed (canonical), by department. None where it is not for them, or is of too many
    dossiers."""
    organisation, name = asked
    with looking(runtime, account, now, *wish.actions) as seen:
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
        if wish.most is not None:
            periods = (last_year.period, last_year.earlier)
            if count_dossiers(seen, report, places, periods) > wish.most:
                return None
        draft = draft_in(seen, _offered(seen, places, report, today), places, last_year)
        agreed = seen.agreements[places[0]].reports.get(name)
        changes = public_changes(agreed, report)
        fallen: tuple[PublicTable, ...] = ()
        quieter: tuple[tuple[PublicTable, int], ...] = ()
        if wish.public and changes.new and agreed is not None:
            now_ = draft_in(seen, _offered(seen, places, agreed, today), places, last_year)
            told = {one.title: one for one in now_.public() if not _is_untold(one)}
            would_be = {one.title: one for one in draft.public()}
            fallen = tuple(_fallen(report, told, would_be))
            quieter = tuple(_quieter(report, told, would_be))
        return Preview(draft, tuple(uncounted), changes, fallen, quieter)


def _is_untold(table: FigureTable) -> bool:
    """Say whether a table does not stand in the public version: it is left out, or nothing in it can be told."""
    return table.withheld or tells_nothing(table)


def _fallen(
    report: Report, told: Mapping[str, FigureTable], would_be: Mapping[str, FigureTable]
) -> Iterator[PublicTable]:
    for chapter, title in _titles(report):
        if title in told and title in would_be and _is_untold(would_be[title]):
            yield PublicTable(chapter.title, title, chapter.key)


def _quieter(
    report: Report, told: Mapping[str, FigureTable], would_be: Mapping[str, FigureTable]
) -> Iterator[tuple[PublicTable, int]]:
    for chapter, title in _titles(report):
        before, after = told.get(title), would_be.get(title)
        if before is None or after is None or _is_untold(after) or _heads(before) != _heads(after):
            continue
        if (fewer := _hidden(after) - _hidden(before)) > 0:
            yield PublicTable(chapter.title, title, chapter.key), fewer


def _titles(report: Report) -> Iterator[tuple[Chapter, str]]:
    return ((chapter, table.title) for chapter in report.chapters for table in chapter.tables)


def _heads(table: FigureTable) -> list[str]:
    return [one.key for one in (*table.columns, *(line.head for line in table.lines))]


def _hidden(table: FigureTable) -> int:
    rows = (*table.lines, *([table.total] if table.total else []))
    return sum(number is None for row in rows for number in row.counts)


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
