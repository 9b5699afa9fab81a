"""The rows of a table as they stand in a file: a head, and below it texts and numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, TypeAlias

from gehoor.core.figures.report_document import ReportDocument
from gehoor.core.figures.tables import FigureTable, Line

Value: TypeAlias = str | int | Decimal

WHOLE: Final = "100\u00a0%"
"""What stands beside a total."""


def rows_of(document: ReportDocument, table: FigureTable, share: str = "") -> list[list[Value]]:
    """Return a table as rows, the first its head; none of a table that is not told. What is not told is the sign for
    that, as is what was not registered yet; what is not known is empty. ``share``: as it is read, with what stands
    above which part of the total each row is, and without rows of answers that nobody gave; empty: as it is reckoned
    with."""
    if table.withheld:
        return []
    beside = document.beside(table)
    shares = document.shares(table) if share else None
    twice = table.broken_down_twice and table.total is not None
    head: list[Value] = ["", *(one.label for one in table.columns), *([share] if shares else [])]
    if twice and table.total is not None:
        head.append(table.total.head.label)
    if beside is not None:
        head.append(document.before_name)
    head += table.worked_out

    def row(line: Line, key: str | None, before: Line | None) -> list[Value]:
        counts = zip(table.columns, line.counts, strict=True)
        said: list[Value] = [
            line.head.label,
            *(document.sign_of(table, one, key, column.key) or _number(one) for column, one in counts),
        ]
        if shares is not None:
            said.append(shares.get(line.head.key, WHOLE))
        if twice:
            said.append(document.sign_of(table, line.total, key) or _number(line.total))
        if beside is not None:
            said.append(document.sign_before(table, before) or _number(before.total if before else 0))
        return [*said, *document.worked_out_of(table, line)]

    lines = document.read(table)[0] if share else table.lines
    rows = [row(line, line.head.key, (beside or {}).get(line.head.key)) for line in lines]
    if table.total is not None:
        earlier = document.before.get(table.id)
        rows.append(row(table.total, None, earlier.total if earlier else None))
    return [head, *rows]


def _number(value: int | None) -> Value:
    return 0 if value is None else value
