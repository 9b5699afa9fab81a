"""Every page, in every state: nothing that keeps anyone out, in light and dark, wide and narrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.exceptions import HTTPException

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from tests.browser import tour_adapting, tour_public, tour_staff, tour_workbench
from tests.browser.looking import faults, sideways
from tests.browser.served import Served
from tests.browser.windows import windows
from tests.support.reports import site_with_report
from tests.support.serving import serving
from tests.support.workbench import workbench_site

Open = Callable[..., Page]
Tour = Callable[[Page, Served], Iterator[str]]

NO_PAGE = {
    "static": "style, scripts and pictures",
    "house_style.tokens": "colours of a department",
    "house_style.logo": "a picture",
    "second_step.picture": "a picture",
    "downloads.attachment": "a file",
    "downloads.preview": "a picture",
    "stepping.preview": "a picture",
    "calendar_feed.feed": "a calendar",
    "sent_letters.as_pdf": "a file",
    "reports.file": "a file",
    "reports.draft_file": "a file",
    "staff.list_as_file": "a file",
    "searching.found_as_file": "a file",
    "figures.dossiers_as_file": "a file",
    "report_lists.behind_as_file": "a file",
    "adapted_report.table": "leads to where a table is changed",
    "leaving.go": "leads to another site",
    "phoning.start": "leads to the first question",
    "single_sign_on.leave": "leads to another site",
    "single_sign_on.come_back": "leads back from another site",
}
"""Addresses that one can ask for without getting a page."""

WORKBENCH = {
    "workbench.overview",
    "workbench.standing",
    "workbench.people",
    "conversation.overview",
    "conversation.ask",
    "new_question.ask",
    "new_rule.ask",
    "new_organisation.ask",
    "proposal_page.show",
    "proposal_reading.read",
    "proposal_reading.letters",
    "proposal_page.history",
    "proposal_page.attempt",
    "proposal_proofs.examples",
    "proposal_proofs.differences",
    "proposal_proofs.translating",
    "proposal_editing.outline",
    "proposal_editing.show",
    "proposal_text.show",
    "proposal_agreeing.show",
}
"""The pages where agreements are made: there where somebody reads files."""

ADAPTING = {
    "adapted_report.show", "new_chapter.ask", "report_start.choose", "ready_made.choose", "public_tables.show",
}  # fmt: skip
"""The pages where a report is adapted: there where there is one."""

SETTINGS = {
    "wide": (1280, False),
    "narrow, dark": (320, True),
    "wide, dark": (1280, True),
    "narrow": (320, False),
    "at 200 %": (640, False),
}


FEW = 3
"""So many states of one address are looked at by axe in `make check`."""


def settings(*quick: str) -> pytest.MarkDecorator:
    """Widths, and dark or light, and how many states of an address axe looks at: in the long share at each of them, at
    all widths."""
    few = [pytest.param(*SETTINGS[name], FEW, id=name) for name in quick]
    whole = [
        pytest.param(*which, None, id=f"{name}, every state", marks=pytest.mark.soak)
        for name, which in SETTINGS.items()
    ]
    return pytest.mark.parametrize(("width", "dark", "states"), [*few, *whole])


def endpoint(linde: Served, page: Page) -> str:
    """Return which address of the application a page is at."""
    address, app = urlsplit(page.url).path, linde.site.app
    for method in ("GET", "POST"):
        try:
            found: str = app.url_map.bind("").match(address, method)[0]
        except HTTPException:
            continue
        return found
    return ""


def walked(
    page: Page, linde: Served, tour: Tour, states: int | None
) -> tuple[dict[str, list[str]], set[str]]:
    """Return what is wrong where on a tour, and which addresses it came by."""
    found, seen = {}, Counter[str]()
    for state in tour(page, linde):
        at = endpoint(linde, page)
        seen[at] += 1
        if wrong := faults(page, by_axe=states is None or seen[at] <= states):
            found[state] = wrong
    return found, set(seen)


@settings("wide")
def test_the_pages_for_people_outside_keep_nobody_out(
    linde: Served, open_browser: Open, width: int, dark: bool, states: int | None
) -> None:
    found, seen = walked(open_browser(width, dark=dark), linde, tour_public.tour, states)
    assert found == {}
    assert asked_for(linde, staff=False) - seen == set()


@pytest.mark.parametrize("language", ["fr", pytest.param("en", marks=pytest.mark.soak)])
def test_in_another_language_they_are_whole_and_speak_it(
    linde: Served, open_browser: Open, language: str
) -> None:
    page = open_browser(320, dark=True)
    page.goto(f"/?taal={language}")
    spoken, too_wide = {}, {}
    for state in tour_public.tour(page, linde):
        spoken[state] = page.get_attribute("html", "lang")
        page.wait_for_load_state()
        # Words of other lengths: all else that may keep someone out is the same as in Dutch.
        if wide := sideways(page):
            too_wide[state] = wide
    assert too_wide == {}
    # The last one came back with a browser that remembers nothing.
    assert spoken.popitem() == ("follow-again", "nl")
    assert {state: said for state, said in spoken.items() if said != language} == {}


@settings("narrow, dark")
def test_the_pages_for_staff_keep_nobody_out(
    linde: Served, open_browser: Open, width: int, dark: bool, states: int | None
) -> None:
    found, seen = walked(open_browser(width, dark=dark), linde, tour_staff.tour, states)
    assert found == {}
    assert asked_for(linde, staff=True) - WORKBENCH - ADAPTING - seen == set()


@settings("wide")
def test_the_pages_of_the_workbench_keep_nobody_out(
    browser: Browser, width: int, dark: bool, states: int | None
) -> None:
    drafter = ConfinedDrafter()
    site = workbench_site(drafter)
    with serving(site.app) as port:
        linde = Served(site, port)
        with windows(browser, linde.home) as new:
            found, seen = walked(new(width, dark=dark), linde, tour_workbench.tour, states)
    drafter.workers.close()
    assert found == {}
    assert WORKBENCH - seen == set()


@settings("narrow, dark")
def test_the_pages_where_a_report_is_adapted_keep_nobody_out(
    browser: Browser, width: int, dark: bool, states: int | None
) -> None:
    drafter = ConfinedDrafter()
    site = site_with_report(drafter)
    site.add_staff("els", "de-linde/*:kwaliteitscoordinator")
    with serving(site.app) as port:
        linde = Served(site, port)
        with windows(browser, linde.home) as new:
            found, seen = walked(new(width, dark=dark), linde, tour_adapting.tour, states)
    drafter.workers.close()
    assert found == {}
    assert ADAPTING - seen == set()


def asked_for(linde: Served, *, staff: bool) -> set[str]:
    """Return every address that gives a page: a new one has to be on a tour."""
    return {
        rule.endpoint
        for rule in linde.site.app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and rule.endpoint not in NO_PAGE
        and rule.rule.startswith("/medewerker") is staff
        # What programs ask for is no page.
        and not rule.rule.startswith("/api/")
    }
