"""Figures of a quarter, or of other days than a year: each is its list, beside the days that one compares them with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gehoor.core.figures.counted import Period
from gehoor.core.figures.periods import Beside, earlier, quarter_number, quarter_of
from gehoor.core.figures.report_document import ReportDocument, narrowed
from gehoor.core.figures.report_rows import rows_of
from gehoor.core.figures.tables import FigureTable, Head, Line
from gehoor.services.figures.offered_reports import Asked, NoSuchReportError
from gehoor.services.figures.report_lists import behind_figure
from gehoor.services.figures.reports import draft_of, keep_report, write_chapter
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, open_by_phone, publish_change, staff
from tests.support.figures import with_figures
from tests.support.pages import page_faults
from tests.support.site import Site, new_site

NOW = at("2026-06-10 12:00")
SECOND = Period(date(2026, 4, 1), date(2026, 6, 30))
ASKED = Asked("de-linde", "jaarverslag", 2026, span=SECOND)
DRAFT = "/medewerker/verslagen/de-linde/jaarverslag/2026"
OF_QUARTER = f"{DRAFT}?van=2026-04-01&tot=2026-06-30"


@pytest.fixture
def house() -> Runtime:
    """One complaint of the spring of 2025, one of the winter after it, and three of the spring of 2026."""
    runtime = de_linde(names=("beukenhof",))
    publish_change(runtime, with_figures, "2026-01-20 10:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    for number, day in enumerate(
        ("2025-05-05", "2026-02-02", "2026-04-01", "2026-05-04", "2026-06-09"), start=1
    ):
        open_by_phone(runtime, f"2026-06-10 0{number}:00", ontvangstdatum=day)
    return runtime


def els(runtime: Runtime) -> Account:
    with reading(runtime.store) as register:
        found = register.account("els")
    assert found is not None
    return found


def shown(runtime: Runtime, asked: Asked, title: str) -> list[list[object]]:
    """Return a table as its rows in a file, with what is beside it."""
    reckoned = draft_of(runtime, els(runtime), NOW, asked).reckoned
    (table,) = [one for one in reckoned.tables.values() if one.title == title]
    document = ReportDocument("", "", "nl", (), (), reckoned.before, "ervoor", "n.g.", {})
    return [[*row] for row in rows_of(document, table)]


def test_a_quarter_counts_its_own_days_beside_those_of_a_year_earlier(house: Runtime) -> None:
    assert shown(house, ASKED, "Soort bericht")[1] == ["Klacht", 3, 1]


def test_it_can_be_held_beside_the_quarter_before(house: Runtime) -> None:
    asked = replace(ASKED, beside=Beside.DAYS_BEFORE)
    assert shown(house, asked, "Soort bericht")[1] == ["Klacht", 3, 1]
    assert {len(row) for row in shown(house, asked, "Per maand")} == {2}, "other months are not the same rows"


@pytest.mark.parametrize("asked", [ASKED, replace(ASKED, span=None)])
def test_a_month_stands_beside_the_same_month_of_the_year_before(house: Runtime, asked: Asked) -> None:
    months = {str(row[0]): row[1:] for row in shown(house, asked, "Per maand")}
    assert months["april 2026"] == [1, 0]
    assert months["mei 2026"] == [1, 1]


def test_each_figure_of_a_quarter_is_its_list(house: Runtime) -> None:
    draft = draft_of(house, els(house), NOW, ASKED)
    listed = 0
    for name, table in draft.reckoned.tables.items():
        for line in table.lines:
            found = behind_figure(house, els(house), NOW, ASKED, (name, line.head.key, None))
            assert found.counted == line.total
            listed += found.dossiers
    assert listed


def test_a_figure_beside_it_has_its_list_too(house: Runtime) -> None:
    before = replace(ASKED, span=earlier(SECOND, Beside.YEAR_BEFORE))
    found = behind_figure(house, els(house), NOW, before, ("1.2", "klacht", None))
    assert [one.summary.received for one in found.lines] == ["2025-05-05"]


def test_what_goes_over_years_is_not_told_of_a_quarter(house: Runtime) -> None:
    titles = {one.title for one in draft_of(house, els(house), NOW, ASKED).reckoned.tables.values()}
    assert "Drie jaar" not in titles


def test_nothing_is_written_or_kept_of_other_days_than_a_year(house: Runtime) -> None:
    with pytest.raises(NoSuchReportError):
        write_chapter(house, els(house), NOW, ASKED, ("Alles", "x", ""))
    with pytest.raises(NoSuchReportError):
        keep_report(house, els(house), NOW, ASKED)


def test_a_term_that_is_over_and_not_done_is_told_apart_from_what_was_done_too_late(house: Runtime) -> None:
    reckoned = draft_of(house, els(house), NOW, replace(ASKED, span=None)).reckoned
    (table,) = [one for one in reckoned.tables.values() if one.title == "Op tijd"]
    assert {line.head.label: line.total for line in table.lines} == {
        "Op tijd": 0,
        "Te laat gedaan": 0,
        "Nog niet gedaan, te laat": 3,
        "Loopt nog": 1,
    }


# On the page


@pytest.fixture
def site(house: Runtime) -> Site:
    return new_site("2026-06-10 12:00", house)


def test_the_last_quarter_is_one_press_away_and_says_what_it_is_compared_with(site: Site) -> None:
    visitor = site.staff("nora", "kwaliteitscoordinator")
    links = visitor.page("/medewerker/verslagen/").all("a")
    (link,) = [one for one in links if one.text.startswith("Eerste kwartaal 2026")]
    page = visitor.page(link.attributes["href"])
    assert page_faults(page) == []
    assert page.one("h1").text == "Cijfers: eerste kwartaal 2026"
    assert (
        "Ernaast staat niets van woensdag 1 januari 2025 tot en met maandag 31 maart 2025"
        in page.text.replace("\u00a0", " ")
    )


def test_there_is_no_public_version_of_a_quarter(site: Site) -> None:
    visitor = site.staff("nora", "kwaliteitscoordinator")
    page = visitor.get(f"{OF_QUARTER}&versie=openbaar").text
    assert "Interne versie" in page
    assert "<textarea" not in page
    assert "Verslag vastleggen" not in page


def test_what_does_not_go_back_a_year_is_said_before_somebody_compares(site: Site) -> None:
    page = site.staff("nora", "kwaliteitscoordinator").get(OF_QUARTER).text
    assert "het oudste dossier dat hier meetelt, is van maandag 5 mei 2025" in page


def test_who_may_not_see_when_dossiers_came_in_hears_no_day_of_them() -> None:
    def kept(document: dict[str, Any]) -> None:
        with_figures(document)
        document["forms"]["dossier"]["properties"]["ontvangstdatum"]["seen-by"] = ["teamverantwoordelijke"]

    runtime = de_linde(names=("beukenhof",))
    publish_change(runtime, kept, "2026-01-20 10:00")
    open_by_phone(runtime, "2026-06-10 01:00", ontvangstdatum="2025-05-05")
    site = new_site("2026-06-10 12:00", runtime)
    both = site.staff("nora", "kwaliteitscoordinator", "teamverantwoordelijke").get(OF_QUARTER).text
    assert "is van maandag 5 mei 2025" in both
    assert "5 mei 2025" not in site.staff("els", "kwaliteitscoordinator").get(OF_QUARTER).text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("van=2026-06-30&tot=2026-04-01", "De laatste dag komt voor de eerste."),
        ("van=2024-01-01&tot=2026-04-01", "Kies hoogstens een jaar."),
        ("van=gisteren&tot=2026-04-01", "Kies twee dagen: de eerste en de laatste."),
        ("van=2026-04-01", "Kies twee dagen: de eerste en de laatste."),
    ],
)
def test_days_that_cannot_be_are_told_and_the_year_is_shown(site: Site, days: str, said: str) -> None:
    page = site.staff("nora", "kwaliteitscoordinator").get(f"{DRAFT}?{days}")
    assert page.status_code == 200
    assert said in page.text
    assert "Jaarverslag 2026" in page.text


def test_days_that_cannot_be_stay_as_they_were_typed(site: Site) -> None:
    page = site.staff("nora", "kwaliteitscoordinator").page(f"{DRAFT}?van=2026-06-30&tot=2026-04-01")
    assert [page.by_id(name).attributes["value"] for name in ("van", "tot")] == ["2026-06-30", "2026-04-01"]


def test_a_file_of_a_quarter_says_its_days(site: Site) -> None:
    answer = site.staff("nora", "kwaliteitscoordinator").get(
        f"{DRAFT}/ontwerp.csv?van=2026-04-01&tot=2026-06-30"
    )
    assert "2026-04-01-2026-06-30-intern.csv" in answer.headers["Content-Disposition"]
    assert "Cijfers: tweede kwartaal 2026" in answer.text


# Days


@given(some.dates(date(1990, 1, 1), date(2090, 12, 31)), some.integers(0, 365), some.sampled_from(Beside))
def test_the_days_beside_a_period_end_before_it_begins(first: date, more: int, beside: Beside) -> None:
    period = Period(first, first + timedelta(days=more))
    before = earlier(period, beside)
    assert before.first <= before.last < period.last
    assert before.last < period.first or beside is Beside.YEAR_BEFORE
    if beside is Beside.DAYS_BEFORE:
        assert before.last == period.first - timedelta(days=1)


@given(some.dates(date(1990, 1, 1), date(2090, 12, 31)), some.sampled_from(Beside))
def test_a_quarter_lies_beside_a_quarter(day: date, beside: Beside) -> None:
    quarter = quarter_of(day)
    assert quarter.holds(day.isoformat())
    before = earlier(quarter, beside)
    assert before == quarter_of(before.first)
    assert quarter_number(before) == (
        quarter_number(quarter) if beside is Beside.YEAR_BEFORE else (quarter_number(quarter) or 0) - 1 or 4
    )


def test_a_wide_table_leaves_out_the_columns_without_dossiers_and_says_which() -> None:
    columns = tuple(Head(str(number), f"Kolom {number}") for number in range(8))
    line = Line(Head("a", "A"), (1, 0, 0, None, 0, 0, 2, 0), 9)
    table = FigureTable("1.1", "Breed", "", (), columns, (line,), None)
    shown = narrowed(table, lambda names: f"Weg: {names}.")
    assert [one.label for one in shown.columns] == ["Kolom 0", "Kolom 3", "Kolom 6"]
    assert shown.lines[0].counts == (1, None, 2)
    assert shown.how == ("Weg: Kolom 1, Kolom 2, Kolom 4, Kolom 5, Kolom 7.",)


def test_a_report_that_was_kept_with_months_of_another_year_beside_it_reads_right() -> None:
    def months(year: int, total: int) -> FigureTable:
        lines = tuple(Line(Head(f"{year}-{n:02}", ""), (total + n,), total + n) for n in range(1, 13))
        return FigureTable("1.1", "Per maand", "", (), (Head("", "Aantal"),), lines, None)

    document = ReportDocument("", "", "nl", (), (), {"1.1": months(2025, 10)}, "2025", "n.g.", {})
    assert rows_of(document, months(2026, 0))[3] == ["", 3, 13]
