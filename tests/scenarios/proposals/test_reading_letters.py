"""Letters are read as they go out, before there is anybody to write to."""

from __future__ import annotations

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.web.request.site import open_workbench
from tests.support.pages import Page
from tests.support.site import Site, Visitor, new_site
from tests.support.workbench import TERMS, WORKPLACE, begun, files, replaced, with_agreements

FILE = "definitions/de-linde/brieven/stand-van-zaken.yaml"
LETTER = """\
brief-aan-klager:
  naam: Stand van zaken
  wijzen: {volgpagina: ja}
  onderwerp: "Hoever wij staan ({nummer})"
  vertalingen: {fr: {onderwerp: "Où nous en sommes ({nummer})"}}
  tekst:
    - als: {klager_naam: {ingevuld: ja}}
      tekst: Beste {klager_naam},
      vertalingen: {fr: "Bonjour {klager_naam},"}
    - tekst: |
        # Wat wij deden

        Wij bellen u nog.
      vertalingen: {fr: "Nous vous appellerons."}
"""
WRONG = (TERMS, "5 werkdagen", "5 werkdgaen")


@pytest.fixture
def site(drafter: ConfinedDrafter) -> Site:
    found = new_site(runtime=with_agreements(drafter, {**files(), FILE: LETTER.encode()}))
    open_workbench(found.app, drafter, None)
    found.clock.to("2026-05-12 14:00")
    return found


def room(site: Site, *change: str) -> str:
    seen = begun(site.runtime)
    if change:
        seen = replaced(site.runtime, seen, *change)
    return f"{WORKPLACE}/voorstel/{seen.id}"


def letters(site: Site, reader: Visitor, language: str = "", *change: str) -> Page:
    return reader.page(f"{room(site, *change)}/lezen/brieven?taal={language}")


def test_each_place_says_what_the_dossier_fills_in(site: Site, els: Visitor) -> None:
    page = letters(site, els)
    assert {one.text for one in page.all("mark")} == {"het nummer", "Naam"}
    assert "Wat wij deden" in {one.text for one in page.all("h3")}


def test_a_passage_that_is_not_always_there_says_when_it_is(site: Site, els: Visitor) -> None:
    assert "Als “Naam” ingevuld is:" in {one.text for one in letters(site, els).all("p")}


def test_it_is_read_in_each_language_that_it_was_written_in(site: Site, els: Visitor) -> None:
    assert "Nous vous appellerons." in letters(site, els, "fr").text


def test_a_letter_leads_to_where_it_is_changed(site: Site, els: Visitor) -> None:
    links = [
        one.attributes["href"] for one in letters(site, els).all("a") if one.text == "Deze brief wijzigen"
    ]
    assert [one.partition("/ding/")[2] for one in links] == [FILE]
    assert els.get(links[0]).status_code == 200


def test_while_something_is_wrong_it_says_so(site: Site, els: Visitor) -> None:
    assert "Zolang er een fout in staat" in letters(site, els, "", *WRONG).text


def test_while_something_is_wrong_no_question_is_said_to_be_open(site: Site, els: Visitor) -> None:
    page = els.page(f"{room(site, *WRONG)}/gesprek/ontvangstmelding")
    assert "Hierover is nog niets afgesproken." not in page.text
    assert "is niet te zeggen wat hierover is afgesproken" in page.text
