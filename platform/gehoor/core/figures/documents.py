"""Tables of figures as they are kept with a report: numbers that stay what they were."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gehoor.core.figures.tables import FigureTable, Head, Line
from gehoor.core.reports.model import Chart


def table_document(table: FigureTable) -> dict[str, Any]:
    """Return a table as it is kept."""
    return {
        "id": table.id,
        "title": table.title,
        "explanation": table.explanation,
        "how": list(table.how),
        "columns": [[one.key, one.label] for one in table.columns],
        "lines": [_line(one) for one in table.lines],
        "total": _line(table.total) if table.total else None,
        "worked_out": list(table.worked_out),
        "adds_up": table.adds_up,
        "chart": table.chart.value if table.chart else "",
        "internal": table.internal,
        **({"measure": str(table.measure)} if table.measure else {}),
        **({"counted": table.counted} if table.counted else {}),
        **({"by_time": table.by_time} if table.by_time else {}),
        **({"by_choice": True} if table.by_choice else {}),
        **({"front_name": table.front_name} if table.front_name else {}),
    }


def table_in(document: Mapping[str, Any]) -> FigureTable:
    """Return the table in a document."""
    return FigureTable(
        document["id"],
        document["title"],
        document["explanation"],
        tuple(document["how"]),
        tuple(Head(key, label) for key, label in document["columns"]),
        tuple(map(_line_in, document["lines"])),
        _line_in(document["total"]) if document["total"] else None,
        tuple(document["worked_out"]),
        adds_up=document["adds_up"],
        chart=Chart(document["chart"]) if document["chart"] else None,
        internal=document["internal"],
        measure=document.get("measure", ""),
        # An earlier Gehoor kept none of these.
        counted=document.get("counted", ""),
        by_time=document.get("by_time", ""),
        by_choice=document.get("by_choice", False),
        front_name=document.get("front_name", ""),
    )


def _line(line: Line) -> list[Any]:
    worked_out = [None if one is None else str(one) for one in line.worked_out]
    return [line.head.key, line.head.label, list(line.counts), line.total, worked_out]


def _line_in(kept: Any) -> Line:
    key, label, counts, total, worked_out = kept
    values = tuple(None if one is None else Decimal(one) for one in worked_out)
    return Line(Head(key, label), tuple(counts), total, values)
