"""Whatever an organisation writes down, the pages that come of it keep nobody out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from gehoor.services.publishing import Proposal
from tests.browser.looking import sideways, violations
from tests.browser.served import Served, served
from tests.browser.test_every_page import sign_in
from tests.support.de_linde import ORGANISATION, open_by_web
from tests.support.random_definitions import random_departments

_QUICK = range(3)
_ALL = range(3, 203)


@pytest.mark.parametrize(
    "seed", [*_QUICK, *(pytest.param(seed, marks=pytest.mark.soak) for seed in _ALL)], ids=str
)
def test_pages_of_definitions_that_nobody_wrote_keep_nobody_out(
    browser: Browser, tmp_path: Path, seed: int
) -> None:
    loaded = {one.department: one for one in random_departments(seed, tmp_path / "workspace")}
    proposal = Proposal(ORGANISATION, "beukenhof", loaded["beukenhof"].document, loaded["beukenhof"].places)
    with served(tmp_path, proposals=[proposal]) as site:
        page = browser.new_context(
            viewport={"width": (320, 1280)[seed % 2], "height": 800},
            color_scheme=("light", "dark")[seed // 2 % 2],
            base_url=site.home,
        ).new_page()
        try:
            assert _faults(site, page) == {}
        finally:
            page.context.close()


def _faults(site: Served, page: Page) -> dict[str, list[str]]:
    found = {}

    def look(what: str) -> None:
        wrong = violations(page) + ([f"{sideways(page)} pixels too wide"] if sideways(page) > 0 else [])
        if wrong:
            found[what] = wrong

    page.goto("/de-linde/beukenhof/")
    look("department")
    page.goto("/de-linde/beukenhof/melden/alles")
    look("the public form")
    page.locator("main form button.button:not(.small)").last.click()
    look("the public form, refused")
    site.site.add_staff("ria", "onthaal", "kwaliteitscoordinator")
    sign_in(page)
    page.goto("/medewerker/de-linde/beukenhof/registreren")
    look("registering")
    page.locator("main form button.button:not(.small)").last.click()
    look("registering, refused")
    dossier = open_by_web(site.site.runtime, "2026-05-12 13:00").dossier
    page.goto(f"/medewerker/dossiers/{dossier}")
    look("the dossier")
    return found
