"""The rooms of a dossier: each has an address, and leads to the others."""

from __future__ import annotations

import pytest

from tests.support.de_linde import open_by_web, registered
from tests.support.pages import page_faults
from tests.support.site import new_site

ROOMS = {"/overzicht": "Overzicht", "": "Behandelen", "/berichten": "Berichten", "/verloop": "Verloop"}


@pytest.mark.parametrize(("room", "name"), ROOMS.items())
def test_each_room_leads_to_the_others_and_says_where_one_is(room: str, name: str) -> None:
    site = new_site()
    home = f"/medewerker/dossiers/{open_by_web(site.runtime, '2026-05-12 13:00').dossier}"
    page = site.staff().page(f"{home}{room}")
    links = [link for link in page.all("a") if link.inside("nav")]
    assert {f"{home}{room}" for room in ROOMS} <= {link.attributes["href"] for link in links}
    assert [link.text for link in links if "aria-current" in link.attributes] == [name]
    assert page_faults(page) == []


def test_what_happened_has_an_address_of_its_own() -> None:
    site = new_site("2026-05-13 10:00")
    page = site.staff().page(f"/medewerker/dossiers/{registered(site.runtime)}/verloop")
    assert "Dossier geopend" in page.one("section", class_="timeline").text


def test_who_may_not_write_reads_what_was_written() -> None:
    site = new_site()
    path = f"/medewerker/dossiers/{open_by_web(site.runtime, '2026-05-12 13:00').dossier}/berichten"
    page = site.staff().page(path)
    assert "Berichten met de melder" in page.text
