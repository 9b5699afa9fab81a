"""Somebody sends a complaint while the disk cannot be written: what they typed is still there when they go back."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import Browser, expect

from tests.support.unwritable import place, website

STORY = "De soep was koud, en niemand zei er iets van."


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_nothing_typed_is_lost_and_it_is_sent_once_it_can_be(browser: Browser) -> None:
    with place() as made, website(made) as at:
        context = browser.new_context(base_url=at.home, locale="nl-BE")
        page = context.new_page()
        page.goto("/de-linde/beukenhof/melden/alles")
        page.locator("[name=v_uiteenzetting]").fill(STORY)
        page.locator("[name=v_anoniem][value=ja]").check()
        page.locator("main form button[type=submit]").last.click()
        expect(page.get_by_role("heading", name="Wij kunnen dit nu niet bewaren")).to_be_visible()
        page.go_back()
        expect(page.locator("[name=v_uiteenzetting]")).to_have_value(STORY)
        expect(page.locator("[name=v_anoniem][value=ja]")).to_be_checked()
        made.open()
        page.locator("main form button[type=submit]").last.click()
        expect(page.locator("main")).to_contain_text("BEU-")
        context.close()
