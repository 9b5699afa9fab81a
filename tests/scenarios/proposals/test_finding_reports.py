"""A report is found from where agreements are made, and what is done there says what it did."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.figures.tables import FigureTable
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.figures.report_drafts import Draft
from tests.support.de_linde import open_by_web
from tests.support.pages import Page, page_faults
from tests.support.reports import site_with_report
from tests.support.site import Site, Visitor
from tests.support.workbench import begun, sent

START = "/medewerker/werkplaats/verslag/de-linde/jaarverslag"


@pytest.fixture
def site(drafter: ConfinedDrafter) -> Site:
    found = site_with_report(drafter)
    found.clock.to("2026-05-12 14:00")
    return found


@pytest.fixture
def proposal(site: Site, els: Visitor) -> Proposal:
    return begun(site.runtime)


@pytest.fixture
def place(proposal: Proposal) -> str:
    return f"/medewerker/werkplaats/voorstel/{proposal.id}"


@pytest.mark.parametrize("way", ["bewerken", "bewerken?q=jaarverslag", "bewerken?q=wat+wij+leerden"])
def test_a_report_stands_among_the_agreements_and_is_found(els: Visitor, place: str, way: str) -> None:
    page = els.page(f"{place}/{way}")
    links = [
        one.attributes["href"] for one in page.all("a") if one.attributes.get("href", "").startswith(place)
    ]
    assert f"{place}/verslag/jaarverslag" in links
    assert page_faults(page) == []


def test_words_of_no_report_lead_to_none(els: Visitor, place: str) -> None:
    assert f"{place}/verslag/jaarverslag" not in els.get(f"{place}/bewerken?q=ontvangst").text


def test_the_questions_lead_to_the_reports(els: Visitor, place: str) -> None:
    (link,) = [one for one in els.page(f"{place}/gesprek").all("a") if one.text == "Een verslag aanpassen"]
    assert link.attributes["href"] == f"{place}/bewerken#verslagen"


def test_what_is_wrong_with_a_new_chapter_stands_above_the_form_with_where(els: Visitor, place: str) -> None:
    asked = {
        "titel": "",
        "schrijf": "",
        "gevraagd": ["naam", "per", "als"],
        "w_naam": "Klachten",
        "w_per": "maand",
        "veld": "type_bericht",
        "w_als.0.veld": "type_bericht",
        "w_als.0.hoe": "",
        "w_als.0.wat": "",
    }
    answer = sent(els, f"{place}/verslag/jaarverslag/erbij", **asked)
    page = Page(answer.text)
    (summary,) = [one for one in page.all("div", class_="summary") if "data-focus" in one.attributes]
    assert "Geef het hoofdstuk een titel." in summary.text
    assert page.all("a", href="#titel")
    assert page.one("a", href="#v-1").text == "Kies of typ waarmee het vergeleken wordt."
    assert page.by_id("v-1")
    assert [one.text for one in page.all("a") if one.text == "Annuleren"] == ["Annuleren"]
    assert page_faults(page) == []


@pytest.mark.parametrize("where", [START, "the workbench", "naam"])
def test_a_name_that_is_too_long_is_refused_and_not_cut(els: Visitor, place: str, where: str) -> None:
    long = "Ons verslag " * 11
    said = "Een titel heeft hoogstens 120 tekens, en deze heeft er 131. Maak ze korter."
    match where:
        case "naam":
            token = els.page(place).value("csrf_token")
            answer = els.post(f"{place}/naam", {"csrf_token": token, "titel": long})
        case "the workbench":
            token = els.page("/medewerker/werkplaats").value("csrf_token")
            asked = {"csrf_token": token, "organisatie": "de-linde", "titel": long}
            answer = els.post("/medewerker/werkplaats/voorstel", asked)
        case _:
            answer = sent(els, where, titel=long)
    assert answer.status_code == 422
    assert said in answer.text
    assert long.strip() in answer.text


def test_another_name_is_confirmed(els: Visitor, place: str) -> None:
    asked = {"csrf_token": els.page(place).value("csrf_token"), "titel": "Anders genoemd"}
    assert "De naam is gewijzigd." in els.get(els.post(f"{place}/naam", asked).location).text


def test_from_adapting_a_report_one_goes_back_to_it(els: Visitor, place: str) -> None:
    report = "/medewerker/verslagen/de-linde/jaarverslag/2025"
    assert els.page(START).one("a", href=report)
    assert els.page(f"{place}/verslag/jaarverslag").one("a", href=report)


def test_where_nothing_is_somebody_who_is_signed_in_keeps_the_menu(els: Visitor) -> None:
    page = Page(els.get("/medewerker/verslagen/vastgelegd/bestaat-niet").text)
    assert page.one("h1").text == "Deze pagina bestaat niet"
    assert "Werklijst" in page.one("nav", aria_label="Hoofdmenu").text
    assert "Mijn klacht volgen" not in page.one("nav", aria_label="Hoofdmenu").text


TABLE = {
    "gevraagd": ["naam", "per", "als"],
    "w_naam": "Klachten per weg",
    "w_per": "drager",
    "openbaar": "ja",
}


def test_a_table_that_becomes_public_is_told_and_is_made_internal_again(els: Visitor, place: str) -> None:
    report = f"{place}/verslag/jaarverslag"
    assert sent(els, f"{report}/erbij", hoofdstuk="Gegrond of niet", **TABLE).status_code == 303
    named = "“Klachten per weg” (hoofdstuk “Gegrond of niet”)"
    changes = els.page(place)
    assert f"Komt erbij: {named}." in changes.text
    assert "door kleine aantallen valt er geen andere tabel weg" in changes.text
    assert page_faults(changes) == []
    page = els.page(report)
    assert f"Openbaar komt erbij: {named}. Daardoor kan een andere tabel openbaar wegvallen." in page.text
    assert page_faults(page) == []
    assert "Alle tabellen die nu openbaar zijn, blijven het." in els.page(f"{report}?versie=openbaar").text
    asked = {"hoofdstuk": "Gegrond of niet", "tabel": "Klachten per weg", "doen": "intern"}
    assert sent(els, report, **asked).status_code == 303
    assert "Openbaar komt erbij" not in els.page(report).text
    assert "Er komt geen tabel bij, en er valt er geen weg." in els.page(place).text


def test_a_table_of_ones_own_is_changed_in_the_words_it_was_made_with(els: Visitor, place: str) -> None:
    report = f"{place}/verslag/jaarverslag"
    sent(els, f"{report}/erbij", hoofdstuk="Gegrond of niet", **TABLE)
    page = els.page(els.get(f"{report}/tabel?hoofdstuk=Gegrond+of+niet&tabel=Klachten+per+weg").location)
    for asked in (
        "Hoe heet de tabel?",
        "Wat staat in de rijen?",
        "En in de kolommen?",
        "Welke dossiers tellen mee?",
    ):
        assert asked in page.text
    back = "Terug naar de hoofdstukken van Jaarverslag klachten"
    assert page.one("a", href=report).text == back
    assert page_faults(page) == []


def test_which_table_falls_out_of_the_public_version_is_told_before_it_is_published(
    els: Visitor, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the proof would have it: what is public now is not any more beside the new table."""
    answer = sent(els, f"{place}/verslag/jaarverslag/erbij", hoofdstuk="Gegrond of niet", **TABLE)
    assert answer.status_code == 303
    told = Draft.public

    def public(draft: Draft) -> list[FigureTable]:
        names = {one.title for one in draft.offered.report.tables.values()}
        return [
            replace(one, lines=(), total=None)
            if one.title == "Gegrondheid" and "Klachten per weg" in names
            else one
            for one in told(draft)
        ]

    monkeypatch.setattr(Draft, "public", public)
    page = els.page(f"{place}/verslag/jaarverslag?versie=openbaar").text
    assert "Hierdoor staat openbaar niet meer: “Gegrondheid” (hoofdstuk “Gegrond of niet”)." in page
    assert "Weer alleen intern: Klachten per weg" in page
    fallen = (
        "Valt weg, want ernaast zou men er kleine aantallen uit kunnen afleiden: “Gegrondheid” (hoofdstuk "
    )
    assert fallen in els.page(place).text


