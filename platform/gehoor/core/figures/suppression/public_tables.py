"""Suppression: small numbers go out of a public report, with as many others as it takes that nobody works them out.

Whoever reads the report may know every number in it, how each is counted, and that what is hidden is at least one. A
hidden number stays hidden when other registers come to exactly the same report, in which it is at least so much apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gehoor.core.figures.counted import Period
from gehoor.core.figures.suppression.contributions import ANSWERS, COUNT, SILENT, WORKED_OUT, Member, Number
from gehoor.core.figures.suppression.exchanges import Exchanges
from gehoor.core.figures.suppression.register_moves import RegisterMoves
from gehoor.core.figures.tables import FigureTable, Line
from gehoor.core.reports.model import Report


def public_tables(
    tables: Sequence[FigureTable], report: Report, period: Period, members: Sequence[Member]
) -> list[FigureTable]:
    """Return the tables of a report as the public may see them, without those that are for the organisation only: what
    is hidden is None. A number from 1 up to the least of the report is hidden, and no hidden number can be told within
    less than that. ``members``: the dossiers that were looked at for the report."""
    public = _public_ids(report)
    shown = [one for one in tables if one.id in public]
    hidden = _small(shown, report.least)
    register = RegisterMoves(report, period, shown, members)
    small = hidden or _small_beside(register, report.least)
    if small:
        hidden = _enough_hidden(register, hidden, report.least)
    return [_without(one, hidden) for one in shown]


def _public_ids(report: Report) -> set[str]:
    return {
        table.id
        for chapter in report.chapters
        if not chapter.internal
        for table in chapter.tables
        if not table.internal
    }


def _small(tables: Iterable[FigureTable], least: int) -> set[Number]:
    """Return what is hidden because it is small: counts, and what is worked out of few."""
    found: set[Number] = set()
    for table in tables:
        for row, line in _lines(table):
            if 0 < (line.total or 0) < least:
                found.add((table.id, row, None, COUNT))
            if 0 < _answers(line) < least:
                found.add((table.id, row, None, WORKED_OUT))
            if table.broken_down_twice:
                found |= {
                    (table.id, row, column.key, COUNT)
                    for column, count in zip(table.columns, line.counts, strict=True)
                    if 0 < (count or 0) < least
                }
    return _with_worked_out(found)


def _lines(table: FigureTable) -> list[tuple[str | None, Line]]:
    lines: list[tuple[str | None, Line]] = [(one.head.key, one) for one in table.lines]
    return [*lines, (None, table.total)] if table.total else lines


def _answers(line: Line) -> int:
    """Return of how many something is worked out, where that is told."""
    first = line.worked_out[0] if len(line.worked_out) > 1 else None
    return int(first) if first is not None else 0


def _with_worked_out(units: Iterable[Number]) -> set[Number]:
    """Return units with what is worked out of the lines that are hidden: it would tell of how many they are."""
    found = set(units)
    return found | {
        (table, row, None, WORKED_OUT) for table, row, column, of in found if of == COUNT and column is None
    }


def _small_beside(register: RegisterMoves, least: int) -> set[Number]:
    """Return the small numbers that no table shows, but that several together could tell."""
    shown = {number for table in register.tables for number in table.shown}
    sums: dict[Number, float] = {}
    for place in range(len(register.members)):
        for number, of in register.contribution(place).items():
            if number[3] == SILENT or (number[3] == COUNT and number not in shown):
                sums[number] = sums.get(number, 0) + float(of)
    return {number for number, of in sums.items() if 0 < of < least}


def _enough_hidden(register: RegisterMoves, hidden: set[Number], least: int) -> set[Number]:
    exchanges = Exchanges(register, hidden, least)
    waiting = sorted({*hidden, *_small_beside(register, least)}, key=repr)
    while waiting:
        one = waiting.pop(0)
        number = (*one[:3], ANSWERS) if one[3] == WORKED_OUT else one
        if one[3] == WORKED_OUT and not 0 < exchanges.values.get(number, 0) < least:
            continue
        waiting += _hide_for(exchanges, number)
    return exchanges.hidden


def _hide_for(exchanges: Exchanges, number: Number) -> list[Number]:
    """Hide besides a number what it takes, and return what that is."""
    steps: list[set[Number]] = []
    while not exchanges.is_safe(number):
        if steps and exchanges.look_further(number):
            # What hiding did not do, another change may.
            continue
        more = exchanges.could_hide(number)
        if more is None and exchanges.look_wider(number):
            continue
        last = exchanges.smallest_shown(number)
        units = more.units if more else {last} if last else set()
        if not units:
            break
        steps.append(_with_worked_out(units) - exchanges.hidden)
        exchanges.hide(steps[-1])
    # What was tried first may not have helped.
    for step in steps[:-1]:
        exchanges.show(step)
        if not exchanges.is_safe(number):
            exchanges.hide(step)
    return sorted({one for step in steps for one in step if one in exchanges.hidden}, key=repr)


def _without(table: FigureTable, hidden: set[Number]) -> FigureTable:
    """Return a table without what is hidden."""
    twice = table.broken_down_twice

    def line(row: str | None, one: Line) -> Line:
        total = None if (table.id, row, None, COUNT) in hidden else one.total
        counts = tuple(
            None if (table.id, row, column.key, COUNT) in hidden else count
            for column, count in zip(table.columns, one.counts, strict=True)
        )
        nothing = len(one.worked_out) > 1 and not _answers(one)
        few = nothing or (table.id, row, None, WORKED_OUT) in hidden
        worked_out = tuple(None for _ in one.worked_out) if few else one.worked_out
        return replace(one, counts=counts if twice else (total,), total=total, worked_out=worked_out)

    lines = tuple(line(one.head.key, one) for one in table.lines)
    return replace(table, lines=lines, total=line(None, table.total) if table.total else None)
