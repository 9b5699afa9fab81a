"""In front: the number of a table that one looks for first, with what it says besides, worked out of what is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from gehoor.core.figures.counted import LATE, ON_TIME, OVERDUE, RUNNING
from gehoor.core.figures.counting import ALL, FLOW, MEASURED, UNANSWERED
from gehoor.core.figures.how_counted import Measure
from gehoor.core.figures.tables import FigureTable, Line

_MOST_TIES: Final = 2
"""Of more rows that are the highest together none is: they would say nothing."""


_WORKED_OUT: Final[Mapping[Measure, int]] = {Measure.DAYS: 2, Measure.MEAN: 1, Measure.SUM: 1}
"""Which of what is worked out of a line that is."""


@dataclass(frozen=True, slots=True)
class Said:
    """A number with what people call it; its place in its table, for its list, where it has one. ``is_most``: it is
    that of a row that has most. None is what is not told."""

    label: str
    number: int | None
    row: str | None = None
    column: str | None = None
    is_most: bool = False
    has_list: bool = True


@dataclass(frozen=True, slots=True)
class Front:
    """A number in front. ``of``: of how many it is; None: of all that its table counts. ``unit``: what it is a number
    of, where it counts nothing or where it is not told of how many. ``agreed``: within which time it had to be done.
    ``earlier`` and ``earlier_of``: the same of the days before, where it ``has_earlier``. None is what is not told; of
    what counts nothing also what is not known."""

    table: str
    title: str
    number: int | Decimal | None
    row: str | None = None
    column: str | None = None
    of: int | None = None
    unit: str = ""
    agreed: str = ""
    says: tuple[Said, ...] = ()
    earlier: int | Decimal | None = None
    earlier_of: int | None = None
    has_earlier: bool = False


def in_front(tables: Iterable[FigureTable], before: Mapping[str, FigureTable]) -> tuple[Front, ...]:
    """Return the numbers that stand in front, in the order of their tables, beside those of ``before``."""
    return tuple(one for table in tables for one in _fronts(table, before.get(table.id)))


def _fronts(table: FigureTable, before: FigureTable | None) -> Iterator[Front]:
    if table.withheld or table.measure == Measure.NONE:
        return
    if table.measure == Measure.FLOW:
        earlier = {line.head.key: line.total for line in before.lines} if before else {}
        for line in table.lines:
            if line.head.key in FLOW[1:]:
                yield Front(
                    table.id,
                    line.head.label,
                    line.total,
                    line.head.key,
                    ALL,
                    earlier=earlier.get(line.head.key),
                    has_earlier=line.head.key in earlier,
                )
        return
    yield _one(table, before)


def _one(table: FigureTable, before: FigureTable | None) -> Front:
    place, earlier = _WORKED_OUT.get(Measure(table.measure)), before.total if before else None
    name = table.front_name or table.title
    if place is not None:
        then, over = _worked_out(earlier, place), _worked_out(table.total, 0)
        return Front(
            table.id,
            name,
            _worked_out(table.total, place),
            column=MEASURED,
            unit=table.worked_out[place],
            says=(Said(table.worked_out[0], int(over), column=MEASURED),) if over is not None else (),
            earlier=then,
            has_earlier=then is not None,
        )
    if table.measure == Measure.KEPT:
        standings = list(_standings(table))
        on_time, of = _kept(standings)
        earlier_on_time, earlier_of = _kept(list(_standings(before))) if before else (None, None)
        return Front(
            table.id,
            name,
            on_time.number,
            on_time.row,
            on_time.column,
            of,
            unit=on_time.label if of is None else "",
            agreed=table.explanation,
            says=tuple(one for one in standings if one is not on_time and one.number != 0),
            earlier=earlier_on_time.number if earlier_on_time else None,
            earlier_of=earlier_of,
            has_earlier=earlier_on_time is not None,
        )
    return Front(
        table.id,
        name,
        table.total.total if table.total else None,
        says=tuple(_most(table)),
        earlier=earlier.total if earlier else None,
        has_earlier=earlier is not None,
    )


def _worked_out(line: Line | None, place: int) -> Decimal | None:
    return line.worked_out[place] if line and place < len(line.worked_out) else None


def _standings(table: FigureTable) -> Iterator[Said]:
    """Give how the terms of a table stand: in its rows, or in the columns of all its rows together."""
    keys = (ON_TIME, LATE, OVERDUE, RUNNING)
    rows = [line for line in table.lines if line.head.key in keys]
    if rows:
        yield from (Said(one.head.label, one.total, one.head.key, ALL) for one in rows)
    elif table.total:
        for column, number in zip(table.columns, table.total.counts, strict=True):
            yield Said(column.label, number, None, column.key)


def _kept(standings: Sequence[Said]) -> tuple[Said, int | None]:
    """Return how many were on time, and of how many that is known."""
    known = [one for one in standings if RUNNING not in (one.row, one.column)]
    return next(one for one in known if ON_TIME in (one.row, one.column)), _sum(one.number for one in known)


def _sum(numbers: Iterable[int | None]) -> int | None:
    found = list(numbers)
    return None if None in found else sum(one for one in found if one is not None)


def _most(table: FigureTable) -> Iterator[Said]:
    """Give the row that has most, where that is told of all of them, and how many have no answer."""
    answered = [line for line in table.lines if line.head.key != UNANSWERED]
    if len(answered) > 1 and all(line.total is not None for line in answered):
        highest = max(line.total or 0 for line in answered)
        most = [line for line in answered if line.total == highest]
        if highest and len(most) <= _MOST_TIES:
            yield from (Said(one.head.label, one.total, one.head.key, is_most=True) for one in most)
    for line in table.lines:
        if line.head.key == UNANSWERED and line.total != 0:
            yield Said(line.head.label, line.total, line.head.key)