# Who agrees reads what the public will read.


def test_who_agrees_and_makes_no_reports_reads_it_too(site: Site, els: Visitor, place: str) -> None:
    sent(els, f"{place}/verslag/jaarverslag/erbij", hoofdstuk="Gegrond of niet", **TABLE)
    an = site.staff("an", "de-linde/*:algemeen-directeur")
    page = an.page(place)
    assert "Komt erbij: “Klachten per weg” (hoofdstuk “Gegrond of niet”)." in page.text
    assert "Een tabel die erbij komt, kan maken dat een andere wegvalt" in page.text
    assert "Vraag dat aan wie verslagen maakt." in page.text
    assert page_faults(page) == []


def test_a_table_or_a_chapter_that_drops_out_is_told_with_where_it_stays(els: Visitor, place: str) -> None:
    report = f"{place}/verslag/jaarverslag"
    typed = {"hoofdstuk": "Hoeveel er binnenkwam", "naam": "Hoeveel er binnenkwam", "doen": "bewaar"}
    sent(els, report, **typed, tabel=["Berichten per soort"], waar="openbaar")
    typed = {"hoofdstuk": "Gegrond of niet", "naam": "Gegrond of niet", "doen": "bewaar"}
    sent(els, report, **typed, tabel=["Gegrondheid"], waar="intern")
    told = els.page(place).text
    gone = "Valt weg, ook uit de interne versie: “Klachten per maand” (hoofdstuk “Hoeveel er binnenkwam”)."
    assert gone in told
    assert "Valt weg, en blijft in de interne versie: “Gegrondheid” (hoofdstuk “Gegrond of niet”)." in told
    assert "Komt erbij" not in told


