"""Reports as PDF with a structure that can be read aloud: made by Typst, where that is installed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from gehoor.adapters.documents.typst_letters import can_bedrawn
from gehoor.adapters.documents.typst_signs import Signs, compiled, drawn
from gehoor.core.figures.report_document import ReportDocument
from gehoor.core.figures.report_rows import Value, rows_of
from gehoor.core.figures.tables import FigureTable
from gehoor.core.wording.registry import sentences_in


@cache
def _template() -> bytes:
    return (files("gehoor.adapters.documents") / "report.typ").read_bytes()


class TypstReports:
    """Makes PDF documents of reports."""

    def __init__(self) -> None:
        self._signs = Signs()

    def pdf(self, document: ReportDocument) -> bytes:
        """Return a report as a tagged PDF document, with a box in the place of each sign that no font has, and without
        a logo that cannot be drawn."""
        import typst  # noqa: PLC0415 - 30 MB that most processes never need

        if document.logo and not can_bedrawn(document.logo):
            document = replace(document, logo=b"")
        try:
            return compiled(_template(), self._signs.shown(json.dumps(_said(document), ensure_ascii=False)))
        except typst.TypstError:
            if not document.logo:
                raise
            return self.pdf(replace(document, logo=b""))


def _said(document: ReportDocument) -> dict[str, Any]:
    return {
        "title": drawn(document.title),
        "subtitle": drawn(document.subtitle),
        "language": document.language,
        "notes": list(map(drawn, document.notes)),
        "digest": document.digest,
        "color": document.color,
        "logo": list(document.logo),
        "logo-says": drawn(document.logo_says),
        "chapters": [
            {
                "numbered": one.numbered,
                "title": drawn(one.title),
                "explanation": drawn(one.explanation),
                "text": [drawn(part) for part in one.text.split("\n") if part.strip()],
                "tables": [_table(document, table) for table in one.tables],
                "findings": [
                    {
                        "title": drawn(found.title),
                        "head": _texts(found.head),
                        "rows": list(map(_texts, found.rows)),
                    }
                    for found in one.findings
                ],
            }
            for one in document.chapters
        ],
    }


def _table(document: ReportDocument, table: FigureTable) -> dict[str, Any]:
    # Nothing stands where a table is not told.
    head, *rows = rows_of(document, table, document.share) or [[""]]
    return {
        "title": drawn(table.title),
        "above": list(map(drawn, document.said_above(table))),
        "below": drawn(document.said_below(table)),
        "how": list(map(drawn, table.how)),
        "head": _texts(head),
        "rows": [[drawn(_said_in(document.language, one)) for one in row] for row in rows],
        "has-total": table.total is not None and bool(rows),
        # A picture has no colour of its surroundings.
        "chart": document.charts.get(table.id, "").replace("currentColor", document.color or "#1d2b2f"),
    }


def _said_in(language: str, value: Value) -> str:
    return sentences_in(language).formats.number(value) if isinstance(value, Decimal) else str(value)


def _texts(row: Sequence[Any]) -> list[str]:
    return [drawn(str(one)) for one in row]


def report_printer() -> TypstReports | None:
    """Return who makes reports as PDF; None where Typst is not installed."""
    return TypstReports() if find_spec("typst") is not None else None
