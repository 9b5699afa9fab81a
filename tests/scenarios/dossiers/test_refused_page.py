"""A page that goes back to its writer holds what they typed, and all that is asked of them."""

from __future__ import annotations

from typing import Any

from tests.support.de_linde import INVESTIGATED, fill, open_by_phone, open_by_web, registered
from tests.support.pages import Page, page_faults
from tests.support.site import Visitor, new_site

END = "onderzoek_afgerond_op"


def dossier_page(dossier: str) -> str:
    return f"/medewerker/dossiers/{dossier}"


def completing(**typed: Any) -> tuple[Visitor, str, Page]:
    """Press the button that ends the investigation, with a judgement and nothing that explains it."""
    site = new_site("2026-05-20 10:00")
    dossier = registered(site.runtime)
    given = {
        f"v_{name}": value for name, value in {**INVESTIGATED, "gegrondheid": "gegrond", **typed}.items()
    }
    ria = site.staff()
    answer = ria.send(dossier_page(dossier), **given, afronden=END)
    assert answer.status_code == 422
    return ria, dossier, Page(answer.text)


def test_what_an_answer_brings_is_asked_on_the_page_that_was_refused_for_it() -> None:
    _, _, page = completing()
    assert "Waarom dit oordeel?" in page.one("div", class_="summary").text
    assert page.by_id("v_gegrondheid_motivering").tag == "textarea"
    assert "gegrondheid_motivering" in [value for name, value in page.form_data() if name == "getoond"]
    assert page_faults(page) == []


def test_what_was_refused_can_be_mended_on_that_page() -> None:
    ria, dossier, page = completing()
    answer = ria.resend(
        dossier_page(dossier), page, v_gegrondheid_motivering="Zoals het rooster laat zien.", afronden=END
    )
    assert answer.status_code == 303


def test_the_button_that_completes_leaves_no_day_behind_when_it_is_refused() -> None:
    _, _, page = completing()
    assert page.value(f"v_{END}") == ""


def test_a_day_that_somebody_typed_stays_when_it_is_refused() -> None:
    _, _, page = completing(onderzoek_afgerond_op="2026-05-19")
    assert "19" in page.value(f"v_{END}")


def test_a_field_that_waits_for_an_answer_is_no_part_of_the_form_before() -> None:
    site = new_site("2026-05-20 10:00")
    page = site.staff().page(dossier_page(registered(site.runtime)))
    assert "gegrondheid_motivering" not in [value for name, value in page.form_data() if name == "getoond"]


def test_what_was_typed_is_no_longer_named_as_needed_on_the_page_that_comes_back() -> None:
    site = new_site("2026-05-13 10:00")
    dossier = open_by_web(site.runtime, "2026-05-12 13:00").dossier
    els = site.staff("els", "kwaliteitscoordinator")
    home = dossier_page(dossier)
    asked = els.page(home).by_id("fase-registratie").text
    assert "Onderwerp" in asked.partition("Nog nodig")[2]
    answer = els.send(home, v_onderwerp="Bel niet beantwoord", v_feiten_van="geen dag")
    page = Page(answer.text)
    assert answer.status_code == 422
    needed = [one.text for one in page.all("div", class_="needs")]
    assert not any("Onderwerp" in text for text in needed)


def test_what_somebody_else_hid_meanwhile_is_told_and_stands_there_still() -> None:
    site = new_site("2026-05-20 09:00")
    dossier = open_by_phone(site.runtime, "2026-05-12 14:00").dossier
    place = f"/medewerker/dossiers/{dossier}"
    staff = site.staff()
    page = staff.page(place)
    anonymous = {"anoniem": "ja", "klager_naam": "", "klager_telefoon": ""}
    fill(site.runtime, dossier, "2026-05-19 09:00", actor="jo", **anonymous)
    answer = staff.resend(place, page, v_klager_email="els@voorbeeld.be")
    told = Page(answer.text)
    assert (answer.status_code, page_faults(told)) == (409, [])
    assert told.value("v_klager_email") == "els@voorbeeld.be"
    assert "jo wijzigde dit" in answer.text
