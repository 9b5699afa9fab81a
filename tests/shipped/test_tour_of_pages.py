"""The five-minute tour of the README, done on the pages of the demo in a browser: what it says happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from gehoor.adapters.security.passwords import Argon2Hasher
from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.bootstrap.drafting.folder import WorkspaceFolder
from gehoor.bootstrap.register import open_runtime
from gehoor.web.request.site import open_workbench
from tests.browser.windows import windows
from tests.shipped.examples import copy_examples, examples
from tests.shipped.readme import tour, tour_of_pages
from tests.shipped.test_walk import Person
from tests.support.cli_run import run
from tests.support.serving import serving
from tests.support.site import new_site

TODAY = "2026-06-17"
TITLE = "Sneller melden"
QUESTION = "Leefgroep"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the examples as they were before the tour."""
    examples()
    copy_examples(tmp_path, "de-linde")
    tour().take_back(tmp_path)
    return tmp_path


@pytest.fixture
def new_window(folder: Path, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open windows on what ``make run`` makes."""
    made = run("demo", "--store", folder / "demo.db", "--workspace", folder, "--now", f"{TODAY}T11:00")
    assert made.code == 0, made.err
    runtime = open_runtime(folder / "demo.db", "http://127.0.0.1:8000")
    site, drafter = new_site(f"{TODAY} 11:30", runtime, hasher=Argon2Hasher()), ConfinedDrafter()
    open_workbench(site.app, drafter, WorkspaceFolder(folder))
    with serving(site.app) as port, windows(browser, f"http://127.0.0.1:{port}") as new:
        yield new
    drafter.workers.close()
    runtime.store.close()


def a_term_is_changed(els: Person) -> None:
    els.press("Werkplaats")
    els.page.get_by_label("Wat wilt u veranderen?").first.fill(TITLE)
    els.press("Nieuw voorstel")
    els.press("Bewerken")
    els.press("Termijnen")
    els.press("Ontvangstmelding versturen")
    els.note("Binnen")
    within = els.page.get_by_label("Binnen", exact=True)
    within.fill("3 werkdgaen")
    told = els.page.locator("[data-told=binnen] .serious")
    told.wait_for()
    assert "Bedoelde u 'werkdagen'" in told.inner_text()
    within.fill("3 werkdagen")
    els.page.locator("[data-plain]", has_text="3 werkdagen").wait_for()
    els.press("Bewaren")


def a_question_for_one_department(els: Person) -> None:
    els.press("Afspraken maken")
    els.press("Een vraag toevoegen")
    els.page.get_by_label("alleen WZC Beukenhof").check()
    els.note("alleen WZC Beukenhof")
    els.page.get_by_label("De vraag", exact=True).fill(QUESTION)
    els.page.get_by_label("één regel tekst").check()
    els.note("één regel tekst")
    els.page.get_by_label("Waar komt de vraag?").select_option(label="achteraan op Vertel het ons")
    els.note("achteraan op Vertel het ons")
    of_people = els.page.get_by_label("Zegt het antwoord iets over een persoon?")
    of_people.select_option(label="Gewone persoonsgegevens, zoals een naam")
    els.note("Gewone persoonsgegevens, zoals een naam")
    els.press("Vraag toevoegen")


def read_in_sentences(els: Person) -> None:
    els.press("Wat verandert")
    changes = els.page.inner_text("main")
    assert "3 werkdagen" in changes
    assert QUESTION in changes


def agreed_by_somebody_else(directie: Person) -> None:
    directie.press("Werkplaats")
    directie.open(TITLE)
    directie.press("Afspreken en publiceren")
    directie.press("Ik ga akkoord")


def published(els: Person) -> None:
    els.press("Afspreken en publiceren")
    els.press("Publiceren")


ACTS: tuple[tuple[str, tuple[tuple[str, Callable[[Person], None]], ...]], ...] = (
    ("Change a term", (("els", a_term_is_changed),)),
    ("Give one department a question of its own", (("els", a_question_for_one_department),)),
    (
        "Agree, and publish",
        (("els", read_in_sentences), ("directie", agreed_by_somebody_else), ("els", published)),
    ),
)


def test_the_agreement_is_changed_by_two_people_as_the_readme_says(
    folder: Path, new_window: Callable[..., Page]
) -> None:
    people: dict[str, Person] = {}
    told = tour_of_pages()
    assert [name for name, _ in told] == [name for name, _ in ACTS]
    for (name, said), (_, acts) in zip(told, ACTS, strict=True):
        assert [who for who, _ in said] == [who for who, _ in acts], name
        for (who, words), (_, act) in zip(said, acts, strict=True):
            pressed: list[str] = []
            person = people.get(who) or Person(new_window(), who, pressed)
            person.pressed = pressed
            people[who] = person
            act(person)
            assert tuple(pressed) == words, name
    desk = Person(new_window(), "onthaal", [])
    desk.press("Registreren voor WZC Beukenhof")
    assert desk.page.get_by_label(QUESTION).count()
    terms, before = folder / tour().shorter.file, tour().shorter.before
    assert before not in terms.read_text("utf-8")
    other = Person(new_window(), "tom", [])
    other.page.goto("/medewerker/de-linde/eikenrode/registreren")
    assert not other.page.get_by_label(QUESTION).count()
