"""Numbers of tables by what they are of: the same number in two tables is hidden in both, or in none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from gehoor.core.conditions.model import All, Comparison, Condition, Operator
from gehoor.core.figures.counting import CAME_IN, CARRIED_OVER
from gehoor.core.figures.tables import FigureTable
from gehoor.core.reports.model import YEAR, ReportTable

Number: TypeAlias = tuple[object, ...]
"""What a number is of: which dossiers, and among those which answers; the same in every table that shows it."""
Edge: TypeAlias = tuple[str, str, Number]
"""Of a number in sums: from where it flows, and whereto."""

SOURCE: Final = "<"
SINK: Final = ">"
COMING: Final = (CARRIED_OVER, CAME_IN)


class Naming:
    """What the numbers of one table are of. ``year``: the year of the report."""

    def __init__(self, table: FigureTable, agreed: ReportTable, year: int) -> None:
        self.table = table
        self.in_and_out = agreed.flow
        measured = (
            repr(agreed.lead_time) if agreed.lead_time else f"term {agreed.term}" if agreed.term else ""
        )
        self._by = agreed.by or measured
        self._across = measured if agreed.by and measured else agreed.across
        counts_rows = "." in agreed.by or "." in agreed.across
        rest, keys = _plain(agreed.only)
        if agreed.years == 1:
            keys = [*keys, (YEAR, str(year))]
        span = agreed.years if agreed.years > 1 and agreed.by != YEAR else 0
        self._of: Number = (repr(rest), span, agreed.flow, counts_rows, agreed.period_by)
        self._keys = keys

    def cell(self, row: str, column: str) -> Number:
        """Return what the number in a cell is of."""
        return self._number((self._by, row), (self._across, column))

    def row(self, row: str) -> Number:
        """Return what the number of a row as a whole is of."""
        return self._number((self._by, row))

    def column(self, column: str) -> Number:
        """Return what the number of a column as a whole is of."""
        return self._number((self._across, column))

    def whole(self) -> Number:
        """Return what the total is of."""
        return self._number()

    def _number(self, *keys: tuple[str, str]) -> Number:
        return (*self._of, *sorted({*self._keys, *keys}))


def _plain(only: Condition | None) -> tuple[object, list[tuple[str, str]]]:
    """Take apart the answers that a condition asks by itself: a table of those dossiers, and a row with that answer in
    another table, are about the same ones. What is left of it stays as it is."""
    if isinstance(only, Comparison) and only.operator is Operator.IS and only.operand is not None:
        operand = only.operand
        return None, [(only.fact, str(operand).lower() if isinstance(operand, bool) else str(operand))]
    if isinstance(only, All):
        rest: list[object] = []
        keys: list[tuple[str, str]] = []
        for part in only.parts:
            left, found = _plain(part)
            keys += found
            if left is not None:
                rest.append(left)
        return tuple(rest) or None, keys
    return only, []


def numbers_in(naming: Naming) -> Iterator[tuple[Edge, int]]:
    """Give each number of a table with how much it is, as it flows in the sums of the table: row totals into rows,
    cells from row to column, column totals out of columns, the whole back to where it began."""
    table, twice = naming.table, naming.table.broken_down_twice
    if naming.in_and_out:
        # What was carried over and came in, is what was closed and is left.
        for line in table.lines:
            ends = (SOURCE, SINK) if line.head.key in COMING else (SINK, SOURCE)
            yield (*ends, naming.row(line.head.key)), line.total or 0
        return
    for line in table.lines:
        row = f"row {line.head.key}"
        yield (SOURCE, row if twice else SINK, naming.row(line.head.key)), line.total or 0
        if twice:
            for column, count in zip(table.columns, line.counts, strict=True):
                cell = naming.cell(line.head.key, column.key)
                yield (row, f"column {column.key}", cell), count or 0
    if table.total is None:
        return
    if twice:
        for column, count in zip(table.columns, table.total.counts, strict=True):
            yield (f"column {column.key}", SINK, naming.column(column.key)), count or 0
    yield (SINK, SOURCE, naming.whole()), table.total.total or 0
