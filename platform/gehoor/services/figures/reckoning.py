"""Reckoning a report: every table of it, over the dossiers that somebody may count, or over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.model import Condition
from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.counting import tally
from gehoor.core.figures.suppression.contributions import Member
from gehoor.core.figures.tables import FigureTable, figure_table
from gehoor.core.reports.model import Report, ReportTable
from gehoor.core.wording.port import Sentences
from gehoor.services.figures.known_dossiers import Known, Told, known_dossiers, questions, seen_in
from gehoor.services.figures.looking import Looking, Place
from gehoor.services.register.validity import first_day


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The tables of a report over a period, by id, with those of the days that it is held beside (``earlier``) where a
    table is about one year. ``first``: the first local day that is counted of all that was looked at, as far as it may
    be told; empty: of none. ``uncounted``: how many dossiers of an earlier Gehoor are in these departments, of which
    nothing can be counted yet. ``members``: the dossiers that were looked at."""

    period: Period
    tables: Mapping[str, FigureTable]
    before: Mapping[str, FigureTable]
    earlier: Period
    first: str
    since: str = ""
    """The local day (ISO) on which the first agreements of these departments took effect: anybody may know that."""
    uncounted: int = 0
    members: tuple[Member, ...] = ()


def reckon(
    seen: Looking,
    reports: tuple[Report, Report],
    places: Sequence[Place],
    periods: tuple[Period, Period],
    sentences: Sentences,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    *,
    sound: bool = False,
) -> Reckoned:
    """Return the tables of a report. ``reports``: that report, and all tables for which its members are looked at.
    ``periods``: its days, and those that they are held beside. ``progress`` hears how
    many tables are done, of how many. ``sound``: what is damaged is found, and left out: for what is kept."""
    period, earlier = periods
    report, everything = reports
    departments = [seen.agreements[one] for one in places]
    whole = _whole(everything, period, earlier)
    about = (whole, tuple(everything.tables.values()))
    known = list(known_dossiers(seen, everything, places, about, sound=sound))
    uncounted = sum(1 for one in known if not one.counted.facts.reached)
    told = Told(report)
    meeting: dict[Condition | None, list[Known]] = {}
    tables: dict[str, FigureTable] = {}
    before: dict[str, FigureTable] = {}
    for number, table in enumerate(report.tables.values(), start=1):
        if table.only not in meeting:
            meeting[table.only] = [one for one in known if _meets(table.only, one.counted)]
        counted = list(seen_in(table, told, meeting[table.only]))
        found = tally(report, table, period, counted)
        tables[table.id] = figure_table(report, table, period, found, departments, sentences)
        if table.years == 1:
            found = tally(report, table, earlier, counted)
            before[table.id] = figure_table(report, table, earlier, found, departments, sentences)
        progress(number, len(report.tables))
    # What no table that goes by that day may count for who looks, tells them no day either.
    by_day = [one for one in report.tables.values() if report.period_of(one) == report.period_by]
    days = [
        day
        for one in known
        if (day := one.counted.facts.reached.get(report.period_by, ""))
        and any(told.shows(table, one) for table in by_day)
    ]
    return Reckoned(
        period,
        tables,
        before,
        earlier,
        min(days, default=""),
        _since(seen, places),
        uncounted,
        _members(everything, Told(everything), known),
    )


def _since(seen: Looking, places: Sequence[Place]) -> str:
    published = [one for place in places for one in seen.runtime.library.publications(seen.register, *place)]
    return min(map(first_day, published), default="")


def count_dossiers(
    seen: Looking, report: Report, places: Sequence[Place], periods: tuple[Period, Period]
) -> int:
    """Return how many dossiers are looked at for a report."""
    return sum(
        seen.register.tables.count("dossiers", where=one)
        for one in questions(seen, report, places, _whole(report, *periods))
    )


def _whole(report: Report, period: Period, earlier: Period) -> Period:
    """Return the days over which its longest table goes, and those that it is held beside."""
    longest = max((one.years for one in report.tables.values()), default=1)
    return Period(min(period.back(longest - 1).first, earlier.first), period.last)


def _members(report: Report, told: Told, known: Sequence[Known]) -> tuple[Member, ...]:
    """Return the dossiers with the tables in which they are not counted."""
    left_out: dict[tuple[frozenset[str], str, str], frozenset[str]] = {}
    members = []
    for one in known:
        alike = (one.unseen, one.counted.agreement.hash, one.pinned.hash if one.pinned else "")
        if alike not in left_out:
            left_out[alike] = frozenset(
                name for name, table in report.tables.items() if not told.shows(table, one)
            )
        members.append(Member(one.counted, left_out[alike]))
    return tuple(members)


def counted_in(
    seen: Looking, places: Sequence[Place], period: Period, tables: Sequence[ReportTable]
) -> Iterator[Counted]:
    """Give the dossiers that were received in a period, and in which somebody may see all that some tables would tell
    of them."""
    for place in places:
        agreement = seen.agreements[place]
        received = agreement.field_for("received-on")
        by = next((name for name, one in agreement.milestones.items() if one.field == received), "")
        report = Report("", "", by, 0, ())
        told = Told(report)
        for one in known_dossiers(seen, report, [place], (period, tables)):
            holds_day = period.holds(one.counted.facts.reached.get(by, ""))
            if holds_day and received not in one.unseen and all(told.shows(each, one) for each in tables):
                yield one.counted


def _meets(only: Condition | None, one: Counted) -> bool:
    return only is None or holds(only, one.typed)
