"""What somebody reads who was never here before: what is asked of them, what was wrong, and what they take home."""

from __future__ import annotations

import pytest

from tests.scenarios.public.test_wizard import CHECK, FORM, SKIP, answer, question, to_the_check
from tests.support.pages import Page, page_faults
from tests.support.site import Visitor, new_site

EITHER = "(een van beide)"


def asked_how_to_reach() -> Visitor:
    visitor = new_site().visitor()
    answer(visitor, "uiteenzetting", uiteenzetting="De bel werd niet beantwoord.")
    for name in ("aangeklaagde_dienst", "gewenste_uitkomst", "bijlagen"):
        answer(visitor, name, SKIP)
    answer(visitor, "anoniem", anoniem="nee")
    return visitor


def marks(page: Page) -> list[str]:
    return [one.text for one in page.all("span", class_="optional")]


def test_where_one_of_two_is_asked_both_say_so() -> None:
    page = asked_how_to_reach().page(question("klager_naam"))
    assert marks(page).count(EITHER) == 2


def test_they_say_so_too_once_one_was_missing() -> None:
    page = Page(answer(asked_how_to_reach(), "klager_naam", klager_naam="Els").text)
    assert marks(page).count(EITHER) == 2


def test_they_say_so_where_all_is_asked_on_one_page() -> None:
    page = new_site().visitor().page(f"{FORM}/alles")
    assert marks(page).count(EITHER) == 2


def test_a_question_without_an_answer_is_named_once_above() -> None:
    page = Page(answer(new_site().visitor(), "uiteenzetting").text)
    label = page.one("label", for_="v_uiteenzetting").text.removesuffix(" (verplicht)")
    told = page.one("div", class_="summary")
    assert told.text.count(label) == 1
    link = next(
        e
        for e in page.all("a")
        if e.parent and e.inside("div") and e.attributes["href"] == "#v_uiteenzetting"
    )
    assert label in link.text


@pytest.mark.parametrize("address", ["/de-linde/beukenhof/", FORM])
def test_what_the_button_to_leave_does_is_said_where_it_first_stands(address: str) -> None:
    page = new_site().visitor().page(address)
    assert "De knop “Verlaat deze pagina” brengt u meteen naar een andere website" in page.text


def receipt() -> Page:
    visitor = new_site().visitor()
    to_the_check(visitor)
    return visitor.page(str(visitor.send(CHECK).location))


def test_the_receipt_leads_to_where_one_follows() -> None:
    page = receipt()
    (link,) = [e for e in page.all("a") if e.parent and e.parent.attributes.get("class") == "address"]
    assert link.attributes["href"] == link.text
    assert link.text.endswith("/volgen")
    assert page_faults(page) == []


def test_the_receipt_says_what_is_gone_after_half_an_hour() -> None:
    assert "U ziet de code nog een half uur in deze browser." in receipt().text


def test_the_button_that_copies_is_there_for_a_browser_that_can() -> None:
    page = receipt()
    button = page.one("button", data_copy="code")
    assert "hidden" in button.attributes
    assert page.by_id("code").text == page.one("strong", class_="code").text
