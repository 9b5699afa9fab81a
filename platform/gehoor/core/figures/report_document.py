"""A report as it is read: the same on a page, in print, and in each file that is made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from gehoor.core.figures.front import Front, in_front
from gehoor.core.figures.tables import FigureTable, Line

WIDE: Final = 6
"""A table of more columns is a wide one."""
_YEAR: Final = 4
"""With so many figures of a year begins the key of a month."""
_LEAST_COLUMNS: Final = 2
"""With fewer columns it would be no table that is broken down twice any more."""


@dataclass(frozen=True, slots=True)
class FindingsTable:
    """A self-assessment as it is read: below a heading and the names of columns, rows of texts."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DocumentChapter:
    """A chapter as it is read: its tables, and what somebody wrote. ``key``: by what name that is kept, while it is
    being written."""

    title: str
    explanation: str
    text: str
    tables: tuple[FigureTable, ...]
    key: str = ""
    findings: tuple[FindingsTable, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A report as it is read.

    ``notes``: sentences about it as a whole: over which period, of which departments, what is not shown, from when it
    is. ``before``: the tables of the days before, by id, where they are shown beside these under the name
    ``before_name``. ``hidden``: what stands in the place of a number that is not told. ``charts``: drawings by table,
    as SVG."""

    title: str
    subtitle: str
    language: str
    notes: tuple[str, ...]
    chapters: tuple[DocumentChapter, ...]
    before: Mapping[str, FigureTable]
    before_name: str
    hidden: str
    charts: Mapping[str, str]
    digest: str = ""
    file_name: str = ""

    @property
    def front(self) -> tuple[Front, ...]:
        """Return the numbers that one looks for first."""
        return in_front((table for one in self.chapters for table in one.tables), self.before)

    def beside(self, table: FigureTable) -> Mapping[str, Line] | None:
        """Return of each row of a table (its key) the row that it is held beside; of the months of a period those in
        the same place of the other one. None where nothing is held beside it."""
        before = self.before.get(table.id)
        if before is None or table.broken_down_twice:
            return None
        by_key = {line.head.key: line for line in before.lines}
        if by_key.keys() & {line.head.key for line in table.lines} or not table.lines:
            return by_key
        if [line.head.key[_YEAR:] for line in before.lines] != [
            line.head.key[_YEAR:] for line in table.lines
        ]:
            # The months of another quarter are not those: one would be taken for the other.
            return None
        return {line.head.key: other for line, other in zip(table.lines, before.lines, strict=True)}

    @property
    def numbers(self) -> tuple[int, int]:
        """Return how many numbers its tables hold, and how many of those are not told."""
        found = [
            number
            for chapter in self.chapters
            for table in chapter.tables
            for line in (*table.lines, *([table.total] if table.total else []))
            for number in line.counts
        ]
        return len(found), sum(number is None for number in found)


def narrowed(table: FigureTable, left_out: Callable[[str], str]) -> FigureTable:
    """Return a table as it fits on a page: of very many columns without those in which nothing is counted.
    ``left_out``: says of their names that they are not there."""
    if len(table.columns) <= WIDE:
        return table
    rows = (*table.lines, *([table.total] if table.total else []))
    kept = [place for place in range(len(table.columns)) if any(row.counts[place] != 0 for row in rows)]
    if len(kept) == len(table.columns) or len(kept) < _LEAST_COLUMNS:
        return table

    def fewer(line: Line) -> Line:
        return replace(line, counts=tuple(line.counts[place] for place in kept))

    gone = [one.label for place, one in enumerate(table.columns) if place not in kept]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        lines=tuple(map(fewer, table.lines)),
        total=fewer(table.total) if table.total else None,
        how=(*table.how, left_out(", ".join(gone))),
    )
