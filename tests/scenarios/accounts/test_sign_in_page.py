"""The page to sign in: which name it wants, and what it says when that was another."""

from __future__ import annotations

from tests.support.pages import Page, page_faults
from tests.support.site import Site, new_site

ADDRESS = "/medewerker/aanmelden"
HELP = "Dat is de korte naam die u kreeg, niet uw volledige naam."


def refused(site: Site, name: str) -> Page:
    return Page(site.visitor().send(ADDRESS, naam=name, wachtwoord="x" * 12).text)


def test_one_can_type_at_once() -> None:
    page = new_site().visitor().page(ADDRESS)
    assert page.one("label", for_="naam").text == "Gebruikersnaam"
    assert "autofocus" in page.by_id("naam").attributes
    assert HELP not in page.text


def test_who_was_refused_hears_which_name_is_meant() -> None:
    page = refused(new_site(), "Ria Claes")
    assert HELP in page.text
    assert page_faults(page) == []


def test_whether_a_name_exists_nobody_hears() -> None:
    site = new_site()
    site.add_staff("ria", "onthaal")
    known, unknown = (refused(site, name).text for name in ("ria", "els"))
    assert known == unknown
