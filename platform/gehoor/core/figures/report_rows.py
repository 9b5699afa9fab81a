"""The rows of a table as they stand in a file: a head, and below it texts and numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from gehoor.core.figures.report_document import ReportDocument
from gehoor.core.figures.tables import FigureTable, Line

Value: TypeAlias = str | int | Decimal


def rows_of(document: ReportDocument, table: FigureTable) -> list[list[Value]]:
    """Return a table as rows, the first its head. What is not told is the sign for that; what is not known is empty."""
    beside = document.beside(table)
    head: list[Value] = ["", *(one.label for one in table.columns)]
    if table.broken_down_twice and table.total is not None:
        head.append(table.total.head.label)
    if beside is not None:
        head.append(document.before_name)
    head += table.worked_out

    def row(line: Line, total_before: int | None) -> list[Value]:
        said: list[Value] = [line.head.label, *(_told(document, one) for one in line.counts)]
        if table.broken_down_twice and table.total is not None:
            said.append(_told(document, line.total))
        if beside is not None:
            said.append(_told(document, total_before))
        return [*said, *("" if one is None else one for one in line.worked_out)]

    found = beside or {}
    rows = [row(line, found[line.head.key].total if line.head.key in found else 0) for line in table.lines]
    if table.total is not None:
        earlier = document.before.get(table.id)
        rows.append(row(table.total, earlier.total.total if earlier and earlier.total else 0))
    return [head, *rows]


def _told(document: ReportDocument, value: int | None) -> Value:
    return document.hidden if value is None else value
