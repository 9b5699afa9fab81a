"""Pages of reports: for whom they are, and what they say where there is nothing, or very much."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.figures.charts import chart
from gehoor.core.figures.tables import FigureTable, Head, Line
from gehoor.core.reports.model import Chart
from gehoor.core.wording.registry import sentences_in
from gehoor.web.staff.figures import reports
from tests.support.de_linde import open_by_phone, publish_change
from tests.support.figures import with_figures
from tests.support.pages import Page, page_faults
from tests.support.site import Site, new_site

LIST = "/medewerker/verslagen/"
DRAFT = "/medewerker/verslagen/de-linde/jaarverslag/2026"


@pytest.fixture
def site() -> Site:
    """Eight complaints of May, and a quality coordinator for whom the director has not to stand in."""
    found = new_site("2026-06-10 12:00")
    found.add_staff("ina", "kwaliteitscoordinator")
    publish_change(found.runtime, with_figures, "2026-02-02 10:00")
    for day in range(11, 19):
        open_by_phone(found.runtime, f"2026-05-{day} 10:00")
    return found


def test_a_director_reads_how_it_stands_and_its_public_version_and_writes_nothing(site: Site) -> None:
    dirk = site.staff("dirk", "algemeen-directeur")
    assert "Verslagen in de maak" in dirk.get(LIST).text
    page = dirk.get(DRAFT).text
    assert "Soort bericht" in page
    assert "<textarea" not in page
    assert "Verslag vastleggen" not in page
    assert "Openbare versie." in dirk.get(f"{DRAFT}?versie=openbaar").text


def test_a_list_says_what_each_dossier_is_about_and_when_it_came(site: Site) -> None:
    page = site.staff("els", "kwaliteitscoordinator").get(f"{DRAFT}/dossiers?tabel=1.2&rij=klacht").text
    assert "8 dossiers." in page
    assert "BEU-2026-0001" in page
    assert "Bel niet beantwoord" in page
    assert "ma 11 mei 2026" in page


def test_a_year_in_which_nothing_counts_is_told_in_words(site: Site) -> None:
    page = site.staff("els", "kwaliteitscoordinator").get(f"{DRAFT[:-4]}1999").text
    assert "Over 1999 is er niets te tellen" in page
    assert '<table class="figures">' not in page


def test_of_very_many_dossiers_it_is_told_first_that_the_report_is_made(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "_MANY", 5)
    els = site.staff("els", "kwaliteitscoordinator")
    page = els.get(f"{DRAFT}?versie=openbaar").text
    assert "Het verslag wordt gemaakt: 8 dossiers, 14 tabellen." in page
    onward = f"{DRAFT}?maak=1&amp;versie=openbaar"
    assert f'http-equiv="refresh" content="0; url={onward}"' in page
    assert f'<a href="{onward}">' in page
    assert "Openbare versie." in els.get(onward.replace("&amp;", "&")).text


def test_a_kept_report_links_its_figures_to_how_it_is_now(site: Site) -> None:
    els = site.staff("els", "kwaliteitscoordinator")
    draft = els.page(DRAFT)
    kept = els.post(f"{DRAFT}/vastleggen", dict(draft.form_data(draft.one("form", id="schrijven")))).location
    kept = kept.partition("?")[0]
    page = els.get(kept).text
    assert "vastgelegd=" in page
    assert "Ernaast staat niets van" in page
    link = next(one.split('"')[0] for one in page.split('href="') if "vastgelegd=" in one.split('"')[0])
    listed = els.get(link.replace("&amp;", "&")).text
    assert "Deze lijst toont hoe het nu is" in listed
    assert "vastgelegd=" not in els.get(f"{kept}?versie=openbaar").text


def test_a_chapter_says_whether_what_one_writes_in_it_stays_inside(site: Site) -> None:
    def agreed(document: dict[str, Any]) -> None:
        with_figures(document)
        chapters = [{"name": "Voor ons", "asks": "Wat blijft hier?", "internal": True}]
        document["reports"] = {"jaarverslag": {**document["reports"]["jaarverslag"], "chapters": chapters}}

    publish_change(site.runtime, agreed, "2026-06-09 10:00")
    page = site.staff("els", "kwaliteitscoordinator").get(DRAFT).text
    assert "Dit blijft intern" in page
    assert "Dit staat ook in de openbare versie" not in page
    assert "niets te tellen" not in page, "it has no tables"


def test_a_text_of_a_draft_of_fewer_departments_is_taken_over_from_the_page(site: Site) -> None:
    ina = site.staff("nora", "de-linde/*:kwaliteitscoordinator")
    draft = ina.page(DRAFT)
    (form,) = [one for one in draft.all("form") if "/hoofdstuk" in one.attributes.get("action", "")]
    ina.post(f"{DRAFT}/hoofdstuk", {**dict(draft.form_data(form)), "tekst": "Drie dagen werk.\nEn nog een."})
    publish_change(site.runtime, with_figures, "2026-06-09 10:00", "eikenrode")
    page = ina.page(DRAFT)
    assert page.one("a", href="#elders")
    taking = next(
        data
        for form in page.all("form")
        if "/hoofdstuk" in form.attributes.get("action", "")
        if "Drie dagen" in (data := dict(page.form_data(form)))["tekst"]
    )
    ina.post(f"{DRAFT}/hoofdstuk", taking)
    after = ina.get(DRAFT).text
    assert "Drie dagen werk." in after
    assert 'id="elders"' not in after


@pytest.mark.parametrize("gone", ["the chapter", "room to write in it", "the report"])
def test_what_was_typed_in_a_chapter_that_is_gone_meanwhile_is_given_back(site: Site, gone: str) -> None:
    def agreed(document: dict[str, Any]) -> None:
        with_figures(document)
        report = document["reports"]["jaarverslag"]
        first, *others = report["chapters"]
        changed = {
            "the chapter": [first | {"name": "Anders genoemd"}, *others],
            "room to write in it": [first | {"asks": False}, *others],
            "the report": [],
        }[gone]
        document["reports"] = {"jaarverslag": report | {"chapters": changed}} if changed else {}

    els = site.staff("els", "kwaliteitscoordinator")
    draft = els.page(DRAFT)
    (form,) = [one for one in draft.all("form") if "/hoofdstuk" in one.attributes.get("action", "")]
    typed = {**dict(draft.form_data(form)), "tekst": "Een uur <werk>."}
    publish_change(site.runtime, agreed, "2026-06-09 10:00")
    answer = els.post(f"{DRAFT}/hoofdstuk", typed)
    assert answer.status_code == 409
    page = Page(answer.text)
    assert page.one("h1").text == "Dit hoofdstuk is er niet meer"
    assert page.one("textarea").text.strip() == "Een uur <werk>."
    assert page_faults(page) == []
    assert els.post(f"{DRAFT}/hoofdstuk", {**typed, "tekst": " "}).status_code == 303, "nothing to lose"


@pytest.fixture
def two_chapters(site: Site) -> Site:
    def agreed(document: dict[str, Any]) -> None:
        with_figures(document)
        report = document["reports"]["jaarverslag"]
        more = {"name": "Wat wij leerden", "asks": "Wat leerden wij?"}
        document["reports"] = {"jaarverslag": {**report, "chapters": [*report["chapters"], more]}}

    publish_change(site.runtime, agreed, "2026-06-09 10:00")
    return site


def typed_in_two(draft: Page) -> dict[str, Any]:
    form = draft.form_data(draft.one("form", id="schrijven"))
    return {
        "csrf_token": dict(form)["csrf_token"],
        "hoofdstuk": [value for name, value in form if name == "hoofdstuk"],
        "eerder": [value for name, value in form if name == "eerder"],
        "tekst": ["Drukker dan ooit.", "Sneller terugbellen."],
    }


@pytest.mark.parametrize("button", ["hoofdstuk", "vastleggen"])
def test_whichever_button_is_pressed_all_that_was_typed_is_kept(two_chapters: Site, button: str) -> None:
    els = two_chapters.staff("els", "kwaliteitscoordinator")
    place = els.post(f"{DRAFT}/{button}", typed_in_two(els.page(DRAFT))).location
    text = els.get(place).text
    assert "Drukker dan ooit." in text
    assert "Sneller terugbellen." in text


def test_where_a_colleague_wrote_meanwhile_the_other_chapter_is_kept_and_nothing_frozen(
    two_chapters: Site,
) -> None:
    els = two_chapters.staff("els", "kwaliteitscoordinator")
    typed = typed_in_two(els.page(DRAFT))
    others = {**typed, "tekst": ["", "Van een collega."]}
    assert els.post(f"{DRAFT}/hoofdstuk", others).status_code == 303
    answer = els.post(f"{DRAFT}/vastleggen", typed)
    assert answer.status_code == 409
    assert "Sneller terugbellen." in answer.text
    assert "Van een collega." in answer.text
    assert "Drukker dan ooit." in els.get(DRAFT).text
    assert "Er is nog geen verslag vastgelegd." in els.get("/medewerker/verslagen/").text


@pytest.mark.parametrize(
    ("button", "whose", "said", "refused"),
    [
        ("hoofdstuk", "koen", "Bij Wat wij leerden schreef intussen iemand anders.", "Niet alles is bewaard"),
        (
            "hoofdstuk",
            "els",
            "Bij Wat wij leerden schreef u intussen in een ander venster.",
            "Niet alles is bewaard",
        ),
        ("vastleggen", "koen", "Bij Wat wij leerden schreef intussen iemand anders.", "Niet vastgelegd"),
    ],
)
def test_what_could_not_be_kept_is_said_at_the_top_with_where_it_stands(
    two_chapters: Site, button: str, whose: str, said: str, refused: str
) -> None:
    els = two_chapters.staff("els", "kwaliteitscoordinator")
    typed = typed_in_two(els.page(DRAFT))
    other = els if whose == "els" else two_chapters.staff(whose, "kwaliteitscoordinator")
    token = typed_in_two(other.page(DRAFT))["csrf_token"]
    other.post(f"{DRAFT}/hoofdstuk", {**typed, "csrf_token": token, "tekst": ["", "Van intussen."]})
    page = Page(els.post(f"{DRAFT}/{button}", typed).text)
    assert page.one("title").text.startswith("Fout: ")
    (summary,) = [one for one in page.all("div") if "data-focus" in one.attributes]
    assert refused in summary.text
    assert said in summary.text
    assert "Uw andere teksten zijn wel bewaard." in summary.text
    assert page.all("a", href="#s-2")[0].text == said
    (kept,) = [one for one in page.all("textarea") if one.attributes.get("id") == "s-2"]
    assert kept.text.strip() == "Sneller terugbellen."
    (unsaved,) = [one for one in page.all("div") if "data-refused" in one.attributes]
    assert unsaved.attributes["data-refused"] == "schrijven", "who leaves is asked first"
    assert page_faults(page) == []


def test_a_draft_lists_the_texts_and_which_may_stay_empty(two_chapters: Site) -> None:
    def agreed(document: dict[str, Any]) -> None:
        with_figures(document)
        report = document["reports"]["jaarverslag"]
        more = [{"name": "Wat wij leerden", "asks": "Wat leerden wij?"}, {"name": "Ten slotte"}]
        document["reports"] = {"jaarverslag": {**report, "chapters": [*report["chapters"], *more]}}

    publish_change(two_chapters.runtime, agreed, "2026-06-09 11:00")
    els = two_chapters.staff("els", "kwaliteitscoordinator")
    typed = typed_in_two(els.page(DRAFT))
    els.post(f"{DRAFT}/hoofdstuk", {**typed, "tekst": ["Drukker dan ooit.", ""]})
    page = els.page(DRAFT)
    listed = page.one("nav", aria_labelledby="teksten").text
    assert listed.endswith("Alles geschrevenWat wij leerden nog te schrijvenTen slotte mag leeg blijven")
    assert "Nog niets geschreven bij: Wat wij leerden. Mag leeg blijven: Ten slotte." in page.one("main").text
    assert "Volgende tekst: Wat wij leerden" in page.one("section", aria_labelledby="h-1").text


def frozen(site: Site) -> str:
    els = site.staff("els", "kwaliteitscoordinator")
    draft = els.page(DRAFT)
    return els.post(f"{DRAFT}/vastleggen", dict(draft.form_data(draft.one("form", id="schrijven")))).location


def test_who_freezes_a_report_hears_it_and_again_without_a_change_makes_no_other(site: Site) -> None:
    els = site.staff("els", "kwaliteitscoordinator")
    first = frozen(site)
    assert "Vastgelegd. Dit verslag verandert niet meer." in els.get(first).text
    assert "Naar het vastgelegde verslag" in els.get(DRAFT).text
    again = frozen(site)
    assert again.partition("?")[0] == first.partition("?")[0]
    assert "veranderde er niets" in els.get(again).text
    assert els.get(LIST).text.count("vastgelegd/") == 1


def test_before_a_name_of_a_dossier_is_frozen_it_is_asked_whether_it_may_be(site: Site) -> None:
    els = site.staff("els", "kwaliteitscoordinator")
    open_by_phone(site.runtime, "2026-05-20 10:00", klager_naam="Hermans", klager_voornaam="Greet")
    draft = els.page(DRAFT)
    form = dict(draft.form_data(draft.one("form", id="schrijven")))
    typed = {**form, "tekst": "Mevrouw Greet Hermans klaagde driemaal."}
    answer = els.post(f"{DRAFT}/vastleggen", typed)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.one("title").text.startswith("Fout: ")
    assert "Nog niet vastgelegd" in page.text
    assert "Alles: Greet Hermans" in page.text
    assert page_faults(page) == []
    assert "Er is nog geen verslag vastgelegd." in els.get(LIST).text
    assert "in een dossier voorkomt" not in els.get(f"{DRAFT}?versie=openbaar").text
    again = els.page(DRAFT)
    assert "Hierin staat een naam die in een dossier voorkomt: Greet Hermans." in again.text
    form = dict(again.form_data(again.one("form", id="schrijven")))
    assert els.post(f"{DRAFT}/vastleggen", {**form, "namen": "ja"}).status_code == 303


def test_of_several_frozen_versions_it_is_said_which_is_the_newest(site: Site) -> None:
    els = site.staff("els", "kwaliteitscoordinator")
    first = frozen(site).partition("?")[0]
    open_by_phone(site.runtime, "2026-05-20 10:00")
    site.clock.to("2026-06-10 12:05")
    second = frozen(site).partition("?")[0]
    assert f'<a href="{second}">Naar de nieuwste versie</a>' in els.get(first).text
    assert "Er is een nieuwere versie" not in els.get(second).text
    page = els.get(LIST).text
    assert page.count("vervangen door een nieuwere versie") == 1
    assert page.count("de nieuwste versie") == 1


@pytest.mark.parametrize(("language", "march"), [("nl", "mrt"), ("fr", "mars")])
def test_months_under_a_drawing_are_short_as_people_write_them(language: str, march: str) -> None:
    said = sentences_in(language).figures
    heads = [f"2026-{month:02}" for month in range(1, 13)]
    lines = tuple(Line(Head(key, said.month(key)), (1,), 1) for key in heads)
    table = FigureTable("1.1", "Per maand", "", (), (Head("", "Aantal"),), lines, None, chart=Chart.UPRIGHT)
    drawn = chart(table, "", "n.g.", said.short_month)
    assert f">{march}</text>" in drawn
    assert ">maa</text>" not in drawn


BY_KIND = {"name": "Soort", "per": "type_bericht", "chart": "bars"}


def drawn(site: Site, figure: dict[str, Any]) -> str:
    """The public version of a report of one table."""

    def agreed(document: dict[str, Any]) -> None:
        with_figures(document)
        chapters = [{"name": "Alles", "figures": [figure]}]
        document["reports"] = {"jaarverslag": {**document["reports"]["jaarverslag"], "chapters": chapters}}

    publish_change(site.runtime, agreed, "2026-06-01 10:00")
    return site.staff("els", "kwaliteitscoordinator").get(f"{DRAFT}?versie=openbaar").text


def test_a_single_row_is_not_drawn(site: Site) -> None:
    assert '<div class="drawing">' not in drawn(site, BY_KIND)
    for minute in range(6):
        open_by_phone(site.runtime, f"2026-05-20 10:{minute:02}", type_bericht="suggestie")
    assert '<div class="drawing">' in drawn(site, BY_KIND)


def test_a_drawing_says_which_row_is_the_highest_only_where_all_are_told(site: Site) -> None:
    """One that is hidden beside a small one may be higher."""
    for minute in range(6):
        open_by_phone(site.runtime, f"2026-05-20 10:{minute:02}", type_bericht="suggestie")
    assert "Het meest: Klacht (8)." in drawn(site, BY_KIND)
    open_by_phone(site.runtime, "2026-05-20 10:06", type_bericht="opmerking")
    page = drawn(site, BY_KIND)
    assert ">8<" in page
    assert "n.g." in page
    assert "Het meest" not in page
