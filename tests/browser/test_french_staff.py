"""Someone who works in French, before their screen: a dossier, typing in it, and the list of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import dutch_left, faults
from tests.browser.served import Served, served
from tests.browser.steps import WORK, dossier_page, press, sign_in, unfold
from tests.support.dutch import dutch_on
from tests.support.tilleuls import lived, proposal

Open = Callable[..., Page]


@pytest.fixture
def linde(tmp_path: Path) -> Iterator[Served]:
    """Les Tilleuls, served beside De Linde."""
    with served(tmp_path, "2026-03-30 10:00", [proposal()]) as site:
        yield site


@pytest.fixture
def dossier(linde: Served) -> str:
    linde.site.add_staff("ria", "tilleuls/*:mediation", "tilleuls/*:accueil", "tilleuls/*:direction")
    made = lived(linde.site.runtime)
    linde.site.clock.to("2026-06-17 10:00")
    return made


@pytest.mark.parametrize("width", [1280, 360])
def test_a_dossier_is_french_and_whole(linde: Served, open_browser: Open, dossier: str, width: int) -> None:
    page = open_browser(width)
    sign_in(page)
    page.goto(dossier_page(dossier))
    unfold(page)
    assert page.get_attribute("html", "lang") == "fr"
    assert dutch_left(page) == []
    assert dutch_on(page.content()) == {}
    assert faults(page) == []
    page.goto(WORK)
    assert dutch_on(page.content()) == {}
    assert faults(page) == []


def test_what_is_typed_is_kept_and_said_so_in_french(linde: Served, open_browser: Open, dossier: str) -> None:
    page = open_browser()
    sign_in(page)
    page.goto(dossier_page(dossier))
    unfold(page)
    page.fill("#v_analyse", "La cuisine a servi trop tard, et il n'y avait personne.")
    expect(page.locator("[data-kept]")).to_contain_text("Brouillon gardé à 10:00")
    page.reload()
    assert "Vous voyez ci-dessous ce que vous avez tapé" in page.inner_text("main")
    assert dutch_on(page.content()) == {}
    unfold(page)
    press(page, ".sheet .sticky button")
    assert page.get_attribute("html", "lang") == "fr"
    assert dutch_on(page.content()) == {}
