"""A report as it is read: the same on a page, in print, and in each file that is made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from gehoor.core.figures.front import Front, in_front
from gehoor.core.figures.registered import is_over_before
from gehoor.core.figures.tables import FigureTable, Line
from gehoor.core.letters.text_blocks import BlockKind, text_blocks

WIDE: Final = 6
"""A table of more columns is a wide one."""
_YEAR: Final = 4
"""With so many figures of a year begins the key of a month."""
_MANY_NEVER: Final = 3
"""So many answers that nobody gave are named in one sentence, not each in a row; so also years before anything was
registered."""
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
    numbered: bool = True
    """Whether it is one of the chapters that were agreed on: those are numbered."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a report on paper says besides what it says everywhere.

    ``organisation``: whose it is, below each page. ``version``: which version it is, above each page. ``facts``: what
    stands on its front, each with a name. ``told``: the notes that say no more than these, and stand there no second
    time."""

    organisation: str = ""
    version: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    told: frozenset[str] = frozenset()
    contents: str = "Inhoud"
    how: str = "Hoe dit telt"
    """The name of the chapter in which one looks up how each table counts."""
    where: str = ""
    """Says that it is there."""
    tables: str = "Tabel"
    page: str = "Bladzijde"
    counts: str = "Wat ze telt"
    """What stands above the columns of that chapter."""
    unless: str = ""
    """Says that what a chapter says of its tables goes for all that say nothing else."""


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
    color: str = ""
    """The colour of the organisation (``#rrggbb``), with its ``logo`` (a picture) and what is read aloud for that."""
    logo: bytes = b""
    logo_says: str = ""
    file_name: str = ""
    paper: Paper = field(default_factory=Paper)
    """What it says on paper alone."""
    public: bool = False
    since: str = ""
    """The local day from which on dossiers are registered (ISO): before it, nothing is known. Empty: that is not known
    either."""
    until: str = ""
    """The last day that it is about."""
    before_until: str = ""
    """The last day of those that it is held beside."""
    unregistered: str = ""
    """What stands for a number of a time of which nothing was registered yet."""
    share: str = ""
    """What stands above which part of a total each row is."""
    never: Callable[[str], str] = str
    """Says of answers, by their names, that nobody gave them."""
    not_yet: Callable[[str], str] = str
    """Says of years, by their names, that nothing was registered yet."""

    def said_above(self, table: FigureTable) -> list[str]:
        """Return what is said of a table before its numbers."""
        return [one for one in (table.explanation, table.counted) if one]

    def said_below(self, table: FigureTable) -> str:
        """Return what is said below the rows of a table that are read; empty: nothing."""
        gone = ", ".join(self.read(table)[1])
        if not gone:
            return ""
        return self.not_yet(gone) if table.by_time else self.never(gone)

    def said_of_sum(self, table: FigureTable) -> str:
        """Say that the rows come to more than the total, where they may: who adds them up has to know at once."""
        if table.adds_up or table.withheld or not table.how or table.total is None:
            return ""
        whole, rows = table.total.total, [line.total for line in table.lines]
        sums = (rows, list(table.total.counts))
        told = None not in (whole, *sums[0], *sums[1])
        return "" if told and all(sum(each or 0 for each in one) == whole for one in sums) else table.how[-1]

    def sign_of(
        self, table: FigureTable, number: int | None, row: str | None, column: str | None = None
    ) -> str:
        """Return what stands in the place of a number of a table; empty: the number. ``row``, ``column``: their keys;
        None: a total."""
        if number is None:
            return self.hidden
        return self.unregistered if number == 0 and self.is_silent(table, row, column) else ""

    def sign_before(self, table: FigureTable, line: Line | None) -> str:
        """Return the same of what stands beside it: of a row, or of its total."""
        number = line.total if line else 0
        if number is None:
            return self.hidden
        return self.unregistered if number == 0 and self._is_silent_before(table, line) else ""

    def is_silent(self, table: FigureTable, row: str | None, column: str | None = None) -> bool:
        """Say whether a number of a table is of a time of which nothing was registered yet. ``row``, ``column``: their
        keys; None: a total."""
        if not self.since:
            return False
        key = {"rows": row, "columns": column}.get(table.by_time)
        return bool(self.until and self.until < self.since) or bool(key and is_over_before(key, self.since))

    def _is_silent_before(self, table: FigureTable, line: Line | None) -> bool:
        if not self.since:
            return False
        return self.nothing_before or (
            table.by_time == "rows" and line is not None and is_over_before(line.head.key, self.since)
        )

    def silent_rows(self, table: FigureTable) -> list[str]:
        """Return the keys of the rows that are of such a time whole."""
        return [one.head.key for one in table.lines if one.total == 0 and self.is_silent(table, one.head.key)]

    def worked_out_of(self, table: FigureTable, line: Line) -> tuple[Decimal | str, ...]:
        """Return what is worked out of a row as it is read: where nothing is told, a sign says why."""
        if line.total == 0 and self.is_silent(table, line.head.key):
            return tuple(self.unregistered for _ in line.worked_out)
        nothing = self.hidden if self.public and line.total != 0 else ""
        return tuple(nothing if one is None else one for one in line.worked_out)

    @property
    def nothing_before(self) -> bool:
        """Say whether nothing was registered yet in the days that it is held beside."""
        return bool(self.since and self.before_until) and self.before_until < self.since

    @property
    def front(self) -> tuple[Front, ...]:
        """Return the numbers that one looks for first."""
        return in_front((table for one in self.chapters for table in one.tables), self.before)

    def beside(self, table: FigureTable) -> Mapping[str, Line] | None:
        """Return of each row of a table (its key) the row that it is held beside; of the months of a period those in
        the same place of the other one. None where nothing is held beside it."""
        before = self.before.get(table.id)
        if before is None or table.broken_down_twice or self.nothing_before:
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

    def read(self, table: FigureTable) -> tuple[tuple[Line, ...], tuple[str, ...]]:
        """Return the rows of a table as they are read, and what the others are called: of a list of answers, those that
        nobody gave, in the days before neither; of years that stand beside nothing, those of which nothing was
        registered yet. Files to reckon with have them all."""
        if table.by_time == "rows" and self.beside(table) is None:
            silent = set(self.silent_rows(table))
            if _MANY_NEVER <= len(silent) < len(table.lines):
                kept = tuple(one for one in table.lines if one.head.key not in silent)
                return kept, tuple(one.head.label for one in table.lines if one.head.key in silent)
        beside = self.beside(table) or {}
        never = [
            one.head
            for one in table.lines
            if one.total == 0 and (one.head.key not in beside or beside[one.head.key].total == 0)
        ]
        if not table.by_choice or len(never) < _MANY_NEVER:
            return table.lines, ()
        kept = tuple(one for one in table.lines if one.head not in never)
        return kept, tuple(one.label for one in never)

    def shares(self, table: FigureTable) -> Mapping[str, str] | None:
        """Return of each row of a table (its key) which part of its total it is, in hundredths; None where the rows are
        no parts of a total that is told."""
        whole = table.total.total if table.total else None
        if not whole or table.broken_down_twice or table.by_time or table.worked_out or not table.adds_up:
            return None
        return {
            line.head.key: self.hidden if line.total is None else _hundredths(line.total, whole)
            for line in table.lines
        }

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


def _hundredths(part: int, whole: int) -> str:
    return f"{(Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP)}\u00a0%"


def counts_nothing(document: ReportDocument, table: FigureTable) -> bool:
    """Say whether a table tells that there was nothing to count, neither in what stands beside it."""
    before = document.before.get(table.id)
    beside = [before] if before and not document.nothing_before else []
    tables = [] if table.withheld else [table, *beside]
    rows = [row for one in tables for row in (*one.lines, *([one.total] if one.total else []))]
    return bool(rows) and all(number == 0 for row in rows for number in (*row.counts, row.total))


def without_silent(document: ReportDocument) -> ReportDocument:
    """Return a report without the chapters of which only a title is left: nobody sends one that somebody still has to
    write, or all of whose tables are internal."""
    says = [
        one for one in document.chapters if one.explanation or one.text.strip() or one.tables or one.findings
    ]
    return replace(document, chapters=tuple(says))


def text_lines(text: str) -> list[str]:
    """Return the lines of what somebody wrote, as a file has them: a point of a list begins with its sign, which no
    sheet programme takes for a sum."""
    blocks = text_blocks(text)
    return [
        f"\u2022 {line}" if block.kind is BlockKind.LIST else line for block in blocks for line in block.lines
    ]


def tells_nothing(table: FigureTable) -> bool:
    """Say whether a table of a public version tells no number but 0, and hides one."""
    rows = (*table.lines, *([table.total] if table.total else []))
    numbers = [number for row in rows for number in (*row.counts, row.total, *row.worked_out)]
    hides = any(number is None for row in rows for number in (*row.counts, row.total))
    return hides and not any(numbers)


def narrowed(table: FigureTable, left_out: Callable[[str], str]) -> FigureTable:
    """Return a table as it fits on a page: without what is worked out of nothing in each row, and of very many columns
    without those in which nothing is counted. ``left_out``: says of their names that they are not there."""
    table = _without_empty(table)
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


def _without_empty(table: FigureTable) -> FigureTable:
    """Return a table without the columns of what is worked out that are empty in each of its rows; one that stands in
    front as it is, as what stands there is found by its place."""
    if table.measure:
        return table
    rows = (*table.lines, *([table.total] if table.total else []))
    kept = [
        place
        for place in range(len(table.worked_out))
        if any(place < len(row.worked_out) and row.worked_out[place] is not None for row in rows)
    ]
    if len(kept) == len(table.worked_out):
        return table

    def fewer(line: Line) -> Line:
        return replace(line, worked_out=tuple(line.worked_out[place] for place in kept if line.worked_out))

    return replace(
        table,
        worked_out=tuple(table.worked_out[place] for place in kept),
        lines=tuple(map(fewer, table.lines)),
        total=fewer(table.total) if table.total else None,
    )
