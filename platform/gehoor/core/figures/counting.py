"""Counting: in which cells of a table a dossier is counted. What is listed behind a figure is found by the same rule,
so that a figure and its list are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import FactType
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.figures.counted import LATE, ON_TIME, OVERDUE, RUNNING, Counted, Period
from gehoor.core.forms.fields import Field
from gehoor.core.reports.model import DEPARTMENT, MONTH, YEAR, LeadTime, Report, ReportTable

ALL: Final = ""
"""The key of the one row or column of a table that is not broken down."""
UNANSWERED: Final = "-"
"""The key of what has no answer: no code is only a dash."""
MEASURED: Final = "measured over"
"""The key of what gives a number to a mean, a median or a sum: no code has a space in it."""
NOT_YET: Final = "not yet"
"""The key of what did not get as far as is asked."""
CARRIED_OVER: Final = "carried over"
CAME_IN: Final = "came in"
CLOSED: Final = "closed"
LEFT_OPEN: Final = "left open"
FLOW: Final = (CARRIED_OVER, CAME_IN, CLOSED, LEFT_OPEN)
_LONGEST_NUMBER: Final = 30
STANDINGS: Final = (ON_TIME, LATE, OVERDUE, RUNNING)

Place: TypeAlias = tuple[str, str]
"""The key of a row and that of a column."""


def codes_in(one: Counted, by: str) -> tuple[str, ...]:
    """Return the answers to a field as codes; one that is not there gives ``UNANSWERED``."""
    value = one.facts.values.get(by)
    return codes_of(value)


def codes_of(value: object) -> tuple[str, ...]:
    """Return an answer as codes: of several answers each."""
    if value is None or value == []:
        return (UNANSWERED,)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, list):
        return tuple(dict.fromkeys(map(str, value)))
    return (str(value),)


def rows_in(one: Counted, rows: str) -> Sequence[Mapping[str, object]]:
    """Return the rows of a list of groups."""
    value = one.facts.values.get(rows, ())
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else ()


def places(report: Report, table: ReportTable, period: Period, one: Counted) -> Iterator[Place]:
    """Give the cells of a table in which a dossier is counted: one twice when it counts twice there."""
    if table.only is not None and not holds(table.only, one.typed):
        return
    if table.flow:
        yield from _flow(report, table, period, one)
        return
    day = one.facts.reached.get(report.period_of(table), "")
    if not (period if table.years == 1 else period.back(table.years - 1)).holds(day):
        return
    for row in _keys(table, table.by, one, day):
        for column in _columns(table, one, day, row[1]):
            yield row[0], column


_Row: TypeAlias = "Mapping[str, object] | None"


def _keys(table: ReportTable, by: str, one: Counted, day: str) -> Iterator[tuple[str, _Row]]:
    if table.lead_time is not None and not table.by:
        yield lead_class(table.lead_time, one), None
        return
    if table.term and not table.by:
        yield from ((key, None) for key in term_standings(table.term, one))
        return
    rows, _, member = by.partition(".")
    if member:
        for row in rows_in(one, rows):
            yield from ((code, row) for code in codes_of(row.get(member)))
        return
    yield from ((key, None) for key in _single(by, one, day))


def _columns(table: ReportTable, one: Counted, day: str, row: _Row) -> Iterator[str]:
    if table.by and table.lead_time is not None:
        yield lead_class(table.lead_time, one)
    elif table.by and table.term:
        yield from term_standings(table.term, one)
    else:
        rows, _, member = table.across.partition(".")
        if member and row is not None and table.by.startswith(f"{rows}."):
            # Of the same row: what it is of one kind and what it is of another belong together.
            yield from codes_of(row.get(member))
        elif member:
            for each in rows_in(one, rows):
                yield from codes_of(each.get(member))
        else:
            yield from _single(table.across, one, day)


def _single(by: str, one: Counted, day: str) -> tuple[str, ...]:
    match by:
        case "":
            return (ALL,)
        case _ if by == DEPARTMENT:
            return (f"{one.facts.organisation}/{one.facts.department}",)
        case _ if by == MONTH:
            return (day[:7],)
        case _ if by == YEAR:
            return (day[:4],)
        case _:
            return codes_in(one, by)


def _flow(report: Report, table: ReportTable, period: Period, one: Counted) -> Iterator[Place]:
    received = one.facts.reached.get(report.period_of(table), "")
    if not received or period.after(received):
        return
    closing = report.closing_of(table)
    closed = one.facts.reached.get(closing, "") if closing else one.facts.closed_on
    if period.before(closed):
        return
    yield (CARRIED_OVER if period.before(received) else CAME_IN), ALL
    yield (CLOSED if period.holds(closed) else LEFT_OPEN), ALL


def lead_days(lead: LeadTime, one: Counted) -> int | None:
    """Return how many days it took from one milestone until another; None while one of them is not reached."""
    start, until = (one.facts.reached.get(name, "") for name in (lead.start, lead.until))
    if not start or not until:
        return None
    return (date.fromisoformat(until) - date.fromisoformat(start)).days


def lead_class(lead: LeadTime, one: Counted) -> str:
    """Return the class of days that it is in: the number of the class, or ``NOT_YET``."""
    days = lead_days(lead, one)
    if days is None:
        return NOT_YET
    return str(sum(days > bound for bound in lead.bounds))


def term_standings(term: str, one: Counted) -> Iterator[str]:
    """Give how the terms called so stand in a dossier: one, but of rows each; none where there is none."""
    for each in one.facts.terms:
        if each.term == term and each.status != TermStatus.NOT_NEEDED:
            yield one.standing(each)


def numbers_in(one: Counted, by: str) -> list[Decimal]:
    """Return the numbers that are answered to a field, or to a member of a list (``list.member``)."""
    rows, _, member = by.partition(".")
    given = [row.get(member) for row in rows_in(one, rows)] if member else [one.facts.values.get(by)]
    return [
        Decimal(str(value))
        for value in given
        if value is not None and not isinstance(value, bool) and _is_number(str(value))
    ]


def _is_number(text: str) -> bool:
    try:
        # What an earlier Gehoor took in may be beyond all that anybody counts.
        return len(text) <= _LONGEST_NUMBER and Decimal(text).is_finite()
    except ArithmeticError:
        return False


@dataclass
class Tally:
    """What is counted of a table: in each cell, and in each row and column, there a dossier once. ``days`` and
    ``numbers``: of which mean and median are worked out, by row."""

    cells: Counter[Place] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    columns: Counter[str] = field(default_factory=Counter)
    counted: int = 0
    """How many were counted in all: dossiers, or rows of a list."""
    dossiers: int = 0
    """How many dossiers those are."""
    days: dict[str, list[int]] = field(default_factory=dict)
    numbers: dict[str, list[Decimal]] = field(default_factory=dict)
    suspended: int = 0
    extended: int = 0


def tally(report: Report, table: ReportTable, period: Period, counted: Iterable[Counted]) -> Tally:
    """Count dossiers in a table."""
    found = Tally()
    of_rows = counts_rows(table)
    for one in counted:
        here = list(places(report, table, period, one))
        if not here:
            continue
        found.dossiers += 1
        found.counted += _worth(here, of_rows=of_rows or table.flow)
        found.cells.update(here)
        found.rows.update(_each([row for row, _ in here], of_rows))
        found.columns.update(_each([column for _, column in here], of_rows))
        _measure(found, table, one, dict.fromkeys(row for row, _ in here))
    return found


def _each(keys: list[str], of_rows: bool) -> Iterable[str]:
    return keys if of_rows else set(keys)


def _worth(here: list[Place], *, of_rows: bool) -> int:
    return len(here) if of_rows else 1


def counts_rows(table: ReportTable) -> bool:
    """Say whether rows of a list are counted, and no dossiers."""
    return "." in table.by or "." in table.across


def _measure(found: Tally, table: ReportTable, one: Counted, rows: Iterable[str]) -> None:
    if table.lead_time is not None:
        days = lead_days(table.lead_time, one)
        for row in (*rows, ALL) if table.by else (ALL,):
            if days is not None:
                found.days.setdefault(row, []).append(days)
    if table.mean_of or table.sum_of:
        given = numbers_in(one, table.mean_of or table.sum_of)
        for row in (*rows, ALL) if table.by else (ALL,):
            found.numbers.setdefault(row, []).extend(given)
    if table.term:
        of_term = [each for each in one.facts.terms if each.term == table.term]
        found.suspended += any(each.suspended for each in of_term)
        found.extended += any(each.extended for each in of_term)


def behind(
    report: Report, table: ReportTable, period: Period, place: tuple[str | None, str | None]
) -> Callable[[Counted], int]:
    """Return what says how often a dossier is counted in a cell, a row (no column), a column (no row), or the whole:
    what is listed behind that figure. The column ``MEASURED``: that over which a mean or a sum goes."""
    row, column = place
    of_rows = counts_rows(table) or table.flow

    def times(one: Counted) -> int:
        here = [
            each
            for each in places(report, table, period, one)
            if (row is None or each[0] == row) and (column in (None, MEASURED) or each[1] == column)
        ]
        if column == MEASURED:
            return _measured(table, one) if here else 0
        if row is not None and column is not None:
            return len(here)
        return _worth(here, of_rows=of_rows) if here else 0

    return times


def _measured(table: ReportTable, one: Counted) -> int:
    """Return of how many numbers a dossier gives what is worked out in a table."""
    if table.lead_time is not None:
        return int(lead_days(table.lead_time, one) is not None)
    return len(numbers_in(one, table.mean_of or table.sum_of)) if table.mean_of or table.sum_of else 0


def several_answers(table: ReportTable, agreement: Agreement) -> bool:
    """Say whether a dossier may be counted in several rows or columns, so that those do not add up to the whole."""
    fields, term = agreement.dossier_form.fields, agreement.terms.get(table.term)
    of_rows = term is not None and bool(term.rows)
    return of_rows or any(_is_several(by, fields) for by in (table.by, table.across))


def _is_several(by: str, fields: Mapping[str, Field]) -> bool:
    rows, _, member = by.partition(".")
    of = fields.get(rows)
    if of is not None and member:
        of = of.members.get(member)
    return of is not None and of.type.fact_type is FactType.CODES
