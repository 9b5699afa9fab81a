"""From when on something was registered: what lies before it is not known, and is no 0.

In a public version this goes by what everybody knows: the day on which the first agreements took effect, and the
numbers that are told. No dossier says anything by it that the numbers do not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from gehoor.core.figures.tables import FigureTable, Line


def periods(table: FigureTable) -> list[str]:
    """Return the keys of the months or years that a table is broken down by: of its rows, or of its columns."""
    if table.by_time == "rows":
        heads = [one.head.key for one in table.lines]
    elif table.by_time == "columns":
        heads = [one.key for one in table.columns]
    else:
        heads = []
    return [one for one in heads if one[:4].isdigit()]


def is_over_before(period: str, since: str) -> bool:
    """Say whether a month or a year was over before a day (ISO)."""
    return bool(since) and period[:4].isdigit() and period < since[: len(period)]


def first_told(tables: Iterable[FigureTable], since: str) -> str:
    """Return the first day of the earliest month or year before a day (ISO) of which tables tell something, or hide it;
    that day where there is none."""
    told = (period for table in tables for period in _told(table))
    return min((_first_day(one) for one in told if is_over_before(one, since)), default=since)


def _told(table: FigureTable) -> Iterator[str]:
    known = set(periods(table))
    if table.by_time == "rows":
        yield from (one.head.key for one in table.lines if one.head.key in known and _says(one))
    else:
        for place, column in enumerate(table.columns):
            if column.key in known and any(line.counts[place] != 0 for line in table.lines):
                yield column.key


def _says(line: Line) -> bool:
    return line.total != 0 or any(one != 0 for one in line.counts)


def says_something(table: FigureTable) -> bool:
    """Say whether a table tells a number, or hides one."""
    return any(map(_says, (*table.lines, *([table.total] if table.total else []))))


def earliest(*days: str) -> str:
    """Return the earliest of some ISO days, of which some may not be known (empty)."""
    return min((one for one in days if one), default="")


def begin_of(tables: Iterable[FigureTable], first: date) -> date:
    """Return the first day that tables are about. ``first``: that of the days that they are of."""
    days = [_first_day(period) for table in tables for period in periods(table)]
    return min([first, *map(date.fromisoformat, days)])


def _first_day(period: str) -> str:
    return f"{period}-01" if "-" in period else f"{period}-01-01"
