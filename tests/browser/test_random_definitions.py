"""Whatever an organisation writes down, the pages that come of it keep nobody out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from gehoor.services.agreements.publishing import Publishable
from tests.browser.looking import faults
from tests.browser.served import Served, served
from tests.browser.steps import FORM, begin, on, sign_in, unfold
from tests.support.de_linde import ORGANISATION, open_by_web
from tests.support.random_definitions import random_departments

_QUICK = range(1)
_ALL = range(1, 201)


@pytest.mark.parametrize(
    "seed", [*_QUICK, *(pytest.param(seed, marks=pytest.mark.soak) for seed in _ALL)], ids=str
)
def test_pages_of_definitions_that_nobody_wrote_keep_nobody_out(
    browser: Browser, tmp_path: Path, seed: int
) -> None:
    loaded = {one.department: one for one in random_departments(seed, tmp_path / "workspace")}
    proposal = Publishable(
        ORGANISATION, "beukenhof", loaded["beukenhof"].document, loaded["beukenhof"].places
    )
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
        if wrong := faults(page):
            found[what] = wrong

    page.goto("/de-linde/beukenhof/")
    look("department")
    for step in _steps(page):
        look(step)
    page.goto(f"{FORM}/alles")
    look("the whole form")
    _press_last(page)
    look("the whole form, refused")
    site.site.add_staff("ria", "onthaal", "kwaliteitscoordinator")
    sign_in(page)
    page.goto("/medewerker/de-linde/beukenhof/registreren")
    look("registering")
    _press_last(page)
    look("registering, refused")
    dossier = open_by_web(site.site.runtime, "2026-05-12 13:00").dossier
    page.goto(f"/medewerker/dossiers/{dossier}")
    unfold(page)
    look("the dossier")
    return found


def _steps(page: Page) -> Iterator[str]:
    """Walk through the form one question at a time: each empty and, where it may not stay so, refused."""
    page.goto(FORM)
    yield "the start of the form"
    begin(page)
    for _ in range(40):
        if "/vraag/" not in page.url:
            break
        number = page.inner_text(".progress").strip()
        yield number
        on(page)
        if page.locator(".summary").count():
            yield f"{number}, refused"
            _answer(page)
            on(page)
            if page.locator(".summary").count():
                on(page, "overslaan")
    yield "the answers to check"


def _answer(page: Page) -> None:
    for box in page.locator("main textarea").all():
        box.fill("Het antwoord.")
    for choice in page.locator("main fieldset:has(input[type=radio])").all():
        choice.locator("input").last.check()
    for line in page.locator("main input[type=text]:not([inputmode])").all():
        line.fill("Antwoord")
    for field in page.locator("main input[type=email]").all():
        field.fill("els@voorbeeld.be")


def _press_last(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button.button:not(.small, .quiet-button)").last.click()
