"""The overview: what nobody handles, what asks something after it was closed, and lists that are called what was
clicked."""

from __future__ import annotations

from typing import Any, Final

import pytest

from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.figures import listing
from tests.support.clock import at
from tests.support.de_linde import (
    INVESTIGATED,
    REGISTERED,
    by,
    fill,
    open_by_phone,
    open_by_web,
    publish_change,
)
from tests.support.figures import OVERVIEW, with_figures
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
    assert "zo te zien aan hun onderwerp: Bel niet beantwoord (3 keer)" in page.text


def test_where_not_all_are_looked_at_it_is_said_of_how_many_the_subjects_are(site: Site) -> None:
    for number in range(60):
        fill(
            site.runtime,
            open_by_phone(site.runtime, f"2026-05-04 10:{number:02}").dossier,
            f"2026-05-05 10:{number:02}",
            onderwerp=f"Onderwerp {'abcdefgh'[number % 8]}",
        )
    said = els(site).page(PAGE).text
    assert "Bij 63 van de 63 dossiers" in said
    assert "Daarover gaan de laatste 50 ervan, zo te zien aan hun onderwerp: Onderwerp" in said
    assert "; en nog andere." in said


def test_the_last_quarter_beside_the_one_before_is_a_press_away(site: Site) -> None:
    visitor = els(site)
    (quarter,) = [one for one in visitor.page(PAGE).all("a") if one.text == "eerste kwartaal 2026"]
    page = visitor.page(quarter.attributes["href"])
    assert page.one("h1").text == "Cijfers: eerste kwartaal 2026"
    assert (
        "Ernaast staat niets van woensdag 1 oktober 2025 tot en met woensdag 31 december 2025"
        in page.text.replace("\u00a0", " ")
    )


def test_what_is_not_filled_in_is_a_list_from_which_it_goes_when_it_is(site: Site) -> None:
    visitor = els(site)
    (to_fill_in,) = [
        one for one in visitor.page(PAGE).all("a") if one.text.startswith("Toon die dossiers en vul het in")
    ]
    listed = visitor.page(to_fill_in.attributes["href"])
    assert page_faults(listed) == []
    assert listed.one("h1").text == "Soort klacht: Niet ingevuld"
    assert numbers(listed) == ["BEU-2026-0003", "BEU-2026-0002", "BEU-2026-0001"]
    assert "3 dossiers" in listed.text
    (opened,) = [one.attributes["href"] for one in listed.all("a") if one.text == "BEU-2026-0001"]
    assert opened.endswith("#fase-onderzoek")
    known = opened.removeprefix("/medewerker/dossiers/").partition("#")[0].strip("/")
    fill(site.runtime, known, "2026-06-09 10:00", **REGISTERED, registratiedatum="2026-05-11")
    fill(site.runtime, known, "2026-06-09 11:00", soort_klacht_hoofd="bejegening")
    assert numbers(visitor.page(to_fill_in.attributes["href"])) == ["BEU-2026-0003", "BEU-2026-0002"]
    assert "Bij 2 van de 3 dossiers" in visitor.page(PAGE).text


