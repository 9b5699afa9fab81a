"""A report on paper: what belongs together stands on one page, and what is said of many tables is said once."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from gehoor.adapters.documents.report_layout import laid_out
from gehoor.adapters.documents.typst_reports import TypstReports
from gehoor.core.figures.charts import chart
from gehoor.core.figures.report_document import (
    DocumentChapter,
    FindingsTable,
    Paper,
    ReportDocument,
    text_lines,
    without_silent,
)
from gehoor.core.figures.tables import FigureTable, Head, Line
from gehoor.core.reports.model import Chart
from gehoor.core.wording.registry import sentences_in

BASIS = "Telt dossiers met “Ontvangst” in 2026."
SEVERAL = sentences_in("nl").figures.several


def table(number: int, rows: int, drawn: Chart | None = None, columns: int = 1) -> FigureTable:
    lines = tuple(
        Line(Head(str(one), f"Rij {one}"), (one,) * columns, one * columns) for one in range(1, rows + 1)
    )
    heads = tuple(Head(str(one), f"Kolom {one}") for one in range(columns))
    total = Line(Head("", "Totaal"), (rows,) * columns, rows * columns)
    return FigureTable(
        f"1.{number}", f"Tabel {number}", "Met uitleg.", (BASIS,), heads, lines, total, chart=drawn
    )


def chapter(title: str, *tables: FigureTable, text: str = "") -> DocumentChapter:
    return DocumentChapter(title, "", text, tables)


def report(*chapters: DocumentChapter, **more: Any) -> ReportDocument:
    said = sentences_in("nl").figures
    drawings = {
        table.id: chart(table, "Zie de tabel.", "n.g.", said.short_month)
        for one in chapters
        for table in one.tables
    }
    made = ReportDocument("Verslag", "Wij", "nl", (), chapters, {}, "2025", "n.g.", drawings)
    return replace(made, **more)


def printed(document: ReportDocument) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(TypstReports().pdf(document)))


def on_paper(*tables: FigureTable) -> pikepdf.Pdf:
    return printed(report(chapter("Alles", *tables)))


def elements(pdf: pikepdf.Pdf, *kinds: str, of: Any = None) -> Iterator[tuple[str, set[int], Any]]:
    """What the structure of a document holds of some kinds, in its order, with the pages on which each stands."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}

    def within(node: Any) -> set[int]:
        if isinstance(node, pikepdf.Array):
            return {number for each in node for number in within(each)}
        if not isinstance(node, pikepdf.Dictionary):
            return set()
        here = {numbers[node.Pg.objgen]} if "/Pg" in node else set()
        return here | (within(node.K) if "/K" in node else set())

    def walk(node: Any) -> Iterator[tuple[str, set[int], Any]]:
        if isinstance(node, pikepdf.Array):
            for each in node:
                yield from walk(each)
        elif isinstance(node, pikepdf.Dictionary) and ("/S" in node or "/K" in node):
            kind = str(node.get("/S", ""))[1:]
            if kind in kinds:
                yield kind, within(node), node
            else:
                yield from walk(node.get("/K", pikepdf.Array()))

    yield from walk(pdf.Root.StructTreeRoot.K if of is None else of.K)


def groups(pdf: pikepdf.Pdf) -> list[list[tuple[str, set[int]]]]:
    """What stands in a document, a list for each table: its heading and what follows on that."""
    found: list[list[tuple[str, set[int]]]] = []
    for kind, pages, _node in elements(pdf, "H2", "H3", "Table", "Figure", "P"):
        if kind == "H2":
            found.append([])
        elif kind == "H3":
            found.append([(kind, pages)])
        elif found and found[-1]:
            found[-1].append((kind, pages))
    return [one for one in found if one]


def rows_by_page(pdf: pikepdf.Pdf, place: int = 0) -> list[int]:
    """How many rows of a table, its head not counted, stand on each page on which it stands."""
    table = [node for _kind, _pages, node in elements(pdf, "Table")][place]
    rows = [pages for _kind, pages, _node in elements(pdf, "TR", of=table)]
    found = Counter(min(pages) for pages in rows[1:])
    return [found[page] for page in sorted(found)]


@pytest.mark.parametrize("before", [3, 8, 12, 18])
def test_a_table_and_its_drawing_stand_on_one_page(before: int) -> None:
    """However much of the page is left."""
    tables = (table(1, before), table(2, 9, Chart.BARS), table(3, 6, columns=5))
    for one in groups(on_paper(*tables))[:3]:
        assert len(set[int]().union(*(pages for _kind, pages in one))) == 1
    second = groups(on_paper(*tables))[1]
    assert [kind for kind, _pages in second] == ["H3", "P", "Table", "Figure"]


