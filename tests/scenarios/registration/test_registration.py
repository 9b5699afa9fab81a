"""Staff register what somebody told: the page, what the questions propose, who told before, and what they get."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.dossiers.viewing import look
from tests.support.clock import at
from tests.support.de_linde import PHONE, STORY, fill, open_by_phone
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

ADDRESS = "/medewerker/de-linde/beukenhof/registreren"
ELSEWHERE = "/medewerker/de-linde/eikenrode/registreren"
DISSATISFIED = {"vraag_gevaar": "nee", "vraag_andere-procedure": "nee", "vraag_ontevreden": "ja"}
TOLD = {f"v_{name}": value for name, value in PHONE.items()}


@pytest.fixture
def site() -> Site:
    return new_site()


def press(visitor: Visitor, button: str, **typed: Any) -> Page:
    return Page(visitor.send(ADDRESS, **{button: "ja"}, **typed).text)


def checked(page: Page, name: str) -> list[str]:
    return [one.attributes["value"] for one in page.all("input", name=name) if "checked" in one.attributes]


def numbers(site: Site) -> list[str]:
    with site.runtime.store.transaction() as tables:
        return sorted(one["number"] for one in tables.select("dossiers"))


class TestThePage:
    def test_the_story_comes_first_and_what_may_wait_is_folded(self, site: Site) -> None:
        page = site.staff().page(ADDRESS)
        asked = [e for e in page.elements if e.attributes.get("name", "").startswith("v_")]
        assert asked[0].attributes["name"] == "v_uiteenzetting"
        folded = {e.attributes["name"] for e in asked if e.inside("details")}
        assert folded == {"v_ontvangst_tijdstip", "v_indieningsvorm", "v_bijlagen", "v_acuut_gevaar"}

    def test_what_is_required_is_never_folded(self, site: Site) -> None:
        page = site.staff().page(ADDRESS)
        for name in ("v_uiteenzetting", "v_anoniem", "v_ontvangstdatum", "v_drager", "v_klager_naam"):
            assert not any(e.inside("details") for e in page.all("input", name=name))

    def test_what_is_wrong_is_unfolded(self, site: Site) -> None:
        page = Page(site.staff().send(ADDRESS, **{**TOLD, "v_ontvangst_tijdstip": "straks"}).text)
        assert "open" in page.one("details", class_="more-fields").attributes

    def test_each_department_has_its_own_definition_beside_it(self, site: Site) -> None:
        page = site.staff().page(ADDRESS)
        assert "Elke uiting van ontevredenheid" in page.one("aside").text

    def test_the_page_is_sound_with_everything_on_it(self, site: Site) -> None:
        page = press(site.staff(), "stel-voor", **{**DISSATISFIED, "vraag_gevaar": "weet-niet"})
        assert page_faults(page) == []


class TestTheQuestions:
    def test_they_propose_a_kind_with_the_reason_and_what_is_done(self, site: Site) -> None:
        page = press(site.staff(), "stel-voor", **DISSATISFIED)
        told = page.by_id("voorstel").text
        assert "Voorstel: Klacht, omdat het antwoord ja is op" in told
        assert "Wij onderzoeken de klacht" in told

    def test_the_proposal_is_filled_in_and_nothing_is_registered(self, site: Site) -> None:
        answers = {"vraag_gevaar": "nee", "vraag_andere-procedure": "ja"}
        page = press(site.staff(), "stel-voor", **answers)
        assert checked(page, "v_type_bericht") == ["anders"]
        assert numbers(site) == []

    def test_danger_says_what_to_do_now_and_is_filled_in(self, site: Site) -> None:
        page = press(site.staff(), "stel-voor", vraag_gevaar="ja")
        assert "112" in page.one("div", class_="danger").text
        assert checked(page, "v_acuut_gevaar") == ["ja"]

    def test_what_was_typed_stays(self, site: Site) -> None:
        page = press(site.staff(), "stel-voor", **DISSATISFIED, v_uiteenzetting=STORY)
        assert page.value("v_uiteenzetting") == STORY

    def test_an_unfinished_way_says_what_is_asked_next(self, site: Site) -> None:
        page = press(site.staff(), "stel-voor", vraag_gevaar="nee")
        assert "Beantwoord nog: Loopt hiervoor" in page.by_id("voorstel").text

    def test_the_script_gets_the_same_from_the_same_function(self, site: Site) -> None:
        ria = site.staff()
        token = ria.page(ADDRESS).value("csrf_token")
        told = ria.post(f"{ADDRESS}/voorstel", {"csrf_token": token, **DISSATISFIED}).json
        assert told["asked"] == ["gevaar", "andere-procedure", "ontevreden"]
        assert (told["kind"], told["danger"]) == ("klacht", False)
        assert "Voorstel: Klacht" in told["html"]

    def test_who_did_not_see_the_proposal_sees_it_before_choosing_otherwise(self, site: Site) -> None:
        ria = site.staff()
        wished = {**TOLD, **DISSATISFIED, "v_type_bericht": "opmerking"}
        page = Page(ria.send(ADDRESS, **wished).text)
        assert "Voorstel: Klacht. U koos iets anders." in page.text
        assert numbers(site) == []
        ria.resend(ADDRESS, page)
        assert numbers(site) == ["BEU-2026-0001"]

    def test_choosing_otherwise_is_kept_for_the_timeline(self, site: Site) -> None:
        ria = site.staff()
        page = press(ria, "stel-voor", **TOLD, **DISSATISFIED)
        ria.resend(ADDRESS, page, v_type_bericht="opmerking")
        opened = look(site.runtime, "dossier-1", at("2026-05-12 15:00")).events[0].data
        assert opened["values"]["type_bericht"] == "opmerking"
        assert opened["proposal"] == {"kind": "klacht", "decided_by": "ontevreden"}


class TestWhoToldBefore:
    def hint(self, visitor: Visitor, address: str = ADDRESS, **typed: str) -> dict[str, Any]:
        token = visitor.page(address).value("csrf_token")
        told = visitor.post(f"{address}/eerder", {"csrf_token": token, **typed}).json
        assert told is not None
        return {**told, "html": told["html"].strip()}

    def test_a_name_is_enough_also_when_they_left_a_number_then(self, site: Site) -> None:
        open_by_phone(site.runtime, "2026-05-11 09:00")
        told = self.hint(site.staff(), v_klager_naam="peeters", v_anoniem="nee")
        assert told["total"] == 1
        assert "BEU-2026-0001" in told["html"]
        assert "Bel niet beantwoord" in told["html"]

    def test_a_phone_number_is_known_however_it_is_written(self, site: Site) -> None:
        open_by_phone(site.runtime, "2026-05-11 09:00")
        assert self.hint(site.staff(), v_klager_telefoon="+32 470 123456")["total"] == 1

    def test_of_another_department_only_the_number_is_told(self, site: Site) -> None:
        open_by_phone(site.runtime, "2026-05-11 09:00", "eikenrode")
        told = self.hint(site.staff(), v_klager_telefoon="0470 12 34 56")
        assert told["total"] == 1
        assert "1 dossier is van een andere afdeling." in told["html"]
        assert "EIK-" not in told["html"]
        assert "Bel niet" not in told["html"]

    def test_what_is_about_oneself_is_not_even_counted(self, site: Site) -> None:
        koen = site.staff("koen", "teamverantwoordelijke")
        dossier = open_by_phone(site.runtime, "2026-05-11 09:00").dossier
        assert self.hint(koen, v_klager_naam="Peeters")["total"] == 1
        site.add_staff("els", "kwaliteitscoordinator")
        fill(
            site.runtime, dossier, "2026-05-11 10:00", actor="els",
            voorwerp="persoon", aangeklaagde_medewerkers=["koen"],
        )  # fmt: skip
        assert self.hint(koen, v_klager_naam="Peeters") == {"html": "", "total": 0}

    def test_the_same_story_about_oneself_is_not_told_either(self, site: Site) -> None:
        koen = site.staff("koen", "teamverantwoordelijke")
        dossier = open_by_phone(site.runtime, "2026-05-11 09:00").dossier
        site.add_staff("els", "kwaliteitscoordinator")
        fill(
            site.runtime, dossier, "2026-05-11 10:00", actor="els",
            voorwerp="persoon", aangeklaagde_medewerkers=["koen"],
        )  # fmt: skip
        assert "BEU-2026-0002" in koen.send(ADDRESS, **TOLD).text

    def test_who_stays_anonymous_is_not_looked_for(self, site: Site) -> None:
        open_by_phone(site.runtime, "2026-05-11 09:00")
        assert self.hint(site.staff(), v_klager_naam="Peeters", v_anoniem="ja")["total"] == 0

    def test_without_a_script_it_stands_on_the_page_after_registering(self, site: Site) -> None:
        open_by_phone(site.runtime, "2026-05-11 09:00", uiteenzetting="De lift was stuk.")
        page = Page(site.staff().send(ADDRESS, **TOLD).text)
        assert "BEU-2026-0001" in page.one("div", class_="earlier").text

    def test_the_first_dossier_of_somebody_is_not_its_own_earlier_one(self, site: Site) -> None:
        page = Page(site.staff().send(ADDRESS, **TOLD).text)
        assert page.all("div", class_="earlier") == []


class TestTheSameStoryTwice:
    def test_it_is_told_before_a_second_dossier_is_opened(self, site: Site) -> None:
        open_by_phone(site.runtime, "2026-05-11 09:00")
        page = Page(site.staff().send(ADDRESS, **{**TOLD, "v_uiteenzetting": STORY.upper()}).text)
        assert "Dit werd al verteld" in page.text
        assert page.all("a", href="/medewerker/dossiers/dossier-1")
        assert numbers(site) == ["BEU-2026-0001"]

    def test_it_can_be_registered_anyway(self, site: Site) -> None:
        open_by_phone(site.runtime, "2026-05-11 09:00")
        ria = site.staff()
        page = Page(ria.send(ADDRESS, **TOLD).text)
        ria.resend(ADDRESS, page, toch="ja")
        assert numbers(site) == ["BEU-2026-0001", "BEU-2026-0002"]

    def test_the_same_person_about_something_else_is_not_held_up(self, site: Site) -> None:
        open_by_phone(site.runtime, "2026-05-11 09:00", uiteenzetting="De lift is voor de derde keer stuk.")
        site.staff().send(ADDRESS, **TOLD)
        assert len(numbers(site)) == 2

    def test_a_story_of_another_department_is_not_told(self, site: Site) -> None:
        open_by_phone(site.runtime, "2026-05-11 09:00", "eikenrode")
        site.staff().send(ADDRESS, **TOLD)
        assert "BEU-2026-0001" in numbers(site)

    def test_sent_twice_it_is_one_dossier_and_no_warning(self, site: Site) -> None:
        ria = site.staff()
        page = ria.page(ADDRESS)
        first, second = (Page(ria.resend(ADDRESS, page, **TOLD).text) for _ in range(2))
        assert first.by_id("inhoud").text == second.by_id("inhoud").text
        assert numbers(site) == ["BEU-2026-0001"]


class TestOnceRegistered:
    def test_the_slip_has_number_code_and_what_comes_and_nothing_of_the_story(self, site: Site) -> None:
        slip = Page(site.staff().send(ADDRESS, **TOLD).text).one("div", class_="follow-slip").text
        assert "BEU-2026-0001" in slip
        assert "Wij laten u weten dat wij uw bericht ontvingen." in slip
        assert "pyjama" not in slip
        assert "Peeters" not in slip

    def test_the_code_is_spelled_for_reading_aloud(self, site: Site) -> None:
        page = Page(site.staff().send(ADDRESS, **TOLD).text)
        code = page.one("strong", class_="code").text.replace("-", "")
        assert [one.text for one in page.all("b")] == list(code)

    def test_a_letter_that_lay_about_says_at_once_what_is_late(self, site: Site) -> None:
        """Scenario 3: dated 3 April, received 9 April, registered 20 April."""
        site.clock.to("2026-04-20 09:00")
        letter = {**TOLD, "v_ontvangstdatum": "2026-04-09", "v_drager": ["brief"]}
        late = Page(site.staff().send(ADDRESS, **letter).text).one("section", class_="hold").text
        assert "Ontvangstmelding versturen: had klaar moeten zijn op donderdag 16 april 2026." in late

    def test_what_is_on_time_says_nothing_of_late(self, site: Site) -> None:
        page = Page(site.staff().send(ADDRESS, **TOLD).text)
        assert page.all("section", class_="hold") == []

    def test_the_page_is_sound(self, site: Site) -> None:
        open_by_phone(site.runtime, "2026-05-11 09:00", uiteenzetting="De lift was stuk.")
        assert page_faults(Page(site.staff().send(ADDRESS, **TOLD).text)) == []
