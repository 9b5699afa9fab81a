"""The walk of the README, from a phone call to aftercare: its steps are done on the pages of the demo, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from gehoor.adapters.security.passwords import Argon2Hasher
from gehoor.bootstrap.demo import DEMO_PASSWORD
from gehoor.bootstrap.register import open_runtime
from tests.browser.windows import windows
from tests.shipped.examples import SHIPPED, examples
from tests.shipped.readme import walk
from tests.shipped.scenarios.acting import pick, unfold, write
from tests.support.cli_run import run
from tests.support.serving import serving
from tests.support.site import new_site

TODAY = "2026-06-17"
SUBJECT = "Een uur wachten op hulp"
MOST_PAGES = 25
"""From the dossier that has just come in to the closed one, for all who had a part in it."""


class Person:
    """Somebody in a window of their own. What they press or choose by its name is noted."""

    def __init__(self, page: Page, name: str, pressed: list[str]) -> None:
        self.page = page
        self.pressed = pressed
        self.pages = 0
        page.goto("/medewerker/")
        page.fill("#naam", name)
        page.fill("#wachtwoord", DEMO_PASSWORD)
        with page.expect_navigation():
            page.get_by_role("button", name="Aanmelden").click()
        page.on("load", self._loaded)

    def press(self, name: str) -> None:
        """Press a button, or a link, and wait for the page that it leads to."""
        named = self._named(name)
        button = self.page.get_by_role("button", name=named).or_(self.page.get_by_role("link", name=named))
        with self.page.expect_navigation():
            button.filter(visible=True).first.click()

    def open(self, dossier: str = SUBJECT) -> None:
        """Go to what a list has under this name."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=dossier).first.click()

    def under(self, heading: str) -> Locator:
        """Unfold what stands under a heading."""
        self.note(heading)
        return unfold(self.page, heading)

    def choose(self, question: str, option: str) -> None:
        """Choose an option that the README names."""
        self.note(option)
        pick(self.page, question, option)

    def tick(self, label: str) -> None:
        """Tick a box that the README names."""
        self.note(label)
        self.page.get_by_label(label).check()

    def write(self, **answers: str) -> None:
        """Fill in answers, by their labels."""
        for label, text in answers.items():
            write(self.page, label, text)

    def pick(self, **answers: str) -> None:
        """Choose an option of each question."""
        for question, option in answers.items():
            pick(self.page, question, option)

    def row(self, name: str) -> Locator:
        """Begin a row of a list."""
        unfold(self.page, f"{name} 1 toevoegen")
        return self.page.get_by_role("group", name=f"{name} 1")

    def _named(self, name: str) -> re.Pattern[str]:
        self.note(name)
        # What a button does stands apart from what it does that with; how much waits behind a link stands after it.
        return re.compile(rf"^{re.escape(name)}(\s+\d+\s.*)?$".replace(":", r"\s*:"))

    def note(self, name: str) -> None:
        """Note what was pressed or chosen, once where it was several times on end."""
        if self.pressed[-1:] != [name]:
            self.pressed.append(name)

    def _loaded(self, _page: Page) -> None:
        self.pages += 1


def the_call(desk: Person) -> None:
    desk.press("Registreren voor WZC Beukenhof")
    desk.press("Aan de telefoon: vraag per vraag")
    desk.write(**{"Het verhaal": "Mijn vader wachtte een uur op hulp. Op de bel kwam niemand."})
    desk.press("Verder")
    desk.write(Onderwerp=SUBJECT)
    desk.press("Verder")
    desk.pick(**{"Wil de indiener anoniem blijven?": "Nee"})
    desk.press("Verder")
    for label, text in (
        ("Voornaam", "Lien"),
        ("Naam", "Janssens"),
        ("Telefoon", "0470 12 34 56"),
        ("E-mail", ""),
    ):
        desk.write(**{label: text})
        desk.press("Verder")
    desk.pick(**{"Is er gevaar of geweld": "Nee"})
    desk.press("Verder")
    desk.tick("Ik las het voor, en het klopt")
    desk.press("Registreren")


def given_to_somebody(leader: Person) -> None:
    leader.page.locator("tr", has_text=SUBJECT).get_by_role("checkbox").check()
    leader.page.get_by_label("Wijs de selectie toe aan").select_option("Els Verhaegen")
    leader.note("Els Verhaegen")
    leader.press("Toewijzen")


def confirmed(els: Person) -> None:
    els.open()
    els.press("Bewaren en schrijven: Ontvangstmelding")
    els.press("Bewaren en nakijken")
    els.press("Brief versturen")
    els.under("Registratie")
    els.press("Registratie afronden")


def investigated(els: Person) -> None:
    els.under("Onderzoek")
    els.pick(**{"Onderzoeker": "Els Verhaegen", "Verklaart de onderzoeker": "Ja"})
    done = els.row("Stap van het onderzoek")
    done.get_by_label("Wat deden wij?").select_option("Registraties en logboeken")
    done.get_by_label("Wanneer?").fill(TODAY)
    done.get_by_label("Met wie, of welk stuk?").fill("Het logboek van de bel")
    els.write(
        **{
            "Gesignaleerde feiten": "De bel ging om 10.02 uur.",
            "Omstandigheden": "Twee van de vijf medewerkers waren ziek.",
        }
    )
    els.pick(**{"Ernst": "3", "Hoe vaak kan dit gebeuren?": "3"})
    els.page.get_by_label("Soort klacht").first.select_option("Zorg en begeleiding")
    els.pick(
        **{
            "Mogelijke oorzaken": "Onderbezetting of werkdruk",
            "Nadeel of schade": "Geen",
            "Eerdere klachten van dezelfde persoon": "Nagegaan, er zijn er geen",
            "Gelijkaardige klachten van anderen": "Nagegaan, er zijn er geen",
        }
    )
    els.choose("Is de klacht gegrond?", "Gegrond")
    els.write(**{"Waarom dit oordeel?": "Een uur wachten is te lang."})
    els.pick(**{"Welke waarden zijn geraakt?": "Betrouwbaar"})
    fact = els.row("Feit")
    fact.get_by_label("Wat is er gebeurd?").fill("Uw vader wachtte 63 minuten op hulp.")
    fact.get_by_label("Waaruit blijkt dat?").fill("Het logboek van de bel")
    els.press("Onderzoek afronden")


