"""Registering with a caller on the line: what is asked, that nothing is lost, reading back, and the number."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from gehoor.services.dossiers.viewing import look
from gehoor.services.projection.projection import reading_projection
from tests.support.clock import at
from tests.support.de_linde import STORY, open_by_phone, publish_change
from tests.support.pages import Page, page_faults
from tests.support.site import PASSWORD, Site, Visitor, new_site

HOME = "/medewerker/de-linde/beukenhof/registreren/telefoon"
REGISTER = HOME.removesuffix("/telefoon")
READ_BACK = f"{HOME}/voorlezen"
TOLD: dict[str, Any] = {
    "uiteenzetting": STORY,
    "onderwerp": "Bel niet beantwoord",
    "anoniem": "nee",
    "klager_voornaam": "",
    "klager_naam": "Peeters",
    "klager_telefoon": "0470 12 34 56",
    "klager_email": "",
    "acuut_gevaar": "nee",
}


@pytest.fixture
def site() -> Site:
    return new_site()


def answer(visitor: Visitor, field: str, value: str, where: str = "verder") -> str:
    """Answer a question; returns where it leads to."""
    sent = visitor.send(f"{HOME}/vraag/{field}", **{f"v_{field}": value, "verder": where})
    assert sent.status_code == 303, sent.text
    return str(sent.location)


def tell_all(visitor: Visitor, **told: str) -> str:
    """Answer every question; returns where the last leads to."""
    where = ""
    for field, value in {**TOLD, **told}.items():
        where = answer(visitor, field, value, "verder" if value else "overslaan")
    return where


def bring(visitor: Visitor, **typed: str) -> TestResponse:
    """Press the button to the phone, with something typed on the page to register on."""
    page = visitor.page(REGISTER)
    return visitor.post(HOME, {**dict(page.form_data(page.by_id("registreren"))), **typed})


def opened(site: Site, dossier: str = "dossier-1") -> dict[str, Any]:
    return dict(look(site.runtime, dossier, at("2026-05-12 15:00")).dossier.values)


class TestTheQuestions:
    def test_the_story_is_asked_first_in_the_words_of_the_organisation(self, site: Site) -> None:
        ria = site.staff()
        assert ria.get(HOME).location == f"{HOME}/vraag/uiteenzetting"
        page = ria.page(f"{HOME}/vraag/uiteenzetting")
        assert "Goed dat u belt. Vertelt u maar wat er gebeurd is." in page.one("p", class_="say").text
        assert "Vraag 1 van 8" in page.text

    def test_the_number_of_questions_never_grows_on_the_way(self, site: Site) -> None:
        ria = site.staff()
        totals = []
        for field, value in TOLD.items():
            text = ria.page(f"{HOME}/vraag/{field}").one("p", class_="progress").text
            totals.append(int(text.rpartition(" ")[2]))
            answer(ria, field, value or "", "verder" if value else "overslaan")
        assert totals == [8] * 8

    def test_questions_that_an_answer_takes_away_are_not_counted(self, site: Site) -> None:
        ria = site.staff()
        for field, value in (("uiteenzetting", STORY), ("onderwerp", "Bel"), ("anoniem", "ja")):
            answer(ria, field, value)
        assert "Vraag 4 van 4" in ria.page(f"{HOME}/vraag/acuut_gevaar").text

    def test_they_follow_the_order_of_the_form(self, site: Site) -> None:
        ria = site.staff()
        order = [
            answer(ria, field, value or "", "verder" if value else "overslaan")
            for field, value in TOLD.items()
        ]
        assert [one.rpartition("/")[2] for one in order] == [*list(TOLD)[1:], "voorlezen"]

    def test_what_is_filled_in_already_is_not_asked(self, site: Site) -> None:
        assert tell_all(site.staff()) == READ_BACK

    def test_what_was_not_agreed_to_be_said_is_asked_by_its_label(self, site: Site) -> None:
        page = site.staff()
        tell_all(page)
        asked = page.page(f"{HOME}/vraag/ontvangstdatum?na=nakijken")
        assert "Ontvangen op" in asked.one("p", class_="say").text

    def test_the_caller_is_spoken_to_in_their_own_language(self, site: Site) -> None:
        ria = site.staff()
        page = ria.page(f"{HOME}/vraag/uiteenzetting?spreek=fr")
        assert "Racontez-moi" in page.one("q", lang="fr").text
        ria.resend(f"{HOME}/vraag/uiteenzetting?spreek=fr", page, v_uiteenzetting=STORY, verder="verder")
        assert "En quelques mots" in ria.page(f"{HOME}/vraag/onderwerp").one("q").text

    def test_what_is_required_cannot_be_skipped(self, site: Site) -> None:
        page = site.staff().page(f"{HOME}/vraag/uiteenzetting")
        assert [one.attributes["value"] for one in page.all("button", name="verder")] == ["verder", "terug"]

    def test_back_keeps_what_was_typed(self, site: Site) -> None:
        ria = site.staff()
        answer(ria, "uiteenzetting", STORY)
        assert answer(ria, "onderwerp", "Halverwege", "terug").endswith("/uiteenzetting")
        assert ria.page(f"{HOME}/vraag/onderwerp").value("v_onderwerp") == "Halverwege"

    def test_danger_says_at_once_what_to_do(self, site: Site) -> None:
        ria = site.staff()
        tell_all(ria, acuut_gevaar="ja")
        assert "112" in ria.page(READ_BACK).all("div", class_="danger")[0].text

    def test_every_page_is_sound(self, site: Site) -> None:
        open_by_phone(site.runtime, "2026-05-11 09:00", uiteenzetting="De lift was stuk.")
        ria = site.staff()
        tell_all(ria)
        pages = [f"{HOME}/vraag/{field}" for field in TOLD] + [HOME, READ_BACK]
        assert {one: page_faults(ria.page(one)) for one in pages} == {one: [] for one in pages}


class TestNothingIsLost:
    def test_a_session_that_ended_loses_nothing(self, site: Site) -> None:
        ria = site.staff()
        answer(ria, "uiteenzetting", STORY)
        again = site.visitor()
        again.send("/medewerker/aanmelden", naam="ria", wachtwoord=PASSWORD)
        assert "U was met een beller bezig" in again.page(HOME).text
        assert again.page(f"{HOME}/vraag/uiteenzetting").value("v_uiteenzetting") == STORY

    def test_nobody_else_finds_it(self, site: Site) -> None:
        answer(site.staff("ria"), "uiteenzetting", STORY)
        other = site.staff("joke")
        assert other.get(HOME).location == f"{HOME}/vraag/uiteenzetting"
        assert other.page(f"{HOME}/vraag/uiteenzetting").value("v_uiteenzetting") == ""

    def test_what_was_typed_is_sealed_in_the_register(self, site: Site) -> None:
        answer(site.staff(), "uiteenzetting", STORY)
        with reading_projection(site.runtime) as register:
            kept = register.tables.select("unsent")
        assert len(kept) == 1
        assert "pyjama" not in str(kept)

    def test_what_was_typed_on_the_page_to_register_on_comes_along(self, site: Site) -> None:
        ria = site.staff()
        page = ria.page(REGISTER)
        button = page.one("button", formaction=HOME)
        assert (button.attributes["form"], button.attributes["type"]) == ("registreren", "submit")
        brought = bring(ria, v_uiteenzetting="Half getypt", v_klager_naam="Peeters")
        assert brought.location == f"{HOME}/vraag/uiteenzetting"
        assert ria.page(f"{HOME}/vraag/uiteenzetting").value("v_uiteenzetting") == "Half getypt"
        tell_all(ria, uiteenzetting="Half getypt", klager_naam="Peeters")
        assert "Naam: Peeters" in ria.page(READ_BACK).text

    def test_the_enter_key_registers_and_does_not_go_to_the_phone(self, site: Site) -> None:
        page = site.staff().page(REGISTER)
        first = page.all("button", form="registreren")[0]
        assert "formaction" not in first.attributes

    def test_where_nothing_was_typed_nothing_is_kept(self, site: Site) -> None:
        assert bring(site.staff()).location == HOME
        with reading_projection(site.runtime) as register:
            assert register.tables.count("unsent") == 0

    def test_what_was_typed_does_not_mix_with_another_caller(self, site: Site) -> None:
        ria = site.staff()
        answer(ria, "uiteenzetting", STORY)
        asked = Page(bring(ria, v_uiteenzetting="Half getypt").text)
        assert "U was met een beller bezig" in asked.text
        assert page_faults(asked) == []
        assert ria.page(f"{HOME}/vraag/uiteenzetting").value("v_uiteenzetting") == STORY
        form = next(e for e in asked.all("form") if e.attributes.get("action", "").endswith("/opnieuw"))
        ria.post(f"{HOME}/opnieuw", dict(asked.form_data(form)))
        assert ria.page(f"{HOME}/vraag/uiteenzetting").value("v_uiteenzetting") == "Half getypt"

    def test_it_can_be_wiped_for_the_next_caller(self, site: Site) -> None:
        ria = site.staff()
        answer(ria, "uiteenzetting", STORY)
        page = ria.page(HOME)
        form = next(e for e in page.all("form") if e.attributes.get("action", "").endswith("/opnieuw"))
        ria.post(f"{HOME}/opnieuw", dict(page.form_data(form)))
        assert ria.page(f"{HOME}/vraag/uiteenzetting").value("v_uiteenzetting") == ""


class TestReadingBack:
    def test_every_answer_is_read_and_can_be_changed(self, site: Site) -> None:
        ria = site.staff()
        tell_all(ria)
        page = ria.page(READ_BACK)
        read = page.all("ul", class_="read-back")[0].text
        assert "Het verhaal: Zondag om 11 uur" in read
        assert "Wil de indiener anoniem blijven? Nee" in read
        assert page.all("a", href=f"{HOME}/vraag/klager_naam?na=nakijken")

    def test_a_change_leads_back_to_reading(self, site: Site) -> None:
        ria = site.staff()
        tell_all(ria)
        address = f"{HOME}/vraag/klager_naam?na=nakijken"
        sent = ria.resend(address, ria.page(address), v_klager_naam="Pieters", verder="verder")
        assert sent.location == READ_BACK
        assert "Naam: Pieters" in ria.page(READ_BACK).text

    def test_what_is_filled_in_by_itself_is_not_read_aloud(self, site: Site) -> None:
        ria = site.staff()
        tell_all(ria)
        page = ria.page(READ_BACK)
        assert "Telefoon" in page.all("ul", class_="read-back")[1].text
        assert "Ontvangen op" not in page.all("ul", class_="read-back")[0].text

    def test_the_question_about_danger_is_not_asked_twice(self, site: Site) -> None:
        ria = site.staff()
        tell_all(ria)
        chosen = [
            one
            for one in ria.page(READ_BACK).all("input", name="vraag_gevaar")
            if "checked" in one.attributes
        ]
        assert [one.attributes["value"] for one in chosen] == ["nee"]

    @pytest.mark.parametrize(
        ("anonymous", "ticked", "noted"),
        [
            ("nee", {"voorgelezen": "ja"}, "2026-05-12"),
            ("nee", {}, None),
            ("ja", {"voorgelezen": "ja"}, None),
        ],
    )
    def test_that_it_was_read_back_is_noted_with_its_day(
        self, site: Site, anonymous: str, ticked: dict[str, str], noted: str | None
    ) -> None:
        def asked(document: dict[str, Any]) -> None:
            fields = document["forms"]["dossier"]["properties"]
            fields["mondeling_verslag_bevestigd"]["meaning"] = "read-back-on"
            fields["mondeling_verslag_bevestigd"]["show-if"] = {"anoniem": False}

        publish_change(site.runtime, asked, "2026-05-12 09:00")
        ria = site.staff()
        if anonymous == "nee":
            tell_all(ria)
        else:
            for field in ("uiteenzetting", "onderwerp"):
                answer(ria, field, TOLD[field])
            answer(ria, "anoniem", "ja")
            answer(ria, "acuut_gevaar", "nee")
        assert "Ik las het voor, en het klopt" in ria.page(READ_BACK).text
        assert ria.send(READ_BACK, **ticked).status_code == 200
        assert opened(site).get("mondeling_verslag_bevestigd") == noted

    def test_before_the_last_question_there_is_nothing_to_read(self, site: Site) -> None:
        ria = site.staff()
        answer(ria, "uiteenzetting", STORY)
        assert ria.get(READ_BACK).location == f"{HOME}/vraag/onderwerp"
        assert site.staff("joke").get(READ_BACK).location == HOME


class TestRegistering:
    def test_the_number_and_the_spelled_code_come_at_once(self, site: Site) -> None:
        ria = site.staff()
        tell_all(ria)
        page = Page(ria.send(READ_BACK).text)
        assert "BEU-2026-0001" in page.one("div", class_="follow-slip").text
        assert "open" in page.one("details", class_="spelling").attributes

    def test_the_dossier_has_what_was_told_and_that_it_came_by_phone(self, site: Site) -> None:
        ria = site.staff()
        tell_all(ria)
        ria.send(READ_BACK)
        values = opened(site)
        assert values["uiteenzetting"] == STORY
        assert (values["drager"], values["indieningsvorm"]) == (["telefoon"], "mondeling")
        assert values["ontvangstdatum"] == "2026-05-12"

    def test_sent_twice_it_is_one_dossier(self, site: Site) -> None:
        ria = site.staff()
        tell_all(ria)
        page = ria.page(READ_BACK)
        first, second = (Page(ria.resend(READ_BACK, page).text) for _ in range(2))
        code = first.one("strong", class_="code").text
        assert second.one("strong", class_="code").text == code
        with reading_projection(site.runtime) as register:
            assert register.tables.count("dossiers") == 1

    def test_what_is_changed_on_the_page_afterwards_is_told_not_to_be_in_the_dossier(
        self, site: Site
    ) -> None:
        ria = site.staff()
        tell_all(ria)
        page = ria.page(READ_BACK)
        ria.resend(READ_BACK, page)
        told = ria.resend(READ_BACK, page, vraag_gevaar="ja")
        assert told.status_code == 409
        assert "Dit gesprek werd al geregistreerd als BEU-2026-0001." in Page(told.text).text
        assert Page(told.text).all("a", href="/medewerker/dossiers/dossier-1")
        assert page_faults(Page(told.text)) == []

    def test_nothing_of_the_call_is_left(self, site: Site) -> None:
        ria = site.staff()
        tell_all(ria)
        ria.send(READ_BACK)
        with reading_projection(site.runtime) as register:
            assert register.tables.count("unsent") == 0

    def test_danger_in_the_questions_is_danger_in_the_dossier(self, site: Site) -> None:
        ria = site.staff()
        tell_all(ria)
        ria.send(READ_BACK, vraag_gevaar="ja")
        assert opened(site)["acuut_gevaar"] is True

    def test_the_proposal_is_filled_in_on_the_same_page(self, site: Site) -> None:
        ria = site.staff()
        tell_all(ria)
        answers = {"vraag_gevaar": "nee", "vraag_andere-procedure": "ja"}
        page = Page(ria.send(READ_BACK, **answers, **{"stel-voor": "ja"}).text)
        assert "Voorstel: Iets anders" in page.by_id("voorstel").text
        ria.resend(READ_BACK, page)
        assert opened(site)["type_bericht"] == "anders"

    def test_the_same_story_by_the_same_caller_is_told_first(self, site: Site) -> None:
        open_by_phone(site.runtime, "2026-05-11 09:00")
        ria = site.staff()
        tell_all(ria)
        page = Page(ria.send(READ_BACK).text)
        assert "Dit werd al verteld" in page.text
        assert "BEU-2026-0002" in Page(ria.resend(READ_BACK, page, toch="ja").text).text

    def test_an_anonymous_caller_is_asked_no_name(self, site: Site) -> None:
        ria = site.staff()
        for field in ("uiteenzetting", "onderwerp"):
            answer(ria, field, TOLD[field])
        assert answer(ria, "anoniem", "ja").endswith("/vraag/acuut_gevaar")