def test_what_is_not_filled_in_is_found_page_by_page_however_far_back(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_AT_ONCE", 1)
    monkeypatch.setattr(listing, "PAGE", 1)
    second = "dossier-2"
    fill(site.runtime, second, "2026-06-09 10:00", **REGISTERED, registratiedatum="2026-05-12")
    fill(site.runtime, second, "2026-06-09 11:00", soort_klacht_hoofd="bejegening")
    visitor = els(site)
    page = visitor.page("/medewerker/cijfers/dossiers?thema=soort_klacht_hoofd%3D-")
    assert numbers(page) == ["BEU-2026-0003"]
    assert "2 dossiers" in page.text
    page = visitor.page(page.one("a", rel="next").attributes["href"])
    assert numbers(page) == ["BEU-2026-0001"]
    assert page.all("a", rel="next") == []


def test_of_danger_it_is_said_how_many_nobody_handles(site: Site) -> None:
    said = "ervan is er geen behandelaar"
    assert said not in els(site).page(PAGE).text
    for day in ("14", "15"):
        open_by_phone(
            site.runtime, f"2026-05-{day} 10:00", klager_telefoon=f"0470 00 01 {day}", acuut_gevaar="ja"
        )
    visitor = els(site)
    (link,) = [one for one in visitor.page(PAGE).all("a") if said in one.text]
    assert link.text == "Van 2 ervan is er geen behandelaar."
    assert numbers(visitor.page(link.attributes["href"])) == ["BEU-2026-0004", "BEU-2026-0005"]


JUDGED: Final = {
    "gegrondheid": "gegrond",
    "gegrondheid_motivering": "Zoals het rooster laat zien.",
}


def judging(document: dict[str, Any]) -> None:
    """Whether a measure helped is asked, and what one answers to that."""
    with_figures(document)
    rows = document["forms"]["dossier"]["properties"]["verbeteracties"]["items"]["properties"]
    verdicts = [{"const": code, "title": code.capitalize()} for code in ("helpt", "helpt-niet", "later")]
    rows["effect"] = {"title": "Helpt het?", "type": "string", "oneOf": verdicts, "personal-data": "P0"}
    measures = {
        "described-by": "omschrijving", "helped": "effect", "helped-with": ["helpt"],
        "not-helped-with": ["helpt-niet"],
    }  # fmt: skip
    document["overview"] = {**OVERVIEW, "measures": {**OVERVIEW["measures"], **measures}}


def measured(site: Site, day: str, helped: str, what: str, **answers: Any) -> None:
    """A complaint of May, of which a measure was done on a day of June."""
    dossier = open_by_phone(site.runtime, f"{day} 10:00", klager_telefoon=f"0470 00 02 {day[-2:]}").dossier
    row = {"omschrijving": what, "type": "organisatorisch", "uitgevoerd_op": "2026-06-01"}
    measure = {**row, **({"effect": helped} if helped else {})}
    fill(site.runtime, dossier, f"{day} 11:00", **REGISTERED, registratiedatum=day)
    fill(site.runtime, dossier, f"{day} 12:00", **{**INVESTIGATED, **answers})
    fill(site.runtime, dossier, f"{day} 13:00", **JUDGED, onderzoek_afgerond_op=day)
    fill(site.runtime, dossier, "2026-06-02 11:00", verbeteracties=[measure])


def test_a_measure_is_called_by_what_was_done_and_what_is_said_of_it_is_held_beside_what_came() -> None:
    site = new_site("2026-06-10 12:00")
    publish_change(site.runtime, judging, "2026-02-02 10:00")
    care, treated = {"soort_klacht_hoofd": "zorg_begeleiding"}, {"soort_klacht_hoofd": "bejegening"}
    measured(site, "2026-05-25", "helpt", "Elke ronde kijkt iemand of de bel werkt.", **care)
    measured(site, "2026-05-26", "helpt-niet", "Vorming " + "over aanspreken " * 9, **treated)
    measured(site, "2026-05-27", "", "Een tweede bel.", **care)
    measured(site, "2026-05-28", "later", "Nieuw rooster.", **care)
    for day in ("03", "04", "05"):
        came = open_by_phone(
            site.runtime, f"2026-06-{day} 10:00", klager_telefoon=f"0470 00 03 {day}"
        ).dossier
        fill(
            site.runtime, came, f"2026-06-{day} 11:00", **REGISTERED, registratiedatum=f"2026-06-{day}"
        )  # fmt: skip
        fill(site.runtime, came, f"2026-06-{day} 12:00", **{**INVESTIGATED, **care})
    page = els(site).page(PAGE)
    assert page_faults(page) == []
    told = page.text[page.text.index("Hielp het?") :]
    assert "Elke ronde kijkt iemand of de bel werkt." in told
    assert f"Vorming {'over aanspreken ' * 4}over…" in told
    assert "Kijk na: er kwam erna niet minder binnen." in told
    assert "Kijk na: er kwam erna minder binnen." in told
    assert "Bij 2 van de 4 maatregelen zei nog niemand of het hielp." in told
    (unsaid,) = [one for one in page.all("a") if one.text == "Vul in of het hielp: BEU-2026-0003"]
    assert unsaid.attributes["href"].endswith("#fase-preventie")


def test_a_measure_in_a_dossier_of_which_the_kind_is_not_filled_in_is_told_all_the_same() -> None:
    site = new_site("2026-06-10 12:00")

    def without_a_kind(document: dict[str, Any]) -> None:
        judging(document)
        for rule in document["rules"].values():
            rule["then"] = [one for one in rule["then"] if one.get("require") != "soort_klacht_hoofd"]

    publish_change(site.runtime, without_a_kind, "2026-02-02 10:00")
    measured(site, "2026-05-25", "helpt", "Een tweede bel.", soort_klacht_hoofd=None)
    told = els(site).page(PAGE).text.partition("Hielp het?")[2]
    assert "Niet te tellen: in dit dossier is niet ingevuld: Soort klacht." in told
    assert "Over hetzelfde zijn dossiers met hetzelfde bij: Soort klacht." in told
    assert (
        "Bij 1 van de 1 dossiers van het laatste jaar is “Soort klacht” niet ingevuld. Die tellen hier niet"
        in told
    )
