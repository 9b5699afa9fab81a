"""A coordinator holds her organisation against a standard in the browser, and answers what nobody else can see."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.looking import faults
from tests.browser.served import Served
from tests.browser.steps import WORK, press, sign_in
from tests.support.de_linde import publish_change
from tests.support.standards import agreed

SHOTS = os.environ.get("GEHOOR_SHOTS", "")


def looked(page: Page, name: str, width: int) -> list[str]:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
    return faults(page)


@pytest.mark.parametrize("width", [1280, 360])
def test_what_is_asked_is_answered_and_is_in_the_report(
    linde: Served, open_browser: Callable[..., Page], width: int
) -> None:
    publish_change(linde.site.runtime, agreed, "2026-02-02 10:00")
    linde.site.add_staff("els", "kwaliteitscoordinator")
    page = open_browser(width)
    page.goto(WORK)
    sign_in(page, "els")
    wrong: list[str] = []
    page.goto(f"{WORK}zelfbeoordeling/")
    wrong += looked(page, "assessments", width)
    press(page, "main >> text=Proefnorm")
    page.click("#tijd summary")
    wrong += looked(page, "assessment", width)
    page.check("#tijd label:has-text('Deels') input")
    page.fill("#tijd textarea", "Een halve dag in de week.")
    press(page, "#tijd button")
    wrong += looked(page, "assessment-answered", width)
    assert "Deels. Een halve dag in de week." in page.inner_text("#tijd")
    page.goto(f"{WORK}verslagen/de-linde/jaarverslag/2026")
    wrong += looked(page, "assessment-in-report", width)
    assert "Een halve dag in de week." in page.inner_text("main")
    assert wrong == []