# From the public version of a draft one goes to where a chapter or a table is made internal.


def test_a_table_of_a_chapter_that_was_taken_is_made_internal_and_public_again(
    els: Visitor, place: str
) -> None:
    report = f"{place}/verslag/jaarverslag"
    typed = {"hoofdstuk": "Gegrond of niet", "naam": "Gegrond of niet", "doen": "bewaar", "waar": "openbaar"}
    inside = {**typed, "tabel": ["Gegrondheid"], "tabel-intern": ["Gegrondheid"]}
    assert sent(els, report, **inside).status_code == 303
    titles = [one.text for one in els.page(f"{report}?versie=openbaar").all("h4")]
    assert "Gegrondheid" not in titles
    assert "Gegrondheid" in els.page(report).by_id("voorbeeld").text
    told = "Valt weg, en blijft in de interne versie: “Gegrondheid” (hoofdstuk “Gegrond of niet”)."
    assert told in els.page(place).text
    assert sent(els, report, **typed, tabel=["Gegrondheid"]).status_code == 303
    assert "Gegrondheid" in els.page(f"{report}?versie=openbaar").by_id("voorbeeld").text


def test_the_public_version_of_a_draft_leads_to_the_chapter_whose_numbers_are_not_given(
    site: Site, els: Visitor, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_by_web(site.runtime, "2026-05-11 10:00")
    told = Draft.public

    def public(draft: Draft) -> list[FigureTable]:
        return [
            replace(one, lines=(), total=None) if one.title == "Gegrondheid" else one for one in told(draft)
        ]

    monkeypatch.setattr(Draft, "public", public)
    draft = "/medewerker/verslagen/de-linde/jaarverslag/2026?versie=openbaar"
    page = els.page(draft)
    led = [one for one in page.all("a") if "Dit hoofdstuk of deze tabel aanpassen" in one.text]
    (link,) = (one for one in led if "Gegrond of niet" in one.text)
    assert page_faults(page) == []
    start = els.page(link.attributes["href"])
    assert "Hierna komt u bij het hoofdstuk “Gegrond of niet”." in start.text
    (onward,) = (one for one in start.all("a") if one.text == proposal.title)
    assert onward.attributes["href"].endswith("#h-gegrond-of-niet")
    there = els.page(onward.attributes["href"].partition("#")[0])
    assert page_faults(there) == []
    assert "Voor wie is dit hoofdstuk?" in there.by_id("h-gegrond-of-niet").text
    made = sent(els, link.attributes["href"], titel="Zonder kleine aantallen", hoofdstuk="Gegrond of niet")
    assert made.location.endswith("verslag/jaarverslag?open=Gegrond+of+niet#h-gegrond-of-niet")
