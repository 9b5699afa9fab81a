"""What people who work there do, from signing in to handing over, with script and without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import Page, expect

from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from tests.browser.looking import focused, sideways
from tests.browser.served import Served
from tests.browser.steps import WORK, dossier_page, press, send, sign_in, unfold
from tests.support.de_linde import INVESTIGATED, fill, open_by_web, registered
from tests.support.site import PASSWORD

Open = Callable[..., Page]
BOTH = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
LATER = pytest.mark.parametrize(
    "script", [True, pytest.param(False, marks=pytest.mark.soak)], ids=["script", "no script"]
)
COORDINATOR = "kwaliteitscoordinator"
SAVE = ".sheet .sticky button"


def phase(page: Page, name: str) -> None:
    """Unfold a phase, as a person does: by its heading."""
    fold = page.locator(f"#fase-{name}")
    if fold.get_attribute("open") is None:
        fold.locator("> summary").click()


@BOTH
def test_a_late_dossier_is_found_taken_filled_in_completed_answered_and_handed_over(
    linde: Served, open_browser: Open, script: bool
) -> None:
    runtime = linde.site.runtime
    dossier = open_by_web(runtime, "2026-05-12 13:00").dossier
    write_to_us(runtime, dossier, "Komt er nog iemand langs?", "k", linde.site.clock())
    linde.site.clock.to("2026-05-21 09:00")
    sweep(runtime, linde.site.clock())
    linde.site.add_staff("els", COORDINATOR)
    linde.site.add_staff("koen", COORDINATOR)
    page = open_browser(1280, script=script)
    sign_in(page, "els")
    press(page, "nav.tabs >> text=Te laat")
    assert page.locator("table.work .badge-late").count() == 1
    press(page, "table.work th a")
    press(page, "text=Ik behandel dit")
    assert page.locator(".nobody").count() == 0
    phase(page, "registratie")
    press(page, "#fase-registratie button[name=afronden]")
    assert "Onderwerp" in page.inner_text(".summary")
    if script:
        assert page.locator(".summary:focus").count() == 1
        page.click(".summary a >> text=Onderwerp")
        assert focused(page) == "v_onderwerp"
    phase(page, "registratie")
    page.fill("#v_onderwerp", "Bel niet beantwoord")
    page.fill("#v_registratie_te_laat_reden", "Niemand zag het bericht.")
    page.check("input[name=v_acuut_gevaar][value=nee]")
    press(page, "#fase-registratie button[name=afronden]")
    assert page.inner_text(".saved").strip() == "Bewaard. Registratie volledig."
    press(page, "nav.tabs >> text=Berichten")
    page.fill("#bericht", "Ja, morgen om tien uur.")
    press(page, "text=Bericht plaatsen")
    assert "Ja, morgen om tien uur." in page.inner_text(".messages")
    press(page, "nav.tabs >> text=Overzicht")
    assert "Els (u)" in page.inner_text(".handling")
    page.click("text=Overdragen of teruggeven")
    page.select_option("#aan", "koen")
    page.fill("#nota", "Bel mevrouw na 14 uur.")
    press(page, ".handling details button")
    assert "Koen" in page.inner_text(".handling")
    opened = look(runtime, dossier, linde.site.clock())
    assert opened.dossier.values["onderwerp"] == "Bel niet beantwoord"
    assert opened.dossier.values["registratiedatum"] == "2026-05-21"
    assert (opened.dossier.handler, opened.dossier.unanswered) == ("koen", False)


@LATER
def test_a_director_approves_a_serious_answer(linde: Served, open_browser: Open, script: bool) -> None:
    dossier = registered(linde.site.runtime)
    fill(linde.site.runtime, dossier, "2026-05-14 09:00", **{**INVESTIGATED, "ernst": 5})
    linde.site.clock.to("2026-05-15 09:00")
    linde.site.add_staff("an", "algemeen-directeur")
    page = open_browser(360, 740, script=script)
    sign_in(page, "an")
    press(page, "table.work th a")
    page.click("summary >> text=Goedkeuren")
    press(page, "form[action$=goedkeuringen] button, form[action*=goedkeur] button")
    assert page.locator("text=Goedkeuren").count() == 0
    press(page, "nav.tabs >> text=Overzicht")
    assert "Goedgekeurd" in page.inner_text(".overview")
    assert sideways(page) == 0


@LATER
def test_a_dossier_is_found_by_its_number_from_any_page(
    linde: Served, open_browser: Open, script: bool
) -> None:
    registered(linde.site.runtime)
    linde.site.add_staff("ria", "onthaal")
    page = open_browser(1280, script=script)
    sign_in(page)
    if script:
        page.keyboard.press("/")
        assert focused(page) == "zoek"
        page.keyboard.type("BEU-2026-0001")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    else:
        page.fill("#zoek", "BEU-2026-0001")
        press(page, ".find button")
    assert "1 dossier gevonden." in page.inner_text("main")
    press(page, ".hits a")
    assert page.inner_text("h1") == "Bel niet beantwoord"
    assert "BEU-2026-0001" in page.inner_text("main")


def test_a_slash_that_is_typed_stays_a_slash(linde: Served, open_browser: Open) -> None:
    dossier = registered(linde.site.runtime)
    linde.site.add_staff("ria", "onthaal")
    page = open_browser(1280)
    sign_in(page)
    page.goto(dossier_page(dossier))
    unfold(page)
    page.focus("#v_onderwerp")
    page.keyboard.press("End")
    page.keyboard.type(" en/of gemist")
    assert page.input_value("#v_onderwerp") == "Bel niet beantwoord en/of gemist"


@LATER
def test_someone_accused_sees_nothing(linde: Served, open_browser: Open, script: bool) -> None:
    dossier = registered(linde.site.runtime)
    linde.site.add_staff("els", COORDINATOR)
    linde.site.add_staff("koen", COORDINATOR)
    accused = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["koen"]}
    fill(linde.site.runtime, dossier, "2026-05-13 10:00", actor="els", **accused)
    linde.site.clock.to("2026-05-14 09:00")
    page = open_browser(1280, script=script)
    sign_in(page, "koen")
    assert "BEU-2026-0001" not in page.content()
    assert set(page.locator(".lists .count").all_inner_texts()) == {"0"}
    page.goto(f"{WORK}zoeken?q=bel")
    assert "0 dossiers gevonden." in page.inner_text("main")
    page.goto(dossier_page(dossier))
    assert page.inner_text("h1") == "Deze pagina bestaat niet"


@LATER
def test_signing_in_with_a_second_step(linde: Served, open_browser: Open, script: bool) -> None:
    linde.site.add_staff("ria", "onthaal")
    page = open_browser(360, 740, script=script)
    sign_in(page)
    press(page, "a.who")
    press(page, "text=Tweede stap aanzetten")
    page.fill("#wachtwoord", PASSWORD)
    send(page)
    phone = pyotp.TOTP(page.inner_text(".key").replace(" ", ""))
    page.fill("#code", phone.at(linde.site.clock.now))
    send(page)
    assert len(page.locator(".recovery li").all()) == 10
    press(page, "text=Ik heb ze bewaard")
    press(page, "text=Afmelden")
    linde.site.clock.now += timedelta(seconds=30)
    sign_in(page)
    assert page.inner_text("h1") == "Tweede stap"
    page.fill("#code", phone.at(linde.site.clock.now))
    send(page)
    expect(page.locator("nav.tabs")).to_have_count(1)


@BOTH
def test_a_session_that_ended_keeps_what_was_typed(linde: Served, open_browser: Open, script: bool) -> None:
    dossier = registered(linde.site.runtime)
    linde.site.add_staff("ria", "onthaal")
    page = open_browser(1280, script=script)
    sign_in(page)
    page.goto(dossier_page(dossier))
    phase(page, "registratie")
    linde.site.clock.to("2026-05-14 09:00")
    page.fill("#v_onderwerp", "De bel bleef rinkelen")
    press(page, SAVE)
    assert "is niet verloren" in page.inner_text("[role=status]")
    sign_in(page, goto=False)
    press(page, "text=Verder met wat u typte")
    assert page.inner_text(".saved").strip() == "Bewaard. Ingevuld: Onderwerp."
    values = look(linde.site.runtime, dossier, linde.site.clock()).dossier.values
    assert values["onderwerp"] == "De bel bleef rinkelen"


def test_what_was_typed_in_a_dossier_is_there_after_a_reload(linde: Served, open_browser: Open) -> None:
    dossier = registered(linde.site.runtime)
    linde.site.clock.to("2026-05-13 14:02")
    linde.site.add_staff("ria", "onthaal")
    page = open_browser(1280)
    sign_in(page)
    page.goto(dossier_page(dossier))
    phase(page, "registratie")
    page.fill("#v_onderwerp", "De bel bleef rinkelen")
    kept = page.locator("[data-kept][role=status]:not(:empty)")
    kept.wait_for()
    assert kept.inner_text() == "Bijgehouden om 14:02. Nog niet bewaard."
    page.reload()
    assert page.input_value("#v_onderwerp") == "De bel bleef rinkelen"
    press(page, "text=Gooi dat weg")
    assert page.input_value("#v_onderwerp") == "Bel niet beantwoord"


@LATER
def test_two_people_in_one_field_see_both_versions(linde: Served, open_browser: Open, script: bool) -> None:
    dossier = registered(linde.site.runtime)
    linde.site.clock.to("2026-05-13 14:02")
    linde.site.add_staff("ria", "onthaal")
    linde.site.add_staff("els", COORDINATOR)
    page, other = open_browser(1280, script=script), open_browser(1280, script=script)
    for window, name in ((page, "ria"), (other, "els")):
        sign_in(window, name)
        window.goto(dossier_page(dossier))
        phase(window, "registratie")
    other.fill("#v_onderwerp", "Bel stuk")
    press(other, SAVE)
    page.fill("#v_onderwerp", "De bel bleef rinkelen")
    if script:
        page.wait_for_selector("[data-others] li")
        assert "Er staat nu: Bel stuk" in page.inner_text("[data-others]")
    press(page, SAVE)
    assert "Els wijzigde dit" in page.inner_text(".summary")
    phase(page, "registratie")
    assert page.input_value("#v_onderwerp") == "De bel bleef rinkelen"
    assert "Intussen staat er: Bel stuk" in page.inner_text("#v_onderwerp-fout")


def test_a_question_that_an_answer_brings_stands_there_at_once(linde: Served, open_browser: Open) -> None:
    dossier = registered(linde.site.runtime)
    linde.site.clock.to("2026-05-20 10:00")
    linde.site.add_staff("els", COORDINATOR)
    page = open_browser(1280)
    sign_in(page, "els")
    page.goto(dossier_page(dossier))
    phase(page, "onderzoek")
    assert page.locator("#v_gegrondheid_motivering").count() == 0
    page.check("[name=v_gegrondheid][value=gegrond]")
    page.fill("#v_gegrondheid_motivering", "Zoals het rooster laat zien.")
    press(page, SAVE)
    assert look(linde.site.runtime, dossier, linde.site.clock()).dossier.values["gegrondheid_motivering"]


@pytest.mark.parametrize("width", [320, 768, 1024, 1226, 1280, 1366])
def test_a_list_of_several_departments_fits_on_any_screen(
    linde: Served, open_browser: Open, width: int
) -> None:
    open_by_web(linde.site.runtime, "2026-05-12 13:00")
    sweep(linde.site.runtime, linde.site.clock())
    linde.site.add_staff("els", f"de-linde/*:{COORDINATOR}")
    page = open_browser(width)
    sign_in(page, "els")
    assert page.locator("table.work").count() == 1
    assert sideways(page) == 0
