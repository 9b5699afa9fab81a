"""What an organisation says on its pages, in the language of who reads them."""

from __future__ import annotations

from typing import Any

from gehoor.core.wording.public_texts import public_texts
from tests.support.de_linde import agreement, publish_change
from tests.support.pages import page_faults
from tests.support.site import new_site

NOW = "2026-05-13 09:00"
PAGE = "/de-linde/beukenhof/"
DANGER = "Is er nu gevaar, of wordt iemand mishandeld? Wacht niet op ons antwoord."


def test_the_page_of_a_department_is_wholly_in_french() -> None:
    page = new_site(NOW).visitor().page(f"{PAGE}?taal=fr")
    assert "Toute expression de mécontentement" in page.text
    assert "dans les 5 jours ouvrables après : plainte reçue" in page.text
    dutch = [text for text in public_texts(agreement()) if len(text) > 25 and text in page.text]
    assert dutch == []
    assert page_faults(page, "fr") == []


def test_who_agreed_and_who_comes_after_us_are_named_in_french() -> None:
    page = new_site(NOW).visitor().page(f"{PAGE}?taal=fr")
    assert (
        "Convenu par conseil des usagers, direction, coordinateur qualité le jeudi 15 janvier 2026."
        in page.text
    )
    assert "Woonzorglijn (ligne d'information sur les soins)" in page.text


def test_a_name_of_who_agreed_that_was_not_translated_is_missed() -> None:
    assert {"gebruikersraad", "directie", "kwaliteitscoördinator", "Woonzorglijn"} <= set(
        public_texts(agreement())
    )


def test_the_language_stays_from_page_to_page() -> None:
    visitor = new_site(NOW).visitor()
    visitor.page(f"{PAGE}?taal=en")
    assert "Question 1 of" in visitor.page("/de-linde/beukenhof/melden/vraag/uiteenzetting").text
    visitor.page(f"{PAGE}?taal=nl")
    assert "Vraag 1 van" in visitor.page("/de-linde/beukenhof/melden/vraag/uiteenzetting").text


def test_what_was_not_translated_says_in_which_language_it_is() -> None:
    def change(document: dict[str, Any]) -> None:
        del document["translations"]["fr"][DANGER]

    site = new_site(NOW)
    publish_change(site.runtime, change, "2026-05-12 09:30")
    page = site.visitor().page(f"{PAGE}?taal=fr")
    (left,) = [part for part in page.all("span", lang="nl") if part.text == DANGER]
    assert left.attributes["dir"] == "ltr"


def test_a_language_that_the_organisation_does_not_have_is_its_first_one() -> None:
    def change(document: dict[str, Any]) -> None:
        document["organisation"]["languages"] = ["nl"]

    site = new_site(NOW)
    publish_change(site.runtime, change, "2026-05-12 09:30")
    page = site.visitor().page(f"{PAGE}?taal=fr")
    assert "Ging er iets mis? Wij luisteren." in page.text
    assert page_faults(page) == []


def test_staff_read_their_pages_in_the_first_language_whatever_was_asked() -> None:
    ria = new_site(NOW).staff()
    ria.page(f"{PAGE}?taal=fr")
    assert page_faults(ria.page("/medewerker/?taal=fr")) == []
