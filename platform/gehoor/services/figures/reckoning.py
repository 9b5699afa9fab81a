"""Reckoning a report: every table of it, over the dossiers that somebody may count, or over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.model import Condition, fact_names
from gehoor.core.figures.contributions import Member
from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.counting import tally
from gehoor.core.figures.tables import FigureTable, figure_table
from gehoor.core.reports.model import PLACES_AND_TIMES, Report, ReportTable
from gehoor.core.wording.port import Sentences
from gehoor.services.figures.looking import Looking, Place
from gehoor.services.ports.store import Bounds


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The tables of a report over a period, by id, with those of the year before where a table is about one year; and
    how many dossiers of an earlier Gehoor are in these departments, of which nothing can be counted yet. ``members``:
    the dossiers that were looked at."""

    period: Period
    tables: Mapping[str, FigureTable]
    before: Mapping[str, FigureTable]
    uncounted: int = 0
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """A dossier as it is counted, and the fields of it that may not be seen."""

    counted: Counted
    unseen: frozenset[str]


def reckon(
    seen: Looking,
    report: Report,
    places: Sequence[Place],
    period: Period,
    sentences: Sentences,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Reckoned:
    """Return the tables of a report. ``progress`` hears how many tables are done, of how many."""
    departments = [seen.agreements[one] for one in places]
    longest = max((one.years for one in report.tables.values()), default=1)
    whole = period.back(max(longest - 1, 1))
    known = list(_known(seen, report, places, whole))
    uncounted = sum(1 for one in known if not one.counted.facts.reached)
    meeting: dict[Condition | None, list[_Known]] = {}
    tables: dict[str, FigureTable] = {}
    before: dict[str, FigureTable] = {}
    for number, table in enumerate(report.tables.values(), start=1):
        if table.only not in meeting:
            meeting[table.only] = [one for one in known if _meets(table.only, one.counted)]
        counted = _seen_in(table, departments[0], report, meeting[table.only])
        found = tally(report, table, period, counted)
        tables[table.id] = figure_table(report, table, period, found, departments, sentences)
        if table.years == 1:
            earlier = Period(_year_before(period.first), _year_before(period.last))
            found = tally(report, table, earlier, counted)
            before[table.id] = figure_table(report, table, earlier, found, departments, sentences)
        progress(number, len(report.tables))
    return Reckoned(period, tables, before, uncounted, _members(report, departments[0], known))


def _members(report: Report, agreement: Agreement, known: Sequence[_Known]) -> tuple[Member, ...]:
    """Return the dossiers with the tables in which they are not counted."""
    fields = {one.id: fields_of(one, report, agreement) for one in report.tables.values()}
    left_out: dict[frozenset[str], frozenset[str]] = {}
    for one in known:
        if one.unseen not in left_out:
            left_out[one.unseen] = frozenset(
                name for name, of in fields.items() if not one.unseen.isdisjoint(of)
            )
    return tuple(Member(one.counted, left_out[one.unseen]) for one in known)


def counted_in(
    seen: Looking, places: Sequence[Place], period: Period, fields: frozenset[str]
) -> Iterator[Counted]:
    """Give the dossiers that were received in a period, and in which somebody may see some fields."""
    for place in places:
        agreement = seen.agreements[place]
        received = agreement.field_for("received-on")
        by = next((name for name, one in agreement.milestones.items() if one.field == received), "")
        for one in _known(seen, Report("", "", by, 0, ()), [place], period):
            day = one.counted.facts.reached.get(by, "")
            if period.holds(day) and one.unseen.isdisjoint(fields | {received}):
                yield one.counted


def listed(
    seen: Looking, report: Report, places: Sequence[Place], period: Period, table: ReportTable
) -> Iterator[Counted]:
    """Give the dossiers of which a table is made, for who asks which of them stand behind a figure."""
    whole = period.back(max(table.years - 1, 1))
    known = list(_known(seen, report, places, whole))
    yield from _seen_in(table, seen.agreements[places[0]], report, known)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _meets(only: Condition | None, one: Counted) -> bool:
    return only is None or holds(only, one.typed)


def _seen_in(
    table: ReportTable, agreement: Agreement, report: Report, known: Sequence[_Known]
) -> list[Counted]:
    """Return the dossiers that a table is about: not those in which one may not see what it counts."""
    fields = fields_of(table, report, agreement)
    return [one.counted for one in known if one.unseen.isdisjoint(fields)]


def fields_of(table: ReportTable, report: Report, agreement: Agreement) -> frozenset[str]:
    """Return the fields of which a table tells something."""
    named = {table.by, table.across, table.mean_of, table.sum_of} - {"", *PLACES_AND_TIMES}
    milestones = {report.period_of(table), report.closed_by if table.flow else ""}
    if table.lead_time:
        milestones |= {table.lead_time.start, table.lead_time.until}
    if term := agreement.terms.get(table.term):
        milestones |= {term.starts, term.until, *term.other_starts, term.recurring_until}
        named |= {term.day, term.rows} - {""}
    fields = {one.partition(".")[0] for one in named}
    fields |= {agreement.milestones[one].field for one in milestones if one in agreement.milestones}
    if table.only is not None:
        fields |= fact_names(table.only)
    return frozenset(fields)


def _known(seen: Looking, report: Report, places: Sequence[Place], whole: Period) -> Iterator[_Known]:
    for place in places:
        for closed, bounds in _stretches(report, seen.agreements[place], whole):
            for document in seen.select(seen.where(place, equals={"closed": closed}, between=bounds)):
                unseen = seen.unseen_under(place, document["agreement"])
                if unseen is not None:
                    yield _Known(seen.counted(place, document), unseen)


def _stretches(
    report: Report, agreement: Agreement, whole: Period
) -> Iterator[tuple[bool, dict[str, Bounds]]]:
    """Give where the dossiers stand that may count: whether they are closed, and between which days. Where the period
    does not go by the day of receipt, or does by what nobody may sort by, all are looked at."""
    periods = {report.period_by, *map(report.period_of, report.tables.values())}
    milestone = agreement.milestones.get(report.period_by)
    field = agreement.dossier_form.fields.get(milestone.field) if milestone and len(periods) == 1 else None
    first, last = whole.first.isoformat(), f"{whole.last.isoformat()}~"
    carried = any(table.flow for table in report.tables.values())
    by_receipt = field is not None and field.meaning == "received-on" and not field.special
    for closed in (False, True):
        if not by_receipt:
            yield closed, {}
            continue
        yield closed, {"received": (first, last)}
        earlier: Bounds = (None, f"{(whole.first - timedelta(days=1)).isoformat()}~")
        if carried and (not closed or report.closed_by):
            yield closed, {"received": earlier}
        elif carried:
            yield closed, {"received": earlier, "closed_at": (first, None)}
