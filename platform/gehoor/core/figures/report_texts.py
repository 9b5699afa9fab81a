"""Reports as text: CSV, as a sheet programme here opens it and plain, and JSON."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any, Final

from gehoor.core.figures.documents import table_document
from gehoor.core.figures.registered import periods
from gehoor.core.figures.report_document import ReportDocument, text_lines
from gehoor.core.figures.report_rows import Value, rows_of
from gehoor.core.figures.tables import FigureTable

_STARTS_FORMULA: Final = tuple("=+-@\uff1d\uff0b\uff0d\uff20\u2212\t\r\n")
_PASSED_OVER: Final = " \u00a0\ufeff\u200b\u200c\u200d\u2060\v\f"
"""What a sheet programme may pass over before it looks whether a cell is a formula."""
BOM: Final = "\ufeff"


def report_csv(document: ReportDocument, *, local: bool) -> bytes:
    """Return a report as CSV in UTF-8: a block for each table. ``local``: as sheet programmes here expect it, with
    semicolons, a decimal comma and a mark of its coding before it; else with commas and points."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";" if local else ",", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for line in (document.title, document.subtitle, *document.notes, document.digest):
        if line:
            writer.writerow([safe(line)])
    for chapter in document.chapters:
        writer.writerows([[], [safe(chapter.title)]])
        for line in (chapter.explanation, *text_lines(chapter.text)):
            if line.strip():
                writer.writerow([safe(line)])
        for found in chapter.findings:
            writer.writerows([[], [safe(found.title)]])
            writer.writerows([safe(one) for one in row] for row in (found.head, *found.rows))
        for table in chapter.tables:
            writer.writerows([[], [safe(table.title)]])
            writer.writerows([safe(one)] for one in document.said_above(table))
            for row in rows_of(document, table):
                writer.writerow([_cell(one, local=local) for one in row])
            writer.writerows([safe(one)] for one in (table.explanation, *table.how) if one)
    return ((BOM if local else "") + made.getvalue()).encode("utf-8")


def _cell(value: Value, *, local: bool) -> str:
    if isinstance(value, Decimal):
        return str(value).replace(".", ",") if local else str(value)
    return safe(value) if isinstance(value, str) else str(value)


def safe(text: str) -> str:
    """Return a text that no sheet programme takes for a formula."""
    return f"'{text}" if text.lstrip(_PASSED_OVER).startswith(_STARTS_FORMULA) else text


def report_json(document: ReportDocument) -> bytes:
    """Return a report as JSON: what it says, and each table with its keys."""
    said: dict[str, Any] = {
        "title": document.title,
        "subtitle": document.subtitle,
        "language": document.language,
        "notes": list(document.notes),
        "digest": document.digest,
        "chapters": [
            {
                "title": one.title,
                "explanation": one.explanation,
                "text": one.text,
                "tables": [_table(document, table) for table in one.tables],
                "findings": [
                    {
                        "title": found.title,
                        "head": list(found.head),
                        "rows": [list(row) for row in found.rows],
                    }
                    for found in one.findings
                ],
            }
            for one in document.chapters
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8")


def _table(document: ReportDocument, table: FigureTable) -> dict[str, Any]:
    """Return a table with its keys. What was not registered yet is no 0: it is null, and its rows or columns are
    named."""
    said = table_document(table)
    silent = [one for one in periods(table) if document.is_silent(table, one, one)]
    if not silent:
        return said
    rows = table.by_time == "rows"
    places = [place for place, one in enumerate(table.columns) if one.key in silent and not rows]
    for line in said["lines"]:
        if rows and line[0] in silent:
            line[2], line[3] = [None] * len(line[2]), None
            line[4] = [None] * len(line[4])
        line[2] = [None if place in places else one for place, one in enumerate(line[2])]
    if said["total"] is not None:
        counts = said["total"][2]
        said["total"][2] = [None if place in places else one for place, one in enumerate(counts)]
    return {**said, "unregistered": silent}