@pytest.mark.parametrize("before", [None, Chart.BARS])
@pytest.mark.parametrize("rows", range(24, 40))
def test_of_a_table_that_goes_on_no_row_stands_alone(rows: int, before: Chart | None) -> None:
    """Nor its total: on each page there are some."""
    drawn = before if rows < 28 else None
    found = rows_by_page(on_paper(table(1, 9, before), table(2, rows, drawn)), place=1)
    assert sum(found) == rows + 1
    assert min(found) >= 3


@pytest.mark.parametrize("before", range(28, 42))
def test_a_long_table_begins_where_some_rows_fit(before: int) -> None:
    found = rows_by_page(on_paper(table(1, before, columns=5), table(2, 14)), place=1)
    assert sum(found) == 15
    assert found[0] >= 5


def test_the_head_of_a_table_that_goes_on_stands_on_each_page() -> None:
    """Seen, and not read aloud twice."""
    pdf = on_paper(table(1, 60))
    assert len(rows_by_page(pdf)) == 2
    tables = [node for _kind, _pages, node in elements(pdf, "Table")]
    assert len(list(elements(pdf, "THead", of=tables[0]))) == 1


def test_two_small_tables_stand_beside_each_other() -> None:
    def pages(*tables: FigureTable) -> int:
        return len(on_paper(*tables).pages)

    small = [table(number, 7) for number in range(1, 13)]
    wide = [table(number, 7, columns=5) for number in range(1, 13)]
    assert pages(*small) < pages(*wide)
    names = [
        [one["title"] for one in unit]
        for unit in laid_out(report(chapter("Alles", *small[:3])))["chapters"][0]["units"]
    ]
    assert names == [["Tabel 1", "Tabel 2"], ["Tabel 3"]]


@pytest.mark.parametrize("before", range(2, 14, 2))
def test_a_chapter_begins_where_its_text_and_its_first_table_fit(before: int) -> None:
    first = chapter("Eerst", table(1, before, Chart.BARS), table(2, 5, columns=4))
    second = chapter("Dan", table(3, 8, Chart.BARS), text="Wij zagen dit jaar meer klachten.\nDat is goed.")
    found = list(elements(printed(report(first, second)), "H2", "P", "Table"))
    begins = [place for place, (kind, _pages, _node) in enumerate(found) if kind == "H2"][1]
    together = found[begins : 1 + next(at for at in range(begins, len(found)) if found[at][0] == "Table")]
    assert len(set[int]().union(*(pages for _kind, pages, _node in together))) == 1


def test_a_drawing_that_fits_on_no_page_is_left_out() -> None:
    units = laid_out(report(chapter("Alles", table(1, 80, Chart.BARS))))["chapters"][0]["units"]
    assert units[0][0]["chart"] == ""


def test_a_table_that_is_left_out_says_why_and_shows_no_empty_one() -> None:
    gone = replace(table(1, 3), columns=(), lines=(), total=None, how=("Niet openbaar.",))
    (said,) = groups(on_paper(gone))
    assert [kind for kind, _pages in said] == ["H3", "P"]


def test_the_front_stands_alone_and_says_each_thing_once() -> None:
    front = Paper(
        "De Linde",
        "Openbare versie.",
        (("Periode", "2026"),),
        frozenset({"Openbare versie.", "Periode: 2026."}),
    )
    notes = ("Openbare versie.", "Periode: 2026.", "Het jaar liep nog.")
    document = report(chapter("Alles", table(1, 3)), paper=front, notes=notes)
    (title,) = elements(printed(document), "H1")
    assert title[1] == {1}
    assert min(min(pages) for _kind, pages, _node in elements(printed(document), "H2")) == 2


@pytest.mark.parametrize(("chapters", "contents"), [(2, 0), (3, 1)])
def test_of_more_than_two_chapters_one_sees_which_there_are(chapters: int, contents: int) -> None:
    pdf = printed(report(*(chapter(f"Deel {one}", table(one, 3)) for one in range(chapters))))
    assert len(list(elements(pdf, "TOC"))) == contents
    # Each leads to its page, as does how its table counts.
    linked = sum(1 for page in pdf.pages for one in page.get("/Annots", ()) if one.Subtype == "/Link")
    assert linked >= chapters * (1 + contents)


def test_a_chapter_that_nobody_wrote_is_left_out() -> None:
    whole = report(chapter("Leeg"), chapter("Alles", table(1, 3)))
    found = laid_out(without_silent(whole))["chapters"]
    assert [one["title"] for one in found] == ["1. Alles"]


