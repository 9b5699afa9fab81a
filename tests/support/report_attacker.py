"""An attacker who has one public report, knows how each table counts, and solves for what is hidden.

Each unknown is how many dossiers there are of one kind (an atom: all that the tables ask of a dossier). Every number in
the report is a sum of those; a mean is one within its rounding, a median says how many lie on each side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.counting import lead_days, numbers_in, places
from gehoor.core.figures.tables import FigureTable, Line
from gehoor.core.reports.model import Report, ReportTable

Row = tuple[np.ndarray, float, float]
"""A sum over atoms, the least and the most that it is."""

_HALF = 0.005
_MANY = 10_000


class Attacker:
    """Somebody who has the tables of a public report. ``atoms``: every kind of dossier that there could be."""

    def __init__(
        self, tables: Sequence[FigureTable], report: Report, period: Period, atoms: Sequence[Counted]
    ) -> None:
        self._report, self._period, self._atoms = report, period, atoms
        self.hidden: dict[tuple[str, str | None, str | None], np.ndarray] = {}
        rows = [row for table in tables for row in self._known(table, report.tables[table.id])]
        self._sums = np.array([row[0] for row in rows])
        self._least = np.array([row[1] for row in rows])
        self._most = np.array([row[2] for row in rows])

    def range_of(self, number: tuple[str, str | None, str | None]) -> tuple[int, int]:
        """What a hidden number could be, at the least and at the most."""
        goal = self.hidden[number]
        return round(self._solved(goal)), -round(self._solved(-goal))

    def _solved(self, goal: np.ndarray) -> float:
        found = milp(
            goal,
            constraints=LinearConstraint(self._sums, self._least, self._most),
            bounds=Bounds(0, _MANY),
            integrality=np.ones(len(goal)),
        )
        assert found.success, found.message
        return float(found.fun)

    def _known(self, table: FigureTable, agreed: ReportTable) -> Iterator[Row]:
        lines: list[tuple[str | None, Line]] = [(line.head.key, line) for line in table.lines]
        if table.total:
            lines.append((None, table.total))
        for row, line in lines:
            yield self._count(table, agreed, row, None, line.total)
            if table.broken_down_twice:
                for column, count in zip(table.columns, line.counts, strict=True):
                    yield self._count(table, agreed, row, column.key, count)
            yield from self._measured(agreed, row, line)
        if table.lines:
            # No dossier is in a row or a column that is not there.
            heads, columns = {line.head.key for line in table.lines}, {one.key for one in table.columns}
            elsewhere = [
                sum(
                    row not in heads or (table.broken_down_twice and column not in columns)
                    for row, column in self._places(agreed, one)
                )
                for one in self._atoms
            ]
            yield np.array(elsewhere, float), 0, 0

    def _places(self, agreed: ReportTable, one: Counted) -> list[tuple[str, str]]:
        return list(places(self._report, agreed, self._period, one))

    def _count(
        self, table: FigureTable, agreed: ReportTable, row: str | None, column: str | None, told: int | None
    ) -> Row:
        once = "." not in agreed.by and "." not in agreed.across
        times = []
        for one in self._atoms:
            here = Counter(
                place
                for place in self._places(agreed, one)
                if row in (None, place[0]) and column in (None, place[1])
            )
            whole = sum(here.values())
            times.append(min(whole, 1) if once and (row is None or column is None) else whole)
        sums = np.array(times, float)
        if told is not None:
            return sums, told, told
        self.hidden[table.id, row, column] = sums
        return sums, 1, _MANY

    def _measured(self, agreed: ReportTable, row: str | None, line: Line) -> Iterator[Row]:
        measures = agreed.lead_time or agreed.mean_of or agreed.sum_of
        if not measures or (row is not None and not agreed.by) or not line.worked_out[0]:
            return
        numbers = [self._numbers(agreed, row, one) for one in self._atoms]
        answers = line.worked_out[0]
        yield np.array([len(each) for each in numbers], float), float(answers), float(answers)
        sums = np.array([float(sum(each)) for each in numbers])
        if agreed.sum_of:
            assert line.worked_out[1] is not None
            yield sums, float(line.worked_out[1]), float(line.worked_out[1])
            return
        mean, median = line.worked_out[1], line.worked_out[2]
        assert mean is not None
        assert median is not None
        yield (
            sums,
            float(mean * answers) - _HALF * float(answers),
            float(mean * answers) + _HALF * float(answers),
        )
        half = float(answers // 2)
        for beyond in (
            [sum(float(of) < float(median) - _HALF for of in each) for each in numbers],
            [sum(float(of) > float(median) + _HALF for of in each) for each in numbers],
        ):
            yield np.array(beyond, float), 0, half

    def _numbers(self, agreed: ReportTable, row: str | None, one: Counted) -> list[Decimal]:
        if not any(row in (None, place[0]) for place in self._places(agreed, one)):
            return []
        if agreed.lead_time:
            days = lead_days(agreed.lead_time, one)
            return [] if days is None else [Decimal(days)]
        return numbers_in(one, agreed.mean_of or agreed.sum_of)
