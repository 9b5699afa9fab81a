"""What somebody outside types outlives a reload, and nothing of it is left in the browser once they leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Served
from tests.browser.steps import FORM, begin, follow
from tests.support.de_linde import STORY, open_by_web

HELD = "JSON.stringify(Object.entries(sessionStorage))"
FIELD = "#v_uiteenzetting"


@pytest.fixture
def page(linde: Served, open_browser: Callable[..., Page]) -> Page:
    """The first question on a phone, half answered."""
    page = open_browser(390)
    begin(page)
    page.locator(FIELD).press_sequentially(STORY)
    return page


def test_after_a_reload_it_is_there_and_no_longer_in_the_storage(page: Page) -> None:
    page.reload()
    expect(page.locator(FIELD)).to_have_value(STORY)
    expect(page.get_by_text("Wat u typte, staat er nog.")).to_be_visible()
    assert page.evaluate(HELD) == "[]"
    assert page.context.cookies() == []


def test_also_after_a_second_reload(page: Page) -> None:
    page.reload()
    page.reload()
    expect(page.locator(FIELD)).to_have_value(STORY)


def test_after_leaving_nothing_is_left(page: Page, linde: Served) -> None:
    page.route("https://**", lambda route: route.fulfill(body="elders", content_type="text/html"))
    page.click("[data-leave]")
    page.wait_for_url("https://**")
    page.goto(f"{linde.home}{FORM}")
    assert page.evaluate(HELD) == "[]"
    begin(page)
    expect(page.locator(FIELD)).to_have_value("")


def test_another_page_of_ours_holds_nothing_of_it(page: Page) -> None:
    page.evaluate("location.assign('/de-linde/beukenhof/')")
    page.wait_for_url("**/beukenhof/")
    assert STORY not in page.evaluate(HELD)


def test_a_link_to_another_page_asks_first(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.click("header a.brand")
    expect(page.locator(FIELD)).to_have_value(STORY)
    assert asked == ["Wat u typte, is nog niet verstuurd en is dan weg. Toch verdergaan?"]


def test_in_another_language_it_stays(page: Page) -> None:
    page.click(".languages a[lang=fr]")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator(FIELD)).to_have_value(STORY)


def test_once_it_is_sent_it_is_nowhere(page: Page) -> None:
    page.click("button[name=verder][value=verder]")
    page.wait_for_url(lambda url: "uiteenzetting" not in url)
    assert STORY not in page.evaluate(HELD)


def test_a_message_to_us_stays_over_a_reload_too(linde: Served, open_browser: Callable[..., Page]) -> None:
    code = open_by_web(linde.site.runtime, "2026-05-12 13:00").code
    assert code
    page = open_browser(390)
    follow(page, code)
    page.locator("#bericht").press_sequentially("Nog iets")
    page.reload()
    expect(page.locator("#bericht")).to_have_value("Nog iets")
