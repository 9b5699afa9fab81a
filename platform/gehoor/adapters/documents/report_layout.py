"""How a report lies on paper: which tables stand beside each other, and what they say once for all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from gehoor.adapters.documents.typst_signs import drawn
from gehoor.core.figures.report_document import DocumentChapter, ReportDocument, text_lines
from gehoor.core.figures.report_rows import Value, rows_of
from gehoor.core.figures.tables import FigureTable
from gehoor.core.wording.registry import sentences_in

_NARROW: Final = 3
"""A table with no more columns of numbers fits on half the width of a page."""
_TOGETHER: Final = 2
"""What fewer tables of a chapter have in common is said at each."""
_HEIGHT: Final = re.compile(r' viewBox="0 0 \d+ (\d+)"', re.ASCII)
_HIGHEST: Final = 1000
"""A drawing on half the width of a page that is higher than this fits on none."""
_INK: Final = "#1d2b2f"

Named = Callable[[FigureTable], str]


def laid_out(document: ReportDocument) -> dict[str, Any]:
    """Return the chapters of a report as they lie on paper, and how its tables count, gathered."""
    names = {id(table): f"t{place}" for place, table in enumerate(_tables(document))}

    def named(table: FigureTable) -> str:
        return names[id(table)]

    number, chapters = 0, []
    for one in document.chapters:
        number += one.numbered
        chapters.append(
            _chapter(document, one, f"{number}. {one.title}" if one.numbered else one.title, named)
        )
    return {"chapters": chapters, "how": gathered(list(_tables(document)), named)}


def _tables(document: ReportDocument) -> Iterator[FigureTable]:
    return (table for one in document.chapters for table in one.tables)


def _chapter(document: ReportDocument, chapter: DocumentChapter, title: str, named: Named) -> dict[str, Any]:
    common = _counted_by_most(chapter.tables)
    others = any(one.counted != common and not one.withheld for one in chapter.tables)
    counted = f"{common} {document.paper.unless}" if common and others else common
    tables = [_table(document, one, common, named) for one in chapter.tables]
    return {
        "title": drawn(title),
        "explanation": drawn(chapter.explanation),
        "counted": drawn(counted.strip()),
        "text": [drawn(line) for line in text_lines(chapter.text)],
        "in-front": not chapter.numbered,
        "units": list(_units(tables)),
        "findings": [
            {"title": drawn(found.title), "head": _texts(found.head), "rows": list(map(_texts, found.rows))}
            for found in chapter.findings
        ],
    }


def _counted_by_most(tables: Sequence[FigureTable]) -> str:
    """Return what most tables of a chapter count, in a sentence; empty where no two count the same."""
    found = Counter(one.counted for one in tables if one.counted and not one.withheld).most_common(1)
    return found[0][0] if found and found[0][1] >= _TOGETHER else ""


def _table(document: ReportDocument, table: FigureTable, common: str, named: Named) -> dict[str, Any]:
    # Nothing stands where a table is not told.
    head, *rows = rows_of(document, table, document.share) or [[""]]
    return {
        "title": drawn(table.title),
        "name": named(table),
        "above": [drawn(one) for one in document.said_above(table) if one != common],
        # Who adds up its rows has to know at once why they come to more.
        "below": [drawn(one) for one in (document.said_below(table), document.said_of_sum(table)) if one],
        "head": _texts(head),
        "rows": [[drawn(_said_in(document.language, one)) for one in row] for row in rows],
        "has-total": table.total is not None and bool(rows),
        "chart": _drawing(document, table),
        "is-narrow": len(head) - 1 <= _NARROW,
    }


def _drawing(document: ReportDocument, table: FigureTable) -> str:
    """Return what is drawn of a table; nothing of so many rows that it would fit on no page: the table says it all."""
    drawing = document.charts.get(table.id, "")
    found = _HEIGHT.search(drawing)
    if found is None or int(found[1]) > _HIGHEST:
        return ""
    # A picture has no colour of its surroundings.
    return drawing.replace("currentColor", document.color or _INK)


def _units(tables: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Give tables as they follow below each other: two small ones without a drawing stand beside each other."""
    waiting: list[dict[str, Any]] = []
    for table in tables:
        if table["is-narrow"] and not table["chart"]:
            waiting.append(table)
            if len(waiting) > 1:
                yield waiting
                waiting = []
            continue
        if waiting:
            yield waiting
            waiting = []
        yield [table]
    if waiting:
        yield waiting


def gathered(tables: Sequence[FigureTable], named: Named) -> list[dict[str, Any]]:
    """Return how tables count: below what they go by, those together that say the same. What most go by comes last: a
    few rows of others would stand alone on a last page."""
    found: dict[str, dict[tuple[str, ...], list[FigureTable]]] = {}
    for table in tables:
        if table.how and not table.withheld:
            basis, *more = table.how
            # Where nothing more was agreed, what it counts says that.
            said = tuple(more) or ((table.counted,) if table.counted else ())
            found.setdefault(basis, {}).setdefault(said, []).append(table)
    return [
        {
            "basis": drawn(basis),
            "rows": [
                {
                    "tables": [{"title": drawn(one.title), "name": named(one)} for one in alike],
                    "said": drawn(" ".join(said)),
                }
                for said, alike in groups.items()
            ],
        }
        for basis, groups in sorted(found.items(), key=lambda one: sum(map(len, one[1].values())))
    ]


def _said_in(language: str, value: Value) -> str:
    return sentences_in(language).formats.number(value) if isinstance(value, Decimal) else str(value)


def _texts(row: Sequence[Any]) -> list[str]:
    return [drawn(str(one)) for one in row]
