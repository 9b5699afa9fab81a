"""Before the question whether somebody looked for earlier dossiers stands what was found, and how to look further."""

from __future__ import annotations

from typing import Any

from tests.support.de_linde import fill, open_by_web, publish_change, registered
from tests.support.pages import Page, page_faults
from tests.support.site import Site, new_site

ASKED = "eerdere_klachten_persoon"


def looking_up(document: dict[str, Any]) -> None:
    document["earlier-dossiers"] = {"looked-up-in": [ASKED]}


def site() -> Site:
    made = new_site("2026-05-20 10:00")
    publish_change(made.runtime, looking_up, "2026-02-01 09:00")
    return made


def told_again(made: Site) -> str:
    """Open a second complaint of who told one before, ready to be investigated."""
    dossier = open_by_web(made.runtime, "2026-05-04 10:00", uiteenzetting="De soep was koud.").dossier
    when = "2026-05-05 10:00"
    fill(made.runtime, dossier, when, registratiedatum="2026-05-05", onderwerp="De soep", acuut_gevaar="nee")
    return dossier


def page_of(made: Site, dossier: str) -> Page:
    return made.staff("els", "kwaliteitscoordinator").page(f"/medewerker/dossiers/{dossier}")


def test_what_was_found_stands_before_the_question_whether_somebody_looked() -> None:
    made = site()
    first = open_by_web(made.runtime, "2026-03-02 10:00").dossier
    page = page_of(made, told_again(made))
    found = page.one("section", class_="looked-up")
    assert "Al eerder gezien" in found.text
    assert f"/medewerker/dossiers/{first}" in [
        a.attributes["href"] for a in page.all("a") if a.inside("section")
    ]
    assert page.html.index("looked-up") < page.html.index(f'id="v_{ASKED}"')
    assert page.html.count('id="gezien"') == 1
    assert page_faults(page) == []


def test_where_nothing_was_found_one_can_look_with_the_words_of_the_complaint() -> None:
    made = site()
    page = page_of(made, registered(made.runtime))
    links = [
        a.attributes["href"]
        for a in page.all("a")
        if a.inside("section") and "zoeken?q=" in a.attributes["href"]
    ]
    assert (
        "Nog geen dossier van dezelfde persoon of met dezelfde antwoorden"
        in page.one("section", class_="looked-up").text
    )
    assert len(links) == 1


def test_without_such_a_question_it_stands_beside_the_form() -> None:
    made = new_site("2026-05-20 10:00")
    open_by_web(made.runtime, "2026-03-02 10:00")
    page = page_of(made, told_again(made))
    assert not page.all("section", class_="looked-up")
    assert "Al eerder gezien" in page.one("aside").text


def test_the_page_asks_itself_which_tell_nearly_the_same() -> None:
    made = site()
    first = open_by_web(made.runtime, "2026-03-02 10:00", klager_naam="Janssens").dossier
    els = made.staff("els", "kwaliteitscoordinator")
    page = els.page(f"/medewerker/dossiers/{registered(made.runtime)}")
    (place,) = [one for one in page.all("div") if "data-alike" in one.attributes]
    part = els.get(place.attributes["data-alike"].replace("&amp;", "&")).text
    assert f"/medewerker/dossiers/{first}" in part
    assert "<html" not in part
