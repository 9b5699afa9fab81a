"""A report on paper: what belongs together stands on one page."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from gehoor.adapters.documents.typst_reports import TypstReports
from gehoor.core.figures.charts import chart
from gehoor.core.figures.report_document import DocumentChapter, ReportDocument
from gehoor.core.figures.tables import FigureTable, Head, Line
from gehoor.core.reports.model import Chart
from gehoor.core.wording.registry import sentences_in


def table(number: int, rows: int, drawn: Chart | None) -> FigureTable:
    lines = tuple(Line(Head(str(one), f"Rij {one}"), (one,), one) for one in range(1, rows + 1))
    how = ("Telt dossiers met “Ontvangst” in 2026.", "Een dossier kan meermaals tellen.")
    total = Line(Head("", "Totaal"), (rows,), rows)
    return FigureTable(
        f"1.{number}", f"Tabel {number}", "Met uitleg.", how, (Head("", "Aantal"),), lines, total, chart=drawn
    )


def on_paper(*tables: FigureTable) -> pikepdf.Pdf:
    said = sentences_in("nl").figures
    drawings = {one.id: chart(one, "Zie de tabel.", "n.g.", said.short_month) for one in tables}
    chapters = (DocumentChapter("Alles", "", "", tables),)
    document = ReportDocument("Verslag", "Wij", "nl", (), chapters, {}, "2025", "n.g.", drawings)
    return pikepdf.open(io.BytesIO(TypstReports().pdf(document)))


def pages_of(pdf: pikepdf.Pdf) -> list[tuple[str, set[int]]]:
    """What the structure of a document holds, in its order, with the pages on which each stands."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}

    def within(node: Any) -> set[int]:
        if not isinstance(node, pikepdf.Dictionary):
            return (
                {number for each in node for number in within(each)}
                if isinstance(node, pikepdf.Array)
                else set()
            )
        here = {numbers[node.Pg.objgen]} if "/Pg" in node else set()
        return here | (within(node.K) if "/K" in node else set())

    def walk(node: Any) -> list[tuple[str, set[int]]]:
        if isinstance(node, pikepdf.Array):
            return [found for each in node for found in walk(each)]
        if not isinstance(node, pikepdf.Dictionary) or ("/S" not in node and "/K" not in node):
            return []
        kind = str(node.get("/S", ""))
        if kind in ("/H3", "/Table", "/Figure", "/P"):
            return [(kind, within(node))]
        return walk(node.get("/K", pikepdf.Array()))

    return walk(pdf.Root.StructTreeRoot.K)


def groups(pdf: pikepdf.Pdf) -> list[list[tuple[str, set[int]]]]:
    """The same, a list for each table: its heading and what follows on that."""
    found: list[list[tuple[str, set[int]]]] = []
    for kind, pages in pages_of(pdf):
        if kind == "/H3":
            found.append([])
        if found:
            found[-1].append((kind, pages))
    return found


@pytest.mark.parametrize("before", [3, 8, 12, 18])
def test_a_table_its_drawing_and_how_it_counts_stand_on_one_page(before: int) -> None:
    """However much of the page is left."""
    first, second, third = groups(
        on_paper(table(1, before, None), table(2, 9, Chart.BARS), table(3, 6, None))
    )
    assert [kind for kind, _pages in second] == ["/H3", "/P", "/Table", "/Figure", "/P"]
    for one in (first, second, third):
        assert len(set[int]().union(*(pages for _kind, pages in one))) == 1


def test_of_a_table_that_fits_on_no_page_with_its_drawing_how_it_counts_stays_with_it() -> None:
    (whole,) = groups(on_paper(table(1, 19, Chart.BARS)))
    assert [(kind, *pages) for kind, pages in whole] == [
        ("/H3", 1), ("/P", 1), ("/Table", 1), ("/P", 1), ("/Figure", 2),
    ]  # fmt: skip


def test_a_table_that_is_left_out_says_why_and_shows_no_empty_one() -> None:
    gone = replace(table(1, 3, None), columns=(), lines=(), total=None, how=("Niet openbaar.",))
    (said,) = groups(on_paper(gone))
    assert [kind for kind, _pages in said] == ["/H3", "/P"]
