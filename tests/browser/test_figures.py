"""A minute for who leads: from a number to its list, and from a draft to a report that is kept."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.served import Served
from tests.browser.steps import WORK, press, sign_in
from tests.browser.tour_figures import REPORT, agreed_figures
from tests.support.de_linde import open_by_phone, publish_change

Open = Callable[..., Page]


def signed_in(linde: Served, open_browser: Open) -> Page:
    publish_change(linde.site.runtime, agreed_figures, "2026-02-02 10:00")
    linde.site.add_staff("els", "kwaliteitscoordinator")
    for day in (4, 5, 6):
        open_by_phone(linde.site.runtime, f"2026-05-0{day} 10:00")
    page = open_browser()
    page.goto(WORK)
    sign_in(page, "els")
    return page


def test_each_number_opens_as_many_dossiers_as_it_says(linde: Served, open_browser: Open) -> None:
    page = signed_in(linde, open_browser)
    page.goto(f"{WORK}cijfers/")
    tiles = page.locator(".tiles a")
    for place in range(tiles.count()):
        number = int(tiles.nth(place).locator("strong").inner_text())
        tiles.nth(place).click()
        expect(page.locator("table.work tbody tr")).to_have_count(number)
        page.go_back()


def test_a_number_of_a_report_opens_its_dossiers(linde: Served, open_browser: Open) -> None:
    page = signed_in(linde, open_browser)
    page.goto(REPORT)
    page.click("table.figures >> nth=1 >> a >> nth=0")
    expect(page.locator("table.work tbody tr")).to_have_count(3)


def test_what_is_written_is_in_what_is_kept(linde: Served, open_browser: Open) -> None:
    page = signed_in(linde, open_browser)
    page.goto(REPORT)
    page.fill(".writing textarea", "Drie klachten in mei.")
    press(page, ".writing button")
    press(page, "section[aria-labelledby=klaar] button")
    assert "Drie klachten in mei." in page.inner_text("main")
    page.click("nav a >> text=Openbaar")
    assert "n.g." in page.inner_text("main")
