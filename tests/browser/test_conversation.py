"""A coordinator who never saw a file makes an organisation and its first agreements, by the conversation only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_changes import coordinate
from gehoor.services.register.register import reading
from tests.browser.looking import faults
from tests.browser.served import Served
from tests.browser.steps import press, sign_in
from tests.browser.windows import windows
from tests.support.serving import serving
from tests.support.workbench import workbench_site


@pytest.fixture
def linde() -> Iterator[Served]:
    drafter = ConfinedDrafter()
    site = workbench_site(drafter)
    site.add_staff("els", "de-linde/*:kwaliteitscoordinator")
    coordinate(site.runtime, "els", ["*"], Operator(OPERATOR), site.clock())
    with serving(site.app) as port:
        yield Served(site, port)
    drafter.workers.close()


def button(page: Page, word: str) -> None:
    press(page, f'button:text-is("{word}")')


def found(page: Page, name: str) -> None:
    """Begin an organisation with a few answers."""
    press(page, "nav a >> text=Werkplaats")
    press(page, "text=Een nieuwe organisatie beginnen")
    page.fill("[name=name]", name)
    page.fill("[name=departments]", "Wonen, Dagopvang")
    page.fill("[name=email]", "klachten@voorbeeld.example")
    button(page, "De eerste afspraken maken")


TYPED = {"w_binnen": "drie weken", "w_bewaar": "vijf jaar", "w_contact": "1700"}
"""What is asked of what comes; what is suggested as its name will do."""


def fill_in(page: Page) -> None:
    """Fill in what is asked of something that comes."""
    for one in page.locator("form[action*='/erbij'] .field:has(.must) [name^=w_]").all():
        if one.evaluate("it => it.tagName") == "SELECT":
            one.select_option(index=1)
        else:
            one.fill(TYPED[one.get_attribute("name") or ""])


def answer(page: Page) -> list[str]:
    """Answer every question that is open, one after the other as the page leads; return what is wrong with a page."""
    wrong: list[str] = []
    press(page, "text=Naar de eerste open vraag")
    for _ in range(20):
        wrong += faults(page)
        asked = page.inner_text("h2.question")
        if page.locator("form[action*='/erbij'] #naam").count():
            fill_in(page)
            button(page, "Toevoegen")
            wrong += faults(page)
        elif "opschrijven" in asked:
            page.check("text=Kwaliteitscoördinator")
            button(page, "Bewaren")
        else:
            page.click("summary >> text=Hier niet nodig, want")
            page.fill("#reden", "Wij zijn met weinig.")
            button(page, "Hier niet nodig")
        on = page.locator(".onward a >> text=Volgende open vraag")
        press(page, ".onward a >> text=Volgende open vraag" if on.count() else ".onward .button >> nth=-1")
        if "/gesprek/" not in page.url or not page.locator(".now-agreed .badge-late").count():
            break
    return wrong


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.soak), 360])
def test_an_organisation_and_its_first_agreements(browser: Browser, linde: Served, width: int) -> None:
    with windows(browser, linde.home) as new:
        page = new(width)
        page.goto("/medewerker/")
        sign_in(page, "els")
        found(page, "Zonnehof")
        assert page.locator(".still-open").count() == 2
        assert answer(page) == []
        press(page, ".rooms a >> text=Afspraken maken")
        assert page.locator(".talk .badge-late").all_inner_texts() == []
        press(page, ".rooms a >> text=Afspreken en publiceren")
        # What Gehoor began for them is told, so that nobody publishes it unnoticed.
        assert "Vul aan" in page.inner_text("main")
        page.check("[name=toch]")
        button(page, "Publiceren")
        assert "Gepubliceerd." in page.inner_text(".saved")
    with reading(linde.site.runtime.store) as register:
        assert ("zonnehof", "dagopvang") in register.published_departments()


def test_the_keyboard_is_enough_to_answer_and_go_on(browser: Browser, linde: Served) -> None:
    with windows(browser, linde.home) as new:
        page = new(1280)
        page.goto("/medewerker/")
        sign_in(page, "els")
        found(page, "Zonnehof")
        press(page, ".talk a >> text=Wat is een klacht?")
        page.focus("[name=w_omschrijving]")
        page.keyboard.type(" Ook als iemand het anders noemt.")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.inner_text("h2.question") == "Wie mag een klacht opschrijven?"
