"""Suppression: small numbers go out of a public report, with as many others as it takes that nobody works them out.

Whoever reads the report may know every number in it, how each is counted, and that what is hidden is at least one. A
hidden number stays hidden when other registers come to exactly the same report, in which it is at least so much apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gehoor.core.figures.counted import Period
from gehoor.core.figures.suppression.contributions import ANSWERS, COUNT, SILENT, WORKED_OUT, Member, Number
from gehoor.core.figures.suppression.exchanges import Exchanges
from gehoor.core.figures.suppression.register_moves import RegisterMoves
from gehoor.core.figures.tables import FigureTable, Line
from gehoor.core.reports.model import Report

_SOME = 3
"""So much a table may always take from others."""


def public_tables(
    tables: Sequence[FigureTable], report: Report, period: Period, members: Sequence[Member]
) -> list[FigureTable]:
    """Return the tables of a report as the public may see them, without those that are for the organisation only: what
    is hidden is None, and a table that is left out whole has no lines. A number from 1 up to the least of the report is
    hidden, and no hidden number can be told within less than that. ``members``: the dossiers that were
    looked at for the report."""
    public = _public_ids(report)
    shown = [one for one in tables if one.id in public]
    found = hidden_in(shown, report, period, members)
    return [found.told(one, one.id) for one in shown]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden in tables that are public together: numbers, and tables that are left out whole."""

    numbers: frozenset[Number]
    withheld: frozenset[str] = frozenset()

    def told(self, table: FigureTable, name: str) -> FigureTable:
        """Return a table as it is told. ``name``: what it is called among those that are public together."""
        if name in self.withheld:
            return replace(
                table, columns=(), lines=(), total=None, worked_out=(), how=(), chart=None, counted=""
            )
        return _without(table, name, self.numbers)


def hidden_in(
    shown: Sequence[FigureTable], report: Report, period: Period, members: Sequence[Member]
) -> Hidden:
    """Return what is hidden in tables that anybody may lay side by side: the same in whatever order dossiers are read,
    as who lays two ways of hiding side by side may read what each of them hides."""
    hidden = _small(shown, report.least)
    ordered = sorted(members, key=lambda one: one.counted.facts.id)
    register = RegisterMoves(report, period, shown, ordered)
    if not (hidden or _small_beside(register, report.least)):
        return Hidden(frozenset())
    found = _Hider(register, hidden, report.least).enough()
    return Hidden(frozenset(found.hidden), frozenset(found.withheld))


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


class _Hider:
    """Hides besides what is small what it takes. Where the numbers of a table cost too much elsewhere, it is left out
    whole: a fine table does not take all others with it."""

    def __init__(self, register: RegisterMoves, hidden: set[Number], least: int) -> None:
        self.exchanges = Exchanges(register, hidden, least)
        self._least = least
        self._small = frozenset(hidden)
        self._beside = _small_beside(register, least)
        self._because: dict[Number, str] = {}
        """Of which table a number was small, for which another was hidden."""
        self._cost: dict[str, set[Number]] = {}
        self._waiting: list[Number] = []

    def enough(self) -> Exchanges:
        """Return the exchanges when no hidden number can be told any more."""
        self._waiting = sorted({*self._small, *self._beside}, key=self._first)
        while self._waiting:
            one = self._waiting.pop(0)
            if one[0] in self.exchanges.withheld:
                continue
            number = (*one[:3], ANSWERS) if one[3] == WORKED_OUT else one
            if one[3] == WORKED_OUT and not 0 < self.exchanges.values.get(number, 0) < self._least:
                continue
            self._hide_for(number)
        return self.exchanges

    @staticmethod
    def _first(number: Number) -> str:
        return repr(number)

    def _hide_for(self, number: Number) -> None:
        """Hide besides a number what it takes; that waits to be looked at."""
        exchanges = self.exchanges
        root = self._because.get(number, number[0])
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
            new = _with_worked_out(units) - exchanges.hidden
            if self._costs_too_much(root, new | set().union(*steps)):
                for step in steps:
                    exchanges.show(step)
                self._withhold(root)
                return
            steps.append(new)
            exchanges.hide(new)
        # What was tried first may not have helped.
        for step in steps[:-1]:
            exchanges.show(step)
            if not exchanges.is_safe(number):
                exchanges.hide(step)
        new = {one for step in steps for one in step if one in exchanges.hidden}
        self._cost.setdefault(root, set()).update(one for one in new if not self._is_own(root, one))
        for one in new:
            self._because.setdefault(one, root)
        self._waiting += sorted(new, key=repr)

    def _is_own(self, root: str, number: Number) -> bool:
        return number[0] == root or self.exchanges.is_finer(number[0], root)

    def _costs_too_much(self, root: str, new: set[Number]) -> bool:
        """Say whether a table takes more from others, that are no finer, than it tells itself."""
        elsewhere = {one for one in new if not self._is_own(root, one)} | self._cost.get(root, set())
        left = self.exchanges.left_of(root) - new
        return self.exchanges.loss(elsewhere) > max(_SOME, self.exchanges.loss(left) // 2)

    def _withhold(self, root: str) -> None:
        """Leave a table out, and show again what was hidden for it."""
        exchanges = self.exchanges
        exchanges.withhold(root)
        exchanges.show(
            [one for one, because in self._because.items() if because == root and one not in self._small]
        )
        self._because = {one: because for one, because in self._because.items() if because != root}
        self._cost.pop(root, None)
        # What was safe by what was hidden has to be looked at again.
        self._waiting = sorted({*exchanges.hidden, *self._beside}, key=self._first)


def _without(table: FigureTable, name: str, hidden: frozenset[Number]) -> FigureTable:
    """Return a table without what is hidden."""
    twice = table.broken_down_twice

    def line(row: str | None, one: Line) -> Line:
        total = None if (name, row, None, COUNT) in hidden else one.total
        counts = tuple(
            None if (name, row, column.key, COUNT) in hidden else count
            for column, count in zip(table.columns, one.counts, strict=True)
        )
        nothing = len(one.worked_out) > 1 and not _answers(one)
        few = nothing or (name, row, None, WORKED_OUT) in hidden
        worked_out = tuple(None for _ in one.worked_out) if few else one.worked_out
        return replace(one, counts=counts if twice else (total,), total=total, worked_out=worked_out)

    lines = tuple(line(one.head.key, one) for one in table.lines)
    return replace(table, lines=lines, total=line(None, table.total) if table.total else None)