def answered(els: Person) -> None:
    els.under("Correctie")
    measure = els.row("Herstelmaatregel")
    measure.get_by_label("De hulp of dienst herstellen").check()
    measure.get_by_label("Wat doen wij voor de klager?").fill("Uw vader krijgt een tweede bel.")
    els.choose("Wie zorgt daarvoor?", "Bart Wauters")
    measure.get_by_label("Tegen wanneer?").fill("2026-06-24")
    els.under("Preventie")
    els.write(
        **{"Geen verbeteractie: waarom niet?": "Wij deden het vorige maand al: er is iemand meer op zondag."}
    )
    els.under("Antwoord")
    els.write(**{"Besluit": "Wij hadden binnen tien minuten moeten komen.", "Beslist op": TODAY})
    els.pick(**{"Wie besliste?": "Els Verhaegen"})
    apology = els.row("Verontschuldiging")
    els.choose("Hoe?", "Gebaar van goodwill")
    apology.get_by_label("Welk gebaar?").fill("Een maand korting op de dagprijs")
    apology.get_by_label("Waarde, in euro").fill("250")
    els.press("Bewaren en schrijven: Antwoord op de klacht")
    letter = els.page.get_by_label("Brief", exact=True).input_value()
    for promised in ("Uw vader krijgt een tweede bel.", "Een maand korting op de dagprijs"):
        assert promised in letter
    els.press("Bewaren en nakijken")
    assert "Dagelijks verantwoordelijke" in els.page.inner_text("main")


def approved(koen: Person) -> None:
    koen.open()
    koen.press("De brief lezen en goedkeuren")
    koen.under("Goedkeuren")
    koen.press("Goedkeuren")


def sent(els: Person) -> None:
    els.press("Brief versturen")


def the_measure_done(bart: Person) -> None:
    bart.open("Uw vader krijgt een tweede bel.")
    bart.write(**{"Uitgevoerd op": TODAY, "Hoe ging het?": "Ze hangt aan zijn zetel."})
    bart.press("Bewaren")
    assert "Deze taak is gedaan." in bart.page.inner_text("main")


def aftercare(joris: Person) -> None:
    joris.open()
    joris.under("Nazorg")
    joris.write(**{"Nazorg gedaan op": TODAY, "Hoe is het sindsdien gegaan?": "De nieuwe bel werkt."})
    joris.pick(**{"Zijn de afspraken nagekomen?": "Ja"})
    joris.pick(**{"Tevreden over de afhandeling": "4"})
    joris.press("Nazorg afronden")


def closed(els: Person) -> None:
    els.press("Behandelen")
    els.under("Correctie")
    els.choose("Is het opgelost?", "Opgelost")
    els.under("Afsluiting")
    els.page.get_by_label("Waarom sluiten wij af?").select_option("Beantwoord")
    els.press("Dossier afsluiten")


ACTS: dict[str, Callable[[Person], None]] = {
    "The call": the_call,
    "Given to somebody": given_to_somebody,
    "Confirmed": confirmed,
    "Investigated, and founded": investigated,
    "Answered": answered,
    "Approved": approved,
    "Sent": sent,
    "The measure done": the_measure_done,
    "Aftercare": aftercare,
    "Closed": closed,
}


@pytest.fixture
def new_window(tmp_path: Path, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open windows on what ``make run`` makes."""
    examples()
    made = run("demo", "--store", tmp_path / "demo.db", "--workspace", SHIPPED, "--now", f"{TODAY}T11:00")
    assert made.code == 0, made.err
    runtime = open_runtime(tmp_path / "demo.db", "http://127.0.0.1:8000")
    site = new_site(f"{TODAY} 11:30", runtime, hasher=Argon2Hasher())
    with serving(site.app) as port, windows(browser, f"http://127.0.0.1:{port}") as new:
        yield new
    runtime.store.close()


def test_each_step_of_the_walk_is_done_here_and_nothing_else() -> None:
    assert [step.name for step in walk()] == list(ACTS)


def test_a_complaint_goes_from_the_phone_to_aftercare_as_the_readme_says(
    new_window: Callable[..., Page],
) -> None:
    people: dict[str, Person] = {}
    for step in walk():
        pressed: list[str] = []
        person = people.get(step.person) or Person(new_window(), step.person, pressed)
        person.pressed = pressed
        people[step.person] = person
        ACTS[step.name](person)
        assert tuple(pressed) == step.pressed, step.name
    ended = people["els"].page.inner_text("main")
    assert "Dit dossier is afgesloten" in ended
    handling = sum(person.pages for name, person in people.items() if name != "onthaal")
    assert handling <= MOST_PAGES
