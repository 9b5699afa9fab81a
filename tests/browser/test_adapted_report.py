"""A coordinator makes the yearly report her own in the browser: a chapter of her own, agreed by two people, published,
and in the report."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from tests.browser.looking import faults
from tests.browser.served import Served
from tests.browser.steps import press, sign_in
from tests.browser.windows import windows
from tests.support.reports import site_with_report
from tests.support.serving import serving

REPORT = "/medewerker/verslagen/de-linde/jaarverslag/2025"
SHOTS = os.environ.get("GEHOOR_SHOTS", "")


@pytest.fixture
def linde() -> Iterator[Served]:
    drafter = ConfinedDrafter()
    site = site_with_report(drafter)
    site.clock.to("2026-05-12 14:00")
    site.add_staff("els", "de-linde/*:kwaliteitscoordinator")
    site.add_staff("an", "de-linde/*:algemeen-directeur")
    with serving(site.app) as port:
        yield Served(site, port)
    drafter.workers.close()


def looked(page: Page, name: str, width: int) -> list[str]:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
    return faults(page)


@pytest.mark.parametrize("width", [1280, pytest.param(360, marks=pytest.mark.soak)])
def test_a_chapter_of_her_own_is_agreed_on_and_is_in_the_report(
    browser: Browser, linde: Served, width: int
) -> None:
    wrong: list[str] = []
    with windows(browser, linde.home) as new:
        page = new(width)
        page.goto("/medewerker/")
        sign_in(page, "els")
        page.goto(REPORT)
        wrong += looked(page, "report", width)
        press(page, "main >> text=Dit verslag aanpassen")
        wrong += looked(page, "start", width)
        press(page, 'button:text-is("Voorstel beginnen")')
        wrong += looked(page, "chapters", width)
        press(page, "main >> text=Een eigen hoofdstuk toevoegen")
        page.get_by_label("Titel van het hoofdstuk").fill("Onze wachtlijst")
        page.get_by_label("Wat moet men hier schrijven?").fill("Hoe lang wachtte men?")
        page.fill("#w-naam", "Antwoorden per maand")
        page.select_option("#w-per", label="De maand")
        page.select_option("#w-periode-volgens", label="Antwoord verstuurd")
        page.select_option("#w-grafiek", label="Staande kolommen, voor wat op elkaar volgt")
        page.click("text=Alleen als er iets klopt")
        page.select_option("#nog-een", "type_bericht")
        press(page, 'button:text-is("Erbij zetten")')
        assert page.input_value("#titel") == "Onze wachtlijst"
        assert page.input_value("#w-naam") == "Antwoorden per maand"
        page.check(".condition-row input[value=klacht]")
        wrong += looked(page, "new-chapter", width)
        press(page, 'button:text-is("Hoofdstuk toevoegen")')
        assert "Antwoorden per maand" in page.inner_text("#voorbeeld")
        press(page, 'li:has(h3:text-is("Onze wachtlijst")) button:has-text("Hoger")')
        page.click('li:has(h3:text-is("Gegrond of niet")) summary')
        wrong += looked(page, "changed", width)
        press(page, 'main nav >> text="Afspreken en publiceren"')
        wrong += looked(page, "agreeing", width)
        agreeing = page.url
        director = new(width)
        director.goto("/medewerker/")
        sign_in(director, "an")
        director.goto(agreeing)
        press(director, 'button:text-is("Ik ga akkoord")')
        page.goto(agreeing)
        published(page)
        page.goto(REPORT)
        wrong += looked(page, "report-after", width)
        headings = page.locator("main section > h2").all_inner_texts()
    assert wrong == []
    assert headings[:4] == ["Hoeveel er binnenkwam", "Gegrond of niet", "Onze wachtlijst", "Wat wij leerden"]


def published(page: Page) -> None:
    press(page, "main form:has(#vanaf) button")
