"""Many people share an address: a school, a hospital, everybody behind one provider. Nobody of them is kept out."""

from __future__ import annotations

from tests.support.de_linde import open_by_web
from tests.support.pages import Page, page_faults
from tests.support.site import PASSWORD, new_site

TELL = "/de-linde/beukenhof/melden/alles"
STORY = "Zondag kwam een uur lang niemand op de bel."
SIGN_IN = "/medewerker/aanmelden"


def test_whoever_has_the_code_comes_in_however_many_did_before() -> None:
    site = new_site()
    code = open_by_web(site.runtime, "2026-05-12 13:00").code
    answers = {site.visitor().post("/volgen", {"code": code}).status_code for _ in range(310)}
    assert answers == {303}


def test_everybody_signs_in_at_the_beginning_of_the_day() -> None:
    site = new_site()
    site.add_staff("ria", "onthaal")
    answers = {site.visitor().send(SIGN_IN, naam="ria", wachtwoord=PASSWORD).status_code for _ in range(310)}
    assert answers == {303}


def test_who_sends_and_sends_again_has_to_wait_and_loses_nothing_typed() -> None:
    site = new_site()
    visitor = site.visitor()
    for _ in range(300):
        visitor.post(TELL, {"v_anoniem": "ja"})
    told = visitor.post(TELL, {"v_uiteenzetting": STORY, "v_anoniem": "ja"})
    page = Page(told.text)
    assert told.status_code == 429
    assert page.value("v_uiteenzetting") == STORY
    assert "Wacht een kwartier" in page.one("div", class_="summary").text
    assert page_faults(page) == []
