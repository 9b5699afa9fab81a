"""The overview: what nobody handles, what asks something after it was closed, and lists that are called what was
clicked."""

from __future__ import annotations

import pytest

from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.dossiers.assignment import Assigning, assign
from tests.support.clock import at
from tests.support.de_linde import REGISTERED, by, fill, open_by_phone, open_by_web, publish_change
from tests.support.figures import with_figures
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

PAGE = "/medewerker/cijfers/"


@pytest.fixture
def site() -> Site:
    """Three messages of May, long ago: one of koen, one of nobody, and one closed, after which somebody wrote again."""
    found = new_site("2026-06-10 12:00")
    publish_change(found.runtime, with_figures, "2026-02-02 10:00")
    found.add_staff("koen", "teamverantwoordelijke")
    first, _second = (
        open_by_phone(found.runtime, f"2026-05-{day} 10:00", klager_telefoon=f"0470 00 00 {day}").dossier
        for day in (11, 12)
    )
    assign(found.runtime, Assigning(first, "koen", by(found.runtime, "directie")), at("2026-05-11 11:00"))
    third = open_by_web(found.runtime, "2026-05-13 10:00").dossier
    fill(
        found.runtime, third, "2026-05-13 11:00", **REGISTERED, registratiedatum="2026-05-13",
        geen_antwoord_reden="ingetrokken", afsluitreden="ingetrokken", afgesloten_op="2026-05-13",
        reason="Wat nog liep, hoeft niet meer.",
    )  # fmt: skip
    write_to_us(found.runtime, third, "Ik hoor toch nog graag iets.", "w", at("2026-05-29 20:00"))
    return found


def els(site: Site) -> Visitor:
    return site.staff("els", "kwaliteitscoordinator")


def numbers(page: Page) -> list[str]:
    return [cell.text for cell in page.all("th", scope="row")]


def row(page: Page, name: str) -> list[tuple[str, str]]:
    """The links behind a row: what each says, and where it leads."""
    said: list[tuple[str, str]] = [
        (one.text, one.attributes["href"]) for one in page.all("a") if one.text.endswith(f": {name}")
    ]
    return said


def test_what_nobody_handles_has_a_row_with_its_lists(site: Site) -> None:
    visitor = els(site)
    page = visitor.page(PAGE)
    assert page_faults(page) == []
    (open_ones, late, week) = row(page, "Niemand")
    assert [one[0] for one in (open_ones, late, week)] == [
        # What is closed and asks something counts too: it stands in the list.
        "2 dossiers: Niemand",
        "1 dossier: Niemand",
        "0 dossiers: Niemand",
    ]
    listed = visitor.page(late[1])
    assert numbers(listed) == ["BEU-2026-0002"]
    assert listed.one("h1").text == "Te laat"
    assert "zonder behandelaar" in listed.text


def test_what_asks_something_after_it_was_closed_is_counted_and_listed(site: Site) -> None:
    visitor = els(site)
    page = visitor.page(PAGE)
    ((said, address),) = [
        (one.text, one.attributes["href"]) for one in page.all("a") if "er moet nog iets" in one.text
    ]
    assert said == "1 Afgesloten, en er moet nog iets"
    listed = visitor.page(address)
    assert numbers(listed) == ["BEU-2026-0003"]
    assert listed.one("h1").text == "Afgesloten, en er moet nog iets"


def test_each_list_is_called_what_was_clicked(site: Site) -> None:
    visitor = els(site)
    tiles: list[tuple[str, str]] = [
        (one.text.partition(" ")[2], one.attributes["href"])
        for one in visitor.page(PAGE).all("a")
        if one.inside("ul") and one.text[:1].isdecimal() and "dossier:" not in one.text
    ]
    assert len(tiles) == 8
    for name, address in tiles:
        assert visitor.page(address).one("h1").text == name


def test_what_is_not_filled_in_is_said_where_one_looks_for_what_keeps_coming_back(site: Site) -> None:
    page = els(site).page(PAGE)
    assert "Bij 3 van de 3 dossiers van het laatste jaar is “Soort klacht” niet ingevuld" in page.text
