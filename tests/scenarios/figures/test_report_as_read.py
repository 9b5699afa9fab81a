"""A report as it is read: long lists short, with shares, and nothing beside days of which nothing is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gehoor.core.figures.counted import Period
from gehoor.core.figures.counting import tally
from gehoor.core.figures.documents import table_document, table_in
from gehoor.core.figures.report_document import DocumentChapter, ReportDocument, counts_nothing, tells_nothing
from gehoor.core.figures.report_rows import rows_of
from gehoor.core.figures.tables import FigureTable, Line, figure_table
from gehoor.core.reports.parse import build_reports
from gehoor.core.wording.registry import sentences_in
from gehoor.web.staff.figures.table_words import gathered, without_empty
from tests.support.de_linde import agreement
from tests.support.figures import counted
from tests.support.site import new_site

NOW, BEFORE = Period.of_year(2018), Period.of_year(2017)


def made(figure: dict[str, Any], *answers: dict[str, Any], year: int = 2018) -> FigureTable:
    """The table of one figure over 2018, of dossiers with these answers that came in a year."""
    report = {
        "name": "R",
        "period-by": "ontvangst",
        "chapters": [{"name": "Alles", "figures": [{"name": "Tabel", **figure}]}],
    }
    (one,) = build_reports({"reports": {"r": report}}, agreement().fact_types).values()
    period, table = Period.of_year(year), one.table("1.1")
    dossiers = [
        counted(agreement(), number, each, {"ontvangst": f"{year}-03-01"})
        for number, each in enumerate(answers)
    ]
    found = tally(one, table, period, dossiers)
    return figure_table(one, table, period, found, [agreement()], sentences_in("nl"))


def read(table: FigureTable, before: FigureTable | None = None, **more: Any) -> ReportDocument:
    return ReportDocument(
        "Verslag",
        "",
        "nl",
        (),
        (),
        {table.id: before} if before else {},
        "2017",
        "n.g.",
        {},
        share="Aandeel",
        never=lambda names: f"Nul bij: {names}.",
        **more,
    )


JUDGED = [{"gegrondheid": one} for one in ("gegrond", "gegrond", "gegrond")]


def test_answers_that_nobody_gave_are_named_in_one_sentence() -> None:
    table = made({"per": "gegrondheid"}, *JUDGED)
    document = read(table)
    assert [line.head.key for line in document.read(table)[0]] == ["gegrond"]
    assert document.said_below(table) == "Nul bij: Deels gegrond, Ongegrond, Onduidelijk."


def test_a_file_to_reckon_with_has_each_row() -> None:
    table = made({"per": "gegrondheid"}, *JUDGED)
    document = read(table)
    assert len(rows_of(document, table)) == 1 + len(table.lines) + 1
    assert rows_of(document, table, document.share) == [
        ["", "Aantal", "Aandeel"],
        ["Gegrond", 3, "100\u00a0%"],
        ["Totaal", 3, "100\u00a0%"],
    ]


def test_an_answer_that_was_given_the_year_before_keeps_its_row() -> None:
    table = made({"per": "gegrondheid"}, *JUDGED)
    before = made({"per": "gegrondheid"}, {"gegrondheid": "ongegrond"}, year=2017)
    document = read(table, before)
    assert document.said_below(table) == ""
    before = made({"per": "gegrondheid"}, {"gegrondheid": "gegrond"}, year=2017)
    assert read(table, before).said_below(table) != ""


def test_two_that_nobody_gave_keep_their_rows() -> None:
    table = made({"per": "gegrondheid"}, *JUDGED, {"gegrondheid": "onduidelijk"})
    assert read(table).said_below(table) == ""


@pytest.mark.parametrize(
    "figure", [{"per": "month"}, {"per": "ernst"}, {"per": "department"}, {"term": "antwoord"}]
)
def test_months_scales_departments_and_terms_keep_all_rows(figure: dict[str, Any]) -> None:
    table = made(figure, {}, {})
    assert read(table).read(table) == (table.lines, ())


def test_shares_are_of_a_total_that_is_told() -> None:
    table = made({"per": "gegrondheid"}, *JUDGED, {}, {}, {})
    document = read(table)
    assert (document.shares(table) or {})["gegrond"] == "50\u00a0%"
    hidden = replace(
        table, lines=tuple(replace(one, total=None) if one.total else one for one in table.lines)
    )
    assert (document.shares(hidden) or {})["gegrond"] == "n.g."
    assert table.total is not None
    assert document.shares(replace(table, total=replace(table.total, total=None))) is None


@pytest.mark.parametrize(
    "figure",
    [
        {"per": "month"},
        {"per": "gegrondheid", "and-per": "month"},
        {"per": "mogelijke_oorzaken"},
        {"per": "department", "mean-of": "tevreden_afhandeling"},
    ],
)
def test_what_are_no_parts_of_a_whole_have_no_share(figure: dict[str, Any]) -> None:
    table = made(figure, *JUDGED)
    assert read(table).shares(table) is None


def test_nothing_stands_beside_days_before_anything_was_registered() -> None:
    table, before = made({"per": "gegrondheid"}, *JUDGED), made({"per": "gegrondheid"}, year=2017)
    known = {"until": "2018-12-31", "before_until": "2017-12-31"}
    assert read(table, before, since="2017-06-01", **known).beside(table) is not None
    assert read(table, before, since="2018-02-01", **known).beside(table) is None


def test_beside_a_mean_it_says_that_dossiers_are_counted() -> None:
    table = made({"per": "department", "mean-of": "tevreden_afhandeling"}, {"tevreden_afhandeling": 4}, {})
    assert [one.label for one in table.columns] == ["Aantal dossiers"]


def test_a_public_table_that_tells_only_zeros_and_what_is_hidden_tells_nothing() -> None:
    table = made({"per": "gegrondheid"}, *JUDGED)

    def hidden(line: Line) -> Line:
        return replace(line, counts=(None,), total=None) if line.total else line

    whole = table.total
    assert whole is not None
    lines = tuple(map(hidden, table.lines))
    assert tells_nothing(replace(table, lines=lines, total=hidden(whole)))
    assert not tells_nothing(replace(table, lines=lines)), "its total is told"
    assert not tells_nothing(made({"per": "gegrondheid"})), "nothing is hidden"


def test_what_a_table_is_called_in_front_is_kept_with_it() -> None:
    table = made({"per": "gegrondheid", "in-front-as": "Klachten"}, *JUDGED)
    assert (table.measure, table.front_name, table.by_choice) == ("count", "Klachten", True)
    assert table_in(table_document(table)) == table


def test_what_the_public_version_leaves_out_of_a_chapter_is_named_together() -> None:
    told = made({"per": "gegrondheid"}, *JUDGED)
    first, second = (
        replace(told, id=name, title=title, explanation="Te klein.", lines=(), total=None)
        for name, title in (("1.2", "Gevaar"), ("1.3", "Ernst"))
    )

    def shown(*tables: FigureTable) -> list[tuple[str, str]]:
        chapter = DocumentChapter("Alles", "", "", tables)
        with new_site("2026-06-10 12:00").app.test_request_context():
            (found,) = gathered(replace(read(told), chapters=(chapter,))).chapters
        return [(one.title, one.explanation.partition(".")[0]) for one in found.tables]

    assert shown(first, told, second) == [("Tabel", ""), ("Niet in de openbare versie", "Gevaar; Ernst")]
    assert shown(first, told) == [("Tabel", ""), ("Niet in de openbare versie", "Gevaar")]


def test_tables_in_which_nothing_counts_are_named_together_and_what_stands_in_front_stays() -> None:
    told, empty = made({"per": "gegrondheid"}, *JUDGED), made({"per": "gegrondheid"})
    first, second = (replace(empty, id=name, title=name) for name in ("Herstel", "Vervolg"))
    front = replace(empty, id="front", measure="count")
    document = replace(read(told), chapters=(DocumentChapter("Alles", "", "", (first, told, second, front)),))
    with new_site("2026-06-10 12:00").app.test_request_context():
        (found,) = without_empty(document).chapters
    assert [one.id for one in found.tables] == [told.id, "front", "Herstel"]
    assert found.tables[-1].explanation == "Herstel; Vervolg. Alles is daar nul."


def test_a_table_that_is_empty_only_now_is_read_as_it_is() -> None:
    empty, before = made({"per": "gegrondheid"}), made({"per": "gegrondheid"}, *JUDGED, year=2017)
    known = {"until": "2018-12-31", "before_until": "2017-12-31"}
    assert not counts_nothing(read(empty, before, since="2017-06-01", **known), empty)
    assert counts_nothing(read(empty, before, since="2018-01-01", **known), empty), "nothing stands beside it"


def test_years_before_anything_was_registered_are_named_below_the_others() -> None:
    table = made({"per": "year", "number-of-years": 5}, *JUDGED)
    document = replace(
        read(table, since="2017-06-01", until="2018-12-31"), not_yet=lambda names: f"Nog niet: {names}"
    )
    lines, gone = document.read(table)
    assert ([one.head.label for one in lines], gone) == (["2017", "2018"], ("2014", "2015", "2016"))
    assert document.said_below(table) == "Nog niet: 2014, 2015, 2016"
