"""Suppression: small numbers go out of a public table, with as many others as it takes that nobody works them out.

A table whose rows add up is a circulation: each number flows from its row to its column, row totals into rows, column
totals out of columns, the whole back to where it began. Numbers that are shown are fixed, those that are hidden may be
anything from zero that keeps all sums. How far a hidden number could be from what it is, is then how much could flow
round through hidden numbers only, and that is worked out exactly. What stands in several tables is hidden in all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, TypeAlias

from gehoor.core.figures.joint_bounds import narrow_together
from gehoor.core.figures.published_numbers import SINK, SOURCE, Edge, Naming, Number, numbers_in
from gehoor.core.figures.tables import FigureTable, Line
from gehoor.core.reports.model import ReportTable

_ENDLESS: Final = 10**9
_Step: TypeAlias = tuple[str, str, Number]


def public_tables(
    tables: Sequence[FigureTable], agreed: Mapping[str, ReportTable], least: int, year: int
) -> list[FigureTable]:
    """Return tables as the public may see them, without those that are for the organisation only: what is hidden is
    None. A number from 1 up to ``least`` is hidden, and no hidden number can be told within less than ``least``."""
    shown = [Naming(one, agreed[one.id], year) for one in tables if not one.internal]
    values: dict[Number, int] = {}
    sums: list[list[Edge]] = []
    loose: list[list[Edge]] = []
    for one in shown:
        found = list(numbers_in(one))
        values |= {edge[2]: value for edge, value in found}
        if one.table.adds_up:
            sums.append([edge for edge, _ in found])
        else:
            loose.append([edge for edge, _ in found])
    hidden = {number for number, value in values.items() if 0 < value < least}
    while (
        more := _to_hide(sums, values, hidden, least)
        or _beside_each_other(loose, values, hidden)
        or narrow_together(sums, loose, values, hidden, least)
    ):
        hidden |= more
    return [_without(one, agreed[one.table.id], hidden, least) for one in shown]


def _to_hide(
    sums: Iterable[Sequence[Edge]], values: Mapping[Number, int], hidden: set[Number], least: int
) -> set[Number]:
    """Return a number that has to be hidden besides; none where all that are hidden are safe."""
    for edges in sums:
        for edge in edges:
            if edge[2] not in hidden or could_be_other(edges, values, hidden, edge, least):
                continue
            # The smallest that stands in a sum with it and is shown: what tells least.
            shown = [other for other in edges if other[2] not in hidden]
            beside = [other for other in shown if not set(edge[:2]).isdisjoint(other[:2])]
            if shown:
                return {min((one[2] for one in beside or shown), key=lambda one: (values[one], repr(one)))}
    return set()


def _beside_each_other(
    loose: Iterable[Sequence[Edge]], values: Mapping[Number, int], hidden: set[Number]
) -> set[Number]:
    """Return what has to be hidden besides in tables in which one dossier counts several times: there a number is no
    more than the whole, and all together are no less, so that one alone, or the whole alone, would follow."""
    for edges in loose:
        whole = [one[2] for one in edges if one[:2] == (SINK, SOURCE)]
        parts = [one[2] for one in edges if one[:2] != (SINK, SOURCE)]
        shown = [one for one in parts if one not in hidden and values[one]]
        if shown and not hidden.isdisjoint(whole):
            return set(shown)
        if shown and len(hidden.intersection(parts)) == 1:
            return {min(shown, key=lambda one: (values[one], repr(one)))}
    return set()


def could_be_other(
    edges: Iterable[Edge], values: Mapping[Number, int], hidden: set[Number], of: Edge, least: int
) -> bool:
    """Say whether what a hidden number could be, goes at least ``least`` far apart."""
    start, end, number = of
    others = [one for one in edges if one[2] in hidden and one[2] != number]
    more = _flow(others, values, (end, start), least)
    less = _flow(others, values, (start, end), min(values[number], least))
    return more + less >= least


def _flow(edges: Sequence[Edge], values: Mapping[Number, int], along: tuple[str, str], enough: int) -> int:
    """Return how much can flow from one place to another, no more than is enough: along a hidden number as much as one
    likes, against it as much as it is."""
    room: dict[_Step, int] = {}
    beside: dict[str, list[tuple[str, Number]]] = {}
    for source, target, number in edges:
        room[source, target, number] = _ENDLESS
        room[target, source, number] = values[number]
        beside.setdefault(source, []).append((target, number))
        beside.setdefault(target, []).append((source, number))
    total = 0
    while total < enough and (way := _way(room, beside, along)):
        amount = min(enough - total, *(room[step] for step in way))
        for source, target, number in way:
            room[source, target, number] -= amount
            room[target, source, number] += amount
        total += amount
    return total


def _way(
    room: Mapping[_Step, int], beside: Mapping[str, list[tuple[str, Number]]], along: tuple[str, str]
) -> list[_Step]:
    start, end = along
    came: dict[str, _Step] = {}
    waiting, seen = deque([start]), {start}
    while waiting and end not in came:
        here = waiting.popleft()
        for there, number in beside.get(here, ()):
            if there not in seen and room[here, there, number] > 0:
                seen.add(there)
                came[there] = (here, there, number)
                waiting.append(there)
    way: list[_Step] = []
    here = end
    while here in came and here != start:
        way.append(came[here])
        here = came[here][0]
    return way[::-1]


def _without(naming: Naming, agreed: ReportTable, hidden: set[Number], least: int) -> FigureTable:
    """Return a table without what is hidden, and without what is worked out of few: the mean of one dossier is what it
    was."""
    table = naming.table
    twice = table.broken_down_twice

    def left(number: Number, value: int | None) -> int | None:
        return None if number in hidden else value

    lines = []
    for one in table.lines:
        total = left(naming.row(one.head.key), one.total)
        counts = tuple(
            left(naming.cell(one.head.key, column.key), count)
            for column, count in zip(table.columns, one.counts, strict=True)
        )
        lines.append(_told(one, counts if twice else (total,), total, agreed, least))
    whole = table.total
    if whole is not None:
        total = left(naming.whole(), whole.total)
        counts = tuple(
            left(naming.column(column.key), count)
            for column, count in zip(table.columns, whole.counts, strict=True)
        )
        whole = _told(whole, counts if twice else (total,), total, agreed, least)
        if any(None in one.worked_out for one in lines) and table.adds_up:
            # From the mean of all, and those of all others, it would follow.
            whole = replace(whole, worked_out=tuple(None for _ in whole.worked_out))
    return replace(table, lines=tuple(lines), total=whole)


def _told(
    one: Line, counts: tuple[int | None, ...], total: int | None, agreed: ReportTable, least: int
) -> Line:
    measured = agreed.mean_of or agreed.sum_of or agreed.lead_time
    answers = one.worked_out[0] if measured and one.worked_out else one.total
    enough = total is not None and (answers or Decimal(0)) >= least
    worked_out = one.worked_out if enough else tuple(None for _ in one.worked_out)
    return replace(one, counts=counts, total=total, worked_out=worked_out)
