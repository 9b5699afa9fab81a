"""The pages where a yearly report is adapted: its chapters, and one of its own."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.browser.served import Served
from tests.browser.steps import WORK, press, sign_in


def tour(page: Page, _linde: Served) -> Iterator[str]:
    """Stop at each state of each page on which a report is adapted."""
    page.goto(WORK)
    sign_in(page, "els")
    page.goto(f"{WORK}verslagen/")
    press(page, "main >> text=Een ander verslag gebruiken")
    yield "other-reports"
    page.goto(f"{WORK}zelfbeoordeling/")
    press(page, "main >> text=Een andere norm kiezen")
    yield "other-standards"
    page.goto(f"{WORK}verslagen/de-linde/jaarverslag/2025")
    press(page, "main >> text=Dit verslag aanpassen")
    yield "report-start"
    press(page, 'button:text-is("Voorstel beginnen")')
    yield "chapters"
    chapters = page.url
    page.click('li:has(h3:text-is("Gegrond of niet")) summary')
    yield "chapter-open"
    press(page, "main >> text=Een eigen hoofdstuk toevoegen")
    yield "new-chapter"
    page.fill("#titel", "Gegrond of niet")
    press(page, 'button:text-is("Hoofdstuk toevoegen")')
    yield "new-chapter-refused"
    page.click("text=Alleen als er iets klopt")
    page.select_option("#nog-een", "type_bericht")
    press(page, 'button:text-is("Erbij zetten")')
    yield "new-chapter-condition"
    page.goto(chapters)
    press(page, 'li:has(h3:text-is("Gegrond of niet")) button:has-text("Hoger")')
    yield "chapter-moved"
    press(page, "main >> text=Welke tabellen openbaar zijn")
    yield "public-tables"
    page.check("input[name=intern][value=Gegrondheid]")
    press(page, 'main form button:text-is("Bewaren")')
    yield "public-tables-kept"
    page.goto(chapters)
    page.click('li:has(h3:text-is("Gegrond of niet")) summary')
    page.fill('li:has(h3:text-is("Gegrond of niet")) input[name=naam]', "Wat wij leerden")
    press(page, 'li:has(h3:text-is("Gegrond of niet")) button:has-text("Bewaren")')
    yield "chapter-refused"
