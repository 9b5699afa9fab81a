"""The numbers in front of a report: what each is, what is said besides, and nothing that its tables do not tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from gehoor.adapters.documents.report_files import MadeReportFiles
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.counting import tally
from gehoor.core.figures.documents import table_document, table_in
from gehoor.core.figures.facts import TermFacts
from gehoor.core.figures.front import Front, in_front
from gehoor.core.figures.report_document import DocumentChapter, ReportDocument
from gehoor.core.figures.tables import FigureTable, figure_table
from gehoor.core.reports.parse import build_reports
from gehoor.core.wording.registry import sentences_in
from gehoor.web.request.site import write_reports
from gehoor.web.staff.figures.report_front import front_tiles
from tests.support.de_linde import INVESTIGATED, REGISTERED, agreement, fill, open_by_phone, publish_change
from tests.support.figures import COMPLAINT, counted, days_after, with_figures
from tests.support.pages import Page, page_faults
from tests.support.site import Site, new_site

NOW, BEFORE = Period.of_year(2018), Period.of_year(2017)
LEAD = {"from": "ontvangst", "until": "antwoord verstuurd", "bounds": [20]}


def made(figure: dict[str, Any], dossiers: list[Counted]) -> tuple[FigureTable, FigureTable]:
    """The table of one figure over a year, and over the year before."""
    figures = [{"name": "Tabel", "in-front": True, **figure}]
    report = {"name": "R", "period-by": "ontvangst", "chapters": [{"name": "Alles", "figures": figures}]}
    (one,) = build_reports({"reports": {"r": report}}, agreement().fact_types).values()
    table = one.table("1.1")

    def over(period: Period) -> FigureTable:
        found = tally(one, table, period, dossiers)
        return figure_table(one, table, period, found, [agreement()], sentences_in("nl"))

    return over(NOW), over(BEFORE)


def fronts(figure: dict[str, Any], dossiers: list[Counted]) -> tuple[Front, ...]:
    now, before = made(figure, dossiers)
    return in_front([now], {now.id: before})


def received(day: str, values: Iterable[Any] = (), **more: Any) -> list[Counted]:
    return [
        counted(agreement(), number, value, {"ontvangst": day}, **more) for number, value in enumerate(values)
    ]


def says(one: Front) -> list[tuple[str, int | None]]:
    return [(each.label, each.number) for each in one.says]


def kinds(*codes: str | None) -> list[dict[str, str]]:
    return [{"gegrondheid": one} if one else {} for one in codes]


def test_of_a_table_by_answers_it_is_told_which_has_most_and_how_many_have_none() -> None:
    judged = kinds("gegrond", "gegrond", "ongegrond", None, None, None)
    (one,) = fronts({"per": "gegrondheid"}, [*received("2018-03-01", judged), *received("2017-03-01", [{}])])
    assert (one.number, one.earlier, one.has_earlier) == (6, 1, True)
    assert says(one) == [("Gegrond", 2), ("Niet ingevuld", 3)]
    assert [each.is_most for each in one.says] == [True, False]


def test_two_that_have_as_many_are_both_told_and_of_more_none() -> None:
    def most(*codes: str) -> list[tuple[str, int | None]]:
        return says(fronts({"per": "gegrondheid"}, received("2018-03-01", kinds(*codes)))[0])

    assert most("gegrond", "ongegrond") == [("Gegrond", 1), ("Ongegrond", 1)]
    assert most("gegrond", "ongegrond", "deels_gegrond") == []


def test_of_a_term_it_is_told_how_many_were_on_time_of_those_of_which_that_is_known() -> None:
    standings = [
        *[TermFacts("antwoord", TermStatus.ON_TIME.value)] * 3,
        TermFacts("antwoord", TermStatus.LATE_DONE.value),
        TermFacts("antwoord", TermStatus.RUNNING.value, "2018-04-01T00:00:00.000000Z"),
        TermFacts("antwoord", TermStatus.RUNNING.value, "2099-04-01T00:00:00.000000Z"),
    ]
    dossiers = [
        counted(agreement(), number, {}, {"ontvangst": "2018-03-01"}, [one])
        for number, one in enumerate(standings)
    ]
    (one,) = fronts({"term": "antwoord"}, dossiers)
    assert (one.number, one.of) == (3, 5)
    assert says(one) == [("Te laat gedaan", 1), ("Nog niet gedaan, te laat", 1), ("Loopt nog", 1)]
    (by_department,) = fronts({"term": "antwoord", "per": "department"}, dossiers)
    assert (by_department.number, by_department.of, says(by_department)) == (3, 5, says(one))


def test_of_days_the_median_and_of_scores_the_mean_stand_in_front() -> None:
    took = [
        counted(
            agreement(),
            days,
            {"tevreden_afhandeling": days % 5 + 1},
            {"ontvangst": "2018-03-01", "antwoord verstuurd": days_after("2018-03-01", days)},
        )
        for days in (3, 10, 41)
    ]
    (days,) = fronts({"lead-time": LEAD}, took)
    assert (days.number, days.unit, days.has_earlier) == (Decimal(10), "Mediaan in dagen", False)
    assert says(days) == [("Berekend over", 3)]
    (score,) = fronts({"per": "department", "mean-of": "tevreden_afhandeling"}, took)
    assert (score.number, score.unit) == (Decimal("2.33"), "Gemiddelde")


def test_what_came_in_was_closed_and_is_left_are_three_numbers() -> None:
    closed = received("2018-03-01", [{}], closed_on="2018-05-01")
    found = fronts({"in-and-out": True}, [*closed, *received("2018-03-01", [{}, {}])])
    assert [(one.title, one.number, one.earlier) for one in found] == [
        ("Binnengekomen", 3, 0), ("Afgerond", 1, 0), ("Nog open op het einde", 2, 0),
    ]  # fmt: skip


def test_a_table_that_is_not_named_for_it_stands_nowhere_in_front() -> None:
    assert fronts({"per": "gegrondheid", "in-front": False}, received("2018-03-01", [{}])) == ()


@pytest.mark.parametrize("what", [{"per": "gegrondheid"}, {"term": "antwoord"}, {"in-and-out": True}])
def test_what_a_table_does_not_tell_is_not_told_in_front_of_it(what: dict[str, Any]) -> None:
    term = [TermFacts("antwoord", TermStatus.ON_TIME.value)]
    table, _before = made(what, received("2018-03-01", kinds("gegrond", "ongegrond"), terms=term))
    lines = tuple(replace(line, counts=(None,), total=None) for line in table.lines)
    hidden = replace(table, lines=lines, total=replace(table.total, total=None) if table.total else None)
    for one in in_front([hidden], {}):
        assert (one.number, one.of, one.has_earlier) == (None, None, False)
        assert {each.number for each in one.says} <= {None}
        assert not any(each.is_most for each in one.says), "that it has most says something of the others"
    assert in_front([replace(table, lines=(), total=None)], {}) == ()


def test_a_kept_table_stands_in_front_as_it_did_and_one_of_before_in_none() -> None:
    table, _before = made({"per": "gegrondheid"}, received("2018-03-01", kinds("gegrond")))
    assert table_in(table_document(table)) == table
    plain = replace(table, measure="")
    assert "measure" not in table_document(plain)
    assert table_in(table_document(plain)) == plain


@pytest.fixture
def site() -> Site:
    """Three complaints of the second quarter, and one of the quarter before."""

    def agreed(document: dict[str, Any]) -> None:
        with_figures(document)
        report = document["reports"]["jaarverslag"]
        figures = [
            {"name": "Klachten", "if": COMPLAINT, "per": "department", "in-front": True},
            {"name": "Op tijd", "if": COMPLAINT, "term": "antwoord", "in-front": True},
            {
                "name": "Dagen",
                "if": COMPLAINT,
                "lead-time": {**LEAD, "until": "geregistreerd"},
                "in-front": True,
            },
        ]
        chapters = [{"name": "Alles", "figures": figures}]
        document["reports"] = {"jaarverslag": {**report, "chapters": chapters}}

    found = new_site("2026-07-10 12:00")
    publish_change(found.runtime, agreed, "2026-02-02 10:00")
    for day in ("2026-03-11", "2026-05-12", "2026-05-13", "2026-06-14"):
        open_by_phone(found.runtime, f"{day} 10:00", klager_telefoon=f"0470 00 00 {day[-2:]}")
    return found


QUARTER = "/medewerker/verslagen/de-linde/jaarverslag/2026?van=2026-04-01&tot=2026-06-30&naast=ervoor"


def tiles(page: Page) -> dict[str, str]:
    """The links of the tiles: what each says, and where it leads."""
    (front,) = [one for one in page.all("section") if one.attributes.get("class") == "front"]
    links = [one for one in page.all("a") if one.inside("ul")]
    assert front
    return {one.text: one.attributes["href"] for one in links if "/dossiers?" in one.attributes["href"]}


def test_each_number_in_front_opens_the_list_of_as_many_dossiers(site: Site) -> None:
    visitor = site.staff("els", "kwaliteitscoordinator")
    page = visitor.page(QUARTER)
    assert page_faults(page) == []
    found = tiles(page)
    assert list(found) == [
        "3 Klachten", "kwartaal 1 2026: 1 (2 meer)", "Nog niet gedaan, te laat: 2", "Loopt nog: 1",
    ]  # fmt: skip
    listed = {said: len(visitor.page(address).all("th", scope="row")) for said, address in found.items()}
    assert list(listed.values()) == [3, 1, 2, 1]


def test_a_median_in_front_opens_the_list_of_those_over_which_it_goes(site: Site) -> None:
    """Of four complaints one was registered: the list has that one, and not the others that have no days yet."""
    came = open_by_phone(site.runtime, "2026-06-22 10:00", klager_telefoon="0470 00 00 99").dossier
    fill(site.runtime, came, "2026-06-23 10:00", **REGISTERED, registratiedatum="2026-06-23")
    visitor = site.staff("els", "kwaliteitscoordinator")
    found = tiles(visitor.page(QUARTER))
    assert found.keys() >= {"1 Dagen", "Berekend over: 1"}
    for said in ("1 Dagen", "Berekend over: 1"):
        assert len(visitor.page(found[said]).all("th", scope="row")) == 1, said


def test_the_files_of_a_report_begin_with_the_numbers_in_front(site: Site) -> None:
    visitor = site.staff("els", "kwaliteitscoordinator")
    page = visitor.page(QUARTER)
    (csv,) = [
        one.attributes["href"] for one in page.all("a") if one.attributes.get("href", "").count(".csv?")
    ]
    text = visitor.get(csv).data.decode("utf-8-sig")
    assert text.index('"In het kort"') < text.index('"Alles"')
    within, earlier = (
        "Afgesproken: binnen 30 kalenderdagen. Stand op vrijdag 10 juli 2026",
        "kwartaal 1 2026: 0 van 1",
    )
    assert '"Klachten";"3";"kwartaal 1 2026: 1 (2 meer)"' in text
    assert f'"Op tijd";"0 van 2";"{within}; Nog niet gedaan, te laat: 2; Loopt nog: 1; {earlier}"' in text


def test_in_a_workbook_a_number_in_front_is_a_number(site: Site) -> None:
    write_reports(site.app, MadeReportFiles())
    visitor = site.staff("els", "kwaliteitscoordinator")
    (xlsx,) = [
        one.attributes["href"]
        for one in visitor.page(QUARTER).all("a")
        if ".xlsx?" in one.attributes.get("href", "")
    ]
    book = load_workbook(BytesIO(visitor.get(xlsx).data))
    sheet = book["In het kort"]
    rows = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}
    assert rows["Klachten"] == 3
    assert rows["Op tijd"] == "0 van 2"


def test_in_a_workbook_the_head_of_a_column_has_room_for_all_its_words(site: Site) -> None:
    write_reports(site.app, MadeReportFiles())
    address = "/medewerker/verslagen/de-linde/jaarverslag/2026/ontwerp.xlsx?van=2026-04-01&tot=2026-06-30&naast=ervoor"
    book = load_workbook(BytesIO(site.staff("els", "kwaliteitscoordinator").get(address).data))
    heads = {
        str(cell.value): sheet.row_dimensions[cell.row].height or 15
        for sheet in book
        for row in sheet.iter_rows(min_col=2)
        for cell in row
        if cell.value
    }
    two_lines = 30
    assert heads["kwartaal 1 2026"] >= two_lines


@pytest.mark.parametrize("filled", [2, 3])
def test_what_has_most_where_not_all_is_filled_in_is_most_of_what_is(filled: int) -> None:
    site = new_site("2026-07-10 12:00")

    def agreed(document: dict[str, Any]) -> None:
        with_figures(document)
        report = document["reports"]["jaarverslag"]
        kinds = {"name": "Soort", "if": COMPLAINT, "per": "soort_klacht_hoofd", "in-front": True}
        document["reports"] = {"jaarverslag": {**report, "chapters": [{"name": "Alles", "figures": [kinds]}]}}

    publish_change(site.runtime, agreed, "2026-02-02 10:00")
    for number, day in enumerate(("2026-05-12", "2026-05-13", "2026-06-14")):
        came = open_by_phone(site.runtime, f"{day} 10:00", klager_telefoon=f"0470 00 00 {day[-2:]}").dossier
        fill(site.runtime, came, f"{day} 11:00", **REGISTERED, registratiedatum=day)
        if number < filled:
            care = {**INVESTIGATED, "soort_klacht_hoofd": "zorg_begeleiding"}
            fill(site.runtime, came, f"{day} 12:00", **care)
    said = site.staff("els", "kwaliteitscoordinator").page(QUARTER).text
    most = {2: "Het meest van wat ingevuld is", 3: "Het meest"}[filled]
    assert f"{most}: Zorg en begeleiding ({filled})" in said


def test_the_public_reads_how_many_there_are_once() -> None:
    judged = kinds(*["gegrond"] * 6, *["ongegrond"] * 6)
    first, _before = made({"per": "month", "in-front-as": "Klachten"}, received("2018-03-01", judged))
    second, _before = made({"per": "gegrondheid"}, received("2018-03-01", judged))
    second = replace(second, id="1.2")

    def said(table: FigureTable, *, public: bool) -> list[str]:
        chapter = DocumentChapter("Alles", "", "", (first, table))
        document = ReportDocument("", "", "nl", (), (chapter,), {}, "2017", "n.g.", {}, public=public)
        with new_site("2026-07-10 12:00").app.test_request_context():
            return [one.front.title for one in front_tiles(document)]

    assert said(second, public=True) == ["Klachten", "Tabel"], "which has most is more"
    hidden = replace(second, lines=tuple(replace(one, counts=(None,), total=None) for one in second.lines))
    assert said(hidden, public=True) == ["Klachten"]
    assert said(hidden, public=False) == ["Klachten", "Tabel"]


def test_a_list_is_not_called_the_same_twice(site: Site) -> None:
    visitor = site.staff("els", "kwaliteitscoordinator")
    address = tiles(visitor.page(QUARTER))["3 Klachten"]
    assert visitor.page(f"{address}&naam=Klachten").one("h1").text == "Klachten"


def test_a_kept_report_has_them_too_each_with_how_it_is_now(site: Site) -> None:
    visitor = site.staff("els", "kwaliteitscoordinator")
    draft = visitor.page(QUARTER.partition("?")[0])
    (form,) = [one for one in draft.all("form") if one.attributes.get("id") in ("schrijven", "vastleggen")]
    kept = visitor.post(
        "/medewerker/verslagen/de-linde/jaarverslag/2026/vastleggen", dict(draft.form_data(form))
    ).location.partition("?")[0]
    found = tiles(visitor.page(kept))
    assert next(iter(found)) == "4 Klachten"
    assert "vastgelegd=" in found["4 Klachten"]
    public = visitor.page(f"{kept}?versie=openbaar")
    assert [one for one in public.all("strong") if one.inside("ul")] == [], "of so few nothing is told"


@pytest.mark.parametrize(
    "figure",
    [
        {"lead-time": LEAD},
        {"per": "department", "lead-time": LEAD},
        {"per": "department", "mean-of": "tevreden_afhandeling"},
        {"per": "month", "sum-of": "tevreden_afhandeling"},
    ],
)
@pytest.mark.parametrize("version", ["", "?versie=openbaar", "?van=2026-05-01&tot=2026-05-31"])
def test_what_is_worked_out_of_nothing_yet_keeps_no_report_from_being_read_or_kept(
    figure: dict[str, Any], version: str
) -> None:
    """A year begins with complaints that nobody answered yet."""
    site = new_site("2026-06-10 12:00")

    def agreed(document: dict[str, Any]) -> None:
        with_figures(document)
        figures = [{"name": "Tabel", "in-front": True, **figure}]
        one = {**document["reports"]["jaarverslag"], "chapters": [{"name": "Alles", "figures": figures}]}
        document["reports"] = {"jaarverslag": one}

    publish_change(site.runtime, agreed, "2026-02-02 10:00")
    open_by_phone(site.runtime, "2026-05-12 10:00")
    els = site.staff("els", "kwaliteitscoordinator")
    address = "/medewerker/verslagen/de-linde/jaarverslag/2026"
    page = els.page(f"{address}{version}")
    assert page_faults(page) == []
    for kind in ("csv", "json"):
        assert els.get(f"{address}/ontwerp.{kind}{version}").status_code == 200
    token = els.page("/medewerker/mijn-account").value("csrf_token")
    if not version:
        kept = els.post(f"{address}/vastleggen", {"csrf_token": token})
        assert kept.status_code == 303
        assert els.get(kept.location).status_code == 200
