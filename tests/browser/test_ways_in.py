"""A newcomer adds a question to one department, and a rule with its example, by what the pages say alone: within few
pages, and few words to read on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.services.register.register import reading
from tests.browser.looking import faults
from tests.browser.served import Served
from tests.browser.steps import press, sign_in
from tests.browser.windows import windows
from tests.support.serving import serving
from tests.support.workbench import workbench_site

BEUKENHOF = "definitions/de-linde/afdelingen/beukenhof.yaml"
RULES = "rules/de-linde/regels.yaml"
WIDTHS = [1280, 360]
FEW_PAGES = 5
"""From the first page of the workbench to what was kept."""
FEW_WORDS = {"question": 1050, "rule": 1000}
"""So many words are on those pages together, but for what is only there to be chosen from: at the 150 words a minute of
somebody who reads with care that is seven minutes, of the ten that a newcomer has."""


@dataclass
class Reader:
    """Somebody who reads every page that they come to, once."""

    page: Page
    pages: int = 0
    words: int = 0
    wrong: list[str] = field(default_factory=list)

    def read(self) -> None:
        self.pages += 1
        self.wrong += faults(self.page)
        self.words += self.page.evaluate(
            """() => {
                const main = document.querySelector("main").cloneNode(true);
                const unread = "select, script, details:not([open]) > :not(summary)";
                for (const one of main.querySelectorAll(unread)) one.remove();
                return main.textContent.split(/\\s+/).filter(Boolean).length;
            }"""
        )

    def press(self, word: str) -> None:
        press(self.page, word)
        self.read()


@pytest.fixture
def linde() -> Iterator[Served]:
    drafter = ConfinedDrafter()
    site = workbench_site(drafter)
    site.add_staff("els", "de-linde/*:kwaliteitscoordinator")
    with serving(site.app) as port:
        yield Served(site, port)
    drafter.workers.close()


def a_question(reader: Reader) -> None:
    page = reader.page
    reader.press("main >> text=Een vraag toevoegen")
    page.check("text=alleen WZC Beukenhof")
    page.get_by_label("De vraag", exact=True).fill("Op welke verdieping gebeurde het?")
    assert not page.get_by_label("De keuzes").is_visible()
    page.check("text=één keuze uit een lijst")
    page.get_by_label("De keuzes").fill("Gelijkvloers\nEerste verdieping")
    page.get_by_label("Waar komt de vraag?").select_option(label="na: Wat is er gebeurd?")
    page.get_by_label("Zegt het antwoord iets over een persoon?").select_option(label="Geen persoonsgegevens")
    reader.press('button:text-is("Vraag toevoegen") >> nth=0')


def a_rule(reader: Reader) -> None:
    page = reader.page
    reader.press("main >> text=Een regel toevoegen")
    page.check("text=voor elke afdeling")
    page.get_by_label("Als", exact=True).select_option(label="Nadeel of schade")
    page.check("text=iemand krijgt meteen een e-mail")
    reader.press('button:text-is("Verder")')
    page.check("text=Financieel")
    page.get_by_label("Verwittig").select_option(label="Sociale dienst")
    page.get_by_label("Omdat").fill("Zij kent de weg naar een vergoeding.")
    page.get_by_label("Hoe noemt u deze regel?").fill("Geldverlies naar de sociale dienst")
    reader.press('button:text-is("Regel en voorbeeld toevoegen")')


TASKS: dict[str, tuple[Callable[[Reader], None], str, str]] = {
    "question": (a_question, BEUKENHOF, "Nieuw veld op het formulier Vertel het ons"),
    "rule": (a_rule, RULES, "Nieuw voorbeeld: Geldverlies naar de sociale dienst"),
}


# Of four, the first and the last: each task, and each width.
@pytest.mark.share(3)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("task", TASKS)
def test_a_newcomer_adds_it(browser: Browser, linde: Served, task: str, width: int) -> None:
    act, file, told = TASKS[task]
    with windows(browser, linde.home) as new:
        reader = Reader(new(width))
        reader.page.goto("/medewerker/")
        sign_in(reader.page, "els")
        reader.press("nav a >> text=Werkplaats")
        reader.page.get_by_label("Wat wilt u veranderen?").first.fill("Iets erbij")
        reader.press('button:text-is("Nieuw voorstel")')
        act(reader)
        main = reader.page.inner_text("main")
        address = reader.page.url.partition("?")[0]
    assert "Bewaard in het voorstel." in main
    assert told in main
    assert reader.wrong == []
    assert (reader.pages <= FEW_PAGES, reader.words <= FEW_WORDS[task]) == (True, True), reader
    with reading(linde.site.runtime.store) as register:
        proposal = register.proposal(address.rpartition("/")[2])
        before, after = register.sources(proposal.base), register.sources(proposal.tree)
    assert [one for one in after if after[one] != before[one]] == [file]


def test_the_keyboard_is_enough_to_add_a_question(browser: Browser, linde: Served) -> None:
    with windows(browser, linde.home) as new:
        page = new(1280)
        page.goto("/medewerker/")
        sign_in(page, "els")
        press(page, "nav a >> text=Werkplaats")
        page.get_by_label("Wat wilt u veranderen?").first.fill("Iets erbij")
        press(page, 'button:text-is("Nieuw voorstel")')
        press(page, "main >> text=Een vraag toevoegen")
        page.focus("[name=voor] >> nth=0")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.type("Was er iemand bij?")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        page.focus("[name=w_persoonsgegevens]")
        page.keyboard.press("ArrowDown")
        page.focus('button:text-is("Vraag toevoegen") >> nth=0')
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "Bewaard in het voorstel." in page.inner_text("main")


def test_who_leaves_what_they_typed_is_asked_first_and_saving_asks_nothing(
    browser: Browser, linde: Served
) -> None:
    with windows(browser, linde.home) as new:
        page = new(1280)
        page.goto("/medewerker/")
        sign_in(page, "els")
        press(page, "nav a >> text=Werkplaats")
        page.get_by_label("Wat wilt u veranderen?").first.fill("Iets anders")
        press(page, 'button:text-is("Nieuw voorstel")')
        press(page, "main >> text=Wat is een klacht?")
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        text = page.locator("form.sheet textarea, form.sheet input:not([type=hidden])").first
        text.fill("Elke uiting.")
        with page.expect_event("dialog"):
            page.click(".onward a[rel=next]", no_wait_after=True)
        expect(text).to_have_value("Elke uiting.")
        assert asked == ["beforeunload"]
        press(page, 'form.sheet button:text-is("Bewaren")')
        press(page, ".onward a[rel=next]")
        assert asked == ["beforeunload"]
