"""A coordinator makes a yearly report her own: chapters in another order, left out, called otherwise, and her own. The
report that organisations share stays byte for byte as it is."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.register.register import reading
from tests.support.pages import Page, page_faults
from tests.support.reports import BASIS, OWN, files_with_report, site_with_report
from tests.support.site import Site, Visitor
from tests.support.workbench import LENGTH, TERMS, WHO_WE_ARE, begun, replaced, sent

CHAPTER = {
    "titel": "Onze wachtlijst",
    "schrijf": "Hoe lang wachtte men?",
    "gevraagd": ["naam", "per", "grafiek", "periode-volgens", "als"],
    "w_naam": "Antwoorden per maand",
    "w_per": "maand",
    "w_grafiek": "rechtop",
    "w_periode-volgens": "antwoord verstuurd",
    "veld": "type_bericht",
    "w_als.0.veld": "type_bericht",
    "w_als.0.hoe": "",
    "w_als.0.wat": "klacht",
}


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
    return f"/medewerker/werkplaats/voorstel/{proposal.id}/verslag/jaarverslag"


def sources(site: Site, proposal: Proposal) -> dict[str, bytes]:
    with reading(site.runtime.store) as register:
        return dict(register.sources(register.proposal(proposal.id).tree))


def chapters(els: Visitor, place: str) -> list[str]:
    return [one.text for one in els.page(place).all("h3") if one.attributes.get("id", "") == ""]


def done(els: Visitor, place: str, chapter: str, doing: str, **typed: Any) -> TestResponse:
    answer = sent(els, place, hoofdstuk=chapter, doen=doing, **typed)
    assert answer.status_code == 303, answer.text
    return answer


def test_the_page_of_a_report_leads_to_it(els: Visitor, site: Site) -> None:
    report = els.page("/medewerker/verslagen/de-linde/jaarverslag/2025")
    (link,) = (one for one in report.all("a") if one.text == "Dit verslag aanpassen")
    start = els.page(link.attributes["href"])
    assert page_faults(start) == []
    answer = sent(els, link.attributes["href"], titel="Ons jaarverslag")
    assert answer.status_code == 303
    shown = els.page(answer.location)
    assert page_faults(shown) == []
    assert "Zo wordt het verslag over 2025" in shown.text


def test_nothing_is_written_as_long_as_nothing_changes(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    assert chapters(els, place) == ["Hoeveel er binnenkwam", "Gegrond of niet", "Wat wij leerden"]
    assert sources(site, proposal) == files_with_report()


def test_a_chapter_comes_elsewhere_and_the_shared_report_stays(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    done(els, place, "Wat wij leerden", "hoger")
    assert chapters(els, place) == ["Hoeveel er binnenkwam", "Wat wij leerden", "Gegrond of niet"]
    now, before = sources(site, proposal), files_with_report()
    assert now[BASIS] == before[BASIS]
    assert set(now) - set(before) == {OWN}
    assert {one for one in before if now[one] != before[one]} == {WHO_WE_ARE}
    assert now[WHO_WE_ARE] == before[WHO_WE_ARE].replace(
        b"verslagen: [basis/jaarverslag]", b"verslagen: [basis/jaarverslag, de-linde/verslagen]"
    )


def test_what_is_left_out_can_be_put_back(els: Visitor, site: Site, proposal: Proposal, place: str) -> None:
    done(els, place, "Gegrond of niet", "weg")
    page = els.page(place)
    assert "weggelaten" in page.text
    assert "Gegrondheid" not in page.by_id("voorbeeld").text
    done(els, place, "Gegrond of niet", "terug")
    assert "Gegrondheid" in els.page(place).by_id("voorbeeld").text
    assert b"vervalt" not in sources(site, proposal)[OWN]


def test_a_chapter_is_called_otherwise_and_is_still_the_same(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    done(
        els,
        place,
        "Hoeveel er binnenkwam",
        "bewaar",
        naam="Wat wij hoorden",
        schrijf="Wat valt op?",
        tabel=["Berichten per soort"],
    )
    assert chapters(els, place)[0] == "Wat wij hoorden"
    assert sources(site, proposal)[OWN].decode().count("neem: Hoeveel er binnenkwam") == 1
    preview = els.page(place).by_id("voorbeeld").text
    assert "Wat wij hoorden" in preview
    assert "Klachten per maand" not in preview


def test_a_chapter_of_her_own_with_a_table(els: Visitor, site: Site, proposal: Proposal, place: str) -> None:
    asked = els.page(f"{place}/erbij")
    assert page_faults(asked) == []
    answer = sent(els, f"{place}/erbij", **CHAPTER)
    assert answer.status_code == 303, answer.text
    assert chapters(els, place)[-1] == "Onze wachtlijst"
    preview = els.page(place).by_id("voorbeeld").text
    assert "Antwoorden per maand" in preview
    written = sources(site, proposal)[OWN].decode()
    assert "periode-volgens: antwoord verstuurd" in written
    assert "type_bericht: klacht" in written


def test_a_table_comes_in_a_chapter_that_is_taken(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    table = {name: one for name, one in CHAPTER.items() if name not in ("titel", "schrijf")}
    answer = sent(els, f"{place}/erbij", **{**table, "hoofdstuk": "Gegrond of niet"})
    assert answer.status_code == 303, answer.text
    preview = els.page(place).by_id("voorbeeld").text
    assert (
        preview.index("Gegrondheid")
        < preview.index("Antwoorden per maand")
        < preview.index("Wat wij leerden")
    )


def test_only_something_to_write(els: Visitor, site: Site, proposal: Proposal, place: str) -> None:
    typed = {
        "titel": "Woord vooraf",
        "schrijf": "Schrijf een woord vooraf.",
        "gevraagd": ["naam", "als"],
        "w_naam": "",
    }
    assert sent(els, f"{place}/erbij", **typed).status_code == 303
    assert "Woord vooraf" in chapters(els, place)
    assert "cijfers" not in sources(site, proposal)[OWN].decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"titel": ""}, "Geef het hoofdstuk een titel."),
        ({"titel": "Gegrond of niet"}, "Er is al een hoofdstuk met deze titel"),
        ({"w_naam": ""}, "Geef de tabel een naam."),
        ({"w_naam": "Berichten per soort"}, "Er is in dit verslag al een tabel met deze naam."),
        ({"w_als.0.wat": ""}, "Kies of typ waarmee het vergeleken wordt."),
    ],
)
def test_what_is_missing_is_told_and_nothing_typed_is_lost(
    els: Visitor, site: Site, proposal: Proposal, place: str, typed: dict[str, str], said: str
) -> None:
    answer = sent(els, f"{place}/erbij", **{**CHAPTER, **typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Hoe lang wachtte men?" in answer.text
    assert sources(site, proposal) == files_with_report()


def test_one_field_more_is_asked_about_and_the_rest_stays(els: Visitor, place: str) -> None:
    answer = sent(els, f"{place}/erbij", **{**CHAPTER, "nog": "ja", "nog-een": "ernst"})
    assert answer.status_code == 200
    assert "Onze wachtlijst" in answer.text
    assert "Antwoorden per maand" in answer.text
    assert 'name="w_als.1.veld" value="ernst"' in answer.text


def test_who_only_discusses_reads_and_changes_nothing(site: Site, proposal: Proposal, place: str) -> None:
    jan = site.staff("jan", "de-linde/*:teamverantwoordelijke")
    assert "U leest dit, en wijzigt het niet" in jan.page(place).text
    answer = sent(jan, place, hoofdstuk="Hoeveel er binnenkwam", doen="weg")
    assert answer.status_code == 409
    assert sources(site, proposal) == files_with_report()


# Two windows: what is changed is the chapter that was shown, or nothing.


def tree(els: Visitor, place: str) -> str:
    """Return what a page showed, as its forms send it along."""
    return els.page(place).value("gezien")


def test_a_chapter_that_moved_in_another_window_is_still_the_one_that_is_left_out(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    shown = tree(els, place)
    done(els, place, "Wat wij leerden", "hoger")
    done(els, place, "Gegrond of niet", "weg", gezien=shown)
    page = els.page(place)
    assert chapters(els, place) == ["Hoeveel er binnenkwam", "Wat wij leerden", "Gegrond of niet"]
    (left_out,) = (one for one in page.all("li") if "left-out" in one.attributes.get("class", ""))
    assert left_out.text.startswith("Gegrond of niet")


def test_what_somebody_changed_in_another_window_is_not_changed_over_it(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    shown = tree(els, place)
    done(els, place, "Gegrond of niet", "bewaar", naam="Ons oordeel")
    answer = sent(els, place, hoofdstuk="Gegrond of niet", doen="bewaar", naam="Het oordeel", gezien=shown)
    assert answer.status_code == 409
    assert "Het verslag is intussen gewijzigd: door u, in een ander venster." in answer.text
    assert 'value="Het oordeel"' in answer.text
    for said in ("yaml", "{neem"):
        assert said not in answer.text.partition("<main")[2].partition("Zo wordt het verslag")[0]
    assert chapters(els, place)[1] == "Ons oordeel"


def test_a_chapter_comes_to_the_front_with_one_press(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    before = chapters(els, place)
    done(els, place, before[-1], "vooraan")
    assert chapters(els, place) == [before[-1], *before[:-1]]


def test_who_else_changed_it_is_named(els: Visitor, site: Site, proposal: Proposal, place: str) -> None:
    shown = tree(els, place)
    mia = site.staff("mia", "de-linde/*:kwaliteitscoordinator")
    done(mia, place, "Wat wij leerden", "hoger")
    answer = sent(els, place, hoofdstuk="Wat wij leerden", doen="hoger", gezien=shown)
    assert answer.status_code == 409
    assert "Het verslag is intussen gewijzigd, door Mia." in answer.text


def test_a_table_never_comes_in_another_chapter(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    sent(els, f"{place}/erbij", titel="Onze wachtlijst", schrijf="Hoe lang?", gevraagd=["naam"], w_naam="")
    shown = tree(els, f"{place}/erbij?hoofdstuk=Onze+wachtlijst")
    done(els, place, "Onze wachtlijst", "bewaar", naam="Wie wachtte", schrijf="Hoe lang?")
    typed = {name: one for name, one in CHAPTER.items() if name not in ("titel", "schrijf")}
    answer = sent(els, f"{place}/erbij", **{**typed, "hoofdstuk": "Onze wachtlijst", "gezien": shown})
    assert answer.status_code == 409
    assert "door u, in een ander venster" in answer.text
    assert "In welk hoofdstuk komt de tabel?" in answer.text
    assert 'value="Antwoorden per maand"' in answer.text
    again = sent(els, f"{place}/erbij", **{**typed, "hoofdstuk": "Wie wachtte"})
    assert again.status_code == 303


def test_the_page_of_a_table_is_found_wherever_its_chapter_comes_by_now(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    assert sent(els, f"{place}/erbij", **CHAPTER).status_code == 303
    link = f"{place}/tabel?hoofdstuk=Onze+wachtlijst&tabel=Antwoorden+per+maand"
    assert "Antwoorden per maand" in els.page(els.get(link).location).text
    done(els, place, "Onze wachtlijst", "hoger")
    assert "Antwoorden per maand" in els.page(els.get(link).location).text
    assert els.get(f"{place}/tabel?hoofdstuk=Onze+wachtlijst&tabel=x").status_code == 404


# Titles.


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("", "Geef het hoofdstuk een titel."),
        ("Wat wij leerden", "Er is al een hoofdstuk met deze titel. Kies een andere."),
        ("o" * 121, "Een titel heeft hoogstens 120 tekens, en deze heeft er 121."),
    ],
)
def test_a_title_that_cannot_be_is_refused_at_its_field(
    els: Visitor, site: Site, proposal: Proposal, place: str, title: str, said: str
) -> None:
    answer = sent(els, place, hoofdstuk="Gegrond of niet", doen="bewaar", naam=title, schrijf="Wat telt?")
    assert answer.status_code == 422
    assert said in answer.text
    assert "Wat telt?" in answer.text
    assert sources(site, proposal) == files_with_report()
    new = sent(els, f"{place}/erbij", **{**CHAPTER, "titel": title})
    assert new.status_code == 422
    assert said in new.text
    assert title in new.text


def test_a_title_may_begin_with_a_number(els: Visitor, place: str) -> None:
    done(els, place, "Gegrond of niet", "bewaar", naam="2026: wat wij zagen")
    assert chapters(els, place)[1] == "2026: wat wij zagen"


# A table.


def test_a_table_of_her_own_is_internal_unless_she_says_otherwise(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    assert "verraadt soms aantallen van andere tabellen" in els.page(f"{place}/erbij").text
    sent(els, f"{place}/erbij", **CHAPTER)
    assert "alleen-intern: ja" in sources(site, proposal)[OWN].decode()
    told = {"titel": "Nog een", "w_naam": "Onze maanden", "openbaar": "ja"}
    sent(els, f"{place}/erbij", **{**CHAPTER, **told})
    assert sources(site, proposal)[OWN].decode().count("alleen-intern") == 1
    assert "Antwoorden per maand" in els.page(place).by_id("voorbeeld").text
    public = els.page(f"{place}?versie=openbaar").by_id("voorbeeld").text
    internal = els.page(place).by_id("voorbeeld").text
    assert ("Antwoorden per maand" in internal, "Onze maanden" in internal) == (True, True)
    assert ("Antwoorden per maand" in public, "Onze maanden" in public) == (False, True)


def test_a_table_that_only_shows_a_total_is_asked_about(els: Visitor, place: str) -> None:
    answer = sent(els, f"{place}/erbij", **{**CHAPTER, "w_per": ""})
    assert answer.status_code == 422
    assert "Zonder rijen toont de tabel een enkel getal: het totaal." in answer.text
    assert sent(els, f"{place}/erbij", **{**CHAPTER, "w_per": "", "totaal": "ja"}).status_code == 303


def test_choices_are_those_of_the_form_by_phase_and_none_is_a_code(els: Visitor, place: str) -> None:
    page = els.page(f"{place}/erbij")
    groups = [one.attributes["label"] for one in page.all("optgroup")]
    assert groups[: len(set(groups))] == list(dict.fromkeys(groups))
    labels = [one.text for one in page.all("option")]
    assert [one for one in labels if "_" in one] == []


def test_one_comes_back_where_one_was(els: Visitor, place: str) -> None:
    answer = done(els, place, "Gegrond of niet", "hoger")
    assert answer.location.endswith("#h-gegrond-of-niet")
    (item,) = (
        one for one in els.page(answer.location.partition("#")[0]).all("li") if "Bewaard in het" in one.text
    )
    assert item.attributes["id"] == "h-gegrond-of-niet"


# What is said of a proposal that only changes reports.

PLACE = "/medewerker/werkplaats/voorstel"


def test_what_changes_is_said_as_somebody_did_it_and_follows_at_once(
    els: Visitor, proposal: Proposal, place: str
) -> None:
    done(els, place, "Hoeveel er binnenkwam", "bewaar", naam="Wat wij hoorden", tabel=["Berichten per soort"])
    done(els, place, "Wat wij leerden", "hoger")
    page = els.page(f"{PLACE}/{proposal.id}")
    assert page_faults(page) == []
    for said in (
        "Wat verandert in cijfers en verslagen",
        "Hoofdstuk “Hoeveel er binnenkwam” heet nu “Wat wij hoorden”.",
        "Hoofdstuk “Wat wij hoorden”. Weg: “Klachten per maand”",
        "Verder aanpassen: Jaarverslag klachten",
        "ook over voorbije jaren",
    ):
        assert said in page.text
    assert "staat nu" in page.text
    assert "Dossiers die lopen" not in page.text


def test_nothing_on_the_website_is_asked_of_a_report_and_it_leads_back_once_published(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    done(els, place, "Wat wij leerden", "hoger")
    agreeing = f"{PLACE}/{proposal.id}/afspreken"
    assert "Op de website komt" not in els.page(agreeing).text
    an = site.staff("an", "de-linde/*:algemeen-directeur")
    shown = an.page(agreeing).value("gezien")
    assert sent(an, f"{PLACE}/{proposal.id}/akkoord", gezien=shown, antwoord="ja").status_code == 303
    answer = sent(els, f"{PLACE}/{proposal.id}/publiceren", gezien=shown)
    after = els.page(answer.location)
    assert page_faults(after) == []
    assert "Gepubliceerd. Cijfers en verslagen volgen dit meteen, ook over voorbije jaren." in after.text
    links = {one.text: one.attributes["href"] for one in after.all("a")}
    assert links["Jaarverslag klachten"] == "/medewerker/verslagen/de-linde/jaarverslag/2025"
    assert "Alle verslagen" in links
    assert els.get(links["Jaarverslag klachten"]).status_code == 200


def test_who_agreed_is_changed_where_that_is_said(els: Visitor, site: Site, proposal: Proposal) -> None:
    replaced(site.runtime, proposal, TERMS, LENGTH, "binnen: 4 werkdagen")
    page = els.page(f"{PLACE}/{proposal.id}/afspreken")
    (link,) = (one for one in page.all("a") if one.text == "Aanpassen wie het afsprak, en wanneer")
    assert "gebruikersraad" in els.get(link.attributes["href"]).text


# A long list of things to choose from.


def test_a_long_list_is_narrowed_without_a_script_and_nothing_typed_is_lost(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    before = els.page(f"{place}/erbij")
    assert "Zoek in deze lijst" in before.text
    typed = {**CHAPTER, "zoek:per": "SOORT", "zoek": "per", "titel": "Nog zonder tabel"}
    answer = sent(els, f"{place}/erbij", **typed)
    assert answer.status_code == 200
    page = Page(answer.text)
    assert page_faults(page) == []
    assert page.value("titel") == "Nog zonder tabel"
    labels = [one.text for one in page.all("option")]
    assert len(labels) < len([one.text for one in before.all("option")])
    # What was chosen stays among them.
    assert "De maand" in labels
    assert OWN not in sources(site, proposal)


def test_of_words_that_nothing_has_everything_is_still_there(els: Visitor, place: str) -> None:
    before = els.page(f"{place}/erbij").all("option")
    answer = sent(els, f"{place}/erbij", **{"zoek:per": "zeppelin", "zoek": "per"})
    assert "Niets past: alles staat er nog." in answer.text
    assert len(Page(answer.text).all("option")) == len(before)


def test_where_a_table_is_changed_its_lists_are_grouped_and_narrowed_too(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    sent(els, f"{place}/erbij", **CHAPTER)
    where = els.get(f"{place}/tabel?hoofdstuk=Onze+wachtlijst&tabel=Antwoorden+per+maand").location
    page = els.page(where)
    assert page_faults(page) == []
    groups = [one.attributes["label"] for one in page.all("optgroup")]
    assert groups
    kept = sources(site, proposal)
    typed = {"w_naam": "Anders genoemd", "w_per": "maand", "zoek:per": "soort", "zoek": "per"}
    answer = sent(els, where, **typed, gevraagd=["naam", "per"])
    assert answer.status_code == 200
    narrowed = Page(answer.text)
    assert narrowed.value("w_naam") == "Anders genoemd"
    assert len(narrowed.all("option")) < len(page.all("option"))
    assert sources(site, proposal) == kept
