"""With script, what a phase still needs follows what is filled in, and a choice that was made can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Served
from tests.browser.steps import dossier_page, on_new_dossier, sign_in, unfold
from tests.support.de_linde import open_by_web, publish_change, registered

NEEDS = ".needs li[data-need=v_{}]"
DANGER = "input[name=v_acuut_gevaar][value=ja]"


@pytest.fixture
def page(linde: Served, open_browser: Callable[..., Page]) -> Page:
    """A dossier that just came in, as who registers it has it open."""
    return on_new_dossier(linde, open_browser)


def kept(page: Page, choice: str) -> None:
    """Choose, and wait until it is kept as typed."""
    with page.expect_response("**/onbewaard"):
        page.check(choice)
    expect(page.locator("[data-kept]")).not_to_be_empty()


def test_what_got_an_answer_is_struck_and_said_to_be_unsaved(page: Page) -> None:
    line = page.locator(NEEDS.format("onderwerp"))
    page.fill("#v_onderwerp", "Bel niet beantwoord")
    assert line.inner_text().endswith("ingevuld, nog niet bewaard")


def test_what_is_emptied_again_is_needed_again(page: Page) -> None:
    line = page.locator(NEEDS.format("onderwerp"))
    page.fill("#v_onderwerp", "Bel niet beantwoord")
    page.fill("#v_onderwerp", "")
    assert (line.count(), line.locator(".given").count()) == (1, 0)


def test_what_an_answer_asks_besides_comes_in_the_list(page: Page) -> None:
    line = page.locator(NEEDS.format("gevaar_gemeld_aan"))
    before = line.count()
    kept(page, DANGER)
    assert (before, line.inner_text()) == (0, "Aan wie is het gevaar gemeld?")


def test_and_leaves_it_with_that_answer(page: Page) -> None:
    kept(page, DANGER)
    kept(page, "input[name=v_acuut_gevaar][value=nee]")
    expect(page.locator(NEEDS.format("gevaar_gemeld_aan"))).to_have_count(0)


def test_a_line_that_came_leads_to_its_field(page: Page) -> None:
    kept(page, DANGER)
    page.click(NEEDS.format("gevaar_gemeld_aan") + " a")
    assert page.evaluate("document.activeElement.name") == "v_gevaar_gemeld_aan"


def test_a_choice_is_taken_back(page: Page) -> None:
    page.check(DANGER)
    page.click("#v_acuut_gevaar [data-take-back]")
    assert page.locator("#v_acuut_gevaar input:checked").count() == 0


def test_where_nothing_is_chosen_there_is_nothing_to_take_back(page: Page) -> None:
    page.check(DANGER)
    button = page.locator("#v_acuut_gevaar [data-take-back]")
    before = button.is_visible()
    button.click()
    assert (before, button.is_visible()) == (True, False)


def test_who_comes_to_earlier_dossiers_sees_those_that_tell_nearly_the_same(
    linde: Served, open_browser: Callable[..., Page]
) -> None:
    def looking_up(document: dict[str, Any]) -> None:
        document["earlier-dossiers"] = {"looked-up-in": ["eerdere_klachten_persoon"]}

    publish_change(linde.site.runtime, looking_up, "2026-02-01 09:00")
    first = open_by_web(linde.site.runtime, "2026-03-02 10:00", klager_naam="Janssens").dossier
    dossier = registered(linde.site.runtime)
    linde.site.add_staff("els", "kwaliteitscoordinator")
    page = open_browser(1280)
    sign_in(page, "els")
    page.goto(dossier_page(dossier))
    unfold(page)
    page.locator("[data-alike]").locator("..").scroll_into_view_if_needed()
    expect(page.locator(f"[data-alike] a[href$='{first}']")).to_be_visible()
