"""A list of very many people: who is meant is found by typing, and nothing that was chosen gets out of sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from gehoor.services.dossiers.viewing import look
from tests.browser.looking import faults
from tests.browser.served import Served
from tests.browser.steps import dossier_page, press, sign_in, unfold
from tests.support.de_linde import fill, open_by_web

Open = Callable[..., Page]
FIELD = "#v_aangeklaagde_medewerkers-veld"
NAMES = [
    f"{first} {last}" for first in ("José", "Ann", "Wim", "Els") for last in ("Maes", "Claes", "Wouters")
]


@pytest.fixture
def dossier(linde: Served) -> str:
    for name in NAMES:
        linde.site.add_staff(name.lower(), "onthaal")
    linde.site.add_staff("ria", "kwaliteitscoordinator")
    opened = open_by_web(linde.site.runtime, "2026-05-12 13:00").dossier
    fill(linde.site.runtime, opened, "2026-05-12 13:10", voorwerp="persoon")
    return opened


def seen(page: Page) -> list[str]:
    options = page.locator(f"{FIELD} .option:visible").all_inner_texts()
    # What somebody does here stands below their name.
    return [one.partition("\n")[0] for one in options if one]


@pytest.mark.parametrize("width", [1280, 320])
def test_who_is_meant_is_found_by_typing(linde: Served, open_browser: Open, dossier: str, width: int) -> None:
    page = open_browser(width)
    sign_in(page)
    page.goto(dossier_page(dossier))
    unfold(page)
    assert len(seen(page)) == 13
    page.fill(f"{FIELD} input[type=search]", "jose")
    assert seen(page) == ["José Claes", "José Maes", "José Wouters"]
    assert page.inner_text(f"{FIELD} [role=status]") == "3 / 13"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.fill(f"{FIELD} input[type=search]", "wout an")
    assert seen(page) == ["Ann Wouters", "José Claes"]
    page.keyboard.press("Enter")
    assert page.url.endswith(dossier_page(dossier))
    assert faults(page) == []
    press(page, ".sheet .sticky button")
    values = look(linde.site.runtime, dossier, linde.site.clock()).dossier.values
    assert values["aangeklaagde_medewerkers"] == ["josé claes"]


def test_without_script_the_list_is_there_whole(linde: Served, open_browser: Open, dossier: str) -> None:
    page = open_browser(script=False)
    sign_in(page)
    page.goto(dossier_page(dossier))
    page.locator("#fase-registratie > summary").click()
    assert page.locator(f"{FIELD} input[type=search]").count() == 0
    assert len(seen(page)) == 13
