"""Contributions: what one dossier adds to each number that the public version of a report shows.

All that is published is a sum over dossiers: counts are, and a mean with the number of answers is no more than their
sum. A median stays what it is as long as as many lie below it, on it and above it. So what nobody can see from outside
is what leaves all these sums as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.counting import counts_rows, lead_days, numbers_in, places
from gehoor.core.figures.tables import FigureTable
from gehoor.core.reports.model import Report, ReportTable

Number: TypeAlias = tuple[str, str | None, str | None, str]
"""What a number is: its table, its row and its column (None: all together), and what of it (``COUNT``...)."""
Amounts: TypeAlias = Mapping[Number, int | Decimal]

COUNT: Final = "count"
ANSWERS: Final = "answers"
"""Of how many dossiers something is measured: what a mean is taken over."""
SILENT: Final = "silent"
"""Of how many there is nothing to measure: no table shows it, but who knows the two others does."""
SUM: Final = "sum"
UNSHOWN: Final = "unshown"
"""What would get a row or column of its own that is not there: whoever reads the table would see it."""
WORKED_OUT: Final = "worked out"
"""The mean, median or sum of a line as a whole: what is hidden together."""


@dataclass(frozen=True, slots=True)
class Member:
    """A dossier of the register that a report is made of. ``left_out``: the tables (ids) in which it is not counted for
    whoever makes the report."""

    counted: Counted
    left_out: frozenset[str] = frozenset()


def unit(number: Number) -> Number:
    """Return what is hidden when a number is: itself, or all that is worked out of a line."""
    return number if number[3] == COUNT else (*number[:3], WORKED_OUT)


class TableNumbers:
    """The numbers of one table: which are shown, how much they are, and what one dossier adds to them. ``table``: as it
    is shown inside; none: a table that nobody is shown, but that others together may tell."""

    def __init__(
        self,
        report: Report,
        agreed: ReportTable,
        period: Period,
        table: FigureTable | None,
        members: Iterable[Member],
    ) -> None:
        self.id = agreed.id
        self.agreed = agreed
        self._report, self._period = report, period
        self.shown = dict(_counts(table)) if table else {}
        self._virtual = table is None
        self._rows_apart = counts_rows(agreed)
        self._measures = bool(table and (agreed.mean_of or agreed.sum_of or agreed.lead_time))
        self._rows = {number[1] for number in self.shown} - {None}
        self._columns = {number[2] for number in self.shown} - {None}
        self._kept: dict[Hashable, Amounts] = {}
        self._middles: dict[str | None, tuple[Decimal, Decimal]] = {}
        if self._measures:
            self._middles = self._find_middles(members)

    def of(self, one: Counted, key: Hashable) -> Amounts:
        """Return what a dossier adds to each number of the table, what is not shown with it as ``UNSHOWN``. ``key``:
        all of the dossier that the table goes by."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._worked_out(one)
        return found

    def _worked_out(self, one: Counted) -> Amounts:
        here = list(places(self._report, self.agreed, self._period, one))
        if not here:
            return {}
        found: Counter[Number] = Counter()
        apart = self._rows_apart
        if self._virtual:
            found.update((self.id, row, column, COUNT) for row, column in here)
            return found
        rows = [row for row, _ in here]
        columns = [column for _, column in here]
        found[self.id, None, None, COUNT] = len(here) if apart else 1
        found.update((self.id, row, None, COUNT) for row in (rows if apart else set(rows)))
        found.update((self.id, None, column, COUNT) for column in (columns if apart else set(columns)))
        found.update((self.id, row, column, COUNT) for row, column in here)
        amounts: dict[Number, int | Decimal] = {}
        for number, times in found.items():
            if number in self.shown:
                amounts[number] = times
            elif self._would_appear(number):
                amounts[*number[:3], UNSHOWN] = times
        if self._measures:
            for line in (*set(rows), None):
                amounts |= self._measured(line, one)
        return amounts

    def _would_appear(self, number: Number) -> bool:
        """Say whether a number that is not shown would get a row or a column of its own."""
        _, row, column, _ = number
        if row is not None:
            return row not in self._rows and bool(self._rows)
        return column is not None and column not in self._columns and bool(self._columns)

    def _measured(self, line: str | None, one: Counted) -> dict[Number, int | Decimal]:
        numbers = self._numbers(one)
        if line not in self._middles:
            return {}
        found: dict[Number, int | Decimal] = {}
        if not numbers:
            found[self.id, line, None, SILENT] = 1
            return found
        low, high = self._middles[line]
        found[self.id, line, None, ANSWERS] = len(numbers)
        found[self.id, line, None, SUM] = sum(numbers, Decimal(0))
        if not self.agreed.sum_of:
            for number in numbers:
                side = (self.id, line, None, _side(number, low, high))
                found[side] = found.get(side, 0) + 1
        return found

    def _numbers(self, one: Counted) -> list[Decimal]:
        if self.agreed.lead_time is None:
            return numbers_in(one, self.agreed.mean_of or self.agreed.sum_of)
        days = lead_days(self.agreed.lead_time, one)
        return [] if days is None else [Decimal(days)]

    def _find_middles(self, members: Iterable[Member]) -> dict[str | None, tuple[Decimal, Decimal]]:
        found: dict[str | None, list[Decimal]] = {}
        by_line = bool(self.agreed.by)
        for member in members:
            if self.id in member.left_out:
                continue
            here = {row for row, _ in places(self._report, self.agreed, self._period, member.counted)}
            if here:
                numbers = self._numbers(member.counted)
                for line in (*here, None) if by_line else (None,):
                    found.setdefault(line, []).extend(numbers)
        return {line: _middle(sorted(numbers)) for line, numbers in found.items()}


def _middle(numbers: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    if not numbers:
        return Decimal(0), Decimal(0)
    return numbers[(len(numbers) - 1) // 2], numbers[len(numbers) // 2]


def _side(number: Decimal, low: Decimal, high: Decimal) -> str:
    """Return where a number lies beside those in the middle: while as many lie everywhere, the median is the same."""
    if number <= low:
        return "lower middle" if number == low else "below"
    if number >= high:
        return "upper middle" if number == high else "above"
    return UNSHOWN


def _counts(table: FigureTable) -> Iterable[tuple[Number, int]]:
    """Give the counts that the public version of a table has room for."""
    lines = [(line.head.key, line) for line in table.lines]
    for row, line in (*lines, *([(None, table.total)] if table.total else [])):
        yield (table.id, row, None, COUNT), line.total or 0
        if table.broken_down_twice:
            for column, count in zip(table.columns, line.counts, strict=True):
                yield (table.id, row, column.key, COUNT), count or 0
