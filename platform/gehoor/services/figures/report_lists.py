"""The list behind a figure of a report: which dossiers are counted in it, and how often each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from gehoor.core.figures.counting import behind
from gehoor.core.reports.model import ReportTable
from gehoor.services.access.summary_rights import summary_for
from gehoor.services.figures.known_dossiers import Cell, Told, known_dossiers, seen_in
from gehoor.services.figures.looking import Looking, Place, looking
from gehoor.services.figures.offered_reports import READING, Asked, NoSuchReportError, Offered, asked_report
from gehoor.services.figures.report_records import ReportRecord
from gehoor.services.ports.documents import summary_of
from gehoor.services.ports.records import Account, Summary
from gehoor.services.ports.store import Where
from gehoor.services.register.runtime import Runtime

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A dossier in the list, as it may be seen, and how often it is counted in the figure."""

    summary: Summary
    times: int


@dataclass(frozen=True, slots=True)
class FigureList:
    """A page of the dossiers behind a figure. ``counted``: how much the figure is; ``dossiers``: in how many dossiers;
    ``after``: how many come before the next page; 0: there is none."""

    offered: Offered
    table: ReportTable
    lines: tuple[FigureLine, ...]
    counted: int
    dossiers: int
    after: int = 0


def behind_figure(
    runtime: Runtime,
    account: Account,
    now: datetime,
    asked: Asked,
    figure: tuple[str, str | None, str | None],
    first: int = 0,
) -> FigureList:
    """Return a page of the dossiers behind a figure of a report (its table, row and column; none: all of them), the
    first number first, beginning after so many. Raises ``NoSuchReportError``."""
    with looking(runtime, account, now, *READING) as seen:
        offered, places = asked_report(seen, asked)
        table = offered.report.tables.get(figure[0])
        if table is None:
            raise NoSuchReportError(figure[0])
        found = _counted(seen, offered, places, asked, Cell(table, *figure[1:]))
        page = found[max(first, 0) :][:PAGE]
        after = first + PAGE if len(found) > first + PAGE else 0
        lines = _lines(seen, account, {name: times for _, name, times in page})
    return FigureList(offered, table, lines, sum(times for *_, times in found), len(found), after)


def all_behind_figure(
    runtime: Runtime,
    account: Account,
    now: datetime,
    asked: Asked,
    figure: tuple[str, str | None, str | None],
) -> tuple[Offered, ReportTable, dict[str, int]]:
    """Return all the dossiers (ids) behind a figure in the order of their list, with how often each is counted, and of
    which report and table it is. Raises ``NoSuchReportError``."""
    with looking(runtime, account, now, *READING) as seen:
        offered, places = asked_report(seen, asked)
        table = offered.report.tables.get(figure[0])
        if table is None:
            raise NoSuchReportError(figure[0])
        counted = _counted(seen, offered, places, asked, Cell(table, *figure[1:]))
    return offered, table, {name: times for _, name, times in counted}


def listed_tables(runtime: Runtime, account: Account, now: datetime, record: ReportRecord) -> frozenset[str]:
    """Return the tables (ids) of a kept report whose figures still have lists for an account: those that are agreed now
    as they were then."""
    asked = Asked(record.organisation, record.report, record.year, tuple(record.departments))
    with looking(runtime, account, now, *READING) as seen:
        try:
            offered, _places = asked_report(seen, asked)
        except NoSuchReportError:
            return frozenset()
        digest = next(iter(record.agreements.values()), "")
        then = runtime.library.sound_agreement(seen.register, digest)
    made = then.reports.get(record.report) if then else None
    if made is None or (made.period_by, made.closed_by) != (
        offered.report.period_by,
        offered.report.closed_by,
    ):
        return frozenset()
    now_agreed = {name: _counting(table) for name, table in offered.report.tables.items()}
    return frozenset(name for name, table in made.tables.items() if now_agreed.get(name) == _counting(table))


def _counting(table: ReportTable) -> ReportTable:
    """Return a table by what it counts, wherever its number stands as well."""
    return replace(table, in_front=False, front_name="")


def _counted(
    seen: Looking, offered: Offered, places: Sequence[Place], asked: Asked, cell: Cell
) -> list[tuple[str, str, int]]:
    """Return the number and the id of each dossier behind a figure, with how often it is counted there."""
    report, table, period = offered.report, cell.table, asked.period
    times = behind(report, table, period, (cell.row, cell.column))
    about = (period.back(max(table.years - 1, 1)), (table,))
    known = known_dossiers(seen, report, places, about, cell=cell)
    return sorted(
        (one.facts.number, one.facts.id, count)
        for one in seen_in(table, Told(report), known)
        if (count := times(one))
    )


def _lines(seen: Looking, account: Account, times: Mapping[str, int]) -> tuple[FigureLine, ...]:
    where = Where({"id": list(times)}, sound_only=True)
    found = {one["id"]: one for one in seen.select(where)} if times else {}
    return tuple(
        FigureLine(
            summary_for(
                account,
                summary_of(found[name]),
                register=seen.register,
                library=seen.runtime.library,
                staff=seen.staff,
            ),
            count,
        )
        for name, count in times.items()
        if name in found
    )
