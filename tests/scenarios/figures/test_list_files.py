"""A list as a file: exactly what the list shows, for who may take dossiers out, noted in each, in files that open."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from gehoor.adapters.documents.report_files import MadeReportFiles
from gehoor.core.figures.themes import theme
from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.register.register import reading
from gehoor.services.search import worklist as lists
from gehoor.web.request.site import write_reports
from gehoor.web.staff.worklists import list_files
from tests.support.clock import at
from tests.support.de_linde import (
    REGISTERED,
    by,
    de_linde,
    fill,
    open_by_phone,
    open_by_web,
    publish_change,
    staff,
)
from tests.support.figures import with_figures
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

WORK = "/medewerker/"
BEHIND = "/medewerker/verslagen/de-linde/jaarverslag/2026/dossiers"
CLOSING = {
    "registratiedatum": "2026-05-13", "geen_antwoord_reden": "ingetrokken", "afsluitreden": "ingetrokken",
    "afgesloten_op": "2026-05-13",
}  # fmt: skip


def agreed(document: dict[str, Any]) -> None:
    with_figures(document)
    document["rights"]["export-dossiers"] = ["kwaliteitscoordinator", "teamverantwoordelijke"]
    document["forms"]["dossier"]["properties"]["afgesloten_op"]["seen-by"] = ["kwaliteitscoordinator"]


@pytest.fixture
def site() -> Site:
    """In Beukenhof: one of koen, with a subject as a formula; one that is closed; one that is strict."""
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    publish_change(runtime, agreed, "2026-02-02 10:00")
    found = new_site("2026-05-20 12:00", runtime)
    write_reports(found.app, MadeReportFiles())
    found.add_staff("koen", "teamverantwoordelijke")
    staff(runtime, "els", "kwaliteitscoordinator")
    mine = open_by_phone(runtime, "2026-05-12 14:00", onderwerp="=2+5", klager_telefoon="0470 00 00 01")
    assign(runtime, Assigning(mine.dossier, "koen", by(runtime, "directie")), at("2026-05-12 15:00"))
    closed = open_by_phone(runtime, "2026-05-13 10:00", klager_telefoon="0470 00 00 02").dossier
    fill(
        runtime, closed, "2026-05-13 11:00", **REGISTERED, **CLOSING, reason="Wat nog liep, hoeft niet meer."
    )
    strict = open_by_phone(runtime, "2026-05-14 14:00", klager_telefoon="0470 00 00 03").dossier
    fill(runtime, strict, "2026-05-14 15:00", vertrouwelijkheid="streng")
    return found


def coordinator(site: Site) -> Visitor:
    return site.staff("mia", "kwaliteitscoordinator")


def team(site: Site) -> Visitor:
    """Somebody for whom the strict one does not exist."""
    return site.staff("jan", "teamverantwoordelijke")


def links(page: Page) -> dict[str, str]:
    return {one.text: one.attributes["href"] for one in page.all("a") if "href" in one.attributes}


def rows(visitor: Visitor, address: str) -> list[dict[str, str]]:
    answer = visitor.get(address)
    assert answer.status_code == 200, answer.status_code
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def of_page(visitor: Visitor, address: str) -> list[dict[str, str]]:
    page = visitor.page(address)
    assert page_faults(page) == []
    return rows(visitor, links(page)["CSV"])


def name(answer: TestResponse) -> str:
    said: str = answer.headers["Content-Disposition"]
    return said.removeprefix('attachment; filename="').removesuffix('"')


def numbers(found: list[dict[str, str]]) -> list[str]:
    return [one["Nummer"] for one in found]


def test_the_file_of_a_list_is_what_the_list_shows(site: Site) -> None:
    visitor = coordinator(site)
    for query, expected in {
        "": ["BEU-2026-0001", "BEU-2026-0003"],
        "?sorteer=-nummer": ["BEU-2026-0003", "BEU-2026-0001"],
        "?toon=alle&sorteer=nummer": ["BEU-2026-0001", "BEU-2026-0002", "BEU-2026-0003"],
        "?toon=alle&sorteer=nummer&van=2026-05-13": ["BEU-2026-0002", "BEU-2026-0003"],
        "?toon=afgesloten": ["BEU-2026-0002"],
        "?behandelaar=koen": ["BEU-2026-0001"],
    }.items():
        page = visitor.page(WORK + query)
        assert [cell.text for cell in page.all("th", scope="row")] == expected
        assert numbers(of_page(visitor, WORK + query)) == expected


def test_a_row_says_what_lists_say_of_a_dossier(site: Site) -> None:
    first, second, _third = of_page(coordinator(site), f"{WORK}?toon=alle&sorteer=nummer")
    assert first == {
        "Nummer": "BEU-2026-0001", "Onderwerp": "'=2+5", "Soort": "Klacht", "Ontvangen": "2026-05-12",
        "Fase": "Begrip", "Behandelaar": "Koen", "Verantwoordelijke": "Teamverantwoordelijke",
        "Afdeling": "WZC Beukenhof", "Termijn": first["Termijn"], "Uiterlijk": first["Uiterlijk"],
        "Status": "Te laat", "Kenmerk": "", "Afgesloten": "Nee", "Afgesloten op": "",
    }  # fmt: skip
    assert first["Termijn"]
    assert first["Uiterlijk"] < "2026-05-20"
    assert (second["Afgesloten"], second["Afgesloten op"]) == ("Ja", "2026-05-13")


def test_the_marks_of_a_list_stand_in_its_file(site: Site) -> None:
    open_by_phone(site.runtime, "2026-05-15 14:00", acuut_gevaar="ja", klager_telefoon="0470 00 00 04")
    written = open_by_web(site.runtime, "2026-05-16 14:00").dossier
    write_to_us(site.runtime, written, "Ik hoor niets meer.", "w", at("2026-05-17 20:00"))
    found = {one["Nummer"]: one["Kenmerk"] for one in of_page(coordinator(site), WORK)}
    assert found["BEU-2026-0001"] == ""
    assert found["BEU-2026-0004"] == "Gevaar"
    assert found["BEU-2026-0005"] == "Nieuw bericht"


def test_a_workbook_has_days_as_days_and_no_formula(site: Site) -> None:
    visitor = coordinator(site)
    answer = visitor.get(links(visitor.page(f"{WORK}?sorteer=nummer"))["Excel"])
    assert name(answer) == "open-dossiers-2026-05-20.xlsx"
    book = load_workbook(io.BytesIO(answer.data))
    assert (book.sheetnames, book.properties.title) == (["1. Open dossiers"], "Open dossiers")
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column - 1 for cell in next(sheet.iter_rows())}
    first = next(iter(sheet.iter_rows(min_row=2)))
    subject, received = first[heads["Onderwerp"]], first[heads["Ontvangen"]]
    assert (subject.data_type, subject.value) == ("s", "=2+5")
    assert received.value.isoformat() == "2026-05-12T00:00:00"


def test_the_name_of_a_file_says_which_list_it_is(site: Site) -> None:
    visitor = coordinator(site)
    bell = theme("soort_klacht_hoofd", "bejegening")
    for address, expected in {
        f"{WORK}?toon=te-laat&behandelaar=koen": "te-laat-koen",
        f"{WORK}?toon=alle&van=2026-05-13": "alle-dossiers-ontvangen-van-13-05-2026",
        f"{WORK}zoeken?q=bel": "gezocht",
        f"/medewerker/cijfers/dossiers?thema={quote(bell)}&van=2026-05-01": (
            "soort-klacht-bejegening-2026-05-01"
        ),
        f"{BEHIND}?tabel=1.2&rij=klacht&naam=Klacht&afdeling=de-linde/beukenhof": (
            "soort-bericht-klacht-2026-wzc-beukenhof"
        ),
        f"{BEHIND}?tabel=1.2&van=2026-04-01&tot=2026-06-30": "soort-bericht-tweede-kwartaal-2026",
    }.items():
        page = visitor.page(address)
        file = links(page).get("CSV") or address.replace("?", ".csv?", 1)
        assert name(visitor.get(file)) == f"{expected}-2026-05-20.csv"


def test_what_somebody_may_not_see_stands_in_no_file(site: Site) -> None:
    visitor = team(site)
    found = of_page(visitor, f"{WORK}?toon=alle&sorteer=nummer")
    assert numbers(found) == ["BEU-2026-0001", "BEU-2026-0002"]
    assert [one["Afgesloten op"] for one in found] == ["", ""], "when it was closed is kept from them"


def test_who_may_not_take_dossiers_out_sees_no_link_and_finds_no_file(site: Site) -> None:
    visitor = site.staff("ria", "onthaal")
    assert "Deze lijst als bestand" not in visitor.page(WORK).text
    for address in ("lijst.csv", "zoeken.xlsx?q=BEU", "cijfers/dossiers.csv?thema=ernst:4"):
        assert visitor.get(WORK + address).status_code == 404
    assert visitor.get(f"{BEHIND}.csv?tabel=1.2").status_code == 404
    assert coordinator(site).get(f"{WORK}lijst.pdf").status_code == 404


def test_of_other_departments_nothing_goes_along_and_the_page_says_so(site: Site) -> None:
    open_by_phone(site.runtime, "2026-05-15 14:00", "eikenrode")
    visitor = site.staff("vera", "kwaliteitscoordinator", "de-linde/eikenrode:onthaal")
    page = visitor.page(f"{WORK}?toon=alle")
    assert "EIK-2026-0001" in [cell.text for cell in page.all("th", scope="row")]
    assert "Alleen van WZC Beukenhof: elders mag u geen dossiers uitvoeren." in page.text
    assert "EIK-2026-0001" not in numbers(rows(visitor, links(page)["CSV"]))
    assert "Deze lijst als bestand" not in visitor.page(f"{WORK}?afdeling=de-linde/eikenrode").text


def test_each_dossier_says_that_it_went_into_a_file(site: Site) -> None:
    visitor = team(site)
    of_page(visitor, WORK)
    with reading(site.runtime.store) as register:
        log = {
            one["number"]: [(each.reader, each.way) for each in register.access_log(one["id"])]
            for one in register.tables.select("dossiers")
        }
    assert log == {"BEU-2026-0001": [("jan", "export")], "BEU-2026-0002": [], "BEU-2026-0003": []}


def test_too_long_a_list_is_refused_in_words(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = coordinator(site)
    address = links(visitor.page(f"{WORK}?toon=alle"))["CSV"]
    monkeypatch.setattr(list_files, "MOST", 2)
    answer = visitor.get(address)
    assert answer.status_code == 422
    assert "In een bestand gaan hoogstens 2 dossiers. Verfijn de lijst." in answer.text
    page = visitor.page(f"{WORK}?toon=alle")
    assert "In een bestand gaan hoogstens 2 dossiers." in page.text
    assert "CSV" not in links(page)
    assert numbers(of_page(visitor, WORK)) == ["BEU-2026-0001", "BEU-2026-0003"]


def test_all_pages_of_a_list_stand_in_its_file(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 1)
    assert len(of_page(coordinator(site), f"{WORK}?toon=alle")) == 3


def test_what_was_found_is_taken_out_as_well(site: Site) -> None:
    visitor = coordinator(site)
    found = of_page(visitor, f"{WORK}zoeken?q=BEU-2026")
    assert sorted(numbers(found)) == ["BEU-2026-0001", "BEU-2026-0002", "BEU-2026-0003"]
    assert rows(visitor, f"{WORK}zoeken.csv?q=") == []


def test_a_list_behind_a_figure_says_how_often_each_counts(site: Site) -> None:
    visitor = coordinator(site)
    found = of_page(visitor, f"{BEHIND}?tabel=1.2&rij=klacht")
    assert [(one["Nummer"], one["Hoe vaak"]) for one in found] == [
        ("BEU-2026-0001", "1"),
        ("BEU-2026-0002", "1"),
        ("BEU-2026-0003", "1"),
    ]
    assert visitor.get(f"{BEHIND}.csv?tabel=onzin").status_code == 404
    assert numbers(of_page(team(site), f"{WORK}?toon=alle&sorteer=nummer")) == [
        "BEU-2026-0001",
        "BEU-2026-0002",
    ]


def test_a_figure_over_other_days_gives_the_file_of_those_days(site: Site) -> None:
    visitor = coordinator(site)
    address = f"{BEHIND}?tabel=1.2&rij=klacht&van=2026-05-13&tot=2026-05-13"
    page = visitor.page(address)
    assert [cell.text for cell in page.all("th", scope="row")] == ["BEU-2026-0002"]
    assert numbers(rows(visitor, links(page)["CSV"])) == ["BEU-2026-0002"]


def test_a_list_of_what_keeps_coming_back_is_taken_out(site: Site) -> None:
    visitor = coordinator(site)
    with reading(site.runtime.store) as register:
        ids = {one["number"]: one["id"] for one in register.tables.select("dossiers")}
    for name, when in {"BEU-2026-0001": "2026-05-13 10:00", "BEU-2026-0003": "2026-05-15 10:00"}.items():
        fill(site.runtime, ids[name], when, **REGISTERED, registratiedatum=when[:10])
        fill(site.runtime, ids[name], when, soort_klacht_hoofd="bejegening")
    found = of_page(
        visitor, f"{WORK}cijfers/dossiers?thema={quote(theme('soort_klacht_hoofd', 'bejegening'))}"
    )
    assert numbers(found) == ["BEU-2026-0003", "BEU-2026-0001"]
