"""Every page, in every state: nothing that keeps anyone out, in light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.looking import sideways, violations
from tests.browser.served import Served
from tests.scenarios.test_pages import every_state
from tests.support.site import PASSWORD

Open = Callable[..., Page]

PUBLIC = (
    "/",
    "/de-linde/beukenhof/",
    "/de-linde/beukenhof/afspraken",
    "/de-linde/beukenhof/melden",
    "/volgen",
)


def sign_in(page: Page, name: str = "ria") -> None:
    page.goto("/medewerker/")
    page.fill("#naam", name)
    page.fill("#wachtwoord", PASSWORD)
    page.click("main button[type=submit]")


def faults(page: Page, path: str) -> list[str]:
    page.goto(path)
    found = violations(page)
    if sideways(page) > 0:
        found.append(f"{sideways(page)} pixels too wide")
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_public_pages_keep_nobody_out(open_browser: Open, width: int, dark: bool) -> None:
    page = open_browser(width, dark=dark)
    found = {path: faults(page, path) for path in PUBLIC}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_for_staff_keep_nobody_out(
    linde: Served, open_browser: Open, width: int, dark: bool
) -> None:
    linde.site.clock.to("2026-06-20 09:00")
    dossiers = every_state(linde.site)
    linde.site.add_staff("ria", "onthaal", "kwaliteitscoordinator")
    page = open_browser(width, dark=dark)
    sign_in(page)
    paths = [
        "/medewerker/", "/medewerker/?toon=afgesloten", "/medewerker/de-linde/beukenhof/registreren",
        "/medewerker/de-linde/beukenhof/afspraken",
        *(f"/medewerker/dossiers/{dossier}" for dossier in dossiers),
    ]  # fmt: skip
    found = {path: faults(page, path) for path in paths}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
