"""What staff type and did not send is there again after a reload, and after leaving by a link and coming back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.served import Served
from tests.browser.steps import on_new_dossier

HALF = "Dit is nog niet"


@pytest.fixture
def page(linde: Served, open_browser: Callable[..., Page]) -> Page:
    """The messages of a dossier, as who may write them has them open."""
    return on_new_dossier(linde, open_browser, "/berichten")


@pytest.mark.parametrize("field", ["bericht", "notitie", "contact-tekst"])
def test_who_leaves_at_once_and_comes_back_finds_it(page: Page, field: str) -> None:
    room = page.url
    page.locator(f"#{field}").press_sequentially(HALF)
    page.get_by_role("link", name="Werklijst").click()
    page.wait_for_url("**/medewerker/")
    page.goto(room)
    expect(page.locator(f"#{field}")).to_have_value(HALF)
    expect(page.locator(f"#{field}")).to_be_visible()


def test_after_a_pause_and_a_reload_it_is_there(page: Page) -> None:
    with page.expect_response("**/onbewaard"):
        page.locator("#bericht").press_sequentially(HALF)
    page.reload()
    expect(page.locator("#bericht")).to_have_value(HALF)