def test_a_point_of_a_list_begins_with_a_sign_that_no_sheet_takes_for_a_sum() -> None:
    said = "Wij leerden:\n- Lees eerst.\n* Bel dan.\n\n1. Niets."
    assert text_lines(said) == ["Wij leerden:", "\u2022 Lees eerst.", "\u2022 Bel dan.", "1. Niets."]


def test_that_rows_may_come_to_more_is_not_said_where_they_do_not() -> None:
    same = replace(table(1, 3), how=(BASIS, SEVERAL), adds_up=False)
    assert same.total is not None
    whole = sum(line.total or 0 for line in same.lines)
    same = replace(same, total=replace(same.total, counts=(whole,), total=whole))
    assert report(chapter("Alles", same)).said_of_sum(same) == ""
    hidden = replace(same, lines=(replace(same.lines[0], counts=(None,), total=None), *same.lines[1:]))
    assert report(chapter("Alles", hidden)).said_of_sum(hidden) == SEVERAL


def test_what_many_tables_of_a_chapter_count_is_said_once() -> None:
    complaints = [replace(table(number, 3), explanation="", counted="Geteld: Klacht.") for number in (1, 2)]
    other = replace(table(3, 3), explanation="", counted="Geteld: alle dossiers.")
    unless = Paper(unless="Anders staat het erbij.")
    (found,) = laid_out(report(chapter("Alles", *complaints, other), paper=unless))["chapters"]
    assert found["counted"] == "Geteld: Klacht. Anders staat het erbij."
    assert [one["above"] for unit in found["units"] for one in unit] == [[], [], ["Geteld: alle dossiers."]]
    (alike,) = laid_out(report(chapter("Alles", *complaints), paper=unless))["chapters"]
    assert alike["counted"] == "Geteld: Klacht."
    (alone,) = laid_out(report(chapter("Alles", other), paper=unless))["chapters"]
    assert alone["counted"] == ""
    assert alone["units"][0][0]["above"] == ["Geteld: alle dossiers."]


def test_how_each_table_counts_is_gathered_by_what_they_have_in_common() -> None:
    all_of_them = replace(table(1, 3), counted="Geteld: alle dossiers.")
    complaints = [replace(table(number, 3), how=(BASIS, "Alleen klachten.")) for number in (2, 3)]
    years = replace(table(4, 3), how=("Telt dossiers met “Ontvangst” in vijf jaar.", "Alleen klachten."))
    found = laid_out(
        report(chapter("Een", all_of_them, complaints[0]), chapter("Twee", years, complaints[1]))
    )
    told = {
        (group["basis"], row["said"]): [one["title"] for one in row["tables"]]
        for group in found["how"]
        for row in group["rows"]
    }
    assert told == {
        (BASIS, "Geteld: alle dossiers."): ["Tabel 1"],
        (BASIS, "Alleen klachten."): ["Tabel 2", "Tabel 3"],
        ("Telt dossiers met “Ontvangst” in vijf jaar.", "Alleen klachten."): ["Tabel 4"],
    }
    # What most go by comes last.
    assert [group["basis"] for group in found["how"]][-1] == BASIS


def test_that_rows_come_to_more_than_their_total_is_said_at_the_table_too() -> None:
    twice = replace(table(1, 3), how=(BASIS, SEVERAL), adds_up=False)
    assert twice.total is not None
    less = replace(twice, total=replace(twice.total, counts=(1,), total=1))
    found = laid_out(report(chapter("Alles", less)))
    assert found["chapters"][0]["units"][0][0]["below"] == [SEVERAL]
    assert found["how"][0]["rows"][0]["said"] == SEVERAL


def test_a_report_of_all_kinds_of_tables_is_made() -> None:
    """Wide ones, very long ones, numbers in front, and a self-assessment."""
    numbers = FindingsTable("In het kort", ("", "Aantal", "Daarbij"), (("Klachten", "12", "2025: 10"),))
    asked = FindingsTable(
        "Norm", ("Eis", "Stand", "Waaraan"), tuple((f"Eis {one}", "is er", "x" * 90) for one in range(60))
    )
    document = report(
        DocumentChapter("In het kort", "", "", (), findings=(numbers,), numbered=False),
        DocumentChapter("Norm", "", "", (), findings=(asked,)),
        chapter(
            "Alles",
            table(1, 90, Chart.BARS),
            table(2, 30, columns=16),
            table(3, 40, Chart.STACKED, columns=6),
        ),
        chapter(
            "Veel tekst",
            table(4, 25, Chart.BARS),
            text="\n".join(["Een lange zin over klachten. " * 20] * 20),
        ),
        color="#0b5d5e",
    )
    assert len(printed(document).pages) > 10
